/* Arrow keys lead from the search box through what was found, and back. */

const links = [...document.querySelectorAll("[data-walk] a")];
const boxes = [...document.querySelectorAll("input[name='q'][type='search']")];
const shownBox = () => boxes.find((box) => box.offsetParent);

function stepTo(place) {
  const target = place < 0 ? shownBox() : links[Math.min(place, links.length - 1)];
  target?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !links.length) return;
  const place = links.indexOf(document.activeElement);
  const inBox = boxes.includes(document.activeElement);
  if (event.key === "ArrowDown" && (inBox || place >= 0)) stepTo(inBox ? 0 : place + 1);
  else if (event.key === "ArrowUp" && place >= 0) stepTo(place - 1);
  else if (event.key === "Home" && place >= 0) stepTo(0);
  else if (event.key === "End" && place >= 0) stepTo(links.length - 1);
  else return;
  event.preventDefault();
});
