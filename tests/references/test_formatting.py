from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import formatting


@dataclass(frozen=True)
class Work:
    key: str = "k"
    kind: str = "web"
    authors: tuple[str, ...] = ()
    organization: str = ""
    title: str = "A title"
    container: str = ""
    publisher: str = ""
    published: str = ""
    accessed: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""


def plain(**fields):
    return formatting.ama(Work(**fields), html=False)


def ama(**fields):
    return formatting.ama(Work(**fields))


def test_it_prints_a_web_page():
    page = {"organization": "American Cancer Society", "published": "2018-10-17", "accessed": "2026-11-01"}
    assert plain(title="What Is ALL?", url="https://www.cancer.org/a", **page) == (
        "American Cancer Society. What Is ALL? Published October 17, 2018. "
        "Accessed November 1, 2026. https://www.cancer.org/a"
    )


def test_it_prints_a_journal_article():
    article = {"container": "Surg Today", "published": "2020-09", "volume": "50", "issue": "9", "pages": "947–954"}
    assert ama(kind="journal", authors=("Sasaki K", "Nozawa H"), doi="10.1007/s1", **article) == (
        "Sasaki K, Nozawa H. A title. <i>Surg Today</i>. 2020;50(9):947-954. "
        '<a href="https://doi.org/10.1007/s1">doi:10.1007/s1</a>'
    )


def test_it_prints_a_book():
    book = {"kind": "book", "authors": ("Hoffbrand AV",), "publisher": "Wiley-Blackwell", "published": "2019"}
    assert ama(title="Essential Haematology", **book) == (
        "Hoffbrand AV. <i>Essential Haematology</i>. Wiley-Blackwell; 2019."
    )


def test_it_prints_a_chapter_in_its_book():
    chapter = {"container": "The Book", "publisher": "Press", "published": "2019", "pages": "12–20"}
    assert ama(kind="book", **chapter) == "A title. In: <i>The Book</i>. Press; 2019:12-20."


def test_it_prints_a_report_with_its_full_date():
    report = {"kind": "report", "organization": "WHO", "publisher": "World Health Organization"}
    assert plain(published="2022-11", **report) == "WHO. A title. World Health Organization; November 2022."


def test_a_data_set_is_printed_with_its_repository():
    data = {"kind": "data", "authors": ("Roe J",), "publisher": "Dryad", "published": "2018-10-17"}
    assert (
        plain(**data, doi="10.5061/dryad.1") == "Roe J. A title. Dryad. Published October 17, 2018. doi:10.5061/dryad.1"
    )


def test_a_guideline_in_a_journal_is_printed_as_an_article():
    guideline = {"kind": "guideline", "container": "Blood Adv", "volume": "4", "published": "2020"}
    assert plain(organization="ASH", **guideline) == "ASH. A title. Blood Adv. 2020;4."


def test_a_guideline_of_an_organization_is_printed_as_a_report():
    assert plain(kind="guideline", organization="NICE", published="2020") == "NICE. A title. 2020."


@pytest.mark.parametrize("title", ["Why?", "Stop!", "It is.", "“Why?”", "And so …"])
def test_a_title_that_ends_a_sentence_gets_no_full_stop(title):
    assert plain(title=title) == title


def test_a_publisher_is_not_repeated_after_the_same_author():
    assert plain(organization="NCI", publisher="nci") == "NCI. A title."


def test_a_publisher_stands_first_when_nobody_else_does():
    assert plain(publisher="NCI") == "NCI. A title."
    assert plain(publisher="Wiley", kind="book") == "A title. Wiley."


def test_the_site_follows_the_title():
    assert plain(authors=("Doe J",), publisher="Mayo Clinic") == "Doe J. A title. Mayo Clinic."


def test_six_authors_are_all_named():
    assert plain(authors=tuple(f"Doe {c}" for c in "ABCDEF")).startswith("Doe A, Doe B, Doe C, Doe D, Doe E, Doe F. ")


def test_of_seven_authors_three_are_named():
    assert plain(authors=tuple(f"Doe {c}" for c in "ABCDEFG")).startswith("Doe A, Doe B, Doe C, et al. A")


def test_an_author_list_that_was_cut_stays_cut():
    assert plain(authors=("Doe A", "Doe B", "et al.")).startswith("Doe A, Doe B, et al. A")


def test_a_doi_is_preferred_to_an_address():
    assert plain(doi="10.1000/x", url="https://a.org", accessed="2020") == "A title. doi:10.1000/x"


def test_a_pmid_stands_in_when_there_is_no_address():
    assert ama(pmid="31").endswith('<a href="https://pubmed.ncbi.nlm.nih.gov/31/">PMID: 31</a>')


def test_an_address_and_a_doi_end_without_full_stop():
    assert not plain(url="https://a.org/b").endswith(".")
    assert not plain(doi="10.1000/b").endswith(".")


def test_only_http_becomes_a_link():
    assert ama(url="javascript:alert(1)") == "A title. javascript:alert(1)"
    assert '<a href="http://a.org">' in ama(url="http://a.org")


def test_everything_is_escaped():
    hostile = '<script>"&'
    escaped = "&lt;script&gt;&quot;&amp;"
    assert ama(authors=(hostile,), title=hostile, container=hostile + "x") == f"{escaped}. {escaped}. {escaped}x."


def test_a_doi_is_percent_encoded_in_its_link_only():
    assert ama(doi="10.1/a<b>") == 'A title. <a href="https://doi.org/10.1/a%3Cb%3E">doi:10.1/a&lt;b&gt;</a>'


def test_an_article_without_volume_says_when_it_appeared_online():
    online = {"kind": "journal", "container": "Blood", "published": "2020-10-12"}
    assert plain(**online) == "A title. Blood. Published online October 12, 2020."


def test_an_issue_without_volume_is_kept():
    assert plain(kind="journal", published="2020", issue="3", pages="e5") == "A title. 2020;(3):e5."


@pytest.mark.parametrize(
    ("partial", "printed"),
    [
        ("2018-10-17", "October 17, 2018"),
        ("2022-11", "November 2022"),
        ("2018", "2018"),
        ("", ""),
        ("2020-99", "2020-99"),
    ],
)
def test_a_date_is_printed_as_precisely_as_it_is_known(partial, printed):
    assert formatting.printed_date(partial) == printed


def test_numbers_follow_the_order_of_first_use():
    assert formatting.numbering(["b", "a", "b", "c"]) == {"b": 1, "a": 2, "c": 3}


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [([7, 2, 6, 5], "2,5-7"), ([3, 2], "2,3"), ([1], "1"), ([], ""), ([1, 1, 2, 3, 9, 10], "1-3,9,10")],
)
def test_numbers_are_joined_in_runs(numbers, printed):
    assert formatting.ranges(numbers) == printed


@given(st.text(), st.text(), st.text(), st.sampled_from(["web", "journal", "book", "report", "guideline", "data"]))
def test_no_text_becomes_markup(title, url, container, kind):
    printed = ama(title=title, url=url, container=container, kind=kind)
    for ours in ("<i>", "</i>", "</a>", "<a href="):
        printed = printed.replace(ours, "")
    assert printed.count("<") == 0


@given(st.text(alphabet=" .?!a"))
def test_a_stop_is_never_doubled(title):
    assert ".." not in plain(title=title.replace("..", ""), kind="web")
