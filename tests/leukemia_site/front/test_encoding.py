"""One body in several encodings: by what the visitor likes, each with a name of its own."""

import gzip
import hashlib
import random

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukemia_site.front import encoding

WORDS = b"A rare disease of the blood. " * 20
ALL = ("br", "gzip", "")


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", ("",)),
        ("gzip, deflate, br", ALL),
        ("gzip", ("gzip", "")),
        ("x-gzip", ("gzip", "")),
        ("GZIP;q=1.0", ("gzip", "")),
        ("br;q=0.2, gzip;q=0.8", ("gzip", "br", "")),
        ("gzip;q=0", ("",)),
        ("*", ALL),
        ("*;q=0", ("",)),
        ("br, *;q=0", ("br", "")),
        ("identity;q=1, *;q=0.5", ("", "br", "gzip")),
        ("identity;q=0, gzip", ("gzip", "")),  # in vain where it does not get shorter
        ("gzip;q=nonsense, br;q=2", ("",)),
        (" , ;q=1,, zstd", ("",)),
    ],
)
def test_what_a_visitor_likes_comes_first(accepted, wanted):
    assert encoding.wanted(accepted) == wanted


@given(st.text("gzipbr*identy;q=.01, ", max_size=60))
def test_whatever_is_accepted_there_is_an_answer(accepted):
    assert set(encoding.wanted(accepted)) <= set(ALL)
    assert "" in encoding.wanted(accepted)
    best, kept = encoding.best(WORDS, accepted), encoding.forms(WORDS)[encoding.wanted(accepted)[0]]
    assert (best.coding, best.body, best.etag, best.length) == (kept.coding, kept.body, kept.etag, kept.length)


def test_every_encoding_unpacks_to_the_same_words():
    forms = encoding.forms(WORDS)
    assert gzip.decompress(forms["gzip"].body) == brotli.decompress(forms["br"].body) == forms[""].body == WORDS


def test_what_is_packed_in_no_way_takes_no_room_beside_what_is():
    forms = encoding.forms(WORDS)
    assert forms[""].kept is forms["gzip"].kept
    assert forms[""].length == len(forms[""].body)
    assert encoding.forms(b"short")[""].is_whole


def test_every_encoding_has_a_strong_name_of_its_own():
    etags = [form.etag for form in encoding.forms(WORDS).values()]
    assert len({*etags}) == len(etags) == 3
    assert all(etag.startswith('"') for etag in etags)
    assert not {*etags} & {form.etag for form in encoding.forms(WORDS + b".").values()}


def test_a_page_is_packed_without_looking_farther_back_than_it_is_long():
    page = encoding.form(WORDS * 100, "br")
    assert page.body[0] & 1 == 0  # RFC 7932, 9.1: a window of 64 kB, which takes a tenth of the time


def test_a_long_list_is_packed_with_all_of_it_in_sight():
    once = random.Random(7).randbytes(80_000)
    assert len(encoding.form(once + once, "br").body) < 1.1 * len(once)


def test_the_same_words_are_packed_alike_at_any_time():
    assert encoding.forms(WORDS) == encoding.forms(bytes(bytearray(WORDS)))
    assert encoding.forms(WORDS)["gzip"].body[4:8] == bytes(4)  # where gzip would write the time


@pytest.mark.parametrize("body", [b"", b"short", hashlib.shake_256(b"seed").digest(600)])
def test_what_gains_nothing_is_not_packed(body):
    assert list(encoding.forms(body)) == [""]
    assert encoding.best(body, "br, gzip").body == body


@pytest.mark.parametrize("known", ['"a"', 'W/"a"', '"b", "a"', '"b",W/"a" , "c"', "*", " * "])
def test_who_has_it_already_is_told_so(known):
    assert encoding.has_it(known, '"a"')


@pytest.mark.parametrize("known", ["", '"b"', "a", '"a-gz"', '"a', '"b", *', "garbage, more", ',,"'])
def test_who_has_something_else_gets_it(known):
    assert not encoding.has_it(known, '"a"')


def test_however_long_a_body_is_what_it_repeats_is_packed_once():
    once = random.Random(1).randbytes(150_000)
    packed = encoding.forms(once + once)["br"].body
    assert brotli.decompress(packed) == once + once
    assert len(packed) < len(once) * 1.01
