/* Facts in a plain box of HTML, with the same dialog and the same keys as in the editor. */
(function () {
  "use strict";

  const FACT = /<data value="([^"]*)">[^<]*<\/data>/gi;
  const CITES = /^(?:<cite\b(?:[^">]|"[^"]*")*>.*?<\/cite>)*/is;

  /* From where to where the fact stands that the caret touches, and which; else the caret, behind the chosen words. */
  function placeOf(box) {
    const caret = box.selectionEnd;
    for (const found of box.value.matchAll(FACT)) {
      const end = found.index + found[0].length;
      if (found.index <= caret && caret <= end) {
        return { from: found.index, to: end, ref: found[1] };
      }
    }
    return { from: caret, to: caret, ref: "" };
  }

  function written(fact) {
    const mark = document.createElement("data");
    mark.setAttribute("value", fact.ref);
    mark.textContent = fact.words;
    return mark.outerHTML;
  }

  function cited(fact) {
    const mark = document.createElement("cite");
    if (fact.cite.locator) {
      mark.dataset.locator = fact.cite.locator;
    }
    mark.dataset.source = fact.cite.key;
    mark.textContent = "[" + fact.cite.label + "]";
    return mark.outerHTML;
  }

  function put(box, place, fact) {
    const behind = box.value.slice(place.to).match(CITES)[0];
    const more = behind.includes('data-source="' + fact.cite.key + '"') ? "" : cited(fact);
    box.focus();
    box.setRangeText(written(fact) + more, place.from, place.to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.ctrlKey && event.shiftKey && event.code === "KeyF" && box.matches("[data-facts]")) {
      event.preventDefault();
      const place = placeOf(box);
      window.FactDialog.open({
        searchUrl: box.dataset.facts,
        ref: place.ref,
        onChoose: (fact) => put(box, place, fact),
        onCancel: () => box.focus(),
      });
    }
  });
})();
