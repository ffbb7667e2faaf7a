"""What hypothesis builds HTML from: well-formed trees, soup, and everything that ever broke a sanitizer."""

import html

from hypothesis import strategies as st

BLOCK_TAGS = (
    "p div h1 h2 h3 h4 h6 ul ol li table caption thead tbody tfoot tr td th blockquote section dl dt dd hr".split()
)
INLINE_TAGS = "b strong i em sub sup a span cite data font u q br small".split()
DROPPED_TAGS = "script style noscript template iframe svg math object title".split()
ODD_TAGS = [
    *DROPPED_TAGS,
    *"xmp plaintext noembed textarea select option button form frameset img input p li body".split(),
]

# No letter of these is written by the markup, so that what comes out can only be what went in.
WORDS = st.sampled_from(
    [
        "blood",
        "10",
        "²",
        "½",
        "5",
        "mg",
        "é",
        "e\u0301",
        "שלום",
        "a\u200dz",
        "\u0338x",
        "&",
        "<5",
        "“q”",
        "\u00a0",
        "A.",
    ]
)
SPACES = st.sampled_from(["", " ", "\n\t", "\u00a0", " \u00a0 ", "\u2003", "\x0b"])
HREFS = st.sampled_from(
    [
        "https://example.org/a?b=1&c=2",
        "HTTP://Example.org",
        "/here",
        "#part",
        "mailto:a@example.org",
        "tel:+16505550100",
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "\u00a0javascript:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://[::1",
        "https://good.example\x01",
        "",
    ]
)


def _element(tag: str, href: str, key: str, inner: str) -> str:
    attributes = {
        "a": f' href="{html.escape(href)}" onclick="alert(1)"',
        "cite": f' data-source="{key}" data-locator="p. {html.escape(inner[:9])}" class="citation"'
        f' data-quote="{html.escape(inner)}"',
        "data": f' value="{key}.1" title="x"',
        "td": ' colspan="2" style="x"',
        "th": ' scope="row" rowspan="999"',
    }
    return f"<{tag}{attributes.get(tag, '')}>" + ("" if tag in ("br", "hr") else f"{inner}</{tag}>")


words = st.builds(lambda before, word, after: before + html.escape(word) + after, SPACES, WORDS, SPACES)
keys = st.sampled_from(["roe2020", "ab", "BAD KEY", ""])


def trees(tags: list[str]) -> st.SearchStrategy[str]:
    """Nested elements of these kinds, in any order, sensible or not."""
    return st.recursive(
        words,
        lambda inner: st.builds(_element, st.sampled_from(tags), HREFS, keys, st.lists(inner, max_size=4).map("".join)),
        max_leaves=12,
    )


documents = st.lists(trees(BLOCK_TAGS + INLINE_TAGS), max_size=4).map("".join)
_tags = st.builds(
    lambda form, tag: form % tag,
    st.sampled_from(
        ["<%s>", "</%s>", "<%s ", "<%s/>", "<!--%s", "%s-->", "<%s onerror=alert(1)>", "<![CDATA[%s]]>", "&lt;%s&gt;"]
    ),
    st.sampled_from(BLOCK_TAGS + INLINE_TAGS + ODD_TAGS),
)
_scraps = st.sampled_from(
    ["<", ">", '"', "'", "&", "=", "/", "\x00", "\ud800", "&#0;", "&#x338;", "&nbsp", "<a href=", "]]>"]
)
soup = st.lists(st.one_of(words, _tags, _scraps, HREFS), max_size=25).map("".join)
anything = st.one_of(documents, soup, st.text(), st.text(alphabet="<>/=\"' &;#pbali\u0338\x00\n"))
