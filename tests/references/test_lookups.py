"""Looking up a DOI or a PMID, against a small server that speaks as Crossref and PubMed do."""

from functools import partial

import pytest

from references import fetching, lookups
from references.reading.records import Record
from tests.references import services
from tests.references.network import local

BLOOD = {"title": "On the blood of patients & others: A cohort study", "published": "2020-03", "volume": "12"}


@pytest.fixture
def service(settings, monkeypatch):
    """Both services on this machine, and what they were asked."""
    with services.running() as (port, seen):
        settings.SOURCE_LOOKUPS, settings.CONTACT_EMAIL = True, "staff@example.org"
        settings.CROSSREF_API = settings.PUBMED_API = f"http://127.0.0.1:{port}"
        real = fetching.Manners
        monkeypatch.setattr(fetching, "answers", partial(fetching.answers, policy=local(port)))
        monkeypatch.setattr(fetching, "Manners", lambda **given: real(**{**given, "pause": 0.0, "total": 1, "read": 1}))
        monkeypatch.setattr(lookups, "PAUSE", 0.0)
        yield seen


def one(**fields) -> lookups.Lookup:
    return lookups.look_up([Record(**fields)])[0]


def test_a_doi_is_looked_up_at_crossref(service):
    found = one(doi="10.1000/blood")
    assert (found.service, found.said) == ("Crossref", ())
    assert {name: getattr(found.record, name) for name in BLOOD} == BLOOD
    assert found.record.authors == ("Roe JA", "van der Doe K", "Invented Leukemia Study Group")
    assert (found.record.kind, found.record.publisher, found.record.url) == ("journal", "", "")


def test_a_pmid_is_looked_up_at_pubmed(service):
    found = one(pmid="77")
    assert found.record == Record(
        **{"kind": "journal", "authors": ("Roe JA", "Doe K Jr", "Invented Leukemia Study Group")},
        **{"title": "On the blood of patients & others", "container": "J Invent Blood", "published": "2020-03-04"},
        **{"volume": "12", "issue": "3", "pages": "45-67", "doi": "10.1000/blood", "pmid": "77"},
    )
    assert one(pmid="78").record.kind == "guideline"


def test_both_are_told_who_asks(service, settings):
    settings.EXAMINER_NAME = "tests/1.0"
    lookups.look_up([Record(doi="10.1000/blood"), Record(pmid="77"), Record(pmid="78")])
    (_path, crossref, headers), (_other, pubmed, _headers) = service
    assert crossref["mailto"] == ["staff@example.org"]
    assert headers["User-Agent"] == "tests/1.0"
    assert (pubmed["email"], pubmed["id"]) == (["staff@example.org"], ["77,78"])


@pytest.mark.parametrize(
    ("doi", "said"),
    [
        ("retracted", "Crossref says that this work was retracted."),
        ("preprint", "This is a preprint. The published article is doi:10.1000/blood."),
        ("missing", "Crossref does not know the DOI 10.1000/missing."),
        ("busy", "Crossref asks us to wait 30 seconds."),
        ("error", "Crossref has a trouble of its own (status 503)."),
        ("hanging", "Crossref did not answer in time."),
        *((bad, "The answer of Crossref could not be read.") for bad in ("broken", "odd", "endless")),
        ("moved", "Crossref could not be reached."),
    ],
)
def test_whatever_comes_back_is_one_sentence(service, doi, said):
    (sentence,) = one(doi=f"10.1000/{doi}").said
    assert sentence.startswith(said)


def test_a_service_in_trouble_is_asked_once(service):
    works = [Record(doi=f"10.1000/{name}") for name in ("busy", "blood", "chapter")]
    found = lookups.look_up(works)
    assert len(service) < len(works)
    assert all(one.said or one.record for one in found)


def test_an_unknown_pmid_spoils_no_other(service):
    known, unknown = lookups.look_up([Record(pmid="78"), Record(pmid="79")])
    assert known.record.title == "Guideline for blood"
    assert unknown.said == ("PubMed does not know the PMID 79. Check it.",)


def test_of_many_works_some_wait(service):
    works = [Record(doi="10.1000/blood")] * (lookups.MOST + 1)
    *_asked, last = lookups.look_up(works)
    assert last.said == ("Not looked up yet: 20 works at a time.",)


def test_nothing_is_asked_when_it_is_off(service, settings):
    settings.SOURCE_LOOKUPS = False
    assert one(doi="10.1000/blood").said == ("Looking up is switched off on this site.",)
    assert service == []


def test_a_work_without_doi_and_pmid_can_not_be_looked_up(service):
    assert one(url="https://example.org").said == ("Only a DOI or a PMID can be looked up.",)


def test_the_policy_holds_for_services_too(settings):
    settings.SOURCE_LOOKUPS, settings.CROSSREF_API = True, "http://127.0.0.1:80"
    assert one(doi="10.1000/blood").said[0].startswith("Crossref could not be reached.")


def test_only_empty_fields_are_filled():
    mine = Record(doi="10.1000/b", title="My title", organization="ACS", kind="guideline")
    theirs = Record(doi="10.1000/c", title="Their title", authors=("Roe J",), kind="journal", volume="7", pmid="4")
    work, names = lookups.filled(mine, theirs)
    assert names == ("volume", "pmid")
    assert (work.title, work.doi, work.authors, work.kind) == ("My title", "10.1000/b", (), "guideline")


def test_the_kind_of_a_work_without_a_title_was_a_guess():
    assert lookups.filled(Record(doi="10.1/x", kind="journal"), Record(title="T", kind="book"))[0].kind == "book"
