/* The dialog in which a fact is chosen: a native <dialog>, as that of sources. It knows nothing of the editor;
   window.FactDialog.open(request) is all of it. request: searchUrl, ref (of the fact that is edited, or ""),
   onChoose(fact, former), onCancel(). */
window.FactDialog = (function () {
  "use strict";

  const _ = window.gettext || String;
  const SHELL = `
    <form method="dialog" novalidate>
      <h2 id="fact-title"></h2>
      <p class="fact-former"></p>
      <label for="fact-search"></label>
      <input id="fact-search" type="search" autocomplete="off" spellcheck="false" maxlength="200"
             aria-describedby="fact-search-help">
      <p class="cite-help" id="fact-search-help"></p>
      <p class="cite-status" role="status"></p>
      <fieldset class="cite-list"><legend></legend></fieldset>
      <p class="cite-buttons">
        <button type="submit" class="button default fact-ok"></button>
        <button type="button" class="button fact-cancel"></button>
      </p>
    </form>`;
  const WORDS = {
    "#fact-title": _("Insert a fact"),
    "label[for=fact-search]": _("Search by name, condition or value"),
    "#fact-search-help": _("Enter leads to the facts, arrow keys from one to the next, Enter inserts it with its source."),
    "legend": _("Facts"),
    ".fact-cancel": _("Cancel"),
  };

  let dialog = null;
  let request = null; /* what open() was called with */
  let found = []; /* what the list shows */
  let former = null; /* what is known of the fact that is edited */
  let asked = 0; /* answers to older searches are thrown away */
  let timer = null;
  let stale = false; /* the list does not yet show what the search box asks for */

  function part(selector) {
    return dialog.querySelector(selector);
  }

  function say(message) {
    part(".cite-status").textContent = message;
  }

  function line(name, className, text) {
    return Object.assign(document.createElement(name), { className: className, textContent: text });
  }

  function row(fact) {
    const label = line("label", "cite-row", "");
    const box = Object.assign(document.createElement("input"), { type: "radio", name: "fact", value: fact.ref });
    const text = line("span", "", "");
    text.append(line("strong", "", fact.words), " ", line("span", "", fact.name), " ", line("span", "cite-facts", fact.facts));
    if (fact.warning) {
      text.append(" ", line("strong", "cite-warning", fact.warning));
    }
    label.append(box, text);
    return label;
  }

  function list(facts) {
    found = facts;
    part(".cite-list").replaceChildren(part("legend"), ...facts.map(row));
    part(".cite-list").hidden = !facts.length;
  }

  function counted(data) {
    const number = data.results.length;
    if (!number) {
      return _("No fact matches. Facts are recorded on a screen of their own, which the desk leads to.");
    }
    return data.more ? number + _(" facts shown, and there are more: add words to the search.") : number + _(" found.");
  }

  async function search() {
    clearTimeout(timer);
    if (!request) {
      return; /* closed while the timer ran */
    }
    const mine = ++asked;
    const url = new URL(request.searchUrl, window.location.href);
    url.search = new URLSearchParams([["q", part("#fact-search").value], ["ref", request.ref]]);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const data = await answer.json();
      if (mine === asked && request) {
        stale = false;
        former = data.former;
        part(".fact-former").textContent = former ? _("Here stands:") + " " + former.words + ". " + former.warning : "";
        list(data.results);
        say(counted(data));
      }
    } catch (error) {
      if (mine === asked) {
        say(_("The facts could not be loaded.") + " (" + error.message + ")");
      }
    }
  }

  /* Nobody inserts a fact they have not seen: Enter right after typing shows what was found first. */
  async function toList() {
    if (stale) {
      await search();
    }
    const first = dialog.open && part(".cite-list input");
    if (first) {
      first.checked = true;
      first.focus();
    }
  }

  function submitted(event) {
    const ticked = part(".cite-list input:checked");
    event.preventDefault();
    if (document.activeElement.id === "fact-search") {
      toList();
    } else if (!ticked) {
      say(_("Choose a fact first."));
      part("#fact-search").focus();
    } else {
      const answer = request;
      request = null;
      dialog.close();
      answer.onChoose(found.find((fact) => fact.ref === ticked.value), former);
    }
  }

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "cite-dialog fact-dialog";
    dialog.setAttribute("aria-labelledby", "fact-title");
    dialog.innerHTML = SHELL;
    Object.entries(WORDS).forEach(([selector, words]) => (part(selector).textContent = words));
    part("form").addEventListener("submit", submitted);
    part(".fact-cancel").addEventListener("click", () => dialog.close());
    part("#fact-search").addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        toList();
      }
    });
    part("#fact-search").addEventListener("input", () => {
      clearTimeout(timer);
      stale = true;
      ++asked;
      timer = setTimeout(search, 200);
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
    former = null;
    list([]);
    part(".fact-former").textContent = "";
    part("#fact-search").value = "";
    part(".fact-ok").textContent = request.ref ? _("Put this in its place") : _("Insert");
    say(_("Loading…"));
    dialog.showModal();
    part("#fact-search").focus();
    search();
  }

  return { open: open };
})();
