/* The dialog in which a source is chosen. A native <dialog>: focus, Escape and the page behind it are the browser's
   business. It knows nothing of the editor; window.CiteDialog.open(request) is all of it. */
window.CiteDialog = (function () {
  "use strict";

  const _ = window.gettext || String;
  const SHELL = `
    <form class="cite-find" method="dialog" novalidate>
      <h2 id="cite-title"></h2>
      <label for="cite-search"></label>
      <input id="cite-search" type="search" autocomplete="off" spellcheck="false">
      <p class="cite-status" role="status"></p>
      <fieldset class="cite-list"><legend></legend></fieldset>
      <label for="cite-locator"></label>
      <input id="cite-locator" type="text" maxlength="80" autocomplete="off">
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
        <button type="button" class="button cite-back"></button>
      </p>
    </form>`;
  const WORDS = {
    "#cite-title": _("Cite a source"),
    "label[for=cite-search]": _("Search by title, DOI or publisher"),
    ".cite-list legend": _("Sources"),
    "label[for=cite-locator]": _("Page or section (optional)"),
    ".cite-to-new": _("New source"),
    ".cite-cancel": _("Cancel"),
    "#cite-new-title": _("New source"),
    ".cite-add": _("Add to the library"),
    ".cite-back": _("Back to the search"),
  };

  let dialog = null;
  let request = null; /* what open() was called with */
  let sources = []; /* what the list shows */
  let picked = ""; /* the key that the person chose, if any */
  let asked = 0; /* answers to older searches are thrown away */
  let timer = null;
  let stale = false; /* the list does not yet show what the search box asks for */

  function part(selector) {
    return dialog.querySelector(selector);
  }

  function say(form, message) {
    part(form + " .cite-status").textContent = message;
  }

  // -- finding -------------------------------------------------------------------------------------------------------

  function chosen() {
    const radio = part(".cite-list input:checked");
    return radio ? sources.find((source) => source.key === radio.value) : null;
  }

  function row(source, checked) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    const text = document.createElement("span");
    radio.addEventListener("change", () => (picked = source.key));
    label.className = "cite-row";
    Object.assign(radio, { type: "radio", name: "cite-source", value: source.key, checked: checked });
    text.textContent = source.reference;
    label.append(radio, text);
    if (source.uncited) {
      const badge = document.createElement("strong");
      badge.textContent = _("not cited yet");
      text.append(" ", badge);
    }
    return label;
  }

  function list(found, key) {
    const kept = found.find((source) => source.key === key) || found[0];
    sources = found;
    part(".cite-list").replaceChildren(part(".cite-list legend"), ...found.map((s) => row(s, s === kept)));
    part(".cite-list").hidden = !found.length;
  }

  async function search() {
    clearTimeout(timer);
    if (!request) {
      return; /* closed while the timer ran */
    }
    const mine = ++asked;
    const url = new URL(request.searchUrl, window.location.href);
    url.search = new URLSearchParams({ q: part("#cite-search").value, article: request.article, key: request.key });
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const data = await answer.json();
      if (mine === asked) {
        stale = false;
        list(data.results, picked);
        say(".cite-find", counted(data.results.length, data.more));
      }
    } catch (error) {
      if (mine === asked) {
        say(".cite-find", _("The sources could not be loaded.") + " (" + error.message + ")");
      }
    }
  }

  function counted(number, more) {
    if (!number) {
      return _("No source matches. Add it as a new source.");
    }
    return more ? number + _(" sources shown, and there are more: add words to the search.") : number + _(" found.");
  }

  /* Nobody cites a source they have not seen: Enter right after typing shows what was found first. */
  async function toList() {
    if (stale) {
      await search();
    }
    const radio = dialog.open && part(".cite-list input:checked");
    if (radio) {
      radio.focus();
    }
  }

  async function cite(event) {
    event.preventDefault();
    if (stale && (part("#cite-search").value.trim() || !request.key)) {
      toList();
      return;
    }
    if (stale) {
      await search(); /* a citation is being changed, and its source is still on its way */
      if (!request) {
        return;
      }
    }
    const source = chosen();
    if (!source) {
      say(".cite-find", _("Choose a source first."));
      part("#cite-search").focus();
      return;
    }
    const answer = request;
    request = null;
    dialog.close();
    answer.onCite(source, part("#cite-locator").value.trim());
  }

  // -- a new source --------------------------------------------------------------------------------------------------

  function show(form) {
    part(".cite-find").hidden = form !== ".cite-find";
    part(".cite-new").hidden = form !== ".cite-new";
    dialog.setAttribute("aria-labelledby", form === ".cite-new" ? "cite-new-title" : "cite-title");
  }

  async function toNew() {
    const answer = await fetch(request.newUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      say(".cite-find", _("You cannot add sources here.") + " (" + answer.status + ")");
      return;
    }
    part(".cite-new-fields").innerHTML = (await answer.json()).form; /* our own template, escaped there */
    say(".cite-new", "");
    show(".cite-new");
    const title = part(".cite-new-fields [name=title]");
    title.value = sources.length ? "" : part("#cite-search").value;
    title.focus();
  }

  async function add(event) {
    event.preventDefault();
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new FormData(part(".cite-new"));
    const answer = await fetch(request.newUrl, { method: "POST", headers: { "X-CSRFToken": token }, body: body });
    const data = answer.ok || answer.status === 422 ? await answer.json() : null;
    if (!data) {
      say(".cite-new", _("The source could not be added.") + " (" + answer.status + ")");
    } else if (data.form) {
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
    list([data.source], data.source.key);
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
    part(".cite-find").addEventListener("submit", cite);
    part(".cite-new").addEventListener("submit", add);
    part(".cite-to-new").addEventListener("click", toNew);
    part(".cite-back").addEventListener("click", toFind);
    part(".cite-cancel").addEventListener("click", () => dialog.close());
    part("#cite-search").addEventListener("input", () => {
      clearTimeout(timer);
      stale = true;
      timer = setTimeout(search, 200);
    });
    part("#cite-search").addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        toList();
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
    picked = request.key;
    stale = true;
    list([], "");
    part("#cite-search").value = "";
    part("#cite-locator").value = request.locator;
    part(".cite-ok").textContent = request.key ? _("Change the citation") : _("Cite");
    say(".cite-find", _("Loading…"));
    show(".cite-find");
    dialog.showModal();
    part("#cite-search").focus();
    search();
  }

  return { open: open };
})();
