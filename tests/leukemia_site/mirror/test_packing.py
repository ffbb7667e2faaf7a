"""Text is compressed in two ways, the same bytes each time; pictures and PDFs are not."""

import gzip

import brotli
import pytest

from leukemia_site.mirror import packing

pytestmark = pytest.mark.pure
TEXT = b"Words of a page. " * 99


def test_text_comes_three_times():
    forms = packing.forms(TEXT, "text/html; charset=utf-8")
    assert list(forms) == ["", ".gz", ".br"]
    assert forms[""] == gzip.decompress(forms[".gz"]) == brotli.decompress(forms[".br"]) == TEXT


def test_it_is_the_same_each_time():
    assert packing.forms(TEXT, "text/css") == packing.forms(TEXT, "text/css")


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "font/woff2"])
def test_what_is_compressed_already_comes_once(kind):
    assert packing.forms(TEXT, kind) == {"": TEXT}


@pytest.mark.parametrize("kind", ["image/svg+xml", "application/x-bibtex; charset=utf-8", "application/json"])
def test_all_text_counts(kind):
    assert packing.is_text(kind)
