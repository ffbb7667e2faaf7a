/* Shows a reference beside its number, on hover, focus or a tap. */
{
  const list = document.getElementById("references");
  const on = (name, act) => list && HTMLElement.prototype.showPopover && document.addEventListener(name, act);
  let peek = null; /* what is shown */
  let link = null; /* and for which number */
  let timer = 0;
  let touch = false;

  const numberOf = (node) => (node instanceof Element ? node.closest("sup > a, .between > a") : null);
  const isOurs = (node) => Boolean(peek) && node instanceof Node && (peek.contains(node) || link.contains(node));

  const make = (tag, values) => Object.assign(document.createElement(tag), values);

  const hide = () => {
    clearTimeout(timer);
    peek && peek.remove();
    peek = link = null;
  };

  const show = (number) => {
    clearTimeout(timer);
    const entry = document.querySelector(number.hash + " .entry");
    if (number === link || !entry) {
      return;
    }
    hide();
    link = number;
    peek = make("span", { className: "peek", popover: "manual", role: "note", ariaLabel: number.ariaLabel });
    peek.append(entry.cloneNode(true), make("a", { href: number.hash, textContent: list.dataset.go }));
    number.after(peek); /* next for the Tab key */
    peek.showPopover();
    place(number.getBoundingClientRect());
  };

  /* Below the number, or above it; never beyond the sides. */
  const place = (box) => {
    const high = peek.offsetHeight + 6;
    const top = box.bottom + high > innerHeight && box.top > high ? box.top - high : box.bottom + 6;
    const room = document.documentElement.clientWidth - peek.offsetWidth - 8;
    peek.style.top = scrollY + top + "px";
    peek.style.left = scrollX + Math.max(8, Math.min(box.left - 16, room)) + "px";
  };

  on("pointerover", (event) => {
    const number = event.pointerType === "mouse" && numberOf(event.target);
    if (number) {
      show(number);
    } else if (isOurs(event.target)) {
      clearTimeout(timer);
    }
  });
  on("pointerout", (event) => {
    if (event.pointerType === "mouse" && isOurs(event.target) && !isOurs(event.relatedTarget)) {
      clearTimeout(timer);
      timer = setTimeout(() => isOurs(document.activeElement) || hide(), 300); /* time to move into it */
    }
  });
  on("pointerdown", (event) => {
    touch = event.pointerType !== "mouse";
    isOurs(event.target) || hide();
  });
  on("click", (event) => {
    const number = numberOf(event.target);
    if (number && touch && number !== link) {
      event.preventDefault(); /* the second tap follows the link */
      show(number);
    } else if (event.target.closest("a")) {
      setTimeout(hide);
    }
  });
  on("focusin", (event) => {
    const number = numberOf(event.target);
    if (number && number.matches(":focus-visible")) {
      show(number);
    } else if (!isOurs(event.target)) {
      hide();
    }
  });
  on("keydown", (event) => {
    touch = false;
    if (event.key === "Escape" && peek) {
      peek.contains(document.activeElement) && link.focus();
      hide();
    }
  });
}
