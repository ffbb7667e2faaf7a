"""An address has one file, and no address leads out of the mirror."""

import pytest

from leukemia_site.mirror import places
from leukemia_site.mirror.refusals import Refused

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/a-page/", "a-page/index.html"),
        ("/a-page/editions/2/changes/1/", "a-page/editions/2/changes/1/index.html"),
        ("/a-page/references.ris", "a-page/references.ris"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_an_address_has_its_file(address, file):
    assert places.file_of(address) == file


NO_FILES = ["", "a/", "/../x", "/a/../b/", "//x/", "/a//b/", "/.git/", "/a?b", "/a b/", "/%2e/"]


@pytest.mark.parametrize("address", NO_FILES)
def test_nothing_else_has_one(address):
    with pytest.raises(Refused):
        places.file_of(address)


def test_a_tombstone_stands_beside_the_page():
    assert places.tombstone_of("a/index.html") == "a/410.html"
