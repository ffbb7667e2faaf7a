/* Citing in a plain box of HTML, with the same dialog and the same keys as in the editor. Marks that stand side by
   side are one place. window.CiteBox.cite(box) is all of it. */
window.CiteBox = (function () {
  "use strict";

  const GROUP = /(?:<cite\b(?:[^">]|"[^"]*")*>.*?<\/cite>\s*)+/gis;
  const MARK = /<cite\b(?:[^">]|"[^"]*")*>.*?<\/cite>/gis;

  /* From where to where the marks stand that the caret touches; else the caret itself, behind the chosen words. */
  function placeOf(box) {
    const caret = box.selectionEnd;
    for (const found of box.value.matchAll(GROUP)) {
      const end = found.index + found[0].trimEnd().length;
      if (found.index <= caret && caret <= end) {
        return [found.index, end];
      }
    }
    return [caret, caret];
  }

  function read(html) {
    const mark = new DOMParser().parseFromString(html, "text/html").querySelector("cite");
    return {
      key: mark.dataset.source || "",
      label: mark.textContent.replace(/^\[|\]$/g, ""),
      locator: mark.dataset.locator || "",
      quote: mark.dataset.quote || "",
    };
  }

  function written(cited) {
    const mark = document.createElement("cite");
    ["locator", "quote"].filter((name) => cited[name]).forEach((name) => (mark.dataset[name] = cited[name]));
    mark.dataset.source = cited.key;
    mark.textContent = "[" + cited.label + "]";
    return mark.outerHTML;
  }

  function cite(box) {
    const [from, to] = placeOf(box);
    const article = box.form && box.form.querySelector("[data-article]");
    window.CiteDialog.open({
      searchUrl: box.dataset.citationSources,
      newUrl: box.dataset.citationNewSource,
      article: article ? article.dataset.article : "",
      citations: (box.value.slice(from, to).match(MARK) || []).map(read),
      onCite: (citations) => {
        box.focus();
        box.setRangeText(citations.map(written).join(""), from, to, "end");
        box.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onCancel: () => box.focus(),
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.shiftKey && event.code === "KeyC" && event.target.matches("[data-citation-sources]")) {
      event.preventDefault();
      cite(event.target);
    }
  });

  return { cite: cite };
})();
