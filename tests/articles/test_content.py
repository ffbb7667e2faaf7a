"""Content: a value that survives JSON, and a digest that covers what design §5a says and nothing else."""

import dataclasses
import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.content import (
    INSTITUTIONAL,
    MEDICAL,
    CitedSource,
    Content,
    SectionContent,
    UnknownSchema,
    digest_of,
)
from articles.markup import clean

WORDS = "Blood é ² ½ 5 mg 102 שלום a&b <c \u0338 “q” \u00a0 U.S."
TEXT = st.lists(st.sampled_from(WORDS.split(" ")) | st.text(max_size=4), max_size=5).map(" ".join)
KEYS = st.from_regex(r"[a-z][a-z0-9]{3,9}", fullmatch=True)


def rich(words: str) -> str:
    return clean(f"<p>{words.replace('&', '&amp;').replace('<', '&lt;')}</p>")


BODIES = TEXT.map(rich)
SECTIONS = st.builds(
    SectionContent, anchor=TEXT, heading=TEXT, body=BODIES, kind=st.sampled_from([MEDICAL, INSTITUTIONAL, ""])
)
SOURCES = st.builds(
    CitedSource,
    key=KEYS,
    authors=st.lists(TEXT, max_size=3).map(tuple),
    **dict.fromkeys("kind organization title container publisher edition url doi accessed".split(), TEXT),
    published=st.sampled_from(["", "2018", "2018-10", "2018-10-17"]),
)
CONTENTS = st.builds(
    Content,
    title=TEXT,
    summary=BODIES,
    language=st.sampled_from(["en", "es", ""]),
    sections=st.lists(SECTIONS, max_size=4).map(tuple),
    sources=st.lists(SOURCES, max_size=3, unique_by=lambda source: source.key).map(tuple),
)

ROE = CitedSource(
    key="roe2020",
    kind="journal",
    authors=("Roe J", "Doe A"),
    organization="Example Society",
    title="On blood",
    container="J Blood",
    publisher="Press",
    published="2018-10-17",
    volume="5",
    url="https://example.org/blood",
    doi="10.1/x",
    accessed="2026-01-02",
)
BODY = clean(
    '<h3>Counts</h3><p>About 10<sup>2</sup> cells and 5 mg, H<sub>2</sub>O<cite data-source="roe2020" '
    'data-locator="p. 4">[1]</cite>.</p><ul><li>tired</li><li>pale</li></ul>'
    "<table><caption>Doses</caption><tr><th>Drug</th><td>5</td></tr></table>"
    '<p><a href="https://example.org/a">out</a> <a href="/here/">in</a> <a href="tel:1">call</a> '
    '<a href="mailto:a@example.org">write</a></p>'
)
PAGE = Content(
    title="Acute leukemia",
    summary="<p>A cancer of the blood.</p>",
    sections=(
        SectionContent(anchor="about", heading="About", body=BODY),
        SectionContent(anchor="care", heading="Care", body="<p>Take 1½ tablets.</p>"),
        SectionContent(anchor="us", heading="Our program", body="<p>Come to us.</p>", kind=INSTITUTIONAL),
    ),
    sources=(ROE, CitedSource(key="unused", title="Never cited")),
)


def with_body(old: str, new: str, page: Content = PAGE) -> Content:
    """The page with a stretch of its first text exchanged."""
    first = page.sections[0]
    assert old in first.body
    body = clean(first.body.replace(old, new, 1))
    return dataclasses.replace(page, sections=(dataclasses.replace(first, body=body), *page.sections[1:]))


def with_section(index: int, **changes: str) -> Content:
    sections = list(PAGE.sections)
    sections[index] = dataclasses.replace(sections[index], **changes)
    return dataclasses.replace(PAGE, sections=tuple(sections))


def with_source(**changes: object) -> Content:
    return dataclasses.replace(PAGE, sources=(dataclasses.replace(ROE, **changes), *PAGE.sources[1:]))


# -- JSON ----------------------------------------------------------------------------------------------------------


def test_it_works():
    stored = PAGE.to_json()
    assert Content.from_json(stored) == PAGE
    assert json.loads(stored)["schema"] == 1
    assert re.fullmatch("[0-9a-f]{64}", PAGE.digest)


@given(CONTENTS)
def test_content_survives_json(content):
    stored = content.to_json()
    assert Content.from_json(stored) == content
    assert Content.from_json(stored).to_json() == stored
    assert stored.encode()


@given(CONTENTS)
def test_the_stored_text_has_no_empty_field(content):
    assert not re.search(r':(""|\[\]|null)', content.to_json().replace('\\"', "x"))  # a typed " is text


def test_a_later_schema_is_refused_by_name():
    with pytest.raises(UnknownSchema, match="schema 99"):
        Content.from_json('{"schema":99,"title":"x"}')
    with pytest.raises(UnknownSchema):
        digest_of('{"title":"x"}')


def test_half_characters_and_nul_never_reach_the_stored_text():
    content = Content(title="a\x00b\ud800", sources=(CitedSource(key="ab", authors=("x\x00\udfff",)),))
    assert content.title == "ab\ufffd"
    assert content.sources[0].authors == ("x\ufffd",)
    assert content.digest


# -- what the digest does not see ----------------------------------------------------------------------------------


def shuffled(value: object) -> object:
    """JSON data with the keys of every object turned round."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in sorted(value, reverse=True)}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


@given(CONTENTS)
def test_the_order_of_keys_does_not_matter(content):
    turned = json.dumps(shuffled(json.loads(content.to_json())), indent=2)
    assert digest_of(turned) == content.digest


@given(CONTENTS)
@example(Content(title="e\u0301", sections=(SectionContent(anchor="", heading="e\u0301", body="<p>e\u0301</p>"),)))
def test_composed_and_decomposed_letters_are_the_same(content):
    def decomposed(value: str) -> str:
        return unicodedata.normalize("NFD", value)

    sections = tuple(
        dataclasses.replace(s, heading=decomposed(s.heading), body=clean(decomposed(s.body))) for s in content.sections
    )
    other = dataclasses.replace(content, title=decomposed(content.title), sections=sections)
    assert other.digest == content.digest


@given(CONTENTS, st.sampled_from(["  ", "\u00a0", "\n", " \t\u00a0", "\u2003"]))
def test_runs_of_white_space_are_one_space(content, space):
    def spaced(value: str) -> str:
        return space + value.replace(" ", space) + space

    sections = tuple(
        dataclasses.replace(s, heading=spaced(s.heading), body=clean(s.body.replace(" ", space)))
        for s in content.sections
    )
    other = dataclasses.replace(content, title=spaced(content.title), sections=sections)
    assert other.digest == content.digest


def test_white_space_between_blocks_is_nothing():
    loose = with_body("</p><ul><li>", "</p>\n\n<ul>\n\t<li>\u00a0")
    assert loose.digest == PAGE.digest


@pytest.mark.parametrize(
    "other",
    [
        with_section(0, anchor="elsewhere"),
        with_section(2, heading="Our new program", body="<p>Come on Mondays.</p>"),
        dataclasses.replace(PAGE, sections=PAGE.sections[:2]),
        with_body('href="https://example.org/a"', 'href="http://Example.org/b?c#d"'),
        with_source(url="https://example.org/moved"),
        with_source(accessed="2027-01-01"),
        with_source(published="2018"),
        with_source(doi="", pmid="1", volume="6", issue="7", pages="8", edition="2nd", publisher="Other", kind="web"),
        dataclasses.replace(PAGE, sources=PAGE.sources[:1]),
        dataclasses.replace(PAGE, sources=PAGE.sources[::-1]),
        with_section(1, size="1280x720"),  # follows from the bytes of a figure
        with_section(2, form="story", story="k3y", story_hash="ab"),
        with_section(2, form="figure", figure="ab", alt="A bone."),
    ],
    ids=(
        "anchor institutional no-institutional link-path source-url accessed day-of-date details uncited order"
        " size-of-figure story institutional-figure"
    ).split(),
)
def test_what_is_no_medical_word_does_not_change_the_digest(other):
    assert other != PAGE
    assert other.digest == PAGE.digest
    assert other.full_hash != PAGE.full_hash


def test_an_institutional_section_among_the_medical_ones_does_not_change_the_digest():
    moved = (PAGE.sections[2], *PAGE.sections[:2])
    assert dataclasses.replace(PAGE, sections=moved).digest == PAGE.digest


def test_a_source_that_only_an_institutional_section_cites_is_not_covered():
    cited = with_section(2, body='<p>We won.<cite data-source="unused"></cite></p>')
    assert cited.digest == PAGE.digest


# -- what it does see ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(PAGE, title="Acute leukaemia"),
        dataclasses.replace(PAGE, summary="<p>A cancer of blood.</p>"),
        dataclasses.replace(PAGE, language="es"),
        dataclasses.replace(PAGE, sections=(PAGE.sections[1], PAGE.sections[0], PAGE.sections[2])),
        dataclasses.replace(PAGE, sections=PAGE.sections[1:]),
        with_section(0, heading="Basics"),
        with_section(1, form="urgent"),
        with_section(1, form="figure", figure="ab"),
        with_section(1, alt="A bone."),
        with_section(1, credit="Drawing: ours"),
        with_section(0, kind=INSTITUTIONAL),
        with_section(2, kind=MEDICAL),
        with_body("cells", "cell"),
        with_body("cells and", "and cells"),
        with_body("10<sup>2</sup>", "102"),
        with_body("10<sup>2</sup>", "10²"),
        with_body("10<sup>2</sup>", "10<sup>3</sup>"),
        with_body("5 mg", "5mg"),
        with_body("5 mg", "5.0 mg"),
        with_body("H<sub>2</sub>O", "H2O"),
        with_body("<li>pale</li>", ""),
        with_body("<li>pale</li>", "<li>pale skin</li>"),
        with_body("<li>tired</li><li>pale</li>", "<li>pale</li><li>tired</li>"),
        with_body("<ul><li>tired</li><li>pale</li></ul>", "<ol><li>tired</li><li>pale</li></ol>"),
        with_body("<li>tired</li><li>pale</li>", "<li>tired<ul><li>pale</li></ul></li>"),
        with_body("<td>5</td>", "<td>6</td>"),
        with_body("<td>5</td>", "<td></td><td>5</td>"),
        with_body("Doses", "Dosages"),
        with_body("<h3>Counts</h3>", "<p>Counts</p>"),
        with_body("<h3>Counts</h3>", "<h4>Counts</h4>"),
        with_body('data-source="roe2020"', 'data-source="unused"'),
        with_body("p. 4", "p. 5"),
        with_body('<cite data-locator="p. 4" data-source="roe2020"></cite>', ""),
        with_body("https://example.org/a", "https://example.com/a"),
        with_body("/here/", "/there/"),
        with_body("tel:1", "tel:2"),
        with_body("mailto:a@", "mailto:b@"),
        with_source(key="roe2020", title="On bones"),
        with_source(authors=("Doe A", "Roe J")),
        with_source(organization="Other Society"),
        with_source(container="J Bone"),
        with_source(published="2019-10-17"),
        dataclasses.replace(PAGE, sources=()),
    ],
)
def test_any_change_of_what_a_reader_reads_changes_the_digest(other):
    assert other.digest != PAGE.digest


def test_one_half_is_not_eleven_halves():
    assert with_section(1, body="<p>Take 11/2 tablets.</p>").digest != PAGE.digest


@given(CONTENTS, st.data())
def test_a_word_put_in_anywhere_changes_the_digest(content, data):
    medical = [at for at, section in enumerate(content.sections) if section.kind == MEDICAL]
    field = data.draw(st.sampled_from(["title", "summary", "language", *(["heading", "body"] if medical else [])]))
    at = data.draw(st.sampled_from(medical)) if field in ("heading", "body") else None
    where = content if at is None else content.sections[at]
    value = getattr(where, field)
    cut = data.draw(st.sampled_from([m.start() for m in re.finditer(r"(?<![^\s>])(?![^<]*>)|$", value)]))
    word = "<p>word</p>" if field in ("body", "summary") and not value else "word"
    changed = dataclasses.replace(where, **{field: value[:cut] + word + value[cut:]})
    if at is not None:
        changed = dataclasses.replace(content, sections=(*content.sections[:at], changed, *content.sections[at + 1 :]))
    assert changed.digest != content.digest


@pytest.mark.parametrize("pair", ["² 2", "½ 1⁄2", "ﬁ fi", "Å A", "㎎ mg", "Ⅳ IV", "① 1", "µ m", "－ -"])
def test_letters_that_only_look_alike_stay_different(pair):
    one, other = (Content(title=title).digest for title in pair.split())
    assert one != other


@pytest.mark.parametrize(("one", "other"), [("Å", "A\u030a"), ("\u212b", "Å"), ("é", "e\u0301")])
def test_one_letter_written_in_two_ways_is_one_letter(one, other):
    assert Content(title=one).digest == Content(title=other).digest


# -- questions -----------------------------------------------------------------------------------------------------


def test_cited_keys_come_in_order_of_first_use():
    cite = '<cite data-source="{}"></cite>'.format
    body = f"<p>{cite('bb')}{cite('aa')}{cite('bb')}</p>"
    content = Content(
        title="x", summary=f"<p>s{cite('cc')}</p>", sections=(SectionContent(anchor="", heading="", body=body),)
    )
    assert content.cited_keys() == ("cc", "bb", "aa")
    assert len(content.marks()) == 4


def test_reciting_gives_marks_and_sources_their_new_keys():
    recited = PAGE.recite({"roe2020": "k9", "unused": "k8"})
    assert recited.cited_keys() == ("k9",)
    assert [source.key for source in recited.sources] == ["k9", "k8"]
    assert recited.recite({"k9": "roe2020", "k8": "unused"}) == PAGE


@pytest.mark.parametrize("value", [PAGE, PAGE.sections[0], ROE], ids=lambda value: type(value).__name__)
def test_nothing_changes_a_value(value):
    for field in dataclasses.fields(value):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field.name, "other")
