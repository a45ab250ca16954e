/* Keeps a form as it is typed, one second after the last key.
   The form names its draft in data-draft; the words of the status stand in its data attributes. When the
   session has ended the text waits in this tab, for the same person only, and returns after sign-in. */

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "_once"]);
const WAIT = 1000;

function typed(form) {
  const payload = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || LEFT_OUT.has(field.name) || field.name.endsWith("__q")) continue;
    if (["password", "file", "submit", "button"].includes(field.type) || "noDraft" in field.dataset) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    const texts = field.type === "select-multiple" ? [...field.selectedOptions].map((o) => o.value) : [field.value];
    payload[field.name] = (payload[field.name] ?? []).concat(texts);
  }
  return payload;
}

function fill(form, payload) {
  for (const field of form.elements) {
    if (!field.name || LEFT_OUT.has(field.name) || ["password", "file"].includes(field.type)) continue;
    const texts = payload[field.name];
    if (["checkbox", "radio"].includes(field.type)) field.checked = Boolean(texts?.includes(field.value));
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = Boolean(texts?.includes(option.value));
    } else if (texts?.length) field.value = texts.shift();
  }
}

function keepDraft(form) {
  const status = form.querySelector("[data-draft-status]");
  const place = `draft:${location.pathname}`;
  const owner = form.dataset.draftOwner;
  let timer = 0;
  let touched = false;
  let last = JSON.stringify(typed(form));

  function tell(state, time = "") {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = (status.dataset[state] ?? "").replace("{time}", time);
  }

  async function save() {
    const payload = typed(form);
    const text = JSON.stringify(payload);
    if (text === last) return;
    tell("saving");
    let answer;
    try {
      answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        redirect: "manual",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
          "X-Draft": form.dataset.draft,
          "X-Requested-With": "fetch",
        },
        body: text,
      });
    } catch {
      tell("failed");
      return;
    }
    if (answer.ok) {
      last = text;
      sessionStorage.removeItem(place);
      tell("saved", (await answer.json()).saved_at);
    } else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      sessionStorage.setItem(place, JSON.stringify({ owner, payload }));
      tell("signedOut");
    } else tell("failed");
  }

  const waiting = sessionStorage.getItem(place);
  if (waiting) {
    const { owner: writer, payload } = JSON.parse(waiting);
    sessionStorage.removeItem(place);
    if (writer === owner) {
      fill(form, payload);
      save();
    }
  }
  form.addEventListener("input", () => {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => {
    touched = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (touched && document.visibilityState === "hidden") save();
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);
