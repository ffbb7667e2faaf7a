/* From change to change, by button and by key. Without script the numbers beside the changes are links that do it.
   Keys take Alt and Shift, are idle while somebody types, and move nothing but the focus. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const stops = Array.from(document.querySelectorAll(".redline a.stop"));
  const position = document.querySelector("[data-words]");
  const place = document.getElementById("comment-place");
  let at = -1;

  function show(element) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center", inline: "nearest" }); // at once: nobody has to wait for a motion
  }
  function step(by) {
    if (stops.length) {
      const first = by > 0 ? 0 : stops.length - 1;
      show(stops[at < 0 ? first : Math.min(Math.max(at + by, 0), stops.length - 1)]);
    }
  }
  stops.forEach((stop, number) => {
    stop.addEventListener("focus", () => {
      at = number;
      position.textContent = position.dataset.words.replace("%n", number + 1).replace("%t", stops.length);
    });
  });
  document.querySelectorAll("[data-step]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      step(Number(button.dataset.step));
    });
  });
  document.querySelectorAll("[data-comment]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      place.value = link.dataset.comment;
      show(document.getElementById("comment-text"));
    });
  });

  const targets = {
    KeyA: '#answering input[type="radio"], #answering [value="attest"]',
    KeyC: "#answering [data-key=KeyC]",
    KeyR: "#reason",
  };
  document.querySelectorAll("details.keys").forEach((help) => (help.hidden = false));
  document.addEventListener("keydown", (event) => {
    const types = event.target.closest("textarea, select, input:not([type=radio]), [contenteditable]");
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || types) {
      return;
    }
    const found = targets[event.code] && document.querySelector(targets[event.code]);
    if (event.code === "KeyN" || event.code === "KeyP") {
      step(event.code === "KeyN" ? 1 : -1);
    } else if (found) {
      show(found);
    } else {
      return;
    }
    event.preventDefault();
  });
});
