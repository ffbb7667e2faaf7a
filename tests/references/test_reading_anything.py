"""Whatever a file holds, it is read or refused, and what is read can be stored and written."""

import contextlib
import json
from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from references import writing
from references.reading import files, when
from references.reading.records import Refused
from tests.references.records import read, records

PIECES = st.sampled_from(
    (
        'TY  - JOUR\n|ER  - \n|PMID- 1\n|TI  - x|AU  - |@article{|title = {|}|{|\\|"|,|\n|[{"title":|"x"}|]|and|&#0;'
        "|<sup>|$|2018/10//|DO  - 10.1000/x|\ud7ff|\u0130|1. "
    ).split("|")
)
TAGS = st.sampled_from("title type author issued accessed URL DOI PMID page genre volume".split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TAGS | st.just("date-parts"), inner, max_size=3),
    max_leaves=8,
)


def taken(reading):
    """Every record, written in every format."""
    known = [found.record for found in reading.found]
    for record in known:
        assert record.title == " ".join(record.title.split())
        assert record.title or reading.format == "text"
        assert "\0" not in "".join(map(str, astuple(record)))
        assert when.partial(record.published) == record.published
    for extension in writing.FORMATS:
        writing.write(known, extension).encode()


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(Refused):
        taken(files.read(text.encode("utf-8", "ignore"), "x"))


@given(st.lists(st.dictionaries(TAGS, VALUES), min_size=1, max_size=3))
def test_any_json_is_read(items):
    taken(read(json.dumps(items)))


@given(st.lists(records(), min_size=1, max_size=2), st.sampled_from(list(writing.FORMATS)), st.data())
def test_a_file_that_was_cut_off_anywhere_is_read(known, extension, data):
    text = writing.write(known, extension)
    taken(read(text[: data.draw(st.integers(min_value=1, max_value=len(text)))]))
