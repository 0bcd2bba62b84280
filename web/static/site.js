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
  // From match to match: what is marked comes into view and takes the focus, so that reading goes on from there.
  const marks = [...page.querySelectorAll("mark")];
  const steps = document.getElementById("ui-steps");
  let at = -1;
  if (steps && marks.length) steps.hidden = false;
  steps?.addEventListener("click", (event) => {
    const by = Number(event.target.dataset.step);
    if (!by) return;
    at = (at + by + marks.length + (at < 0 && by < 0 ? 1 : 0)) % marks.length;
    marks[at].tabIndex = -1;
    marks[at].focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "center" });
    document.getElementById("ui-step").textContent = `${at + 1} of ${marks.length}`;
  });

  // The sign beside a heading copies the address of its section; the browser follows it as well.
  for (const link of page.querySelectorAll("a.ui-link")) {
    link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).catch(() => {}));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !typing(event.target)) clear();
  });
  document.getElementById("ui-clear-marks")?.addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
})();
