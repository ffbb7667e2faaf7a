"""A retraction reaches the source that it is about, whichever of the two came first."""

import time

import pytest
from django.core.management import CommandError, call_command

from references import retracting
from references.models import Retraction, Source, SourceChange

pytestmark = pytest.mark.django_db
HEAD = "doi,notice_doi,nature\n"


def load(*rows, **how):
    return retracting.load([HEAD, *(f"{row}\n" for row in rows)], **how)


def paper(doi="10.1000/abc", **more):
    return Source.objects.create(title="Paper", doi=doi, **more)


def kinds():
    return [change.kind for change in SourceChange.objects.order_by("number")]


def test_it_works():
    source = paper()
    load("10.1000/ABC,10.1000/notice,retraction")
    source.refresh_from_db()
    assert (source.health, source.notice, kinds()) == ("retracted", "retraction", ["retracted"])


def test_a_source_that_is_added_later_is_flagged_when_it_is_saved():
    load("10.1000/abc,,retraction")
    assert (paper().health, kinds()) == ("retracted", ["retracted"])


def test_a_doi_that_is_typed_in_later_is_looked_up_and_one_that_is_mended_is_cleared():
    load("10.1000/abc,,retraction")
    source = paper(doi="")
    source.doi = "10.1000/abc"
    source.save()
    assert source.health == "retracted"
    source.doi = "10.1000/abd"
    source.save()
    assert (source.health, kinds()) == ("unknown", ["record", "retracted", "record", "cleared"])


@pytest.mark.parametrize(
    ("nature", "kind"), [("concern", "concern"), ("Expression of concern", "concern"), ("Correction", "correction")]
)
def test_a_concern_or_a_correction_is_a_flag_and_no_retraction(nature, kind):
    source = paper()
    load(f"10.1000/abc,,{nature}")
    source.refresh_from_db()
    assert (source.health, source.notice, kinds()) == ("unknown", kind, [kind])


@pytest.mark.parametrize(
    "printed",
    [
        "10.1002/(SICI)1097-0215(19980330)76:1%3C154::AID-IJC24%3E3.0.CO;2-B",
        "https://doi.org/10.1002/(sici)1097-0215(19980330)76:1%3c154::aid-ijc24%3e3.0.co;2-b",
        "10.1002/(sici)1097-0215(19980330)76:1<154::aid-ijc24>3.0.co;2-b",
    ],
)
def test_dois_meet_in_any_case_and_any_encoding(printed):
    source = paper("10.1002/(SICI)1097-0215(19980330)76:1<154::AID-IJC24>3.0.CO;2-B")
    load(f'"{printed}",Unavailable,retraction')
    source.refresh_from_db()
    assert source.health == "retracted"
    assert Retraction.objects.get().notice_doi == ""


def test_taking_it_in_again_changes_nothing():
    paper()
    rows = ("10.1000/abc,,retraction", "10.1000/def,,concern")
    assert load(*rows).changed == 2
    again = load(*rows)
    assert (again.changed, again.removed, again.flagged, kinds()) == (0, 0, 0, ["retracted"])


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_notices_the_heaviest_counts_in_any_order(order):
    load(*["10.1000/abc,,correction", "10.1000/abc,,retraction", "10.1000/abc,,concern"][::order])
    assert Retraction.objects.get().nature == "retraction"


def test_a_reinstated_paper_is_cleared():
    source = paper()
    load("10.1000/abc,,retraction")
    load("10.1000/abc,,retraction", "10.1000/abc,,Reinstatement")
    source.refresh_from_db()
    assert (source.health, source.next_look_due, source.notice) == ("unknown", None, "")
    assert kinds() == ["retracted", "cleared"]


def test_only_a_whole_list_clears_what_it_does_not_name():
    paper()
    load("10.1000/abc,,retraction")
    assert load("10.1000/def,,retraction").flagged == 0
    assert load("10.1000/def,,retraction", whole=True).flagged == 1


def test_what_is_not_understood_is_counted():
    assert load("no doi,,retraction", "10.1000/abc,,a party", "10.1000/abc", "").skipped == 3


def test_the_columns_of_crossref_are_known():
    head = "Record ID,Title,RetractionDOI,OriginalPaperDOI,RetractionNature\n"
    assert retracting.load([head, '1,"A, b",10.1000/n,10.1000/abc,Retraction\n']).changed == 1


def test_a_file_that_is_no_list_is_refused(tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="no column doi"):
        call_command("load_retractions", str(tmp_path / "list.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_retractions", str(tmp_path / "nothing.csv"))


def test_a_hundred_thousand_dois_take_seconds():
    paper("10.1000/x77777")
    rows = [f"10.1000/X{n},10.1000/n{n},retraction" for n in range(100_000)]
    began = time.process_time()
    assert load(*rows).flagged == 1
    assert time.process_time() - began < 10


def test_the_real_list_is_taken_in(shared_data, capsys):
    path = shared_data / "retractions" / "retraction-watch-dois.csv"
    paper("10.1001/archpediatrics.2012.999")
    call_command("load_retractions", str(path), verbosity=0)
    assert "12908 DOIs named, 12908 new or changed" in capsys.readouterr().out
    assert Source.objects.get().health == "retracted"
