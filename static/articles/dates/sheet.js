/* One button that ticks every row that can be confirmed. Without it, rows are ticked one by one. */
(function () {
  "use strict";
  const boxes = [...document.querySelectorAll('.sheet input[name="confirmed"]')];
  const head = document.querySelector(".sheet thead th");
  if (boxes.length < 2 || !head) return;
  const label = document.createElement("label");
  const all = document.createElement("input");
  all.type = "checkbox";
  label.className = "tick tick-all";
  label.append(all, " ", head.dataset.all);
  head.replaceChildren(label);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  show(); // the browser may have kept ticks over a reload
})();
