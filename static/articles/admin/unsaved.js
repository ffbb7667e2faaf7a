/* Text is kept while it is typed, and who else has the article open is told (articles/admin/unsaved.py). Without
   script, others are told when the form is loaded, and a refused form keeps what was typed. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const line = document.querySelector("[data-keep]");
  const form = line && line.closest("form");
  if (!form) {
    return;
  }
  const _ = window.gettext || String;
  const EVERY = 5000; // milliseconds after a change
  const PRESENT = 30000;
  const SMALL = 60000; // what a browser sends while the page goes
  let kept = null;
  let timer = null;
  let going = false;
  let busy = Promise.resolve(true);
  // A refused, merged or restored form holds text that is stored nowhere.
  let touched = Boolean(document.querySelector(".errornote, [data-held]"));

  // Whoever signs in again in another window has another token; the cookie knows it.
  function token() {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  function say(words, link) {
    line.classList.toggle("wrong", Boolean(link));
    if (line.textContent.trim() === words && !link) {
      return;
    }
    line.textContent = words + " ";
    if (link === "login") {
      const anchor = Object.assign(document.createElement("a"), { href: line.dataset.login, target: "_blank" });
      anchor.textContent = _("Sign in");
      line.append(anchor);
    }
  }

  function snapshot() {
    Object.values((window.CKEDITOR && window.CKEDITOR.instances) || {}).forEach((editor) => {
      if (editor.status === "ready" && form.contains(editor.element.$)) {
        editor.updateElement();
      }
    });
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && worth(name));
    return new URLSearchParams(fields).toString();
  }

  function worth(name) {
    return !name.startsWith("_") && !name.includes("__prefix__") && name !== "csrfmiddlewaretoken";
  }

  function post(url, body, leaving) {
    return fetch(url, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-CSRFToken": token() },
      credentials: "same-origin",
      redirect: "manual", // to the page that asks for a password
      keepalive: Boolean(leaving) && body.length < SMALL,
    });
  }

  // Resolves to whether the text is safe with the server.
  async function keepNow(leaving) {
    const text = snapshot();
    if (text === kept) {
      return true;
    }
    let answer;
    try {
      answer = await post(line.dataset.keep, text, leaving);
    } catch (_error) {
      say(_("The site does not answer. Your text is in this window only: leave it open."), "none");
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      say(_("You are signed out. Your text is still here. Sign in in another window, then go on in this one."), "login");
      return false;
    }
    if (answer.ok) {
      kept = text;
    }
    const told = await answer.json().catch(() => ({ said: _("This text could not be kept unsaved. Save it.") }));
    say(told.said, answer.ok ? "" : "none");
    return answer.ok || answer.status === 409; // what can not be kept can still be saved
  }

  function keep(leaving) {
    clearTimeout(timer);
    timer = null;
    busy = busy.then(() => keepNow(leaving));
    return busy;
  }

  function touch() {
    touched = true;
    timer = timer || setTimeout(keep, EVERY);
  }

  // -- saving: nothing is sent to a page that would ask for a password ------------------------------------------------

  form.addEventListener("submit", async (event) => {
    if (going || !touched) {
      going = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const safe = await keep();
    await new Promise((resolve) => setTimeout(resolve)); // a form can not be sent while its event still runs
    if (safe) {
      form.elements.csrfmiddlewaretoken.value = token();
      going = true;
      form.requestSubmit(button);
    } else {
      line.scrollIntoView({ block: "center" });
      form.dispatchEvent(new Event("input", { bubbles: true })); // it is unsaved still
    }
  });

  // -- leaving -------------------------------------------------------------------------------------------------------

  window.addEventListener("pagehide", () => {
    if (touched && !going) {
      keepNow(true);
    }
    if (line.dataset.presence) {
      post(line.dataset.presence, "leaving=1", true).catch(() => {});
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && touched && !going) {
      keep();
    }
  });
  window.addEventListener("pageshow", (event) => {
    going = event.persisted ? false : going;
  });

  // -- who else ------------------------------------------------------------------------------------------------------

  async function look() {
    const place = document.querySelector(".presence");
    const answer = await post(line.dataset.presence, "").catch(() => null);
    if (!answer || !answer.ok) {
      return;
    }
    const others = (await answer.json()).others;
    if ([...place.children].map((one) => one.textContent).join() !== others.join()) {
      place.replaceChildren(...others.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    }
  }

  ["input", "change", "sections:changed"].forEach((name) => form.addEventListener(name, touch));
  if (window.CKEDITOR) {
    window.CKEDITOR.on("instanceReady", (event) => event.editor.on("change", touch));
  }
  if (touched) {
    touch();
  }
  if (line.dataset.presence) {
    setInterval(look, PRESENT);
  }
});
