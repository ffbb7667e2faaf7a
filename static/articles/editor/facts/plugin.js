/* CKEditor 4 plugin "facts": a figure that is recorded once, with its date and its source. No build step.

   Stored: <data value="KEY.3">about 6,550 new cases a year (2024)</data><cite data-source="…"></cite>.
   While somebody edits, it is one unit: another figure is recorded as a new value, and not typed over. */
(function () {
  "use strict";

  const _ = window.gettext || String;
  const units = window.EditorUnits("data", "value");
  const { isUnit, firstRange, neighbour } = units;

  /* The fact that is chosen, or beside the caret, also behind the citation that it came with. */
  function chosenFact(editor) {
    const range = firstRange(editor);
    const near = units.enclosed(editor) || units.adjacent(editor);
    let node = !near && range && range.collapsed ? neighbour(range, true) : null;
    while (isCitation(node)) {
      node = node.getPrevious();
    }
    return near || (isUnit(node) ? node : null);
  }

  function isCitation(node) {
    return Boolean(node) && node.type === CKEDITOR.NODE_ELEMENT && node.is("cite");
  }

  function element(editor, tag, attributes, text) {
    const made = new CKEDITOR.dom.element(tag, editor.document);
    made.setAttributes({ ...attributes, contenteditable: "false" });
    made.setText(text);
    return made;
  }

  function citation(editor, cited) {
    const place = cited.locator ? { "data-locator": cited.locator } : {};
    return element(editor, "cite", { "data-source": cited.key, ...place }, "[" + cited.label + "]");
  }

  /* Behind the fact stands its source: that of the former one goes, another one stays. */
  function cite(editor, mark, fact, former) {
    const group = [];
    for (let next = mark.getNext(); isCitation(next); next = next.getNext()) {
      group.push(next);
    }
    const keys = group.map((one) => one.getAttribute("data-source"));
    const old = former ? group[keys.indexOf(former.cite.key)] : null;
    if (keys.includes(fact.cite.key)) {
      return group[group.length - 1];
    }
    const made = citation(editor, fact.cite);
    if (old) {
      made.replace(old);
      return made;
    }
    made.insertAfter(mark);
    return made;
  }

  /* A space at the end of a line is typed as one that never breaks; with a fact behind it, it is a space. */
  function loosen(mark) {
    const before = mark.getPrevious();
    if (before && before.type === CKEDITOR.NODE_TEXT) {
      before.setText(before.getText().replace(/(\S)\u00a0$/, "$1 "));
    }
  }

  function put(editor, range, mark, fact, former) {
    editor.focus();
    editor.fire("saveSnapshot");
    const made = element(editor, "data", { value: fact.ref }, fact.words);
    if (mark) {
      made.replace(mark);
    } else {
      /* Behind the chosen words, never instead of them. */
      range.collapse(false);
      range.select();
      editor.insertElement(made);
      loosen(made);
    }
    units.step(editor, cite(editor, made, fact, former), false);
    editor.fire("saveSnapshot");
  }

  function ask(editor, mark) {
    const range = firstRange(editor) || editor.createRange();
    if (!range.startContainer) {
      range.moveToElementEditEnd(editor.editable());
    }
    window.FactDialog.open({
      searchUrl: editor.config.facts,
      ref: mark ? mark.getAttribute("value") : "",
      onChoose: (fact, former) => put(editor, range, mark, fact, former),
      onCancel: function () {
        editor.focus();
        range.select();
      },
    });
  }

  CKEDITOR.plugins.add("facts", {
    init: function (editor) {
      editor.addCommand("facts", {
        allowedContent: "data[!value]",
        requiredContent: "data[value]",
        canUndo: false /* the snapshots are made when the dialog answers */,
        exec: (target) => ask(target, chosenFact(target)),
      });
      editor.ui.addButton("Fact", {
        label: _("Insert a fact"),
        title: _("Insert a fact") + " (Ctrl+Shift+F)",
        command: "facts",
        toolbar: "insert",
      });
      editor.setKeystroke(CKEDITOR.CTRL + CKEDITOR.SHIFT + 70 /* F */, "facts");
      units.watch(editor, (mark) => ask(editor, mark));
    },
    afterInit: units.keepWhole,
  });
})();
