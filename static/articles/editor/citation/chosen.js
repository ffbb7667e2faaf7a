/* The sources that are chosen in the dialog, each with a place in it and a sentence of it. window.CiteChosen(box, tell)
   fills `box`, a <fieldset>, and calls `tell()` when a source was taken away. */
window.CiteChosen = function (box, tell) {
  "use strict";

  const _ = window.gettext || String;
  const LONGEST = 300; /* characters of a quote, as in articles/markup */
  let entries = []; /* {source, locator, quote, before, root} */
  let made = 0;

  function element(name, values, ...children) {
    const node = Object.assign(document.createElement(name), values);
    node.append(...children);
    return node;
  }

  function field(entry, name, label, control) {
    control.id = "cite-" + name + "-" + ++made;
    control.value = entry[name];
    control.autocomplete = "off";
    control.addEventListener("input", () => {
      entry[name] = control.value.replace(/\s+/g, " ").trim();
      control.removeAttribute("aria-invalid");
    });
    return [element("label", { htmlFor: control.id, textContent: label }), control];
  }

  function drawn(entry) {
    const quote = element("textarea", { rows: 2, className: "cite-quote" });
    const away = element("button", { type: "button", className: "button", textContent: _("Remove") });
    const name = element("strong", { id: "cite-name-" + ++made, textContent: entry.source.label });
    quote.addEventListener("beforeinput", (event) => {
      if (event.inputType === "insertLineBreak") {
        event.preventDefault(); /* a quote is one line */
        quote.form.requestSubmit();
      }
    });
    away.setAttribute("aria-label", _("Remove") + ": " + entry.source.label);
    away.addEventListener("click", () => {
      drop([entry]);
      tell(entry.source.key);
    });
    entry.root = element("div", { className: "cite-one" });
    entry.root.setAttribute("role", "group");
    entry.root.setAttribute("aria-labelledby", name.id);
    entry.root.append(
      element("p", { className: "cite-name" }, name, " ", away),
      ...(entry.source.warnings || []).map((text) => element("p", { className: "cite-warning", textContent: text })),
      ...field(entry, "locator", _("Page or section (optional)"), element("input", { type: "text", maxLength: 80 })),
      ...field(entry, "quote", _("Sentence of the source that supports this (optional)"), quote)
    );
    return entry.root;
  }

  function add(source, given) {
    const entry = { source: source, locator: "", quote: "", before: false, ...given };
    entries.push(entry);
    box.append(drawn(entry));
    box.hidden = false;
    return entry;
  }

  function drop(gone) {
    gone.forEach((entry) => entry.root.remove());
    entries = entries.filter((entry) => !gone.includes(entry));
    box.hidden = !entries.length;
  }

  /* What the server says of sources that were chosen before it was asked. */
  function learn(found) {
    entries.forEach((entry) => {
      const known = found.find((source) => source.key === entry.source.key);
      if (known && !entry.source.reference) {
        const old = entry.root;
        entry.source = known;
        if (!old.contains(document.activeElement)) {
          old.replaceWith(drawn(entry));
        }
      }
    });
  }

  return {
    add: add,
    remove: (key) => drop(entries.filter((entry) => entry.source.key === key)),
    learn: learn,
    has: (key) => entries.some((entry) => entry.source.key === key),
    count: () => entries.length,
    clear: () => drop(entries),
    citations: () =>
      entries.map(({ source, locator, quote }) => ({ key: source.key, label: source.label, locator, quote })),
    retracted: () => entries.filter((entry) => entry.source.retracted && !entry.before).map((entry) => entry.source),
    /* The name of the first source whose quote is too long, and how long it is; puts the caret there. */
    tooLong: () => {
      const entry = entries.find((one) => one.quote.length > LONGEST);
      if (!entry) {
        return "";
      }
      const control = entry.root.querySelector("textarea");
      control.setAttribute("aria-invalid", "true");
      control.focus();
      return _("This quote is too long. Characters it has, and may have:") + " " + entry.quote.length + ", " + LONGEST;
    },
  };
};
