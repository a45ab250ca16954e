/* Keeps each figure and each part of a report as it is typed and shows what the server makes of it.
   Nothing is computed here. Without this module the form has its button and everything stands open. */

const WAIT = 900;
const form = document.querySelector("form[data-report]");
const status = form?.querySelector("[data-status]");
const idle = status?.querySelector("[data-status-words]").textContent;
const place = `report:${location.pathname}`;

function tell(state, time = "") {
  status.dataset.state = state;
  status.querySelector("[data-status-words]").textContent = (status.dataset[state] ?? "").replace("{time}", time);
}

function moreOf(row) {
  return document.getElementById(row.dataset.more);
}

function fieldsOf(row) {
  const more = moreOf(row);
  return {
    value: row.querySelector("[data-value]"), stamp: row.querySelector("[data-stamp]"),
    explanation: more.querySelector("[data-explanation]"), basis: more.querySelector("[data-basis]"),
    noData: more.querySelector("[data-no-data]"),
  };
}

function contentOf(row) {
  const { value, explanation, basis, noData } = fieldsOf(row);
  return JSON.stringify([value.value, explanation.value, basis.value, noData.checked]);
}

function open(row, on) {
  moreOf(row).hidden = !on;
  row.querySelector("[data-toggle]").setAttribute("aria-expanded", String(on));
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

function moveVersion(answer) {
  // If somebody else wrote in between, the page keeps its old version: sending then asks to look again.
  const version = form.elements.version;
  if (Number(version.value) === answer.before) version.value = answer.version;
}

function showAnswer(row, answer) {
  fieldsOf(row).stamp.value = answer.stamp;
  row.querySelector("[data-cumulated]").textContent = answer.cumulated;
  row.querySelector("[data-ratio]").textContent = answer.ratio || "–";
  // The chip is the server's own markup; it is read as a document of its own, in which no script runs.
  const chip = new DOMParser().parseFromString(answer.verdict, "text/html").body.childNodes;
  row.querySelector("[data-verdict]").replaceChildren(...chip);
  moreOf(row).querySelector("[data-wanted]").hidden = !answer.wants;
  if (answer.wants) open(row, true);
  row.toggleAttribute("data-done", !answer.lacks);
  row.closest("tbody").querySelector(".pledge-area-count").textContent = answer.area;
  for (const name of ["entered", "missing", "exceeded", "met", "short"]) {
    form.querySelector(`[data-${name}]`).textContent = answer[name];
  }
  form.querySelector("[data-entered-bar]").value = answer.entered;
  form.querySelector("[data-lacks]").hidden = answer.missing === 0;
  moveVersion(answer);
}

function keepForLater() {
  const texts = {};
  for (const field of form.querySelectorAll("[data-value], [data-explanation], [data-words]")) texts[field.name] = field.value;
  sessionStorage.setItem(place, JSON.stringify({ owner: form.dataset.owner, texts }));
  tell("signedOut");
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
  if (row.dataset.kept === content) {
    calm(row);
    return;
  }
  const { value, stamp, explanation, basis, noData } = fieldsOf(row);
  const answer = await send(row.dataset.url, {
    value: value.value, explanation: explanation.value, basis: basis.value, no_data: noData.checked ? "1" : "",
    stamp: stamp.value,
  });
  if (!answer) return;
  if (answer.error) {
    showError(row, answer.error);
    if (answer.stamp) stamp.value = answer.stamp;
    tell("refused");
    return;
  }
  row.dataset.kept = content;
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
  tell("saved", answer.saved_at);
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
  if (target.matches("[data-files], [data-only-missing]")) return null;
  const row = target.closest("tr");
  return row?.matches(".report-more") ? form.querySelector(`tr[data-more="${row.id}"]`) : row?.closest("tr[data-line]");
}

function restore(rows) {
  const stored = sessionStorage.getItem(place);
  if (!stored) return;
  sessionStorage.removeItem(place);
  const { owner, texts } = JSON.parse(stored);
  if (owner !== form.dataset.owner) return;
  for (const [name, text] of Object.entries(texts)) if (form.elements[name]) form.elements[name].value = text;
  for (const part of [...rows, ...form.querySelectorAll("[data-words]")]) save(part);
}

function start() {
  form.whenSaved = () => queue;
  const rows = [...form.querySelectorAll("tr[data-line]")];
  for (const row of rows) {
    row.dataset.kept = contentOf(row);
    const toggle = row.querySelector("[data-toggle]");
    toggle.hidden = false;
    toggle.addEventListener("click", () => open(row, moreOf(row).hidden));
    open(row, moreOf(row).hasAttribute("data-open"));
  }
  restore(rows);
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
