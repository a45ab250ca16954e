/* A button that copies a field. Without scripts, or where the browser gives no clipboard, the text is there to be marked. */

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !field) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value).then(
      () => { button.querySelector("[role=status]").textContent = button.dataset.copied; },
      () => field.select(),
    );
  });
}
