"""A walk over a page with the Tab key alone: what is reached, whether it can be seen, whether a finger could hit it."""

from playwright.sync_api import Page

# All that the keyboard should reach, remembered in the page; what a closed part hides is not asked for.
_EXPECTED = """() => {
  const takes = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const shown = one => one.checkVisibility({visibilityProperty: true}) &&
    !one.closest("details:not([open]) > :not(summary)");
  window.waiting = new Set([...document.querySelectorAll(takes)].filter(one => !one.disabled && shown(one)));
  return window.waiting.size;
}"""
# Complaints about what has the focus; null once the walk is back where it began.
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || window.seen?.has(one)) return null;
  (window.seen ??= new Set()).add(one);
  window.waiting.delete(one);
  const style = getComputedStyle(one), wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("has no outline");
  const boxes = [...one.getClientRects()].filter(box => box.width > 1 && box.height > 1);
  const seen = box => [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([across, down]) => {
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];  // what is on the screen of it
    const [above, below] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    const top = document.elementFromPoint(left + (right - left) * across, above + (below - above) * down);
    return top && (one.contains(top) || top.contains(one));
  });
  if (!boxes.some(seen)) wrong.push("is hidden or off the screen");
  const place = (one.id ? "#" + one.id : one.outerHTML.slice(0, 90)).replace(/\\s+/g, " ");
  return wrong.map(what => place + " " + what);
}"""
# Small targets that are no links in a sentence, with another one within the 24 pixels that belong to each (WCAG 2.5.8).
_SMALL = """() => {
  const targets = [...window.seen].map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const blocks = "p, li, dd, dt, td, th, figcaption, blockquote, h1, h2, h3, h4";
  const inSentence = one => getComputedStyle(one).display === "inline" &&
    one.closest(blocks)?.textContent.trim() !== one.textContent.trim();
  const small = box => Math.min(box.width, box.height) < 24;
  const away = (box, x, y) => Math.hypot(x - Math.max(box.left, Math.min(x, box.right)),
                                         y - Math.max(box.top, Math.min(y, box.bottom)));
  return targets.filter(([one, box]) => small(box) && !inSentence(one) && targets.some(([other, near]) => {
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const centre = [near.left + near.width / 2, near.top + near.height / 2];
    const close = away(near, x, y) < 12 || small(near) && Math.hypot(x - centre[0], y - centre[1]) < 24;
    return other !== one && !other.contains(one) && close;
  })).map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${box.width.toFixed()} by ${box.height.toFixed()} pixels`);
}"""
_LEFT = "[...window.waiting].map(one => one.outerHTML.slice(0, 90) + ' is never reached')"


def complaints(page: Page) -> list[str]:
    """Walk over the whole page; one line for each thing that is wrong."""
    found = []
    for _stop in range(page.evaluate(_EXPECTED) * 3 + 5):  # a number shows its reference, with links of its own
        page.keyboard.press("Tab")
        wrong = page.evaluate(_STOP)
        if wrong is None:
            break
        found += wrong
    return [*found, *page.evaluate(_LEFT), *page.evaluate(_SMALL)]
