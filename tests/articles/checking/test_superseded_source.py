from datetime import date

from articles.checking import Beside, Severity, Stand, superseded_source
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on

CITED = page(section(f"<p>So.{cite()} So.{cite()}</p>"), sources=(source(),))


def beside(stand: Stand) -> Beside:
    return Beside(on=date(2026, 11, 2), standings={"roe2020": stand})


def test_it_speaks_once_where_the_source_is_first_cited():
    (found,) = speaks_on(superseded_source, CITED, "about", beside=beside(Stand(newer="Blood anew")))
    assert (found.severity, found.source) == (Severity.HINT, "roe2020")
    assert found.message == "“On blood” was superseded by “Blood anew”. Does this statement hold in the newer one?"


def test_it_is_silent_on_sound_sources():
    silent_on(superseded_source, CITED, beside(Stand()))
    silent_on(superseded_source, CITED, Beside(on=date(2026, 11, 2)))
