/* A file input as a box to drop files on; a phone offers its camera because the input accepts images.
   data-max-bytes and data-too-large (words with {name}) let the page refuse before sending. */

const UNITS = ["B", "KB", "MB", "GB"];
function size(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const value = bytes / 1024 ** step;
  return `${value.toFixed(value < 10 && step ? 1 : 0).replace(".", ",")} ${UNITS[step]}`;
}

function build(zone) {
  const input = zone.querySelector("input[type=file]");
  if (!input) return;
  const list = document.createElement("ul");
  list.className = "dropzone-files";
  list.setAttribute("aria-live", "polite");
  zone.append(list);
  zone.querySelector(".dropzone-choose")?.addEventListener("click", () => input.click());
  zone.classList.add("is-ready");
  const most = Number(input.dataset.maxBytes || zone.dataset.maxBytes || Infinity);

  function show() {
    let refused = "";
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} · ${size(file.size)}`;
      if (file.size > most) {
        refused ||= (zone.dataset.tooLarge ?? "").replace("{name}", file.name);
        line.className = "dropzone-bad";
        if (refused) line.textContent = refused;
      }
      return line;
    }));
    input.setCustomValidity(refused);
  }
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = new DataTransfer();
    const dropped = [...event.dataTransfer.files];
    for (const file of input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1)) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function start(root) {
  for (const zone of root.querySelectorAll(".dropzone:not(.is-ready)")) build(zone);
}
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
