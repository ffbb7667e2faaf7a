"""A story as a value: what is stored is what was told, and the hash knows every other word."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.told import Told

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TOLD = st.builds(Told, title=TEXTS, name=TEXTS, body=TEXTS, language=TEXTS)


@given(TOLD)
def test_what_is_stored_reads_back(told):
    assert Told.from_json(told.to_json()) == told


@given(TOLD, TOLD)
def test_other_words_have_another_hash(one, other):
    assert (one.hash == other.hash) is (one == other)


def test_the_stored_form_is_fixed():
    told = Told(title="A", name="Maria", body="<p>é</p>")
    assert told.to_json() == '{"body":"<p>é</p>","language":"en","name":"Maria","schema":1,"title":"A"}'
    assert told.hash == "900d728f8f16d76957f5b16bced32c935aec72f7aa80acdbdceac76db812eb6b"


@pytest.mark.parametrize("schema", [None, 2])
def test_a_schema_of_another_release_is_refused(schema):
    with pytest.raises(ValueError, match="schema"):
        Told.from_json(json.dumps({"title": "A", "name": "B", "body": "C", "language": "en", "schema": schema}))
