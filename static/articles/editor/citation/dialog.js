/* The dialog in which sources are chosen. A native <dialog>: focus, Escape and the page behind it are the browser's
   business. It knows nothing of the editor; window.CiteDialog.open(request) is all of it. What is chosen is in
   chosen.js. */
window.CiteDialog = (function () {
  "use strict";

  const _ = window.gettext || String;
  const LONGEST = 2000; /* characters that the server reads */
  const SHELL = `
    <form class="cite-find" method="dialog" novalidate>
      <h2 id="cite-title"></h2>
      <label for="cite-search"></label>
      <input id="cite-search" type="search" autocomplete="off" spellcheck="false" aria-describedby="cite-search-help">
      <p class="cite-help" id="cite-search-help"></p>
      <p class="cite-status" role="status"></p>
      <div class="cite-named"></div>
      <fieldset class="cite-list"><legend></legend></fieldset>
      <fieldset class="cite-chosen"><legend></legend></fieldset>
      <p class="cite-buttons">
        <button type="submit" class="button default cite-ok"></button>
        <button type="button" class="button cite-to-new"></button>
        <button type="button" class="button cite-cancel"></button>
      </p>
    </form>
    <form class="cite-new" novalidate hidden>
      <h2 id="cite-new-title"></h2>
      <p class="cite-status" role="status"></p>
      <div class="cite-new-fields"></div>
      <p class="cite-buttons">
        <button type="submit" class="button default cite-add"></button>
        <button type="button" class="button cite-look"></button>
        <button type="button" class="button cite-back"></button>
      </p>
    </form>`;
  const WORDS = {
    "#cite-title": _("Cite a source"),
    "label[for=cite-search]": _("Search, or paste a reference, DOI, PMID or web address"),
    "#cite-search-help": _("Arrow keys lead to the sources, Space ticks one, Enter cites what is ticked."),
    ".cite-list legend": _("Sources"),
    ".cite-chosen legend": _("Chosen for this place"),
    ".cite-to-new": _("New source"),
    ".cite-cancel": _("Cancel"),
    "#cite-new-title": _("New source"),
    ".cite-add": _("Add to the library"),
    ".cite-look": _("Look it up"),
    ".cite-back": _("Back to the search"),
  };

  let dialog = null;
  let request = null; /* what open() was called with */
  let chosen = null; /* of chosen.js */
  let sources = []; /* what the list shows */
  let pasted = ""; /* the lines that were pasted, which the search box shows as one */
  let confirmed = false; /* that a retracted source is meant */
  let asked = 0; /* answers to older searches are thrown away */
  let timer = null;
  let stale = false; /* the list does not yet show what the search box asks for */

  function part(selector) {
    return dialog.querySelector(selector);
  }

  function say(form, message) {
    part(form + " .cite-status").textContent = message;
  }

  function line(name, className, text) {
    return Object.assign(document.createElement(name), { className: className, textContent: text });
  }

  // -- finding -------------------------------------------------------------------------------------------------------

  function tick(source, ticked) {
    if (ticked && !chosen.has(source.key)) {
      chosen.add(source);
    } else if (!ticked) {
      chosen.remove(source.key);
    }
    doubt(false);
  }

  function row(source) {
    const label = line("label", "cite-row", "");
    const box = document.createElement("input");
    const text = line("span", "", source.reference + " ");
    Object.assign(box, { type: "checkbox", value: source.key, checked: chosen.has(source.key) });
    box.addEventListener("change", () => tick(source, box.checked));
    text.append(line("span", "cite-facts", source.facts));
    source.warnings.forEach((warning) => text.append(" ", line("strong", "cite-warning", warning)));
    if (source.uncited) {
      text.append(" ", line("strong", "", _("not cited yet")));
    }
    label.classList.toggle("cite-retracted", source.retracted);
    label.append(box, text);
    return label;
  }

  /* A work that the library does not have. Nothing is added before the person has seen the record. */
  function offer(work) {
    const box = line("p", "cite-offer", work.reference + " ");
    const button = line("button", "button", _("Add this source"));
    button.type = "button";
    button.addEventListener("click", () => toNew(work.fields));
    box.append(button);
    return box;
  }

  function list(found, named) {
    const held = rows().includes(document.activeElement) ? document.activeElement.value : null;
    sources = found;
    part(".cite-list").replaceChildren(part(".cite-list legend"), ...found.map(row));
    part(".cite-list").hidden = !found.length;
    part(".cite-named").replaceChildren(...named.map(offer));
    chosen.learn(found);
    if (held !== null) {
      (rows().find((one) => one.value === held) || part("#cite-search")).focus();
    }
  }

  async function search() {
    clearTimeout(timer);
    if (!request) {
      return; /* closed while the timer ran */
    }
    const mine = ++asked;
    const url = new URL(request.searchUrl, window.location.href);
    const keys = request.citations.map((one) => ["key", one.key]);
    const words = (pasted || part("#cite-search").value).slice(0, LONGEST);
    url.search = new URLSearchParams([["q", words], ["article", request.article], ...keys]);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const data = await answer.json();
      if (mine === asked) {
        stale = false;
        list(data.results, data.named);
        say(".cite-find", counted(data));
      }
    } catch (error) {
      if (mine === asked) {
        say(".cite-find", _("The sources could not be loaded.") + " (" + error.message + ")");
      }
    }
  }

  function counted(data) {
    const number = data.results.length;
    if (data.named.length) {
      const known = number ? " " + number + _(" found.") : "";
      return _("Recognized, and not in the library yet. Check it and add it.") + known;
    }
    if (!number) {
      return _("No source matches. Add it as a new source.");
    }
    return data.more ? number + _(" sources shown, and there are more: add words to the search.") : number + _(" found.");
  }

  function rows() {
    return [...dialog.querySelectorAll(".cite-named button, .cite-list input")];
  }

  /* Nobody cites a source they have not seen: Enter right after typing shows what was found first. */
  async function toList() {
    if (stale) {
      await search();
    }
    if (dialog.open && rows().length) {
      rows()[0].focus();
    }
  }

  function walk(event) {
    const all = rows();
    const place = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    if (event.target.id === "cite-search" && event.key === "ArrowDown") {
      event.preventDefault();
      toList();
    } else if (all.includes(event.target) && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      (all[place] || (place < 0 ? part("#cite-search") : event.target)).focus();
    } else if (all.includes(event.target) && event.key === "Enter" && event.target.type === "checkbox") {
      event.target.checked = true; /* and the browser submits the form */
      event.target.dispatchEvent(new Event("change"));
    }
  }

  /* A retracted source is cited only by somebody who says so twice. */
  function doubt(unsure) {
    const change = request && request.citations.length;
    confirmed = unsure;
    part(".cite-ok").textContent = unsure ? _("Cite the retracted source") : change ? _("Change the citation") : _("Cite");
  }

  async function submitted(event) {
    event.preventDefault();
    if (document.activeElement.id === "cite-search" && (part("#cite-search").value.trim() || !chosen.count())) {
      toList();
      return;
    }
    cite();
  }

  function cite() {
    const retracted = chosen.retracted();
    const tooLong = chosen.tooLong();
    if (!chosen.count()) {
      say(".cite-find", _("Choose a source first."));
      part("#cite-search").focus();
    } else if (tooLong) {
      say(".cite-find", tooLong);
    } else if (retracted.length && !confirmed) {
      doubt(true);
      say(".cite-find", _("Retracted:") + " " + retracted[0].reference + " " + _("Press the button again to cite it all the same."));
      part(".cite-ok").focus();
    } else {
      const answer = request;
      request = null;
      dialog.close();
      answer.onCite(chosen.citations());
    }
  }

  // -- a new source --------------------------------------------------------------------------------------------------

  function show(form) {
    part(".cite-find").hidden = form !== ".cite-find";
    part(".cite-new").hidden = form !== ".cite-new";
    dialog.setAttribute("aria-labelledby", form === ".cite-new" ? "cite-new-title" : "cite-title");
  }

  async function toNew(fields) {
    const answer = await fetch(request.newUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      say(".cite-find", _("You cannot add sources here.") + " (" + answer.status + ")");
      return;
    }
    const data = await answer.json();
    part(".cite-new-fields").innerHTML = data.form; /* our own template, escaped there */
    part(".cite-look").hidden = !data.looksUp;
    say(".cite-new", "");
    show(".cite-new");
    const title = part(".cite-new-fields [name=title]");
    Object.entries(fields).forEach(([name, value]) => (part(`.cite-new-fields [name=${name}]`).value = value));
    title.focus();
  }

  /* With `more` beside what is typed. Returns null where something went wrong, and says so. */
  async function send(more) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new FormData(part(".cite-new"));
    Object.entries(more).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(request.newUrl, { method: "POST", headers: { "X-CSRFToken": token }, body: body });
    if (answer.ok || answer.status === 422) {
      return answer.json();
    }
    say(".cite-new", _("The source could not be added.") + " (" + answer.status + ")");
    return null;
  }

  async function lookUp() {
    say(".cite-new", _("Looking…"));
    const data = await send({ look_up: "1" });
    if (data) {
      part(".cite-new-fields").innerHTML = data.form;
      say(".cite-new", data.said);
      part(".cite-new-fields [name=title]").focus();
    }
  }

  async function add(event) {
    event.preventDefault();
    const data = await send({});
    if (!data) {
      return;
    }
    if (data.form) {
      part(".cite-new-fields").innerHTML = data.form;
      say(".cite-new", _("Please correct what is marked."));
      part(".cite-new-fields [aria-invalid=true]").focus();
    } else {
      added(data);
    }
  }

  function added(data) {
    ++asked; /* no older search may replace it */
    stale = false;
    show(".cite-find");
    tick(data.source, true);
    list([data.source], []);
    part("#cite-search").value = pasted = "";
    const what = data.already ? _("This work was in the library already.") : _("Added to the library.");
    say(".cite-find", what + " " + _("Press Enter to cite it."));
    part(".cite-list input").focus();
  }

  function toFind() {
    show(".cite-find");
    part("#cite-search").focus();
  }

  // -- opening and closing -------------------------------------------------------------------------------------------

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "cite-dialog";
    dialog.innerHTML = SHELL;
    Object.entries(WORDS).forEach(([selector, words]) => (part(selector).textContent = words));
    chosen = window.CiteChosen(part(".cite-chosen"), (key) => {
      const box = dialog.querySelector(`.cite-list input[value="${CSS.escape(key)}"]`);
      doubt(false);
      if (box) {
        box.checked = chosen.has(key);
      }
      (box || part("#cite-search")).focus();
    });
    part(".cite-find").addEventListener("submit", submitted);
    part(".cite-find").addEventListener("keydown", walk);
    part(".cite-new").addEventListener("submit", add);
    part(".cite-to-new").addEventListener("click", () => {
      const words = part("#cite-search").value;
      toNew(sources.length || words.length > 600 ? {} : { title: words });
    });
    part(".cite-look").addEventListener("click", lookUp);
    part(".cite-back").addEventListener("click", toFind);
    part(".cite-cancel").addEventListener("click", () => dialog.close());
    part("#cite-search").addEventListener("input", () => {
      clearTimeout(timer);
      pasted = "";
      stale = true;
      ++asked; /* the answer to what stood there before is none to this */
      timer = setTimeout(search, 200);
    });
    part("#cite-search").addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain");
      const box = event.target;
      if (text.trim().includes("\n")) {
        event.preventDefault(); /* the box would glue the lines together */
        const alone = box.selectionEnd - box.selectionStart === box.value.length;
        box.setRangeText(text.replace(/\s+/g, " "), box.selectionStart, box.selectionEnd, "end");
        box.dispatchEvent(new Event("input"));
        pasted = alone ? text : "";
      }
    });
    dialog.addEventListener("cancel", (event) => {
      if (!part(".cite-new").hidden) {
        event.preventDefault(); /* Escape leaves the new source first */
        toFind();
      }
    });
    dialog.addEventListener("close", () => {
      if (request) {
        request.onCancel();
      }
      request = null;
    });
    document.body.append(dialog);
  }

  function open(asking) {
    if (!dialog) {
      build();
    }
    request = asking;
    stale = true;
    chosen.clear();
    request.citations.forEach(({ key, label, locator, quote }) =>
      chosen.add({ key: key, label: label }, { locator: locator, quote: quote, before: true })
    );
    list([], []);
    doubt(false);
    part("#cite-search").value = pasted = "";
    say(".cite-find", _("Loading…"));
    show(".cite-find");
    dialog.showModal();
    part("#cite-search").focus();
    search();
  }

  return { open: open };
})();
