/* A box of choices that are searched gets the name that its label says: select2 names it by what was chosen, which is
   nothing at first. */
window.addEventListener("load", () => {
  "use strict";
  django.jQuery(() => {
    document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const chosen = document.getElementById(`select2-${select.id}-container`);
      if (label && chosen) {
        label.id = label.id || `${select.id}-label`;
        chosen.setAttribute("aria-labelledby", label.id);
        chosen.parentElement.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      }
    });
  });
});
