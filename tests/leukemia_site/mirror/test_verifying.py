"""Every file that is not as it was written is named, and every link that leads nowhere."""

import pytest

from articles import drafting
from leukemia_site.mirror.refusals import Refused
from tests import cast
from tests.articles.reading.pages import wanda
from tests.leukemia_site.mirror import mirrors

pytestmark = pytest.mark.django_db
PAGE = "acute-example-disease/index.html"


@pytest.fixture
def root(tmp_path):
    cast.published()
    mirrors.export(tmp_path)
    return tmp_path


@pytest.mark.parametrize("ending", ["", ".gz", ".br"])
def test_one_flipped_bit_is_seen(root, ending):
    file = root / "current" / (PAGE + ending)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert mirrors.problems(root) == [f"{PAGE}{ending}: is not as it was written"]


def test_a_missing_file_is_named(root):
    (root / "current" / "robots.txt.gz").unlink()
    assert mirrors.problems(root) == ["robots.txt.gz: is missing"]


def test_a_file_that_is_not_ours_is_named(root):
    (root / "current" / "evil.html").write_text("Buy this.")
    assert mirrors.problems(root) == ["evil.html: is not of this mirror"]


def test_a_link_that_leads_nowhere_is_named_with_its_page(tmp_path):
    words = cast.with_body(cast.words(), "treatment", '<p>Read <a href="/no-such-page/">this</a>.</p>')
    cast.published(drafting.start(words, by=wanda(), at=cast.NOON))
    mirrors.export(tmp_path)
    found = mirrors.problems(tmp_path)
    assert len(found) == 1
    assert found[0].endswith("leads to /no-such-page/, which the mirror does not hold")


def test_an_export_mends_what_was_altered(root):
    (root / "current" / PAGE).write_text("Something else.")
    (root / "current" / "evil.html").write_text("Buy this.")
    mirrors.export(root)
    mirrors.export(root)
    assert mirrors.problems(root) == []


def test_where_there_is_no_mirror_it_says_so(tmp_path):
    with pytest.raises(Refused, match="no mirror"):
        mirrors.problems(tmp_path)
