/* A choice from a long list is called as its label says; the widget of the admin leaves it without a name. */
(function () {
  "use strict";
  const named = (element, label) => element && element.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0];
      const shown = select.parentElement.querySelector(".select2-selection");
      if (!label || !shown) continue;
      label.id = label.id || `${select.id}-label`;
      const value = shown.querySelector(".select2-selection__rendered");
      shown.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
      value.setAttribute("aria-labelledby", label.id);
      django.jQuery(select).on("select2:open", () => {
        named(document.querySelector(".select2-container--open .select2-search__field"), label);
        named(document.querySelector(".select2-container--open .select2-results__options"), label);
      });
    }
  };
  // jQuery makes the widgets in turns of their own, which a busy machine may take after the page has loaded.
  window.addEventListener("load", () => django.jQuery(nameAll));
})();
