/* CKEditor 4 plugin "citation": a mark in the text that leans on a source. No build step.

   Stored: <cite data-locator="p 4" data-quote="…" data-source="KEY"></cite>, for numbers are made when the page is
   rendered. Marks that stand side by side are one place, and are edited together.
   While somebody edits, the mark carries a readable name and is one unit: nothing can be typed into it. */
(function () {
  "use strict";

  const _ = window.gettext || String;
  const BLANK = /^[\u200b\s]*$/;
  const units = window.EditorUnits("cite", "data-source");
  const { isUnit: isMark, firstRange, enclosed: enclosedMark, adjacent: adjacentMark, step } = units;

  /* The marks of one place, in their order: this one and those beside it. */
  function groupOf(mark) {
    const group = mark ? [mark] : [];
    for (const before of [true, false]) {
      let next = mark && beside(mark, before);
      while (isMark(next)) {
        group[before ? "unshift" : "push"](next);
        next = beside(next, before);
      }
    }
    return group;
  }

  function beside(mark, before) {
    let node = before ? mark.getPrevious() : mark.getNext();
    while (node && node.type === CKEDITOR.NODE_TEXT && BLANK.test(node.getText())) {
      node = before ? node.getPrevious() : node.getNext();
    }
    return node;
  }

  function described(mark, cited) {
    mark.setAttributes({ "data-source": cited.key, contenteditable: "false" });
    for (const name of ["locator", "quote"]) {
      if (cited[name]) {
        mark.setAttribute("data-" + name, cited[name]);
      } else {
        mark.removeAttribute("data-" + name);
      }
    }
    mark.setText("[" + cited.label + "]");
    return mark;
  }

  function put(editor, range, group, citations) {
    editor.focus();
    editor.fire("saveSnapshot");
    let last = null;
    citations.forEach((cited, place) => {
      const mark = described(group[place] || new CKEDITOR.dom.element("cite", editor.document), cited);
      if (!group[place] && last) {
        mark.insertAfter(last);
      } else if (!group[place]) {
        /* Behind the chosen words, never instead of them. */
        range.collapse(false);
        range.select();
        editor.insertElement(mark);
      }
      last = mark;
    });
    group.slice(citations.length).forEach((mark) => mark.remove());
    step(editor, last, false);
    editor.fire("saveSnapshot");
  }

  function ask(editor, mark) {
    const group = groupOf(mark);
    const range = firstRange(editor) || editor.createRange();
    if (!range.startContainer) {
      range.moveToElementEditEnd(editor.editable());
    }
    const article = editor.element.$.form && editor.element.$.form.querySelector("[data-article]");
    window.CiteDialog.open({
      searchUrl: editor.config.citationSources,
      newUrl: editor.config.citationNewSource,
      article: article ? article.dataset.article : "",
      citations: group.map((one) => ({
        key: one.getAttribute("data-source"),
        label: one.getText().replace(/^\[|\]$/g, ""),
        locator: one.getAttribute("data-locator") || "",
        quote: one.getAttribute("data-quote") || "",
      })),
      onCite: (citations) => put(editor, range, group, citations),
      onCancel: function () {
        editor.focus();
        range.select();
      },
    });
  }

  CKEDITOR.plugins.add("citation", {
    init: function (editor) {
      editor.addCommand("citation", {
        allowedContent: "cite[!data-source,data-locator,data-quote]",
        requiredContent: "cite[data-source]",
        canUndo: false /* the snapshots are made when the dialog answers */,
        exec: function (target) {
          ask(target, enclosedMark(target) || adjacentMark(target));
        },
      });
      editor.ui.addButton("Citation", {
        label: _("Cite a source"),
        title: _("Cite a source") + " (Ctrl+Shift+C)",
        command: "citation",
        toolbar: "insert",
      });
      editor.setKeystroke(CKEDITOR.CTRL + CKEDITOR.SHIFT + 67 /* C */, "citation");
      units.watch(editor, (mark) => ask(editor, mark));
    },
    afterInit: function (editor) {
      /* A line break gets no white space behind it: opening and saving must not change a letter. */
      editor.dataProcessor.writer.setRules("br", { breakAfterOpen: false });
      units.keepWhole(editor);
    },
  });
})();
