// Names while one types: the ARIA combobox pattern, editable, with a list, nothing selected until a key or a pointer selects it.
import Combobox from "./vendor/combobox-nav/index.js";

const LEAST = 2; // letters before anything is offered: one begins too many names
const KINDS = { drug: "drug", brand: "brand", class: "class", symptom: "symptom" };

export function suggestions(box) {
  const form = box.form;
  const list = document.createElement("ul");
  list.id = "ui-suggestions";
  list.className = "ui-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "ui-hidden";
  said.setAttribute("aria-live", "polite");
  box.parentNode.append(list, said);
  const combobox = new Combobox(box, list, { tabInsertsSuggestions: false });
  let asked; // the request under way; a later key makes its answer too late

  const close = () => {
    asked?.abort();
    if (list.hidden) return;
    list.hidden = true;
    said.textContent = "";
    combobox.stop();
  };

  const show = (found) => {
    if (!found.length) return close();
    list.replaceChildren(...found.map(option));
    said.textContent = `${found.length} ${found.length === 1 ? "suggestion" : "suggestions"}`;
    if (list.hidden) {
      list.hidden = false;
      combobox.start();
    } else {
      combobox.resetSelection();
    }
  };

  const ask = async () => {
    asked?.abort();
    const text = box.value.trim();
    if (text.length < LEAST) return close();
    const mine = (asked = new AbortController());
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (mine === asked && !mine.signal.aborted) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no suggestions is no fault: the search itself says what is wrong
    }
  };

  box.addEventListener("input", ask);
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault(); // the first Escape closes the list, a second one empties the box
    close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("combobox-commit", (event) => {
    box.value = event.target.dataset.text;
    close();
    form.requestSubmit();
  });
}

function option(found, number) {
  const item = document.createElement("li");
  item.id = `ui-suggestion-${number}`;
  item.setAttribute("role", "option");
  item.dataset.text = found.text;
  item.append(part("ui-suggested", found.text), part("ui-tag", KINDS[found.kind] ?? found.kind));
  if (found.detail) item.append(part("ui-quiet", found.detail));
  return item;
}

function part(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}
