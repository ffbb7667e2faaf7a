/* Marks in CKEditor 4 that are one unit: nothing can be typed into them, and one key passes or removes them.
   window.EditorUnits(tag, attribute) gives what a plugin needs for one kind of them. */
window.EditorUnits = function (tag, attribute) {
  "use strict";

  const BACKSPACE = 8;
  const DELETE = 46;
  const LEFT = 37;
  const RIGHT = 39;
  const DEEDS = [BACKSPACE, DELETE, LEFT, RIGHT];
  const MODIFIERS = [16, 17, 18, 91]; /* Shift, Ctrl, Alt, Meta by themselves */
  const FILLING = /^\u200b*$/; /* what the editor puts where the caret would have no place to stand */

  /* The editor remembers selections; a mark that was typed over may still be in one. */
  function isUnit(node) {
    const element = Boolean(node) && node.type === CKEDITOR.NODE_ELEMENT && document.contains(node.$);
    return element && node.is(tag) && node.hasAttribute(attribute);
  }

  function firstRange(editor) {
    const selection = editor.getSelection();
    return (selection && selection.getRanges()[0]) || null;
  }

  function enclosed(editor) {
    const range = firstRange(editor);
    const node = range && !range.collapsed ? range.getEnclosedNode() : null;
    return isUnit(node) ? node : null;
  }

  function adjacent(editor) {
    const range = firstRange(editor);
    const nodes = range && range.collapsed ? [neighbour(range, true), neighbour(range, false)] : [];
    return nodes.find(isUnit) || null;
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
    if (!isUnit(mark) || MODIFIERS.includes(key & 0xffff)) {
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
    return range && range.collapsed ? range.startContainer.getAscendant(tag, true) : null;
  }

  function fakeSelected(editor) {
    const selection = editor.getSelection();
    return selection && selection.isFake ? selection.getSelectedElement() : null;
  }

  /* The keys; `edit(mark)` is called when one is clicked twice. */
  function watch(editor, edit) {
    editor.on("contentDom", function () {
      const editable = editor.editable();
      editable.attachListener(editable, "keydown", (event) => onKey(editor, event), null, null, -10);
    });
    editor.on("selectionChange", function () {
      const mark = around(firstRange(editor));
      if (isUnit(mark)) {
        step(editor, mark, false);
      }
    });
    editor.on("doubleclick", function (event) {
      const mark = event.data.element && event.data.element.getAscendant(tag, true);
      if (isUnit(mark)) {
        event.stop();
        edit(mark);
      }
    });
  }

  /* What says so to the browser stays in the editor. */
  function keepWhole(editor) {
    editor.dataProcessor.dataFilter.addRules({
      elements: {
        [tag]: function (element) {
          element.attributes.contenteditable = "false";
        },
      },
    });
    editor.dataProcessor.htmlFilter.addRules({
      elements: {
        [tag]: function (element) {
          delete element.attributes.contenteditable;
        },
      },
    });
  }

  return { isUnit, firstRange, neighbour, enclosed, adjacent, step, watch, keepWhole };
};
