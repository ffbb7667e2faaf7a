/* Leaving corrections that are not signed asks first. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.querySelector("form[data-unsigned]");
  if (!form) {
    return;
  }
  let unsigned = form.dataset.unsigned === "typed";
  const typed = () => (unsigned = true);

  ["input", "change"].forEach((name) => form.addEventListener(name, typed));
  if (window.CKEDITOR) {
    window.CKEDITOR.on("instanceReady", (event) => event.editor.on("change", typed));
  }
  form.addEventListener("submit", () => (unsigned = false));
  window.addEventListener("beforeunload", (event) => {
    if (unsigned) {
      event.preventDefault();
    }
  });
});
