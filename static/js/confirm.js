/* Before an act that cannot be undone: a link with data-dialog="id" opens that <dialog>, which says the
   consequences and holds the form. Without this module the link leads to the page that says the same. */

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.returnTo = opener;
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-close-dialog]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
document.addEventListener("close", (event) => event.target.returnTo?.focus(), true);
