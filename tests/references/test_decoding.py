import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.reading import decoding
from references.reading.decoding import Undecodable


def test_utf_8_is_read_as_it_is():
    assert decoding.decode("Ménière’s – 5 µg".encode(), "a.txt") == "Ménière’s – 5 µg"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_not_text(encoding):
    assert decoding.decode("Ösophagus".encode(encoding), "a.txt") == "Ösophagus"


def test_utf_16_big_endian_with_a_mark_is_read():
    assert decoding.decode(codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "a.txt") == "é"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_every_line_end_becomes_a_line_feed(end):
    assert decoding.decode(f"one{end}two{end}".encode(), "a.txt") == "one\ntwo\n"


def test_examine_keeps_the_line_ends_of_the_file():
    assert decoding.examine(b"one\r\ntwo", "a.txt").text == "one\r\ntwo"


def test_windows_1252_punctuation_is_read_and_said():
    found = decoding.examine("It’s “ALL” – a café’s naïve view…".encode("cp1252"), "a.txt")
    assert found.text == "It’s “ALL” – a café’s naïve view…"
    assert found.encoding == "cp1252"
    assert found.note.startswith("a.txt: not UTF-8; read as Windows-1252 (first at byte 2, line 1)")


@pytest.mark.parametrize(
    "data",
    [
        "it’s a café".encode("mac-roman"),
        "łagodna białaczka ostra".encode("iso8859-2"),
        "лейкоз острый лимфобластный".encode("cp1251"),
        "急性リンパ性白血病".encode("shift-jis"),
        "it’s broken".encode() + b" \xe9",
        b"plain \x81 text",
    ],
)
def test_bytes_that_could_be_something_else_are_refused(data):
    with pytest.raises(Undecodable, match=r"leaflet\.txt.*byte \d+ .*line 1.*UTF-8"):
        decoding.decode(data, "leaflet.txt")


def test_the_refusal_names_byte_and_line():
    with pytest.raises(Undecodable, match=r"byte 16 \(line 3\)"):
        decoding.decode(b"one\r\ntwo\r\nthree \x81", "a.txt")


def test_a_broken_utf_16_file_names_byte_and_line():
    with pytest.raises(Undecodable, match=r"UTF-16-LE at byte 6 \(line 2\)"):
        decoding.decode("\ufeffa\n".encode("utf-16-le") + b"\x00\xd8", "a.txt")


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data):
    with pytest.raises(Undecodable, match=r"a\.txt: the file is empty\. Save"):
        decoding.decode(data, "a.txt")


@pytest.mark.parametrize(("data", "kind"), [(b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04x", "docx"), (b"{\\rtf1 x}", "RTF")])
def test_other_documents_are_named_with_the_remedy(data, kind):
    with pytest.raises(Undecodable, match=f"{kind}.*save it as plain text"):
        decoding.decode(data, "a.txt")


def test_a_nul_is_refused_with_its_place():
    with pytest.raises(Undecodable, match=r"U\+0000 at character 6 \(line 2\)"):
        decoding.decode(b"line 1"[:4] + b"\nx\0 and more text", "a.txt")


def test_noise_of_control_characters_is_not_text():
    with pytest.raises(Undecodable, match="not text"):
        decoding.decode(bytes(range(1, 32)) * 9, "a.bin")


def test_utf_16_without_a_mark_is_refused_with_the_remedy():
    with pytest.raises(Undecodable, match="without a byte order mark"):
        decoding.decode("acute leukemia".encode("utf-16-le"), "a.txt")


def test_utf_32_is_refused_with_the_remedy():
    with pytest.raises(Undecodable, match="UTF-32"):
        decoding.decode(codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "a.txt")


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(Undecodable, match=r"too large \(0\.0 MB; at most"):
        decoding.decode(b"abcdef", "a.txt", limit=5)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_the_named_refusal(data):
    try:
        answer = decoding.decode(data, "a.txt")
    except Undecodable as refusal:
        answer = str(refusal).removeprefix("a.txt: ")
    assert answer
    assert "\r" not in answer
