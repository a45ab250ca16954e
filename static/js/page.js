/* What every page does: filters that act by themselves, htmx errors said in words, keyboard ways.
   Nothing here is needed to do the work: without it each form has its button and each act its page. */

document.documentElement.classList.remove("no-js");

/* --- Forms --- */

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});

// A form that saves as one types is sent once its last answer is here: what the person typed a moment ago must
// not stand in the way of what the same person presses now. Such a form has `whenSaved()`, a promise of that.
const waited = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (typeof form.whenSaved !== "function" || waited.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const send = () => {
    waited.add(form);
    form.requestSubmit(event.submitter);
  };
  form.whenSaved().finally(() => setTimeout(send)); // not before this press is over: a form in the act of sending sends nothing
}, true);

// A button pressed twice sends twice; the server answers both with one result, the eye needs only one.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const button = event.submitter;
  if (!button) return;
  button.classList.add("is-busy");
  button.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll(".is-busy")) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-busy");
  }
});

// Ctrl+Enter presses the button that saves, where a form asks for it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const button = event.target.closest("form")?.querySelector("[data-ctrl-enter]");
  if (button) button.click();
});

/* --- Filters: the list follows what is typed and chosen --- */

let typing = 0;
function follow(form, wait) {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (value === "") query.delete(name, value);
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name !== "page" && !form.elements[name] && !query.has(name)) query.append(name, value);
    }
    load(`${location.pathname}?${query}`, true);
  }, wait);
}
function load(url, push) {
  const area = document.getElementById("list");
  if (!area || !window.htmx) return location.assign(url);
  if (push) history.pushState({ list: true }, "", url);
  const focused = document.activeElement?.name;
  const place = document.activeElement?.selectionStart;
  return window.htmx.ajax("GET", url, { target: "#list", swap: "outerHTML" }).then(() => {
    const field = focused && document.querySelector(`form[data-filter] [name="${CSS.escape(focused)}"]`);
    if (!field) return;
    field.focus();
    if (field.type === "text" || field.type === "search") field.setSelectionRange?.(place, place);
  });
}
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-filter]");
  if (form && event.target.type === "search") follow(form, 350);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filter]");
  if (form && event.target.type !== "search") follow(form, 0);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("#list a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  load(link.href, true);
});
window.addEventListener("popstate", () => {
  if (document.getElementById("list")) load(location.href, false);
});

/* --- htmx: a failed part of a page says so where the eye is --- */

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  say(xhr.responseText, (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain"));
});
document.addEventListener("htmx:sendError", () => say("", false));
function say(answer, isPlain) {
  const place = document.getElementById("messages");
  const box = document.getElementById("no-answer")?.content.firstElementChild.cloneNode(true);
  if (!place || !box) return;
  if (isPlain) box.lastElementChild.textContent = answer;
  const message = isPlain ? null : new DOMParser().parseFromString(answer, "text/html").querySelector("[data-error]");
  const shown = message ?? box;
  place.replaceChildren(shown);
  shown.scrollIntoView({ block: "nearest" });
}

/* --- Keyboard --- */

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, textarea, select, [contenteditable]")) {
    const field = document.querySelector("[data-shortcut='/']");
    if (field?.offsetParent) {
      event.preventDefault();
      field.focus();
    }
  }
  if (event.key === "Escape") {
    if (location.hash === "#menu") location.hash = "main";
    const open = document.querySelector("details.drop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});
document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});
window.addEventListener("hashchange", () => {
  if (location.hash === "#menu") document.querySelector("#menu a")?.focus();
});

/* --- On arrival --- */

document.querySelector("[data-focus]")?.focus();
for (const strip of document.querySelectorAll(".tabs")) {
  const active = strip.querySelector("[aria-current]");
  if (active) strip.scrollLeft = active.offsetLeft - (strip.clientWidth - active.offsetWidth) / 2;
}
