"""The page: what a template gets from Content and the facts about it."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import page
from articles.content import GLANCE, HELP, INSTITUTIONAL, CitedSource, Content, SectionContent

TODAY = date(2026, 11, 23)
SOURCES = tuple(CitedSource(key=f"s{n}", organization=f"Society {n}", title=f"Work {n}") for n in range(1, 10))


def cite(*numbers, locator="", quote=""):
    place = f' data-locator="{locator}"' if locator else ""
    place += f' data-quote="{quote}"' if quote else ""
    return "".join(f'<cite{place} data-source="s{number}"></cite>' for number in numbers)


def section(body="<p>Words.</p>", anchor="part", heading="Part", kind="medical", **more):
    return SectionContent(anchor=anchor, heading=heading, body=body, kind=kind, **more)


def build(*sections, title="Title", summary="", **facts):
    content = Content(title=title, summary=summary, sections=sections, sources=SOURCES)
    return page.build(content, page.Facts(today=TODAY, **facts))


def body(stored, **facts):
    """What a section's body becomes."""
    return build(section(stored), **facts).medical[0].body


def text(shown):
    """The letters that a reader sees."""
    return re.sub(r"<[^>]+>", "", shown)


def ids(shown):
    everything = [shown.summary, *(part.body for part in shown.toc)]
    return [part.anchor for part in shown.toc] + re.findall(r' id="([^"]+)"', "".join(everything))


def test_it_works():
    shown = build(section("<p>It grows.</p>"), summary="<p>In short.</p>")
    assert (shown.title, shown.summary, shown.description) == ("Title", "<p>In short.</p>", "In short.")
    assert [(part.heading, part.anchor, part.body) for part in shown.toc] == [("Part", "part", "<p>It grows.</p>")]


# -- marks and references ------------------------------------------------------------------------------------------


def test_a_mark_becomes_a_raised_number_that_leads_to_its_reference():
    expected = '<p>It grows.<sup><a href="#ref-1" id="cite-1-1" aria-label="Reference 1">1</a></sup></p>'
    assert body(f"<p>It grows.{cite(4)}</p>") == expected


def test_references_are_numbered_in_the_order_in_which_the_page_uses_them():
    apart = section(f"<p>We.{cite(1)}</p>", "we", "We", INSTITUTIONAL)
    shown = build(apart, section(f"<p>It.{cite(3)}</p>"), summary=f"<p>Sum.{cite(2)}</p>")
    assert [reference.entry for reference in shown.references] == [
        "Society 2. Work 2.",
        "Society 3. Work 3.",
        "Society 1. Work 1.",
    ]


def test_a_reference_leads_back_to_every_place_that_leans_on_it():
    shown = build(section(f"<p>One.{cite(1)} Two.{cite(2)} Three.{cite(1)}</p>"))
    uses = [[use.anchor for use in reference.uses] for reference in shown.references]
    assert uses == [["cite-1-1", "cite-1-2"], ["cite-2-1"]]
    assert set(ids(shown)) >= {"cite-1-1", "cite-1-2", "cite-2-1"}


@pytest.mark.parametrize(
    ("first", "then", "printed"),
    [
        ((), (1, 2), "1,2"),
        ((1,), (3, 2), "2,3"),
        ((1, 2, 3, 4, 5, 6, 7), (7, 2, 5, 6), "2,5-6-7"),  # the number between is out of sight
        ((), (1, 1), "1"),
    ],
)
def test_marks_side_by_side_are_one_group(first, then, printed):
    shown = body(f"<p>A.{cite(*first)}</p><p>B.{cite(*then)}</p>")
    assert text(shown.split("<p>")[-1]) == f"B.{printed}"


def test_every_number_of_a_run_is_a_link_of_its_own():
    shown = body(f"<p>A.{cite(1, 2, 3, 4)}</p>")
    assert re.findall(r'href="#ref-(\d)"', shown) == ["1", "2", "3", "4"]
    assert '<span class="between">' in shown


def test_a_mark_can_name_a_place_in_its_source():
    shown = build(section(f"<p>A.{cite(1, locator='p 4')}</p>"))
    assert text(shown.medical[0].body) == "A.1(p 4)"
    assert 'aria-label="Reference 1, p 4"' in shown.medical[0].body
    assert shown.references[0].uses[0].locator == "p 4"


def test_what_is_quoted_stands_with_the_reference_and_not_in_the_text():
    shown = build(section(f"<p>A.{cite(1, quote='5 &lt; 6.')}{cite(2)} B.{cite(1, quote='Or 7.')}</p>"))
    assert text(shown.medical[0].body) == "A.1,2 B.1"
    assert [reference.quotes for reference in shown.references] == [("5 < 6.", "Or 7."), ()]


def test_two_sentences_of_one_source_at_one_place_make_one_number():
    shown = build(section(f"<p>A.{cite(1, quote='One.')}{cite(1, quote='Two.')}</p>"))
    assert text(shown.medical[0].body) == "A.1"
    assert [use.quotes for use in shown.references[0].uses] == [("One.", "Two.")]


def test_a_long_place_stands_beside_the_reference_only():
    shown = build(section(f"<p>A.{cite(1, locator='Table 2, row of adults')}</p>"))
    assert text(shown.medical[0].body) == "A.1"
    assert shown.references[0].uses[0].locator == "Table 2, row of adults"


@pytest.mark.parametrize("before", ["10", "in 2024", "10<sup>3</sup>", "mg per m", "10²"])
def test_a_mark_behind_a_figure_cannot_be_read_as_a_power(before):
    assert text(body(f"<p>{before}{cite(1)}</p>")).endswith("[1]")


def test_a_mark_hangs_on_its_word():
    assert text(body(f"<p>It grows. {cite(1)} Then</p>")) == "It grows.1 Then"


def test_a_mark_inside_a_link_moves_behind_it():
    shown = body(f'<p><a href="https://example.org/">there{cite(1)}</a></p>')
    assert re.search(r"there</a><sup><a href", shown)


def test_a_raised_mark_is_raised_once():
    assert body(f"<p>A.<sup>{cite(1)}</sup></p>").count("<sup>") == 1


def test_a_mark_without_a_source_is_a_problem_in_a_preview_and_nothing_to_a_reader():
    stored = '<p>A.<cite data-source="gone"></cite></p>'
    assert body(stored) == "<p>A.</p>"
    assert "[source missing]" in body(stored, preview=True)


# -- headings, anchors, tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "levels"),
    [
        ("<h4>A</h4><p>a</p><h4>B</h4><p>b</p>", ["h3", "h3"]),
        ("<h4>A</h4><p>a</p><h3>B</h3><p>b</p><h4>C</h4><p>c</p>", ["h3", "h3", "h4"]),
        ("<h3>A</h3><p>a</p><h4>B</h4><p>b</p>", ["h3", "h4"]),
    ],
)
def test_no_heading_level_is_skipped(stored, levels):
    assert re.findall(r"<(h\d)>", body(stored)) == levels


def test_a_summary_has_no_heading():
    assert build(section(), summary="<h3>A</h3><p>b</p>").summary == "<p><strong>A</strong></p><p>b</p>"


@pytest.mark.parametrize("anchor", ["", "same", "references", "content", "ref-1", "cite-1-1", "on-this-page"])
def test_every_address_on_a_page_leads_to_one_place(anchor):
    shown = build(section(f"<p>A.{cite(1)}</p>", anchor), section(anchor=anchor), section(anchor=anchor))
    own = [*ids(shown), "references", "content", "ref-1", "on-this-page", "about-this-page"]
    assert len(own) == len(set(own))


def test_a_free_anchor_stays_as_it_is():
    assert [part.anchor for part in build(section(anchor="b"), section(anchor="a")).toc] == ["b", "a"]


def test_a_table_has_a_frame_that_the_keyboard_reaches_and_a_name():
    shown = body("<table><caption>Doses &amp; days</caption><tbody><tr><td>a</td></tr></tbody></table>")
    assert shown.startswith(
        '<div class="table" role="group" tabindex="0" aria-label="Table 1: Doses &amp; days"><table>'
    )
    assert shown.endswith("</table></div>")


# -- parts ---------------------------------------------------------------------------------------------------------


def test_what_the_institution_says_stands_apart_and_last():
    shown = build(section(heading="We", kind=INSTITUTIONAL), section(heading="It"))
    assert [part.heading for part in shown.medical] == ["It"]
    assert [part.heading for part in shown.institutional] == ["We"]
    assert [part.heading for part in shown.toc] == ["It", "We"]


def test_a_section_without_text_is_shown_in_a_preview_only():
    empty = section("", heading="Stories", kind=INSTITUTIONAL)
    assert build(empty).toc == ()
    assert [part.body for part in build(empty, preview=True).toc] == [""]


def test_a_page_says_that_it_is_due_from_the_day_on_which_the_policy_lets_it():
    assert build(next_due=date(2026, 11, 1), overdue_from=TODAY).facts.overdue
    assert not build(next_due=date(2026, 11, 1), overdue_from=TODAY + timedelta(days=1)).facts.overdue
    assert not build().facts.overdue


def test_a_signature_prints_what_is_known():
    assert page.Signature(name="Rosa Example").printed == "Rosa Example"
    full = page.Signature(name="Rosa Example", credentials="MD", role="Chair", institution="Example Hospital")
    assert (full.printed, full.post) == ("Rosa Example, MD", "Chair, Example Hospital")


@pytest.mark.parametrize(
    ("summary", "stored", "expected"),
    [
        (f"<p>In short.{cite(1)}</p>", "<p>Words.</p>", "In short."),
        ("", "<p>Words &amp; more.</p>", "Words & more."),
        ("", "", "Title"),
    ],
)
def test_the_description_says_what_the_page_says(summary, stored, expected):
    assert build(section(stored), summary=summary).description == expected


def test_the_description_is_short_and_that_of_a_demonstration_says_so():
    shown = build(section(f"<p>{'word & ' * 90}</p>"), is_demo=True)
    assert len(shown.description) <= page.DESCRIPTION_LIMIT
    assert shown.description.startswith("Demonstration, reviewed by no clinician. word & word")


# -- the gate ------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<cite data-source="s1" data-locator="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></cite>',
    '<table><caption>"><script>alert(1)</script></caption><tbody><tr><td>x</td></tr></tbody></table>',
]


@pytest.mark.parametrize("stored", HOSTILE)
def test_a_hostile_body_is_harmless_even_if_it_was_stored(stored):
    shown = build(section(stored + "<p>Words.</p>"), summary=stored)
    for written in (shown.summary, shown.medical[0].body):
        assert not re.search(r"<script|<img|javascript:|<[^>]* on\w+=|<[^>]* style=", written)


def test_a_hostile_source_is_harmless():
    source = CitedSource(key="s1", organization="<script>", title='"><img>', url="javascript:alert(1)")
    content = Content(title="T", sections=(section(f"<p>A.{cite(1)}</p>"),), sources=(source,))
    entry = page.build(content, page.Facts(today=TODAY)).references[0].entry
    assert "<" not in entry


PIECES = [cite(1), cite(2), cite(3, locator="p 1"), " ", "a", "<h4>b</h4>", "</p><p>", "<sup>"]


@given(st.lists(st.sampled_from(PIECES)))
def test_every_link_between_text_and_references_has_its_other_end(parts):
    shown = build(section("<p>Begin " + "".join(parts) + "</p>"))
    assert len(ids(shown)) == len(set(ids(shown)))
    assert {use.anchor for reference in shown.references for use in reference.uses} <= set(ids(shown))
    numbers = {int(n) for n in re.findall(r'href="#ref-(\d+)"', shown.medical[0].body)}
    assert numbers == {reference.number for reference in shown.references}


def test_a_section_of_a_kind_nobody_knows_is_shown_and_therefore_signed():
    odd = Content(title="A", sections=(section(kind="odd"),))
    assert page.build(odd, page.Facts(today=TODAY)).medical
    assert odd.digest != Content(title="A").digest


# -- blocks --------------------------------------------------------------------------------------------------------


def test_what_is_said_at_a_glance_stands_first_in_the_order_a_reader_needs_it():
    parts = [section(f"<p>Words.{cite(n)}</p>", anchor=form, form=form) for n, form in enumerate(GLANCE[::-1], start=1)]
    page = build(section(f"<p>Text.{cite(2)}</p>"), *parts)
    assert [part.form for part in page.glance] == list(GLANCE)
    assert [part.anchor for part in page.medical] == ["part"]
    assert [reference.source.key for reference in page.references] == ["s4", "s3", "s2", "s1"]


def test_what_is_said_at_a_glance_has_no_headings_in_it():
    (part,) = build(section("<h3>Now</h3><p>Call.</p>", form=GLANCE[3])).glance
    assert part.body == "<p><strong>Now</strong></p><p>Call.</p>"


def test_an_institutional_block_is_never_at_a_glance():
    page = build(section(), section(anchor="us", kind="institutional", form=GLANCE[0]))
    assert (page.glance, [part.anchor for part in page.institutional]) == ((), ["us"])


@pytest.mark.parametrize(
    ("form", "template"),
    [*((form, "_callout") for form in HELP), ("questions", "_questions"), ("", "_section"), ("of later", "_section")],
)
def test_every_block_has_its_template(form, template):
    (part,) = build(section(form=form)).medical
    assert part.template == f"articles/{template}.html"


def test_a_figure_tells_its_size_so_that_nothing_jumps():
    (part,) = build(section("", form="figure", figure="ab", size="1280x720", alt="A bone.")).medical
    assert (part.width, part.height, part.alt) == (1280, 720, "A bone.")


def test_blocks_on_help_that_follow_each_other_are_one_place_in_the_list():
    calls = [section(anchor=form, form=form) for form in HELP]
    page = build(section(), *calls, section(anchor="more"), section(anchor="again", form=HELP[0]))
    assert [one.anchor for one in page.toc] == ["part", "emergency", "more", "again"]
