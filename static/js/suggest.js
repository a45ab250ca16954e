/* Turns a select with data-suggest (the address of a SuggestView) into a box to type in.
   The select stays and carries the value; without this module it is used as it is. */

const WAIT = 200;

function build(select) {
  const box = select.closest(".suggest") ?? select.parentElement;
  const field = document.createElement("input");
  const list = document.createElement("ul");
  const id = select.id || select.name;
  const words = select.dataset;
  Object.assign(field, { type: "text", id: `${id}_text`, className: "form-control", autocomplete: "off", required: select.required });
  field.placeholder = words.placeholder ?? "";
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}_list`,
    "data-no-draft": "",
  })) field.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
  }
  Object.assign(list, { id: `${id}_list`, className: "suggest-list", hidden: true });
  list.setAttribute("role", "listbox");
  field.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label) {
    label.htmlFor = field.id;
    list.setAttribute("aria-label", label.textContent.trim());
  }
  select.hidden = true;
  select.required = false;
  select.after(field, list);
  for (const other of box.querySelectorAll("[data-no-script]")) other.remove();

  let timer = 0;
  let asked = 0;
  let active = -1;

  function close() {
    clearTimeout(timer); // an answer still on its way must not open the list again
    asked += 1;
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    const items = [...list.querySelectorAll("[role=option]")];
    if (!items.length) return;
    active = (next + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    items[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[active].id);
  }
  function choose(value, text) {
    let option = [...select.options].find((o) => o.value === value);
    if (!option) {
      option = new Option(text, value);
      select.add(option);
    }
    select.value = value;
    field.value = value ? text : "";
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function show({ results, more }) {
    list.replaceChildren(...results.map((row, i) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${id}_option_${i}`, className: "suggest-item", textContent: row.text });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      if (row.note) item.append(Object.assign(document.createElement("small"), { textContent: row.note }));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(row.value, row.text);
      });
      return item;
    }));
    const note = results.length ? (more ? words.more : "") : words.none;
    if (note) {
      const line = Object.assign(document.createElement("li"), { className: "suggest-none", textContent: note });
      line.setAttribute("role", "presentation");
      list.append(line);
    }
    list.hidden = false;
    active = -1;
    field.setAttribute("aria-expanded", "true");
  }
  async function ask() {
    const turn = (asked += 1);
    const url = new URL(words.suggest, location.href);
    url.searchParams.set("q", field.value);
    const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (turn === asked && answer?.ok) show(await answer.json());
  }

  field.addEventListener("input", (event) => {
    event.stopPropagation();
    if (!field.value) select.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("focus", () => {
    if (list.hidden && !select.value) ask();
  });
  field.addEventListener("blur", () => {
    close();
    const chosen = select.selectedOptions[0];
    field.value = chosen?.value ? chosen.text : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      const item = list.querySelectorAll("[role=option]")[active];
      item.dispatchEvent(new MouseEvent("mousedown", { cancelable: true }));
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}

function start(root) {
  for (const select of root.querySelectorAll("select[data-suggest]:not([hidden])")) build(select);
}
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
