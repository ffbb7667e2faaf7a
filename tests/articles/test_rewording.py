"""Another text for a page about the site: who may, what is refused, and that nothing is lost."""

import pytest
from django.db import IntegrityError

from articles import rewording, sitepages
from articles.models import SiteText
from tests import cast

pytestmark = pytest.mark.django_db
TEXT = "<p>We keep no list.</p>"


def reword(body=TEXT, *, page="privacy", base=0, by="paula", **more):
    return rewording.reword(page, body=body, base=base, by=getattr(cast.cast(), by), at=cast.NOON, **more)


@pytest.mark.parametrize("by", ["paula", "ada"])
def test_it_works(by):
    text = reword(by=by)
    assert (text.number, text.body, text.by.username) == (1, TEXT, by)
    assert sitepages.current("privacy") == text


def test_every_earlier_text_stays():
    reword()
    reword("<p>We keep one.</p>", base=1, by="ada")
    assert [(row.number, row.body) for row in SiteText.objects.of("privacy")] == [
        (2, "<p>We keep one.</p>"),
        (1, TEXT),
    ]


def test_pages_are_numbered_apart():
    assert [reword(page=page).number for page in SiteText.Page.values] == [1] * 6


def test_what_is_brought_back_is_a_text_of_its_own():
    reword()
    reword("<p>Other.</p>", base=1)
    assert reword(base=2).number == 3


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"page": "imprint"}, rewording.NoSuchPage),
        ({"body": "<p> </p>"}, rewording.NothingSaid),
        ({"body": "<script>alert(1)</script>"}, rewording.NothingSaid),
        ({"base": 1}, rewording.ChangedMeanwhile),
    ],
)
def test_it_is_refused(sent, refusal):
    with pytest.raises(refusal):
        reword(**sent)
    assert not SiteText.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen():
    reword()
    with pytest.raises(rewording.ChangedMeanwhile):
        reword("<p>Mine.</p>", base=0)


def test_of_two_at_the_same_instant_the_second_is_refused(monkeypatch):
    def taken(**_values):
        raise IntegrityError

    monkeypatch.setattr(SiteText.objects, "create", taken)
    with pytest.raises(rewording.ChangedMeanwhile):
        reword()


def test_the_text_that_readers_see_is_no_new_text():
    reword()
    with pytest.raises(rewording.NothingChanged):
        reword(base=1)


def test_other_languages_are_kept_where_the_page_has_them():
    said = {"es": " Hola.\r\nLlame. ", "vi": " ", "xx": "?"}
    assert reword(page="language-help", notices=said).notices == {"es": "Hola.\nLlame."}
    assert reword(page="about", notices=said).notices == {}


def test_it_passes_the_gate():
    assert reword('<p onclick="x()">We <script>y()</script>care.</p>').body == "<p>We care.</p>"
