/* Reads a figure back while it is typed, by the rules of core/text/numbers.py: 1.234,5.
   data-echo-two on the field holds the words for a text with two readings. */

const TWO_READINGS = /^0*[1-9][0-9]{0,2},[0-9]{3}$/;
const PLAIN = /^[0-9]+(,[0-9]+)?$/;
const GROUPED = /^[1-9][0-9]{0,2}([. ])[0-9]{3}(\1[0-9]{3})*(,[0-9]+)?$/;

/** {whole, part, negative} of a text; "two" for two readings, null for no number. */
function read(text) {
  const shown = text.trim().replace(/\s+/g, " ");
  const negative = /^[-−–]/.test(shown);
  const body = shown.replace(/^[-−–]/, "").trim();
  if (TWO_READINGS.test(body)) return "two";
  if (!PLAIN.test(body) && !GROUPED.test(body)) return null;
  const [whole, part = ""] = body.replace(/[. ]/g, "").split(",");
  return { whole: whole.replace(/^0+(?=\d)/, ""), part: part.replace(/0+$/, ""), negative };
}

function write({ whole, part, negative }) {
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return `${negative ? "−" : ""}${grouped}${part ? `,${part}` : ""}`;
}

function echoOf(field) {
  let echo = field.nextElementSibling;
  if (!echo?.classList.contains("number-echo")) {
    echo = document.createElement("span");
    echo.className = "number-echo";
    echo.setAttribute("aria-live", "polite");
    field.after(echo);
  }
  return echo;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("input[data-number]") || field.closest("td")) return;
  const value = read(field.value);
  let words = "";
  if (value === "two") {
    const small = field.value.trim().replace(/0+$/, "").replace(/,$/, "");
    const large = field.value.trim().replace(",", ".");
    words = (field.dataset.echoTwo ?? "").replace("{first}", small).replace("{second}", large);
  } else if (value && write(value) !== field.value.trim()) words = `= ${write(value)}`;
  if (words || field.nextElementSibling?.classList.contains("number-echo")) echoOf(field).textContent = words;
});

// A day typed without strokes: 30112024 becomes 30/11/2024.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("input[data-date]")) return;
  const digits = field.value.trim().match(/^(\d{1,2})[-.\s/]?(\d{2})[-.\s/]?(\d{4})$/);
  if (digits) field.value = `${digits[1].padStart(2, "0")}/${digits[2]}/${digits[3]}`;
});
