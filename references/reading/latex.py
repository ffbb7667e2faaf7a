r"""LaTeX in BibTeX fields (`G{\"o}del`, `\emph{in vitro}`, `10$^{9}$`) to text. Only <sup> and <sub> are left in it."""

import re
import unicodedata

MARKS = dict(
    zip(
        "'`^\"~=.cvHukrdbt",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u030b\u0306\u0328\u030a\u0323\u0331\u0361",
        strict=True,
    )
)
_ACCENT = re.compile(
    r"\\(?:(['`^\"~=.])[ \t]{0,9}|([cvHukrdbt])(?:[ \t]{1,9}|(?=\{)))"
    r"(?:\{[ \t]{0,9}(\\?[A-Za-z])[ \t]{0,9}\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
)
_RAISED = (
    (re.compile(r"(?:\\textsuperscript[ \t]{0,9}|(?<!\\)\^)\{([^{}\\<>]{1,40})\}"), r"<sup>\1</sup>"),
    (re.compile(r"(?:\\textsubscript[ \t]{0,9}|(?<!\\)_)\{([^{}\\<>]{1,40})\}"), r"<sub>\1</sub>"),
)
_TOKEN = re.compile(r"\\([A-Za-z]+)[ \t]{0,9}|\\(.)|---|--|``|''|~|[{}$]", re.DOTALL)
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "$": ""}
_ESCAPED = {"\\": " ", ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "\n": " "}
_SYMBOLS = {
    **dict(zip("ss ae AE oe OE o O l L aa AA i j dh DH th TH S P".split(), "ßæÆœŒøØłŁåÅıȷðÐþÞ§¶", strict=True)),
    **{"textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“"},
    **{"textquotedblright": "”", "textquotesingle": "'", "textbackslash": "\\", "textasciitilde": "~"},
    **{"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}", "ldots": "…", "dots": "…"},
    **{"textregistered": "®", "texttrademark": "™", "textdegree": "°", "degree": "°", "copyright": "©"},
    **{"times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "cdot": "·"},
    **{"textmu": "µ", "textless": "&lt;", "textgreater": "&gt;", "textasteriskcentered": "*", "pounds": "£"},
}
_DRESS = set(
    "emph textit textbf textrm textsc texttt textsl textup textnormal em it bf rm sc tt mathrm mathit mathbf ensuremath"
    " text url href mbox relax noopsort".split()
)


def decode(text: str) -> str:
    """The words; a command that nobody knows stays as it is, so that nothing is lost unseen."""
    if "\\" in text or "^" in text or "_" in text:
        text = _ACCENT.sub(_accented, text)
        for pattern, tag in _RAISED:
            text = pattern.sub(tag, text)
    return _TOKEN.sub(_plain, text)


def address(text: str) -> str:
    """A web address or DOI, in which only escapes are undone: a ~ or -- in it means itself."""
    return re.sub(r"\\([&%$#_{}~^])", r"\1", text.replace("{\\_}", "_").replace("\\textasciitilde{}", "~")).strip("{} ")


def _accented(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + MARKS[match[1] or match[2]])


def _plain(match: re.Match[str]) -> str:
    command, escaped = match[1], match[2]
    if escaped:
        return _ESCAPED.get(escaped, escaped)
    if not command:
        return _SIGNS[match[0]]
    if command in _DRESS:
        return ""
    return _SYMBOLS.get(command) or _greek(command) or match[0]


def _greek(name: str) -> str:
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""
