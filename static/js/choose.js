// "Choose all" of a group of boxes; a second press takes them back.
document.querySelectorAll("[data-choose-all]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.closest("fieldset, [data-choices]").querySelectorAll("input[type=checkbox]:not(:disabled)")];
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  });
});
