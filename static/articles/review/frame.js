/* The frame with the page grows to the height of its page, so that there is one thing to scroll. Without script it
   scrolls by itself. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const frame = document.querySelector("iframe.frozen");
  if (!frame) {
    return;
  }
  function fit() {
    const page = frame.contentDocument;
    if (!page || !page.body || !page.body.childElementCount) {
      return;
    }
    page.body.style.minHeight = "0"; // of the screen, which is the frame: it would never be less than it was
    frame.style.height = page.documentElement.getBoundingClientRect().height + "px";
    page.querySelectorAll('a[href]:not([href^="#"])').forEach((link) => {
      link.target = "_blank"; // another page in the frame would be mistaken for the one under review
      link.rel = "noopener";
    });
  }
  function watch() {
    fit();
    new ResizeObserver(fit).observe(frame.contentDocument.body);
  }
  frame.addEventListener("load", watch);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") {
    watch();
  }
});
