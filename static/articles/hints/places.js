/* Where a sentence stands in the form: in CKEditor's text, or in a plain box of HTML. White space does not count, for
   an editor spells it otherwise; nor does the name in a citation mark. window.HintPlaces is all of it. */
window.HintPlaces = (function () {
  "use strict";

  const BLANK = /[\s\u00a0\u200b]/;
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

  function squeezed(words) {
    return [...words].filter((sign) => !BLANK.test(sign)).join("");
  }

  function editorOf(field) {
    const element = window.CKEDITOR && field && window.CKEDITOR.dom.element.get(field);
    return element && element.getEditor ? element.getEditor() : null;
  }

  /* The letters of an editor's text, each with its node and place. */
  function lettersOfNode(root) {
    const letters = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest("cite")) {
        spread(node.data, (sign, at) => letters.push({ sign: sign, node: node, from: at, to: at + sign.length }));
      }
    }
    return letters;
  }

  /* The letters that a reader would see of HTML in a plain box. */
  function lettersOfHtml(html) {
    const letters = [];
    const pieces = /<cite\b(?:[^">]|"[^"]*")*>.*?<\/cite>|<[^>]*>|&(\w+|#39);|[^<&]+|[<&]/gis;
    for (const piece of html.matchAll(pieces)) {
      if (piece[1]) {
        const sign = ENTITIES[piece[1]] || piece[0];
        letters.push({ sign: sign, from: piece.index, to: piece.index + piece[0].length });
      } else if (!piece[0].startsWith("<") || piece[0] === "<") {
        spread(piece[0], (sign, at) =>
          letters.push({ sign: sign, from: piece.index + at, to: piece.index + at + sign.length }),
        );
      }
    }
    return letters;
  }

  function spread(words, tell) {
    let at = 0;
    for (const sign of words) {
      tell(sign, at);
      at += sign.length;
    }
  }

  /* First and last letter of `quote`, or null. */
  function find(all, quote) {
    const letters = all.filter((letter) => !BLANK.test(letter.sign));
    const wanted = squeezed(quote);
    const index = wanted ? letters.map((letter) => letter.sign).join("").indexOf(wanted) : -1;
    if (index < 0) {
      return null;
    }
    let length = 0; /* in letters, where the index counts UTF-16 units */
    const starts = letters.map((letter) => (length += letter.sign.length) - letter.sign.length);
    const first = starts.indexOf(index);
    const last = starts.findIndex((start, number) => start + letters[number].sign.length >= index + wanted.length);
    return first < 0 || last < 0 ? null : [letters[first], letters[last]];
  }

  function selectInEditor(editor, hint, atEnd) {
    const root = editor.editable();
    const mark = hint.source && root.$.querySelector(`cite[data-source="${CSS.escape(hint.source)}"]`);
    const found = find(lettersOfNode(root.$), hint.quote);
    editor.focus();
    if (!found && !mark) {
      return false;
    }
    if (!found && !atEnd) {
      /* It alone, for what is typed now replaces it; by the browser, since the editor selects a mark unseen. */
      const place = [...mark.parentNode.childNodes].indexOf(mark);
      window.getSelection().setBaseAndExtent(mark.parentNode, place, mark.parentNode, place + 1);
      mark.scrollIntoView({ block: "center" });
      return true;
    }
    const range = editor.createRange();
    if (found) {
      range.setStart(new CKEDITOR.dom.text(found[0].node), found[0].from);
      range.setEnd(new CKEDITOR.dom.text(found[1].node), found[1].to);
    } else {
      range.selectNodeContents(new CKEDITOR.dom.element(mark.parentElement));
      range.setEndAfter(new CKEDITOR.dom.element(mark));
    }
    if (atEnd) {
      range.collapse(false);
    }
    range.select();
    (found ? found[0].node.parentElement : mark).scrollIntoView({ block: "center" });
    return true;
  }

  function selectInBox(box, hint, atEnd) {
    const found = find(lettersOfHtml(box.value), hint.quote);
    const [from, to] = found ? [found[0].from, found[1].to] : markInBox(box, hint.source);
    box.focus();
    box.scrollIntoView({ block: "center" });
    if (to) {
      box.setSelectionRange(atEnd ? to : from, to);
    }
    return to > 0;
  }

  function markInBox(box, source) {
    const marks = [...box.value.matchAll(/<cite\b(?:[^">]|"[^"]*")*>.*?<\/cite>/gis)];
    const mark = source && marks.find((one) => one[0].includes(`data-source="${source}"`));
    return mark ? [mark.index, mark.index + mark[0].length] : [0, 0];
  }

  /* A section may be folded away. */
  function unfold(field) {
    const row = field.closest(".section-folded");
    const button = row && row.querySelector("[data-deed=fold]");
    if (button) {
      button.click();
    }
  }

  /* Scrolls to what a hint speaks of, selects it (or stands behind it) and gives the field the focus. */
  function show(hint, atEnd) {
    const field = document.getElementById(hint.field);
    if (!field) {
      return false;
    }
    unfold(field);
    const editor = editorOf(field);
    if (editor) {
      return selectInEditor(editor, hint, atEnd);
    }
    if (field.matches("textarea")) {
      return selectInBox(field, hint, atEnd);
    }
    const first = field.matches("input, select, a, button") ? field : field.querySelector("input, select, a, button");
    (first || field).focus();
    field.scrollIntoView({ block: "center" });
    return true;
  }

  /* What opens the dialog for a field, or null. */
  function citing(field) {
    const editor = editorOf(field);
    if (editor) {
      return editor.getCommand("citation") ? () => editor.execCommand("citation") : null;
    }
    return field && field.dataset.citationSources && window.CiteBox ? () => window.CiteBox.cite(field) : null;
  }

  return { show: show, editorOf: editorOf, citing: citing };
})();
