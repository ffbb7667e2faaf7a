from datetime import date

from articles import answering
from articles.checking import Beside, OnRecord, Severity, altered_fact
from tests.articles.checking.tools import page, section, silent_on, speaks_on

FACT = '<p>There are <data value="k7m2.3">6,550 (2024)</data>.</p>'


def beside(words="6,550 (2024)"):
    return Beside(on=date(2026, 11, 2), facts={"k7m2.3": OnRecord(words=words, expires=date(2027, 1, 1))})


def test_it_blocks_other_words_than_those_on_record_and_can_not_be_answered():
    (found,) = speaks_on(altered_fact, page(section(FACT)), "about", beside=beside("6,660 (2023)"), says="6,660 (2023)")
    assert found.severity is Severity.BLOCKING
    assert not answering.may_be_answered(found)


def test_it_blocks_a_fact_that_nobody_recorded():
    speaks_on(altered_fact, page(summary=FACT), "", beside=Beside(on=date(2026, 11, 2)), says="none like it")


def test_it_is_silent_on_a_fact_that_reads_as_it_is_on_record():
    silent_on(altered_fact, page(section(FACT)), beside())
