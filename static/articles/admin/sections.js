/* Sections of the article form: move by button, fold, delete with a way back. Without script, the number fields and
   Django's own check boxes do the same. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const group = document.getElementById("sections-group");
  const positions = group && group.querySelector("input[name$='-position']");
  if (!positions) {
    return; // for those who may only look
  }
  const _ = window.gettext || String;
  const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const status = make("p", "section-status");
  const empty = make("p", "section-empty", _("No sections yet. Add the first one."));

  function make(tag, className, words) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = words || "";
    return element;
  }

  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const living = () => rows().filter((row) => !row.classList.contains("section-gone"));
  const field = (row, name) => row.querySelector(`[name$='-${name}']`);
  const title = (row) => field(row, "heading").value.trim() || _("section without a heading");
  const button = (row, deed) => row.querySelector(`[data-deed=${deed}]`);

  function say(words) {
    status.textContent = words;
  }

  // -- order ---------------------------------------------------------------------------------------------------------

  function number() {
    rows().forEach((row, index) => (field(row, "position").value = index + 1));
    group.dispatchEvent(new CustomEvent("sections:changed", { bubbles: true }));
    refresh();
  }

  function move(row, step) {
    const others = living();
    const from = others.indexOf(row);
    const target = others[from + step];
    const pressed = document.activeElement;
    if (!target) {
      say(step < 0 ? _("This is the first section.") : _("This is the last section."));
      return;
    }
    target[step < 0 ? "before" : "after"](row);
    number();
    pressed.focus(); // moving an element takes the focus from it
    row.scrollIntoView({ block: "nearest" });
    const values = { title: title(row), place: from + step + 1, all: others.length };
    say(fill(_("“%(title)s” moved to position %(place)s of %(all)s."), values));
  }

  // -- delete and undo -----------------------------------------------------------------------------------------------

  function deletion(row) {
    let box = field(row, "DELETE");
    if (!box) {
      box = Object.assign(document.createElement("input"), { type: "checkbox", hidden: true });
      box.name = field(row, "heading").name.replace(/heading$/, "DELETE");
      row.append(box);
    }
    return box;
  }

  function remove(row, gone) {
    deletion(row).checked = gone;
    row.classList.toggle("section-gone", gone);
    button(row, "undo").hidden = !gone;
    ["up", "down", "fold", "delete"].forEach((deed) => (button(row, deed).hidden = gone));
    button(row, gone ? "undo" : "delete").focus();
    number();
    const words = gone ? _("“%(title)s” will be deleted when you save.") : _("“%(title)s” is kept.");
    say(fill(words, { title: title(row) }));
  }

  // -- folding -------------------------------------------------------------------------------------------------------

  function fold(row, folded) {
    row.classList.toggle("section-folded", folded);
    button(row, "fold").setAttribute("aria-expanded", String(!folded));
  }

  function foldAll() {
    const folded = living().some((row) => !row.classList.contains("section-folded"));
    rows().forEach((row) => fold(row, folded));
    say(folded ? _("All sections are folded.") : _("All sections are open."));
  }

  // -- what each row shows -------------------------------------------------------------------------------------------

  function refresh() {
    const others = living();
    rows().forEach((row) => {
      row.querySelector(".inline_label").textContent = title(row);
      row.querySelectorAll("[data-deed]").forEach((tool) => {
        tool.setAttribute("aria-label", tool.textContent + ": " + title(row));
      });
      button(row, "up").setAttribute("aria-disabled", String(row === others[0]));
      button(row, "down").setAttribute("aria-disabled", String(row === others[others.length - 1]));
    });
    empty.hidden = others.length > 0;
  }

  function tool(row, deed, words, act) {
    const made = make("button", "button section-tool", words);
    made.type = "button";
    made.dataset.deed = deed;
    made.addEventListener("click", () => act(row));
    return made;
  }

  // Only the institution's own sections claim something about it.
  function claims(row) {
    const kind = field(row, "kind");
    const boxes = ["claim_owner", "claim_from", "claim_until"].map((name) => field(row, name).closest(".form-row"));
    const show = () => boxes.forEach((box) => (box.hidden = kind.value !== "institutional"));
    kind.addEventListener("change", show);
    show();
  }

  function dress(row) {
    const tools = make("div", "section-tools");
    tools.append(
      tool(row, "up", _("Move up"), () => move(row, -1)),
      tool(row, "down", _("Move down"), () => move(row, 1)),
      tool(row, "fold", _("Text"), () => fold(row, !row.classList.contains("section-folded"))),
      tool(row, "delete", _("Delete"), () => remove(row, true)),
      tool(row, "undo", _("Undo delete"), () => remove(row, false)),
    );
    row.querySelector("h3").after(tools);
    button(row, "undo").hidden = true;
    if (row.classList.contains("has_original") && !field(row, "DELETE")) {
      button(row, "delete").remove(); // not theirs to delete
    }
    fold(row, false);
    claims(row);
    field(row, "heading").addEventListener("input", () => {
      const confirm = field(row, "heading_confirmed");
      if (confirm.type === "checkbox") {
        confirm.checked = true; // whoever rewrites a proposed heading has confirmed it
      }
      refresh();
    });
    if (field(row, "DELETE") && field(row, "DELETE").checked) {
      remove(row, true);
    }
  }

  function nameAddButton() {
    // Django makes it a moment later, with this text.
    const inline = JSON.parse(group.dataset.inlineFormset);
    inline.options.addText = _("Add section");
    group.dataset.inlineFormset = JSON.stringify(inline);
  }

  // A refused form comes back with its rows as they were stored; their numbers know the order they were given.
  function order() {
    const place = (row) => Number(field(row, "position").value) || Infinity;
    const sorted = rows().sort((one, other) => place(one) - place(other));
    const end = group.querySelector(".empty-form");
    sorted.forEach((row) => end.before(row));
  }

  nameAddButton();
  order();
  group.classList.add("sections-enhanced");
  status.setAttribute("role", "status");
  const all = make("button", "button section-tool", _("Fold or open all"));
  all.type = "button";
  all.addEventListener("click", foldAll);
  group.querySelector("h2").after(all, status, empty);
  rows().forEach(dress);
  refresh();
  group.addEventListener("formset:added", (event) => {
    dress(event.target);
    number();
    field(event.target, "heading").focus();
  });
});
