import io
import json

import pytest
from django.core.management import CommandError, call_command

LIST = (
    "American Cancer Society (2018, October 17). What Is ALL?\nhttps://www.cancer.org/what-is-all.html"
    "Riverside Clinic. Chemo brain – coping. 4 July 2019. Accessed 12 August 2020. https://riverside.example/brain"
)
KEYS = ["n", "authors", "publisher", "published", "published_as_printed", "title", "container", "volume", "issue"]
KEYS += ["pages", "url", "doi", "pmid", "pmcid", "accessed", "raw", "offset"]


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("split_references", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "list.txt"
        path.write_bytes(data)
        return path

    return write


def test_it_prints_the_entries_as_json(file):
    records = json.loads(run(file(LIST.encode()), "--json")[0])
    assert [list(record) for record in records] == [KEYS, KEYS]
    assert [record["n"] for record in records] == [1, 2]
    assert records[0]["publisher"] == "American Cancer Society"
    assert records[0]["doi"] is None
    assert "".join(record["raw"] for record in records) == LIST


def test_it_prints_a_listing(file):
    listing, _ = run(file(LIST.encode()))
    assert listing.startswith("1. What Is ALL?\n    publisher: American Cancer Society\n    published: 2018-10-17\n")
    assert "2. Chemo brain – coping\n" in listing
    assert "None" not in listing


def test_it_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert len(json.loads(run("-", "--json")[0])) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_it_reads_what_is_certain_in_any_encoding(file, encoding):
    output, note = run(file(LIST.encode(encoding)), "--json")
    assert json.loads(output)[1]["title"] == "Chemo brain – coping"
    assert ("Windows-1252" in note) == (encoding == "cp1252")


def test_offsets_are_characters_of_the_file(file):
    text = LIST.replace("\n", "\r\n")
    for record in json.loads(run(file(text.encode()), "--json")[0]):
        assert text[slice(*record["offset"])] == record["raw"]


def test_a_text_that_is_no_list_gives_an_empty_list(file):
    path = file(b"Leukemia is cancer of the blood.")
    assert json.loads(run(path, "--json")[0]) == []
    assert "no list of references" in run(path)[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"text \0 text", "U\\+0000"),
        (b"a \x81 b", "not valid UTF-8 at byte 2 \\(line 1\\)"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_remedy(file, data, why):
    with pytest.raises(CommandError, match=rf"list\.txt: .*{why}.*(?i:save)"):
        run(file(data))


def test_a_missing_file_is_refused_with_its_name(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.txt: cannot be read \(No such file.*Check the path"):
        run(tmp_path / "nothing.txt")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path)
