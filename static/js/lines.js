/* Keeps each line of a pledge or of a report, and each part of a report in words, as it is typed, and shows
   what the server makes of it: nothing is computed here. Without this module the form has its button and
   everything stands open.

   form[data-lines]; its lines tr[data-line] with data-url and, where a line has a second row, data-more = its id;
   in a line: fields [data-field=name], what the server answers [data-answer=key] (text), [data-markup=key],
   [data-shown=key]; in the form: [data-count=key]. */

const WAIT = 900;
const form = document.querySelector("form[data-lines]");
const status = form?.querySelector("[data-status]");
const idle = status?.querySelector("[data-status-words]").textContent;
const place = `lines:${location.pathname}`;

function tell(state, time = "") {
  status.dataset.state = state;
  status.querySelector("[data-status-words]").textContent = (status.dataset[state] ?? "").replace("{time}", time);
}

/* --- A line --- */

function moreOf(row) {
  return row.dataset.more ? document.getElementById(row.dataset.more) : null;
}

function within(row, selector) {
  return [row, moreOf(row)].flatMap((part) => [...(part?.querySelectorAll(selector) ?? [])]);
}

function contentOf(row) {
  const fields = within(row, "[data-field]");
  return Object.fromEntries(fields.map((field) => [field.dataset.field, field.type === "checkbox" && !field.checked ? "" : field.value]));
}

function open(row, on) {
  const more = moreOf(row);
  if (!more) return;
  more.hidden = !on;
  row.querySelector("[data-toggle]").setAttribute("aria-expanded", String(on));
}

function showError(row, text) {
  const error = row.querySelector("[data-error]");
  error.textContent = text;
  error.hidden = !text;
  row.classList.toggle("row-warn", Boolean(text));
  const field = row.querySelector("[data-field='value']");
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

function moveVersion(answer) {
  // If somebody else wrote in between, the page keeps its old version: sending then asks to look again.
  const version = form.elements.version;
  if (Number(version.value) === answer.before) version.value = answer.version;
}

function showAnswer(row, answer) {
  row.querySelector("[data-stamp]").value = answer.stamp;
  for (const part of within(row, "[data-answer]")) part.textContent = answer[part.dataset.answer] || "–";
  for (const part of within(row, "[data-shown]")) part.hidden = !answer[part.dataset.shown];
  for (const part of within(row, "[data-markup]")) {
    // The chip is the server's own markup; it is read as a document of its own, in which no script runs.
    part.replaceChildren(...new DOMParser().parseFromString(answer[part.dataset.markup], "text/html").body.childNodes);
  }
  if (answer.wants) open(row, true);
  row.toggleAttribute("data-done", answer.done);
  row.closest("tbody").querySelector("[data-area]").textContent = answer.area;
  for (const part of form.querySelectorAll("[data-count]")) part.textContent = answer[part.dataset.count];
  form.querySelector("[data-entered-bar]").value = answer.entered;
  form.querySelector("[data-lacks]").hidden = answer.missing === 0;
  moveVersion(answer);
}

/* --- Keeping --- */

function keepForLater() {
  const texts = {};
  for (const field of form.querySelectorAll("[data-field], [data-words]")) {
    texts[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  sessionStorage.setItem(place, JSON.stringify({ owner: form.dataset.owner, texts }));
  tell("signedOut");
}

function restore(parts) {
  const stored = sessionStorage.getItem(place);
  if (!stored) return;
  sessionStorage.removeItem(place);
  const { owner, texts } = JSON.parse(stored);
  if (owner !== form.dataset.owner) return;
  for (const [name, text] of Object.entries(texts)) {
    const field = form.elements[name];
    if (field && typeof text === "boolean") field.checked = text;
    else if (field) field.value = text;
  }
  for (const part of parts) save(part);
}

/** Post and give back the answer; null where nothing could be kept. */
async function send(url, given) {
  tell("saving");
  const body = new URLSearchParams({ ...given, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  let response;
  try {
    response = await fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
  } catch {
    tell("failed");
    return null;
  }
  if (response.type === "opaqueredirect" || response.status === 403) {
    keepForLater();
    return null;
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    tell("failed");
    return null;
  }
  return response.json();
}

async function postLine(row) {
  const content = contentOf(row);
  const spelled = JSON.stringify(content);
  if (row.dataset.kept === spelled) {
    calm(row);
    return;
  }
  const stamp = row.querySelector("[data-stamp]");
  const answer = await send(row.dataset.url, { ...content, stamp: stamp.value });
  if (!answer) return;
  if (answer.error) {
    showError(row, answer.error);
    if (answer.stamp) stamp.value = answer.stamp;
    tell("refused");
    return;
  }
  row.dataset.kept = spelled;
  showError(row, "");
  showAnswer(row, answer);
  savedAt = answer.saved_at;
  tell("saved", savedAt);
}

async function postWords(area) {
  const seen = form.elements[`o${area.name.slice(1)}`];
  const text = area.value;
  if (seen.value === text) return;
  const answer = await send(area.dataset.url, { text, seen: seen.value });
  if (!answer) return;
  if (answer.error) {
    tell("failed");
    status.querySelector("[data-status-words]").textContent = answer.error;
    return;
  }
  seen.value = text;
  moveVersion(answer);
  savedAt = answer.saved_at;
  tell("saved", savedAt);
}

// One after the other: each answer brings the stamp and the version that the next one needs.
let queue = Promise.resolve();
const timers = new Map();
function save(part) {
  clearTimeout(timers.get(part));
  queue = queue.then(() => (part.matches("tr") ? postLine(part) : postWords(part))).catch(() => tell("failed"));
}

/** The line or the part in words in which something was typed. */
function partOf(target) {
  if (target.matches("[data-words]")) return target;
  if (!target.matches("[data-field]")) return null;
  const row = target.closest("tr");
  return row.matches("[data-line]") ? row : form.querySelector(`tr[data-more="${row.id}"]`);
}

function start() {
  form.whenSaved = () => queue;
  const rows = [...form.querySelectorAll("tr[data-line]")];
  for (const row of rows) {
    row.dataset.kept = JSON.stringify(contentOf(row));
    const toggle = row.querySelector("[data-toggle]");
    if (!toggle) continue;
    toggle.hidden = false;
    toggle.addEventListener("click", () => open(row, moreOf(row).hidden));
    open(row, moreOf(row).hasAttribute("data-open"));
  }
  restore([...rows, ...form.querySelectorAll("[data-words]")]);
  form.addEventListener("input", (event) => {
    const part = partOf(event.target);
    if (!part) return;
    clearTimeout(timers.get(part));
    timers.set(part, setTimeout(() => save(part), WAIT));
  });
  form.addEventListener("change", (event) => {
    const part = partOf(event.target);
    if (part) save(part);
  });
  const filter = form.querySelector("[data-only-missing]");
  filter.closest("label").hidden = false;
  filter.addEventListener("change", () => {
    for (const row of rows) {
      const away = filter.checked && row.hasAttribute("data-done");
      row.hidden = away;
      if (away) open(row, false);
    }
  });
}

if (form) start();
