// Optional help on top of pages that are complete without it. No query leaves the page, and nothing is stored.
import { suggestions } from "./suggest.js";

(() => {
  const box = document.getElementById("ui-q");
  const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  if (box) suggestions(box);

  // "/" goes to the search box, as on most reference sites.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Browsers without ::details-content cannot show a folded list by style alone; beside the results there is room for it.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
    for (const fold of document.querySelectorAll("details.ui-fold")) fold.open = true;
  }

  // A monograph page: the words searched leave the address, so that a copied link is the clean one. Esc takes the marks off.
  const page = document.querySelector("[data-monograph]");
  if (!page) return;
  const address = new URL(location.href);
  if (address.searchParams.has("q")) {
    address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  }
  const clear = () => {
    for (const mark of page.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    document.getElementById("ui-marks")?.remove();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !typing(event.target)) clear();
  });
  document.getElementById("ui-clear-marks")?.addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
})();
