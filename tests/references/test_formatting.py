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
    edition: str = ""
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


@pytest.mark.parametrize("edition", ["8", "8th", "8th ed.", "8th edition", "Eighth", "eighth edition"])
def test_an_edition_stands_between_title_and_publisher(edition):
    book = {"kind": "book", "publisher": "Press", "published": "2019-03"}
    assert plain(edition=edition, **book) == "A title. 8th ed. Press; 2019."
    assert plain(edition=edition, container="The Book", pages="12-20", **book) == (
        "A title. In: The Book. 8th ed. Press; 2019:12-20."
    )


@pytest.mark.parametrize(
    ("edition", "printed"),
    [
        *(("2", "2nd ed."), ("3rd", "3rd ed."), ("11", "11th ed."), ("22nd", "22nd ed."), ("112", "112th ed.")),
        *(("Revised", "Revised ed."), ("Rev. ed.", "Rev. ed."), ("2.2024", "Version 2.2024.")),
        *(("Version 3", "Version 3."), ("v2", "v2.")),
    ],
)
def test_other_editions_are_printed_as_they_are_called(edition, printed):
    assert plain(kind="guideline", edition=edition) == f"A title. {printed}"


@pytest.mark.parametrize("edition", ["1", "1st", "1st ed.", "First", "first edition", ""])
def test_a_first_edition_is_not_mentioned(edition):
    assert plain(kind="book", edition=edition) == "A title."


def test_a_data_set_is_printed_with_its_version():
    assert plain(kind="data", edition="2.1", publisher="Dryad", organization="NCI") == (
        "NCI. A title. Version 2.1. Dryad."
    )


def test_a_book_bears_its_year_and_a_report_its_date():
    named = {"organization": "WHO", "publisher": "WHO", "published": "2022-11-03"}
    assert plain(kind="book", **named) == "WHO. A title. WHO; 2022."
    assert plain(kind="report", **named) == "WHO. A title. WHO; November 3, 2022."


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        *(("215-20", "215-220"), ("97–105", "97-105"), ("1298-302", "1298-1302"), ("S3-S13", "S3-S13")),
        *(("e12-8", "e12-8"), ("215-20, 223-4", "215-220, 223-224"), ("20-15", "20-15"), ("1-2-3", "1-2-3")),
    ],
)
def test_the_last_page_is_printed_in_full(pages, printed):
    assert plain(kind="journal", published="2020", volume="7", pages=pages) == f"A title. 2020;7:{printed}."


@pytest.mark.parametrize(
    ("issue", "printed"),
    [("Suppl_1", "suppl 1"), ("Suppl 1", "suppl 1"), ("2 Pt 1", "2 pt 1"), ("Supplement", "suppl"), ("S1", "S1")],
)
def test_a_supplement_is_printed_small(issue, printed):
    assert plain(kind="journal", published="2020", volume="7", issue=issue) == f"A title. 2020;7({printed})."


@pytest.mark.parametrize(
    ("issue", "printed"),
    [("1 January", "(1)"), ("3 March", "(3)"), ("12 Dec.", "(12)"), ("March", "(March)")],
)
def test_the_month_of_an_issue_is_not_printed_beside_its_number(issue, printed):
    assert plain(kind="journal", published="2020", volume="7", issue=issue) == f"A title. 2020;7{printed}."


@pytest.mark.parametrize(
    ("author", "printed"), [("Doe JA 3rd", "Doe JA III"), ("Doe JA 2nd", "Doe JA II"), ("Doe JA Jr", "Doe JA Jr")]
)
def test_a_generation_is_a_roman_numeral(author, printed):
    assert plain(authors=(author, "Roe B")).startswith(f"{printed}, Roe B. ")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("AMERICAN JOURNAL OF SCIENCE", "American Journal of Science"),
        *((name, name) for name in ("PLOS ONE", "JAMA", "J BUON", "BMC Medicine")),
        ("Psychosocial intervention = Intervención psicosocial", "Psychosocial intervention"),
    ],
)
def test_a_journal_is_not_printed_in_capitals_or_twice(name, printed):
    assert plain(kind="journal", container=name, published="2020") == f"A title. {printed}. 2020."


def test_a_volume_is_not_called_one():
    assert plain(kind="journal", published="2020", volume="Vol. II", pages="7") == "A title. 2020;II:7."


def test_a_catalog_s_blank_before_a_colon_is_not_printed():
    assert plain(kind="journal", container="Blood : a journal", published="2020") == "A title. Blood: a journal. 2020."


def test_a_group_stands_apart_from_people():
    assert plain(authors=("Doe A", "Roe B", "Blood Study Group")).startswith("Doe A, Roe B; Blood Study Group. A")
    assert plain(authors=("Blood Study Group", "Doe A", "Roe B")).startswith("Blood Study Group; Doe A, Roe B. A")


def test_a_group_is_not_lost_behind_et_al():
    authors = (*(f"Doe {c}" for c in "ABCDEFG"), "Blood Study Group")
    assert plain(authors=authors).startswith("Doe A, Doe B, Doe C, et al; Blood Study Group. A")


def test_an_organization_beside_people_is_never_lost():
    both = {"authors": ("Doe A",), "organization": "Blood Initiative"}
    assert plain(kind="journal", **both) == "Doe A; Blood Initiative. A title."
    assert plain(kind="report", published="2020", **both) == "Doe A. A title. Blood Initiative; 2020."
    assert plain(kind="report", publisher="Press", published="2020", **both) == (
        "Doe A; Blood Initiative. A title. Press; 2020."
    )
    assert plain(kind="web", **both) == "Doe A. A title. Blood Initiative."
    assert plain(kind="web", container="The Site", **both) == "Doe A; Blood Initiative. A title. The Site."


def test_organizations_among_themselves_are_authors():
    assert plain(authors=("American Cancer Society", "National Cancer Institute")).startswith(
        "American Cancer Society, National Cancer Institute. A"
    )


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
