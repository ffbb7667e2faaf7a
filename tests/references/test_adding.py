"""A whole file of works: new ones are made, known ones named, all or nothing."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from references import adding, filing
from references.models import Source
from references.reading.records import Found, Problem, Reading, Record

pytestmark = pytest.mark.django_db


def reading(*records: Record) -> Reading:
    return Reading("ris", tuple(Found(line, record) for line, record in enumerate(records, 1)), (Problem(9, "Bad."),))


def test_it_works():
    filed = adding.add(
        reading(Record(kind="data", authors=("Roe J", "Doe K"), title="On blood", accessed="2026-11-01"))
    )
    source = Source.objects.get()
    assert (source.authors, source.kind, str(source.accessed)) == ("Roe J\nDoe K", "data", "2026-11-01")
    assert [(found.line, made) for found, made in filed.made] == [(1, source)]
    assert (filed.known, filed.problems) == ((), (Problem(9, "Bad."),))


@pytest.mark.parametrize(
    ("there", "same"),
    [
        ({"doi": "10.1000/abc"}, {"doi": "10.1000/abc"}),
        ({"pmid": "123"}, {"pmid": "123"}),
        ({"url": "https://Example.org/a/"}, {"url": "https://example.org/a?utm_source=x"}),
        ({"title": "ÉCOLE and Blood"}, {"title": "ÉCOLE and blood"}),
        ({"title": "A", "published": "2001", "doi": "10.1000/x"}, {"title": "a", "published": "2001"}),
    ],
)
def test_a_work_that_is_there_is_named_and_not_made_twice(there, same):
    source = filing.file(**{"title": "One title", **there})
    filed = adding.add(reading(Record(**{"title": "Another title", **same})))
    assert (filed.made, [(found.line, known) for found, known in filed.known]) == ((), [(1, source)])
    assert Source.objects.get().title == source.title


def test_the_second_of_two_equal_records_is_known():
    filed = adding.add(reading(Record(title="x", doi="10.1000/a"), Record(title="y", doi="10.1000/a")))
    assert [found.line for found, _source in filed.known] == [2]
    assert filed.known[0][1] == Source.objects.get()


def test_an_address_that_two_works_give_tells_them_not_apart():
    search = "https://example.org/search"
    adding.add(reading(*(Record(title=n, doi=f"10.1000/{n}", url=search) for n in "ab")))
    assert list(Source.objects.values_list("title", "url")) == [("a", search), ("b", "")]


def test_all_are_filed_or_none(monkeypatch):
    def refuse(**_fields):
        raise RuntimeError

    monkeypatch.setattr(Source.objects, "bulk_create", lambda *_a, **_k: (_ for _ in ()).throw(IntegrityError))
    monkeypatch.setattr(filing, "file", refuse)
    with pytest.raises(RuntimeError):
        adding.add(reading(Record(title="x")))
    assert not Source.objects.exists()


def test_what_somebody_filed_meanwhile_is_found(monkeypatch):
    monkeypatch.setattr(Source.objects, "bulk_create", lambda *_a, **_k: (_ for _ in ()).throw(IntegrityError))
    filed = adding.add(reading(Record(title="x", doi="10.1000/a")))
    assert [source for _found, source in filed.made] == [Source.objects.get()]


def test_a_plan_writes_nothing():
    filed = adding.plan(reading(Record(title="x")))
    assert filed.made[0][1].title == "x"
    assert not Source.objects.exists()


def test_many_works_take_few_questions():
    with CaptureQueriesContext(connection) as asked:
        adding.add(reading(*(Record(title=f"Work {n}", doi=f"10.1000/{n}", pmid=f"{n + 1}") for n in range(400))))
    assert Source.objects.count() == 400
    assert len(asked) < 24
