/* CKEditor 4 plugin "citation": a mark in the text that leans on a source. No build step.

   Stored: <cite data-source="KEY" data-locator="p 4"></cite>, for numbers are made when the page is rendered.
   While somebody edits, the mark carries a readable name and is one unit: nothing can be typed into it. */
(function () {
  "use strict";

  const _ = window.gettext || String;
  const BACKSPACE = 8;
  const DELETE = 46;
  const LEFT = 37;
  const RIGHT = 39;
  const DEEDS = [BACKSPACE, DELETE, LEFT, RIGHT];
  const MODIFIERS = [16, 17, 18, 91]; /* Shift, Ctrl, Alt, Meta by themselves */
  const FILLING = /^\u200b*$/; /* what the editor puts where the caret would have no place to stand */

  /* The editor remembers selections; a mark that was typed over may still be in one. */
  function isMark(node) {
    const element = Boolean(node) && node.type === CKEDITOR.NODE_ELEMENT && document.contains(node.$);
    return element && node.is("cite") && node.hasAttribute("data-source");
  }

  function firstRange(editor) {
    const selection = editor.getSelection();
    return (selection && selection.getRanges()[0]) || null;
  }

  function enclosedMark(editor) {
    const range = firstRange(editor);
    const node = range && !range.collapsed ? range.getEnclosedNode() : null;
    return isMark(node) ? node : null;
  }

  function neighbour(range, before) {
    const node = range.startContainer;
    const offset = range.startOffset;
    if (node.type === CKEDITOR.NODE_TEXT) {
      const between = before ? node.getText().slice(0, offset) : node.getText().slice(offset);
      return FILLING.test(between) ? skipFilling(before ? node.getPrevious() : node.getNext(), before) : null;
    }
    return skipFilling(node.getChild(before ? offset - 1 : offset), before);
  }

  function skipFilling(node, before) {
    while (node && node.type === CKEDITOR.NODE_TEXT && FILLING.test(node.getText())) {
      node = before ? node.getPrevious() : node.getNext();
    }
    return node;
  }

  function describe(mark, source, locator) {
    mark.setAttributes({ "data-source": source.key, contenteditable: "false" });
    if (locator) {
      mark.setAttribute("data-locator", locator);
    } else {
      mark.removeAttribute("data-locator");
    }
    mark.setText("[" + source.label + "]");
  }

  function put(editor, range, existing, source, locator) {
    editor.focus();
    editor.fire("saveSnapshot");
    const mark = existing || new CKEDITOR.dom.element("cite", editor.document);
    describe(mark, source, locator);
    if (!existing) {
      /* Behind the chosen words, never instead of them. */
      range.collapse(false);
      range.select();
      editor.insertElement(mark);
    }
    step(editor, mark, false);
    editor.fire("saveSnapshot");
  }

  function ask(editor, existing) {
    const range = firstRange(editor) || editor.createRange();
    if (!range.startContainer) {
      range.moveToElementEditEnd(editor.editable());
    }
    const article = editor.element.$.form && editor.element.$.form.querySelector("[data-article]");
    window.CiteDialog.open({
      searchUrl: editor.config.citationSources,
      newUrl: editor.config.citationNewSource,
      article: article ? article.dataset.article : "",
      key: existing ? existing.getAttribute("data-source") : "",
      locator: existing ? existing.getAttribute("data-locator") || "" : "",
      onCite: function (source, locator) {
        put(editor, range, existing, source, locator);
      },
      onCancel: function () {
        editor.focus();
        range.select();
      },
    });
  }

  // -- keys: a mark is one unit ---------------------------------------------------------------------------------------

  function remove(editor, mark) {
    const range = editor.createRange();
    editor.fire("saveSnapshot");
    range.moveToPosition(mark, CKEDITOR.POSITION_BEFORE_START);
    mark.remove();
    range.select();
    editor.fire("saveSnapshot");
  }

  function step(editor, mark, back) {
    const range = editor.createRange();
    range.moveToPosition(mark, back ? CKEDITOR.POSITION_BEFORE_START : CKEDITOR.POSITION_AFTER_END);
    range.select();
  }

  /* Before the editor's own listener, which would select a mark instead of passing or removing it. */
  function onKey(editor, event) {
    const key = event.data.getKeystroke();
    const back = key === BACKSPACE || key === LEFT;
    const range = firstRange(editor);
    const inside = around(range) || (isTyping(key) ? fakeSelected(editor) : null);
    const mark = inside || (DEEDS.includes(key) && range && range.collapsed ? neighbour(range, back) : null);
    if (!isMark(mark) || MODIFIERS.includes(key & 0xffff)) {
      return;
    }
    if (key === BACKSPACE || key === DELETE) {
      remove(editor, mark);
    } else {
      step(editor, mark, back); /* what is typed inside would vanish */
    }
    if (DEEDS.includes(key)) {
      event.data.preventDefault();
      event.stop();
    }
  }

  function isTyping(key) {
    return !(key & (CKEDITOR.CTRL | CKEDITOR.ALT));
  }

  /* A click or a paste can leave the caret inside a mark, where what is typed goes nowhere. */
  function around(range) {
    return range && range.collapsed ? range.startContainer.getAscendant("cite", true) : null;
  }

  function fakeSelected(editor) {
    const selection = editor.getSelection();
    return selection && selection.isFake ? selection.getSelectedElement() : null;
  }

  CKEDITOR.plugins.add("citation", {
    init: function (editor) {
      editor.addCommand("citation", {
        allowedContent: "cite[!data-source,data-locator]",
        requiredContent: "cite[data-source]",
        canUndo: false /* the snapshots are made when the dialog answers */,
        exec: function (target) {
          ask(target, enclosedMark(target));
        },
      });
      editor.ui.addButton("Citation", {
        label: _("Cite a source"),
        title: _("Cite a source") + " (Ctrl+Shift+C)",
        command: "citation",
        toolbar: "insert",
      });
      editor.setKeystroke(CKEDITOR.CTRL + CKEDITOR.SHIFT + 67 /* C */, "citation");
      editor.on("contentDom", function () {
        const editable = editor.editable();
        editable.attachListener(editable, "keydown", (event) => onKey(editor, event), null, null, -10);
      });
      editor.on("selectionChange", function () {
        const mark = around(firstRange(editor));
        if (isMark(mark)) {
          step(editor, mark, false);
        }
      });
      editor.on("doubleclick", function (event) {
        const mark = event.data.element && event.data.element.getAscendant("cite", true);
        if (isMark(mark)) {
          event.stop();
          ask(editor, mark);
        }
      });
    },
    afterInit: function (editor) {
      /* A line break gets no white space behind it: opening and saving must not change a letter. */
      editor.dataProcessor.writer.setRules("br", { breakAfterOpen: false });
      editor.dataProcessor.dataFilter.addRules({
        elements: {
          cite: function (element) {
            element.attributes.contenteditable = "false";
          },
        },
      });
      editor.dataProcessor.htmlFilter.addRules({
        elements: {
          cite: function (element) {
            delete element.attributes.contenteditable;
          },
        },
      });
    },
  });
})();
