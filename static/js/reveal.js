// Lets people look at the password they typed: Vietnamese input methods change letters unseen.

for (const box of document.querySelectorAll("[data-reveal]")) {
  const field = box.querySelector("input");
  const button = box.querySelector("[data-reveal-button]");
  const on = box.querySelector("[data-reveal-on]");
  const off = box.querySelector("[data-reveal-off]");

  const show = (visible) => {
    field.type = visible ? "text" : "password";
    button.setAttribute("aria-pressed", String(visible));
    button.setAttribute("aria-label", visible ? button.dataset.hide : button.dataset.show);
    on.hidden = !visible;
    off.hidden = visible;
  };

  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  // Sent as a password, so that the browser does not remember it as a plain text.
  field.form.addEventListener("submit", () => show(false));
}
