/* Keeps each line of a pledge as it is typed and shows what the server makes of it: the share of the
   target, whether it stays below, what is still missing. Without this module the form has its button. */

const WAIT = 900;
const form = document.querySelector("form[data-pledge]");
const status = form?.querySelector("[data-status]");
const idle = status?.querySelector("[data-status-words]").textContent;
const place = `pledge:${location.pathname}`;

function tell(state, time = "") {
  status.dataset.state = state;
  status.querySelector("[data-status-words]").textContent = (status.dataset[state] ?? "").replace("{time}", time);
}

function showError(row, text) {
  const error = row.querySelector("[data-error]");
  error.textContent = text;
  error.hidden = !text;
  row.classList.toggle("row-warn", Boolean(text));
  const field = row.querySelector("[data-value]");
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

// The line holds again what is kept: its error is over, and so is the word that nothing is kept.
let savedAt = "";
function calm(row) {
  if (!row.querySelector("[aria-invalid]")) return;
  showError(row, "");
  if (form.querySelector("tr[data-line] [aria-invalid]")) return;
  if (savedAt) tell("saved", savedAt);
  else {
    status.dataset.state = "";
    status.querySelector("[data-status-words]").textContent = idle;
  }
}

function showAnswer(row, answer) {
  row.querySelector("[data-stamp]").value = answer.stamp;
  row.querySelector("[data-ratio]").textContent = answer.ratio || "–";
  row.querySelector("[data-below]").hidden = !answer.below;
  const field = row.querySelector("[data-value]");
  row.toggleAttribute("data-done", Boolean(field.value.trim() || row.querySelector("[data-note]").value.trim()));
  const area = row.closest("tbody");
  const lines = [...area.querySelectorAll("tr[data-line]")];
  area.querySelector(".pledge-area-count").textContent = `${lines.filter((line) => line.hasAttribute("data-done")).length}/${lines.length}`;
  form.querySelector("[data-entered]").textContent = answer.entered;
  form.querySelector("[data-entered-bar]").value = answer.entered;
  form.querySelector("[data-missing]").textContent = answer.missing;
  form.querySelector("[data-lacks]").hidden = answer.missing === 0;
  // If somebody else wrote in between, the page keeps its old version: sending then asks to look again.
  const version = form.elements.version;
  if (Number(version.value) === answer.before) version.value = answer.version;
}

function keepForLater() {
  const texts = {};
  for (const field of form.querySelectorAll("[data-value], [data-note]")) texts[field.name] = field.value;
  sessionStorage.setItem(place, JSON.stringify({ owner: form.dataset.owner, texts }));
  tell("signedOut");
}

async function post(row) {
  const field = row.querySelector("[data-value]");
  const note = row.querySelector("[data-note]");
  const sent = `${field.value}\n${note.value}`;
  if (row.dataset.kept === sent) {
    calm(row);
    return;
  }
  tell("saving");
  const body = new URLSearchParams({
    value: field.value, note: note.value, stamp: row.querySelector("[data-stamp]").value,
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  });
  let response;
  try {
    response = await fetch(row.dataset.url, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
  } catch {
    tell("failed");
    return;
  }
  if (response.type === "opaqueredirect" || response.status === 403) {
    keepForLater();
    return;
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    tell("failed");
    return;
  }
  const answer = await response.json();
  if (answer.error) {
    showError(row, answer.error);
    if (answer.stamp) row.querySelector("[data-stamp]").value = answer.stamp;
    tell("refused");
    return;
  }
  row.dataset.kept = sent;
  showError(row, "");
  showAnswer(row, answer);
  savedAt = answer.saved_at;
  tell("saved", savedAt);
}

// One line after the other: each answer brings the stamp and the version that the next one needs.
let queue = Promise.resolve();
function save(row) {
  clearTimeout(row.timer);
  queue = queue.then(() => post(row)).catch(() => tell("failed"));
  return queue;
}

function onlyMissing(on) {
  for (const row of form.querySelectorAll("tr[data-line]")) row.hidden = on && row.hasAttribute("data-done");
}

function start() {
  form.whenSaved = () => queue;
  for (const row of form.querySelectorAll("tr[data-line]")) {
    row.dataset.kept = `${row.querySelector("[data-value]").value}\n${row.querySelector("[data-note]").value}`;
  }
  const stored = sessionStorage.getItem(place);
  if (stored) {
    const { owner, texts } = JSON.parse(stored);
    sessionStorage.removeItem(place);
    if (owner === form.dataset.owner) {
      for (const [name, text] of Object.entries(texts)) if (form.elements[name]) form.elements[name].value = text;
      for (const row of form.querySelectorAll("tr[data-line]")) save(row);
    }
  }
  form.addEventListener("input", (event) => {
    const row = event.target.closest("tr[data-line]");
    if (!row) return;
    clearTimeout(row.timer);
    row.timer = setTimeout(() => save(row), WAIT);
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-line]");
    if (row) save(row);
  });
  const filter = form.querySelector("[data-only-missing]");
  filter.closest("label").hidden = false;
  filter.addEventListener("change", () => onlyMissing(filter.checked));
}

if (form) start();
