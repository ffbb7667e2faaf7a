"""Real lists and files (shared, not in the repository): pasted, printed in AMA style, written and read again."""

import json
import re

import pytest

from references import adding, filing, formatting, pasting, writing
from references.models import Source
from references.reading import files, plain, printed
from references.reading.records import Reading

# One journal reference, part by part; the parts are free of what AMA forbids.
NAMES = r"(?:[^.;]+(?:, et al)?(?:; [^.;]+)*\. )?"
PLACE = r"(?:\d{4}(?:;[\w /-]*(?:\([^()]+\))?)?(?::[^:]+?)?|Published online [A-Z][a-z]+ (?:\d{1,2}, )?\d{4})\."
LOCATOR = r"(?: doi:10\.\S+[^.\s]| PMID: \d+| (?:Accessed [A-Z][a-z]+ \d{1,2}, \d{4}\. )?https?://\S+)?"
JOURNAL = re.compile(rf"{NAMES}.+[.?!”] (?:.+\. )?{PLACE}{LOCATOR}")
FAULTS = re.compile(r"\.\.(?!\.)|\?\.|!\.| ,| ;| :(?= )|  |\(\)|;;|Suppl_|undefined|None")


def cited(shared_data):
    for file in sorted((shared_data / "citations").rglob("*.*")):
        if file.suffix != ".md":
            for found in files.read(file.read_bytes(), file.name).found:
                yield found.record


def test_every_item_is_printed_by_the_rules(shared_data):
    lines = [(one, formatting.ama(one, html=False)) for one in cited(shared_data)]
    assert len(lines) > 500
    wrong = [line for one, line in lines if one.kind == "journal" and not JOURNAL.fullmatch(line)]
    wrong += [line for one, line in lines if FAULTS.search(line.replace(one.title, "T").replace(one.url or "\0", ""))]
    assert wrong == []


def test_no_item_names_more_than_six_people(shared_data):
    for one in cited(shared_data):
        byline = formatting.ama(one, html=False).partition(". ")[0]
        people = [name for name in byline.partition(";")[0].split(", ") if name != "et al"]
        assert len(people) <= (3 if "et al" in byline else 6) or not one.authors


def test_a_pasted_list_is_read_as_the_splitter_reads_it(shared_data):
    known = [json.loads((shared_data / "references/seed-references.json").read_text())]
    known += json.loads((shared_data / "references/dev-blocks.json").read_text())
    texts = [block["raw"] for block in known] + [(shared_data / "citations/pubmed-summary.txt").read_text()]
    for text in texts:
        reading = pasting.read(text)
        assert [found.record for found in reading.found] == [printed.record(entry) for entry in plain.split(text)]
        assert reading.problems == ()


def seed(shared_data) -> dict:
    return json.loads((shared_data / "references/seed-references.json").read_text())


def by_hand(reference: dict) -> str:
    """What AMA prints of a page of the seed, put together without our code."""
    months = "January February March April May June July August September October November December".split()
    year, *rest = (reference["published"] or "").split("-")
    day = f" {int(rest[1])}," if len(rest) > 1 else ""
    published = f"Published {months[int(rest[0]) - 1]}{day} {year}. " if rest else ""
    stop = "" if reference["title"].endswith("?") else "."
    return f"{reference['publisher']}. {reference['title']}{stop} {published}{reference['url']}"


@pytest.mark.django_db
def test_the_eight_references_of_the_sample_page_come_in_are_printed_and_come_back_unchanged(shared_data):
    block = seed(shared_data)
    filed = adding.add(pasting.read(block["raw"]))
    sources = [source for _found, source in filed.made]
    assert [formatting.ama(filing.record_of(one), html=False) for one in sources] == [
        by_hand(reference) for reference in block["references"]
    ]
    records = [filing.record_of(source) for source in Source.objects.order_by("pk")]
    again = pasting.read(writing.write(records, "ris"))
    assert [found.record for found in again.found] == records
    assert len(adding.add(Reading("ris", again.found)).known) == len(records) == 8


@pytest.mark.django_db
def test_what_is_printed_in_ama_is_read_back_as_the_same_reference(shared_data):
    records = [found.record for found in pasting.read(seed(shared_data)["raw"]).found]
    text = "\n".join(formatting.ama(one, html=False) for one in records)
    assert [found.record for found in pasting.read(text).found] == records
