"""What stands on the paper, and that its name stands for all of it."""

from dataclasses import replace

import pytest

from articles.content import SectionContent
from articles.handouts import sheet
from articles.page import Standing
from articles.pictures import store
from tests.articles.handouts.papers import ON, WORDS, paper

pytestmark = [pytest.mark.pure, pytest.mark.usefixtures("typesetter")]


def key(one, variant=sheet.PLAIN):
    return one.key(variant)


def text(**more):
    return " ".join(paper(**more).html.split())


def test_the_medical_part_is_on_it_with_its_review():
    shown = text()
    for said in ("Example disease", "A rare disease of the blood.", "A slow cancer.", "Call 911", "How long?"):
        assert said in shown
    assert "Medically reviewed by <strong>Rosa Example, MD</strong>" in shown
    assert "November 2, 2027" in shown
    assert "https://example.org/what" in shown


def test_what_the_institution_says_of_itself_stays_on_the_page():
    shown = text()
    assert "We are here." not in shown
    assert "Our figures" not in shown  # nor what only that leans on


def test_a_story_stays_on_the_page():
    story = SectionContent(
        anchor="s", heading="Jane", body="<p>I am well.</p>", form="story", story="1", story_hash="0" * 64
    )
    assert "Jane" not in paper(replace(WORDS, sections=(*WORDS.sections, story))).html


def test_it_leads_back_and_says_since_when():
    shown = text()
    assert "Check the page for changes since November 2, 2026." in shown
    assert 'src="qr:http://127.0.0.1:8000/example-disease/"' in shown
    assert ">http://127.0.0.1:8000/example-disease/</a>" in shown


def test_an_address_is_printed_as_people_type_it(settings):
    settings.SITE_URL = "https://patients.example.org"
    shown = text()
    assert ">patients.example.org/example-disease/</a>" in shown
    assert 'src="qr:https://patients.example.org/example-disease/"' in shown


def test_links_to_what_is_not_on_it_lead_to_the_page():
    shown = text()
    assert 'href="http://127.0.0.1:8000/example-disease/#our-program"' in shown
    assert 'href="#treatment"' in shown


def test_a_demonstration_says_so():
    assert "Demonstration page." in text(is_demo=True)
    assert "reviewed by no clinician" not in text()


def test_the_name_is_another_when_anything_on_it_is():
    names = {
        key(paper()),
        key(paper(), sheet.LARGE),
        key(paper(replace(WORDS, title="Another"))),
        key(paper(edition=4)),
        key(paper(last_reviewed=ON.replace(month=10))),
        key(paper(overdue_from=ON)),  # it says that its review is due
        key(paper(standings={"s-1": Standing(notice="retraction")})),
        key(paper(slug="elsewhere")),
    }
    assert len(names) == 8


def test_the_name_is_the_same_while_nothing_on_it_changes():
    other_words = [*WORDS.sections[:-1], replace(WORDS.sections[-1], body="<p>We moved.</p>")]
    same = paper(replace(WORDS, sections=tuple(other_words)), today=ON.replace(day=3), condition="Blood")
    assert key(same) == key(paper())


def test_another_release_makes_another_name(monkeypatch):
    before = key(paper())
    monkeypatch.setattr(sheet, "_versions", lambda: ("weasyprint 71.0",))
    assert key(paper()) != before


FIGURE = SectionContent(
    anchor="f", heading="", body="<p>Marrow.</p>", form="figure", figure="a" * 64, size="900x600", alt="A bone"
)


def test_a_picture_that_is_not_there_is_said_in_words():
    assert "A picture on the page shows: A bone" in paper(replace(WORDS, sections=(FIGURE,))).html


def test_a_picture_that_is_there_is_on_the_paper_as_large_as_we_have_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    there = store.place(FIGURE.figure, 900, "jpg")
    (tmp_path / there).parent.mkdir()
    (tmp_path / there).write_bytes(b"jpeg")
    made = paper(replace(WORDS, sections=(FIGURE,)))
    assert made.files == {f"figure:{FIGURE.figure}": there}
    assert f'<img src="figure:{FIGURE.figure}" alt="A bone">' in made.html
