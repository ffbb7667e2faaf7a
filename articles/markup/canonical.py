"""One spelling for what a browser shows the same: the second half of the gate."""

import html
import re
import unicodedata
from dataclasses import dataclass

INLINE = frozenset({"strong", "em", "sub", "sup", "a", "cite", "data"})
_NAMED = ("a", "data")  # nothing without what they lead to
VOID = frozenset({"br"})
BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"})
ALIASES = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "tfoot": "tbody"}
ALIASES |= {"menu": "ul", "dir": "ul"}
# Elements that we do not keep, but that a browser sets apart, so that the words before and after must stay apart.
# None may be one whose text a serializer leaves unescaped (xmp, noembed, plaintext and their like).
BOUNDARIES = frozenset(
    "address article aside blockquote body button center dd details dialog div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html legend listing main nav optgroup option pre search section select summary "
    "textarea".split()
)
_DEPTH_LIMIT = 100
_PARENTS = {
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tr": ("thead", "tbody"),
    "th": ("tr",),
    "td": ("tr",),
}
_LISTS = ("ul", "ol")
_HOLDERS = ("li", "td", "th")  # of a bare run of words, or of paragraphs
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>|[^<]+')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINES = re.compile("[\v\x85\u2028\u2029]")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1d\x1f\x7f-\x84\x86-\x9f\u200b\ufeff]")  # what no reader sees


class TooDeep(ValueError):
    """HTML nested deeper, or longer, than any real text; refused before it can exhaust a parser."""


@dataclass(slots=True)
class _Block:
    tag: str
    start: int
    implied: bool = False
    in_run: bool = False
    runs: int = 0
    bare: tuple[int, int] | None = None  # where the first run stands in the output, while it has no <p>
    last: "_Block | None" = None  # the item that was closed last, of a list

    def end_bare(self, at: int) -> None:
        """The run that is being written ends here."""
        if self.in_run and self.bare:
            self.bare = (self.bare[0], at)
        self.in_run = False


class Canonical:
    """Writes nh3's well-formed output again: paragraphs around stray text, no empty elements, white space only
    between words, lists and tables whole, no text inside a <cite>, for its number is made when the page is rendered,
    and nothing but words inside a <data>, which is a fact."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.stack: list[_Block] = []
        self.depths: list[int] = []
        self.wanted: list[tuple[str, str]] = []  # inline elements around the next word
        self.opened: list[tuple[str, str]] = []  # those of them that are written
        self.buffer: list[str] = []
        self.gap, self.gap_depth, self.breaks = "", 0, 0
        self.fresh = True  # nothing written yet in this run of words
        self.cite: list[str] | None = None

    def write(self, cleaned: str) -> str:
        """The canonical spelling of nh3's output. Raises TooDeep."""
        for token in _TOKEN.finditer(cleaned):
            tag = token[2]
            if tag is None:
                self._data(html.unescape(token[0]))
            elif token[1]:
                self._end(ALIASES.get(tag, tag))
            else:
                self._start(ALIASES.get(tag, tag), token[3])
        self._close_to(0)
        return "".join(self.out)

    # -- tags --

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "cite":
            self._open_cite(attributes)
        elif tag == "br":
            self.breaks += not self.fresh
            self.gap = ""
        elif tag in INLINE:
            nothing = tag in _NAMED and not attributes
            self.wanted.append((tag, "" if nothing else f"<{tag}{_attributes(attributes)}>"))
        else:
            self._close_cite()
            self._begin(tag, attributes)

    def _end(self, tag: str) -> None:
        if tag == "cite":
            self._close_cite()
        elif tag in INLINE:
            del self.wanted[max(place for place, (name, _start) in enumerate(self.wanted) if name == tag)]
        elif tag not in VOID:
            self._close_cite()
            self._end_run()
            self._close_to(self.depths.pop())

    def _begin(self, tag: str, attributes: str) -> None:
        self._end_run()
        top = self.stack[-1].tag if self.stack else ""
        if tag not in BLOCKS or tag == "p" or top == "caption" or top not in _PARENTS.get(tag, (top,)):
            self.depths.append(len(self.stack))
            return
        self._make_room(tag)
        self.depths.append(len(self.stack))
        self._open(tag, _attributes(attributes))

    def _make_room(self, tag: str) -> None:
        """Open or close what `tag` needs around it: items stand in lists, and in lists stand items only."""
        top = self.stack[-1] if self.stack else None
        if tag == "li":
            if top and top.tag == "li" and top.implied:
                self._close_to(len(self.stack) - 1)
            elif not top or top.tag not in _LISTS:
                self._open("ul", implied=True)
        elif top and top.tag in _LISTS:
            if top.implied:
                self._close_to(len(self.stack) - 1)
            elif tag in _LISTS and top.last:
                # A list beside an item is a list in that item.
                self.out.pop()
                top.last.implied = True
                self.stack.append(top.last)
            else:
                self._open("li", implied=True)

    def _open(self, tag: str, attributes: str = "", *, implied: bool = False) -> None:
        if len(self.stack) >= _DEPTH_LIMIT:
            raise TooDeep(f"HTML is nested more than {_DEPTH_LIMIT} levels deep")
        self.stack.append(_Block(tag, len(self.out), implied))
        self.out.append(f"<{tag}{attributes}>")
        self.fresh = True

    def _close_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            self._close()

    def _close(self) -> None:
        self._finish_words()
        block = self.stack.pop()
        if len(self.out) == block.start + 1 and block.tag not in ("td", "th"):
            del self.out[block.start :]
            return
        self.out.append(f"</{block.tag}>")
        if block.tag == "li":
            self.stack[-1].last = block

    # -- words --

    def _end_run(self) -> None:
        """What comes next stands apart from the words before."""
        top = self.stack[-1] if self.stack else None
        if top and top.tag == "caption":
            self.gap, self.breaks = "", int(not self.fresh)
            return
        self._finish_words()
        if top and top.tag in ("p", "h3", "h4"):
            self._close()
        elif top:
            top.end_bare(len(self.out))

    def _finish_words(self) -> None:
        self._close_inline(0)
        self._flush()
        self.gap, self.breaks, self.fresh = "", 0, True

    def _data(self, data: str) -> None:
        if self.cite is not None:
            self.cite.append(data)
            return
        if not data.isprintable():  # only then is there anything that no reader sees
            data = UNSEEN.sub("", data.replace("\x1e", "\u2011"))
        core = data.strip()
        if not core:
            self._space(data)
            return
        at = data.index(core)
        end = at + len(core)
        self._space(data[:at])
        self._lead()
        if "  " in core or not core.isprintable():
            core = _SPACES.sub(" ", core.replace("\v", " "))
        self.buffer.append(core)
        self._space(data[end:])

    def _space(self, space: str) -> None:
        if not space or self.fresh or self.breaks:
            return
        depth = self._common()
        self.gap_depth = min(self.gap_depth, depth) if self.gap else depth
        if self.gap or space != " ":
            space = _SPACES.sub(" ", self.gap + _LINES.sub(" ", space))
        self.gap = space

    def _lead(self) -> None:
        """Make ready for a word: a block for it, the space before it, the inline elements around it."""
        self._make_run()
        if self.breaks:
            self._close_inline(self._common())
            self._flush()
            self.out.append("<br>" * self.breaks)
        elif self.gap:
            self._close_inline(min(self.gap_depth, self._common()))
            self.buffer.append(self.gap)
        self.gap, self.breaks, self.fresh = "", 0, False
        self._close_inline(self._common())
        for element in self._around()[len(self.opened) :]:
            self._flush()
            self.out.append(element[1])
            self.opened.append(element)

    def _make_run(self) -> None:
        top = self.stack[-1] if self.stack else None
        if not top or (top.tag in _LISTS and top.implied):
            self._close_to(len(self.stack) - bool(top))
            self._open("p") if not self.stack else self._make_run()
        elif top.tag in _LISTS:
            self._open("li", implied=True)
            self._make_run()
        elif top.tag in _HOLDERS and not top.in_run:
            top.runs += 1
            if top.runs == 1:
                top.in_run, top.bare = True, (len(self.out), 0)
            else:
                self._wrap_bare(top)
                self._open("p")

    def _wrap_bare(self, block: _Block) -> None:
        if block.bare:
            start, stop = block.bare
            self.out[start] = f"<p>{self.out[start]}"
            self.out[stop - 1] += "</p>"
            block.bare = None

    def _around(self) -> list[tuple[str, str]]:
        """The inline elements that the next word stands in, each kind once."""
        if len(self.wanted) < 2:
            around = [element for element in self.wanted if element[1]]
        else:
            around = list({tag: (tag, start) for tag, start in reversed(self.wanted) if start}.values())[::-1]
        fact = next((place for place, (tag, _start) in enumerate(around) if tag == "data"), None)
        if fact is None:
            return around
        # In a fact stand plain words: nothing else, and no citation.
        return around[:fact] if self.cite is not None else around[: fact + 1]

    def _common(self) -> int:
        """How many of the written inline elements the next word stands in, too."""
        if not self.opened:
            return 0
        around = self._around()
        differ = (at for at, (one, other) in enumerate(zip(self.opened, around, strict=False)) if one != other)
        return next(differ, min(len(self.opened), len(around)))

    def _close_inline(self, depth: int) -> None:
        while len(self.opened) > depth:
            self._flush()
            self.out.append(f"</{self.opened.pop()[0]}>")

    def _flush(self) -> None:
        if self.buffer:
            written = html.escape(unicodedata.normalize("NFC", "".join(self.buffer)), quote=False)
            self.buffer = []
            # "/" through the ">" of a tag would be one character, and the tag none.
            self.out.append(f"&#824;{written[1:]}" if written.startswith("\u0338") else written)

    # -- citations --

    def _open_cite(self, attributes: str) -> None:
        self._close_cite()
        self.cite = []
        if ' data-source="' in attributes:
            self._lead()
            self._flush()
            self.out.append(f"<cite{_attributes(attributes)}></cite>")

    def _close_cite(self) -> None:
        if self.cite is None:
            return
        inner, self.cite = "".join(self.cite), None
        # The editor shows "[label]" inside the mark; anything typed beyond it is the writer's and is kept.
        self._data(re.sub(r"^\s*\[[^\]]*\]", "", inner))


def _attributes(written: str) -> str:
    pairs = sorted((name, html.unescape(value)) for name, value in _ATTRIBUTE.findall(written))
    return "".join(f' {name}="{html.escape(value)}"' for name, value in pairs)
