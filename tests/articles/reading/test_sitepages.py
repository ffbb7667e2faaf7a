"""Pages about the site: ours until somebody writes their own, and honest about which of the two it is."""

import pytest

from articles import rewording
from articles.models import SiteText
from tests import cast
from tests.articles.reading.pages import read

pytestmark = pytest.mark.django_db
every_page = pytest.mark.parametrize("page", SiteText.Page.values)


def said(client, page):
    return " ".join(read(client, f"/{page}/").split())


def reword(page, body, *, base=0, **more):
    return rewording.reword(page, body=body, base=base, by=cast.cast().paula, at=cast.NOON, **more)


@every_page
def test_a_page_that_nobody_edited_says_so_and_has_no_date(client, page):
    shown = said(client, page)
    assert "Example Hospital has not edited it yet." in shown
    assert "Last changed on" not in shown
    assert "no medical reviewer has signed it" in shown


@every_page
def test_a_new_text_is_shown_at_once_with_its_day(client, page):
    reword(page, "<h3>Part</h3><p>Our own words.</p>")
    shown = said(client, page)
    assert "<h2>Part</h2><p>Our own words.</p>" in shown
    assert "November 2, 2026" in shown
    assert "has not edited it yet" not in shown


@every_page
def test_every_page_of_the_site_leads_there(client, page):
    assert f'<a href="/{page}/">' in said(client, "editorial-policy")


def test_the_newest_text_counts(client):
    reword("about", "<p>First.</p>")
    reword("about", "<p>Second.</p>", base=1)
    shown = said(client, "about")
    assert "Second." in shown
    assert "First." not in shown


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("about", "has not yet said here who pays for these pages"),
        ("privacy", "has not yet said here whether such a list is kept"),
        ("accessibility", "has not yet said here how well its pages meet these guidelines"),
        ("language-help", "has not yet said here in which languages it helps"),
        ("contact", "has not yet said here how to reach it"),
    ],
)
def test_ours_claims_nothing_that_we_can_not_know(client, page, words):
    assert words in said(client, page)


def test_the_contact_page_says_what_the_settings_say(client, settings):
    settings.CONTACT_EMAIL = "words@example.org"
    settings.CONTACT_PHONE = "+1 (555) 010-0100"
    settings.CONTACT_ADDRESS = "1 Example Road"
    shown = said(client, "contact").partition("</main>")[0]
    assert '<a href="mailto:words@example.org">' in shown
    assert '<a href="tel:+15550100100">' in shown
    assert "1 Example Road" in shown
    assert "has not yet said here how to reach it" not in shown


def test_other_languages_have_their_own_names_and_directions(client):
    said_in = {"es": "Llame al 555.", "ar": "اتصل", "vi": ""}
    reword("language-help", "<p>Call 555.</p>", notices=said_in)
    shown = said(client, "language-help")
    assert '<section id="es" lang="es" dir="ltr"> <h2>Español</h2> <p>Llame al 555.</p>' in shown
    assert '<section id="ar" lang="ar" dir="rtl"> <h2>العربية</h2>' in shown
    assert '<a href="#es" hreflang="es" lang="es" dir="ltr">Español</a>' in shown
    assert "Tiếng Việt" not in shown


def test_what_is_said_in_another_language_is_text_and_no_markup(client):
    reword("language-help", "<p>Call.</p>", notices={"es": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in said(client, "language-help")


def test_no_article_can_take_such_an_address():
    article = cast.draft()
    for page in SiteText.Page.values:
        article.slug = page
        with pytest.raises(Exception, match="is an address of the site itself"):
            article.full_clean()
