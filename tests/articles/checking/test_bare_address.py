import pytest

from articles.checking import Severity, bare_address
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def test_it_warns_of_an_address_in_the_text():
    body = "<p>It is rare. See https://example.org/a?b=1 for more.</p>"
    (found,) = speaks_on(bare_address, page(section(body)), "about", says="“https://example.org/a?b=1” stands")
    assert (found.severity, found.quote) == (Severity.WARNING, "See https://example.org/a?b=1 for more.")


@pytest.mark.parametrize("kind", ["medical", INSTITUTIONAL])
def test_an_address_as_the_words_of_a_link_is_one_too(kind):
    body = '<p>See <a href="https://example.org/">www.example.org</a>.</p>'
    sections = (section(body, kind=kind), section(anchor="b", heading="B"))
    speaks_on(bare_address, page(*sections), "about", says="“www.example.org” stands")


def test_links_of_words_and_mail_are_not():
    silent_on(bare_address, page(section('<p>See <a href="https://example.org/">the page</a>, or a@example.org.</p>')))


def test_the_stop_behind_an_address_is_no_part_of_it():
    speaks_on(bare_address, page(section("<p>See (https://example.org/).</p>")), "about", says="“https://example.org/”")
