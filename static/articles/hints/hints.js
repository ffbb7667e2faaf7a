/* Remarks beside the text while it is typed (articles/admin/hints.py). What is typed is sent to be checked, and for
   nothing else. Without script there is no panel; the same remarks stand before a review and before publication. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const panel = document.getElementById("hints");
  const form = document.getElementById("article_form");
  if (!panel || !form) {
    return;
  }
  const _ = window.gettext || String;
  const PAUSE = 1200; // milliseconds after the last change
  const FOLDED = "articles.hints.folded";
  const part = (selector) => panel.querySelector(selector);
  const list = part(".hints-list");
  const fold = part(".hints-fold");
  const changed = new Set(); // editors whose text is newer than their box
  const rows = new Map(); // what the list shows, by key
  let timer = null;
  let asked = 0; // answers to older questions are thrown away
  let numbered = 0; // messages so far
  let last = null; // the row that somebody went to the text from
  let wanted = new URLSearchParams(window.location.search).get("remark");

  function make(tag, className, words) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = words || "";
    return element;
  }

  // -- asking --------------------------------------------------------------------------------------------------------

  function token() {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  function text() {
    changed.forEach((editor) => editor.status === "ready" && editor.updateElement());
    changed.clear();
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && worth(name));
    return new URLSearchParams(fields);
  }

  function worth(name) {
    return /^(title|summary|sections-(\d+-\w+|TOTAL_FORMS))$/.test(name);
  }

  /* Resolves to [whether it was done, what was answered]. */
  async function post(url, more) {
    const body = text();
    Object.entries(more || {}).forEach(([name, value]) => body.set(name, value));
    try {
      const headers = { "X-CSRFToken": token() };
      const answer = await fetch(url, { method: "POST", body: body, headers: headers, redirect: "manual" });
      const data = await answer.json().catch(() => ({}));
      return [answer.ok, answer.type === "opaqueredirect" ? { said: _("You are signed out.") } : data];
    } catch (_error) {
      return [false, { said: _("The site does not answer.") }];
    }
  }

  async function ask() {
    clearTimeout(timer);
    const mine = ++asked;
    const [done, data] = await post(panel.dataset.ask);
    if (mine !== asked) {
      return;
    }
    if (done) {
      show(data);
    } else {
      note((data.said || _("The text could not be checked.")) + " " + _("These remarks may be old."));
    }
  }

  function touch() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  // -- what the panel shows ------------------------------------------------------------------------------------------

  function note(words) {
    part(".hints-note").textContent = words;
    part(".hints-note").hidden = !words;
  }

  function show(data) {
    note(data.note);
    list_(data.hints);
    answered(data.answered);
    part(".hints-count").textContent = "(" + data.hints.length + ")";
    if (part(".hints-status").textContent !== data.counted) {
      part(".hints-status").textContent = data.counted; // said aloud, and only when it is another number
    }
    panel.dataset.ready = "true";
    lead();
  }

  /* Rows that stay are left where they are: a form that is open in one, and the focus, stay too. */
  function list_(hints) {
    const kept = new Set();
    const focused = list.contains(document.activeElement) ? [...list.children].indexOf(within(document.activeElement)) : -1;
    hints.forEach((hint, number) => {
      const key = unique(hint.key, kept);
      kept.add(key);
      const row = rows.get(key) || dress(make("li", "hint"), key);
      fill(row, hint);
      if (list.children[number] !== row) {
        list.insertBefore(row, list.children[number] || null);
      }
    });
    rows.forEach((row, key) => {
      if (!kept.has(key)) {
        row.remove();
        rows.delete(key);
      }
    });
    if (focused >= 0 && !list.contains(document.activeElement)) {
      focusOn(list.children[Math.min(focused, list.children.length - 1)]);
    }
  }

  function unique(key, kept) {
    let number = 1;
    while (kept.has(key + number)) {
      number += 1; // the same sentence twice
    }
    return key + number;
  }

  function within(element) {
    return element.closest(".hint");
  }

  function focusOn(row) {
    const target = row ? row.querySelector(".hint-go") : fold;
    target.focus();
  }

  function dress(row, key) {
    rows.set(key, row);
    const go = make("button", "hint-go");
    const answer = make("button", "button hint-answer", _("Answer…"));
    const cite = make("button", "button hint-cite", _("Cite a source"));
    const deeds = make("p", "hints-deeds");
    [go, answer, cite].forEach((button) => (button.type = "button"));
    go.append(make("span", "hint-weight"), make("span", "hint-message"));
    described(go.lastElementChild, answer, cite);
    deeds.append(answer, cite);
    row.append(go, make("span", "hint-place"), deeds);
    go.addEventListener("click", () => visit(row, false));
    cite.addEventListener("click", () => visit(row, true));
    answer.addEventListener("click", () => open(row));
    return row;
  }

  /* Many buttons have one name; what each is about is said after it. */
  function described(message, ...buttons) {
    message.id = "hint-message-" + ++numbered;
    buttons.forEach((button) => button.setAttribute("aria-describedby", message.id));
  }

  function fill(row, hint) {
    row.hint = hint;
    row.dataset.severity = hint.severity;
    row.querySelector(".hint-weight").textContent = hint.weight;
    row.querySelector(".hint-message").textContent = hint.message;
    row.querySelector(".hint-place").textContent = hint.place;
    row.querySelector(".hint-answer").hidden = !hint.answerable || Boolean(row.querySelector("form"));
    row.querySelector(".hint-cite").hidden = !(hint.citable && window.HintPlaces.citing(document.getElementById(hint.field)));
  }

  function answered(found) {
    const box = part(".hints-answered");
    box.hidden = !found.length;
    box.querySelector("summary").textContent = found.length + " " + _("answered");
    box.querySelector("ul").replaceChildren(...found.map(answeredRow));
  }

  function answeredRow(one) {
    const row = make("li", "hint");
    const back = make("button", "button", _("Take back"));
    back.type = "button";
    back.addEventListener("click", async () => {
      const [done, data] = await post(panel.dataset.back, { remark_answer: one.answer });
      settle(done, data);
      fold.focus();
    });
    row.append(make("span", "hint-message", one.message), make("span", "hint-place", one.said), back);
    described(row.firstElementChild, back);
    return row;
  }

  function settle(done, data) {
    ++asked; // no older answer may replace it
    if (done) {
      show(data);
    } else {
      note(data.said || _("This could not be done."));
    }
  }

  // -- going to the text, and back -----------------------------------------------------------------------------------

  function visit(row, toCite) {
    last = row;
    const hint = row.hint;
    const editor = window.HintPlaces.editorOf(document.getElementById(hint.field));
    if (editor && editor.status !== "ready") {
      editor.once("instanceReady", () => visit(row, toCite)); // who is quicker than the editor
      return;
    }
    if (!window.HintPlaces.show(hint, toCite)) {
      ask(); // the text has moved on
      return;
    }
    if (toCite) {
      window.HintPlaces.citing(document.getElementById(hint.field))();
    }
  }

  /* A link from another screen names the remark that it leads to. */
  function lead() {
    const row = wanted && [...list.children].find((one) => one.hint.key === wanted);
    const editor = row && window.HintPlaces.editorOf(document.getElementById(row.hint.field));
    if (!row || (editor && editor.status !== "ready")) {
      return;
    }
    wanted = null;
    visit(row, false);
  }

  function home() {
    unfolded(true);
    const row = last && list.contains(last) ? last : list.firstElementChild;
    focusOn(row);
    panel.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.shiftKey && event.code === "KeyH") {
      event.preventDefault();
      home();
    }
  });
  document.querySelector(".hints-skip").addEventListener("click", (event) => {
    event.preventDefault();
    home();
  });

  // -- answering -----------------------------------------------------------------------------------------------------

  function open(row) {
    const answering = part(".hints-answering").content.firstElementChild.cloneNode(true);
    row.append(answering);
    row.querySelector(".hint-answer").hidden = true;
    answering.querySelector(".hints-cancel").addEventListener("click", () => close(row, answering));
    answering.addEventListener("keydown", (event) => event.key === "Escape" && close(row, answering));
    answering.addEventListener("submit", (event) => send(event, row, answering));
    answering.querySelector("input:checked").focus();
  }

  function close(row, answering) {
    answering.remove();
    row.querySelector(".hint-answer").hidden = false;
    row.querySelector(".hint-answer").focus();
  }

  async function send(event, row, answering) {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(answering));
    const [done, data] = await post(panel.dataset.answer, { ...said, remark_key: row.hint.key });
    if (done) {
      settle(done, data);
    } else {
      answering.querySelector(".hints-said").textContent = data.said || _("This could not be done.");
    }
  }

  // -- folding -------------------------------------------------------------------------------------------------------

  function unfolded(open_) {
    fold.setAttribute("aria-expanded", String(open_));
    document.getElementById("hints-body").hidden = !open_;
    panel.classList.toggle("folded", !open_);
  }

  function remembered() {
    try {
      return window.localStorage.getItem(FOLDED);
    } catch (_error) {
      return null; // a browser that keeps nothing
    }
  }

  fold.addEventListener("click", () => {
    const open_ = fold.getAttribute("aria-expanded") !== "true";
    unfolded(open_);
    try {
      window.localStorage.setItem(FOLDED, open_ ? "" : "yes");
    } catch (_error) {
      // then it is open the next time
    }
  });

  panel.hidden = false;
  unfolded(!remembered());
  ["input", "change", "sections:changed"].forEach((name) => form.addEventListener(name, touch));
  if (window.CKEDITOR) {
    window.CKEDITOR.on("instanceReady", (event) => {
      const written = () => {
        changed.add(event.editor);
        touch();
      };
      event.editor.on("change", written);
      /* Dictation, corrected spelling and the keyboards of phones press no keys that the editor would see. */
      event.editor.editable().attachListener(event.editor.editable(), "input", written);
      [...list.children].forEach((row) => fill(row, row.hint));
      lead();
    });
  }
  if (panel.dataset.answer || document.querySelector("[data-held]")) {
    ask(); // a new page is checked once there is something on it
  }
});
