/* Leaving the form with text that is not saved asks first. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("article_form");
  if (!form) {
    return;
  }
  // A refused, merged or restored form holds text that is stored nowhere.
  let unsaved = Boolean(document.querySelector(".errornote, [data-held]"));
  const touched = () => (unsaved = true);

  ["input", "change", "sections:changed"].forEach((name) => form.addEventListener(name, touched));
  if (window.CKEDITOR) {
    window.CKEDITOR.on("instanceReady", (event) => event.editor.on("change", touched));
  }
  // A look in another window saves nothing.
  form.addEventListener("submit", (event) => (unsaved = unsaved && Boolean(event.submitter?.formTarget)));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) {
      event.preventDefault();
    }
  });
});
