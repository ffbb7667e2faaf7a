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
  const title = (row) => {
    const heading = field(row, "heading");
    return heading.value.trim() || heading.placeholder || _("section without a heading");
  };
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

  // Each kind of block shows the fields that are its own: only the institution's sections claim something about it,
  // and some blocks are medical whatever anybody chooses.
  const MEDICAL = /^(glance-|emergency$|urgent$|nonurgent$|questions$)/;
  const box = (row, name) => field(row, name) && field(row, name).closest(".form-row");
  const usual = JSON.parse(group.querySelector(".empty-form [name$='-form']").dataset.usual);

  // A text that stands in the way of a story is there to be emptied.
  function hasNoText(row) {
    const box = field(row, "body");
    const editor = window.CKEDITOR && window.CKEDITOR.instances[box.id];
    return !(editor && editor.status === "ready" ? editor.getData() : box.value).trim();
  }

  function fit(row) {
    const form = field(row, "form").value;
    const kind = field(row, "kind");
    const story = form === "story";
    const shown = {
      heading: !story,
      kind: !MEDICAL.test(form) && !story,
      story: story || field(row, "story").value !== "",
      body: form !== "questions" && !(story && hasNoText(row)),
      questions: form === "questions",
    };
    ["claim_owner", "claim_from", "claim_until"].forEach((name) => {
      shown[name] = shown.kind && kind.value === "institutional";
    });
    Object.entries(shown).forEach(([name, show]) => box(row, name) && (box(row, name).hidden = !show));
    row.dataset.form = form;
    field(row, "heading").placeholder = usual[form] || "";
    row.dispatchEvent(new CustomEvent("sections:fitted", { bubbles: true, detail: { form } }));
  }

  function fits(row) {
    const refit = () => (fit(row), refresh());
    field(row, "form").addEventListener("change", (event) => {
      const form = event.target.value;
      const heading = field(row, "heading");
      if (form !== "story") {
        field(row, "story").value = ""; // else the story would stay, whatever was chosen
      }
      if (usual[form] && Object.values(usual).includes(heading.value)) {
        heading.value = ""; // so that no emergency is headed as if it could wait
      }
    });
    ["form", "kind", "story"].forEach((name) => field(row, name).addEventListener("change", refit));
    fit(row);
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
    fits(row);
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

  // -- new blocks ----------------------------------------------------------------------------------------------------

  // One button for each thing that a page is made of; a row is added as by Django's own button, and made what it is.
  const wanted = [];

  function add(forms) {
    forms.forEach((form) => {
      wanted.push(form);
      group.querySelector(".add-row a").click();
    });
  }

  function glance() {
    const there = living().map((row) => field(row, "form").value);
    const parts = [...options()].map((one) => one.value).filter((form) => form.startsWith("glance-"));
    const missing = parts.filter((form) => !there.includes(form));
    add(missing);
    say(missing.length ? "" : _("Everything at a glance is there already."));
  }

  const options = () => group.querySelector(".empty-form [name$='-form']").options;

  function blocks() {
    const bar = make("div", "section-add");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", _("Add a block"));
    const button = (words, act) => {
      const made = make("button", "button section-tool", words);
      made.type = "button";
      made.addEventListener("click", act);
      bar.append(made);
    };
    bar.append(make("span", "", _("Add a block") + ":"));
    button(_("At a glance"), glance);
    [...options()].forEach((one) => {
      if (one.value && !one.value.startsWith("glance-")) {
        button(one.text, () => add([one.value]));
      }
    });
    return bar;
  }

  nameAddButton();
  order();
  group.classList.add("sections-enhanced");
  status.setAttribute("role", "status");
  const all = make("button", "button section-tool", _("Fold or open all"));
  all.type = "button";
  all.addEventListener("click", foldAll);
  group.querySelector("h2").after(all, status, empty);
  group.append(blocks());
  rows().forEach(dress);
  refresh();
  group.addEventListener("formset:added", (event) => {
    const form = wanted.shift();
    if (form !== undefined) {
      field(event.target, "form").value = form;
    }
    dress(event.target);
    number();
    field(event.target, form === "story" ? "story" : "heading").focus();
  });
});
