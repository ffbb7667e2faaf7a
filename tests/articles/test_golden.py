"""What was signed stays signed: texts stored by every release, and the digests under which they were signed."""

import dataclasses
import json

import pytest

from articles.content import Content, digest_of
from tests.articles.test_content import PAGE
from tests.house import ROOT

GOLDEN = ROOT / "tests" / "articles" / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_stored_text_has_the_digest_that_was_signed(path):
    """If this fails, every signature on texts of that schema is void. Mend the code, never the file."""
    golden = json.loads(path.read_text(encoding="utf-8"))
    assert digest_of(golden["stored"]) == golden["digest"]
    assert Content.from_json(golden["stored"]).to_json() == golden["stored"]
    assert Content.from_json(golden["stored"]).full_hash == golden["full_hash"]


def test_every_schema_has_golden_files():
    assert {path.stem.split("-")[0] for path in GOLDEN.glob("*.json")} == {"schema1"}


def test_a_field_added_later_and_empty_leaves_digests_alone():
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Later(Content):
        glance: str = ""
        callouts: tuple[str, ...] = ()

    values = {field.name: getattr(PAGE, field.name) for field in dataclasses.fields(PAGE)}
    later = Later(**values)
    assert later.to_json() == PAGE.to_json()
    assert later.digest == PAGE.digest
