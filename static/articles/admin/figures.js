/* The picture of a section: its fields are there for figures alone, and a chosen file is taken at once, so that it is
   safe like everything that was typed. Without script it is taken when the form is sent. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const library = document.getElementById("figure-library");
  if (!library) {
    return; // for those who may only look
  }
  const _ = window.gettext || String;
  const field = (row, name) => row.querySelector(`[name$='-${name}']`);
  const box = (row, name) => field(row, name) && field(row, name).closest(".form-row");

  function fit(row, form) {
    ["figure", "upload", "library", "alt", "credit"].forEach((name) => {
      if (box(row, name)) {
        box(row, name).hidden = form !== "figure";
      }
    });
    const label = box(row, "body") && box(row, "body").querySelector("label");
    if (label) {
      label.dataset.text = label.dataset.text || label.textContent;
      label.textContent = form === "figure" ? _("Caption:") : label.dataset.text;
    }
  }

  function say(row, words) {
    let line = box(row, "upload").querySelector(".figure-said");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "help figure-said" });
      line.setAttribute("role", "status");
      box(row, "upload").append(line);
    }
    line.textContent = words;
  }

  async function take(row, input) {
    say(row, _("The picture is being read …"));
    const body = new FormData();
    body.append("upload", input.files[0]);
    const token = input.form.elements.csrfmiddlewaretoken.value;
    const asked = { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual" };
    const answer = await fetch(library.dataset.upload, asked).catch(() => null);
    const told = answer && (await answer.json().catch(() => null));
    if (!told) {
      say(row, _("It could not be sent. It is sent again when you save."));
      return;
    }
    say(row, told.said);
    input.value = ""; // it is taken, or refused for good
    if (told.figure) {
      field(row, "figure").value = told.figure;
      row.querySelector(".figure-now").innerHTML = told.now; // made and escaped by us
      field(row, "figure").dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("sections:fitted", (event) => fit(event.target, event.detail.form));
  document.addEventListener("change", (event) => {
    const row = event.target.closest(".inline-related");
    if (row && event.target.matches("input[type=file][name$='-upload']") && event.target.files.length) {
      take(row, event.target);
    }
  });
});
