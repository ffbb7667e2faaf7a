"""One small rule each: what exporters do differently, and what the record says."""

import pytest

from tests.references.records import one

pytestmark = pytest.mark.pure


def ris(*lines: str):
    """The record of these lines; a title is added where none is given."""
    titled = lines if any(line.startswith(("TI", "T1", "BT")) for line in lines) else (*lines, "TI  - On blood")
    kind = () if lines[0].startswith("TY") else ("TY  - JOUR",)
    return one("\n".join([*kind, *titled, "ER  - "]))


def nbib(*lines: str):
    return one("\n".join(["PMID- 123", *lines, "TI  - On blood."]))


def bib(fields: str, kind: str = "article"):
    return one(f"@{kind}{{roe, title = {{On blood}}, {fields}}}")


def csl(fields: str):
    return one(f'[{{"title": "On blood", {fields}}}]')


@pytest.mark.parametrize("line", ["TI  - On blood", "T1  - On blood.", "TI  -  On  blood", "TI - On blood"])
def test_a_title_stands_in_either_tag(line):
    assert ris(line).title == "On blood"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["PY  - 2012"], "2012"),
        (["Y1  - 2024/04/03/"], "2024-04-03"),
        (["DA  - 2018/10//"], "2018-10"),
        (["DA  - 2024///", "PY  - 2024"], "2024"),
        (["PY  - 2020", "DA  - 2020/09/29/"], "2020-09-29"),
        (["DA  - SEP 22", "PY  - 2010"], "2010-09-22"),  # Web of Science
        (["DA  - 2024-02-01", "PY  - 2024"], "2024-02-01"),  # OpenAlex
        (["PY  - 2019", "DA  - 2018/10//"], "2019"),  # two dates that disagree: the year of publication
        (["DA  - 2018/02/31/"], "2018-02"),
        (["PY  - in press"], ""),
        (["PY  - 2021", "Y2  - 2021/02/01", "M4  - Citavi"], "2021-02-01"),
    ],
)
def test_a_date_stands_in_any_of_four_tags(lines, published):
    assert ris(*lines).published == published


def test_the_day_of_access_is_only_that_of_citavi_a_date_of_the_work():
    assert ris("Y2  - 2026/11/01/").accessed == "2026-11-01"
    assert ris("Y2  - 2026/11/01/", "M4  - Citavi").accessed == ""
    assert ris("Y2  - 2017//").accessed == ""


@pytest.mark.parametrize(
    "line",
    [
        "DO  - 10.1000/ABC",
        "DO  - https://dx.doi.org/10.1000/abc",  # Ovid
        "M3  - doi: 10.1000/abc",
        "L3  - 10.1000/abc",  # CINAHL
        "UR  - http://dx.doi.org/10.1000/abc",  # Mendeley
        "DO  - 10.1000/abc     LK  - https://example.org/link?id=doi:10.1000%2Fother",  # Rayyan
    ],
)
def test_a_doi_is_found_wherever_it_stands(line):
    assert ris(line).doi == "10.1000/abc"


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        (["AN  - 31842650", "DB  - PubMed"], "31842650"),
        (["ID  - 31842650", "DB  - Ovid MEDLINE(R)"], "31842650"),
        (["ID  - 889", "DB  - Embase Medline", "AN  - L2030246463"], ""),  # EndNote counts its own records
        (["UR  - https://pubmed.ncbi.nlm.nih.gov/31842650/"], "31842650"),
        (["AN  - 31842650", "DB  - Scopus"], ""),
    ],
)
def test_a_number_is_a_pmid_only_where_it_is_called_one(lines, pmid):
    assert ris(*lines).pmid == pmid


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 97", "EP  - 105"], "97-105"),
        (["SP  - 1279‐1297"], "1279-1297"),  # Cochrane, with a hyphen of its own
        (["SP  - 20", "EP  - 20"], "20"),
        (["PG  - 6528", "SP  - "], "6528"),
        (["C7  - e12292"], "e12292"),
    ],
)
def test_pages_are_a_range_a_page_or_the_number_of_an_article(lines, pages):
    assert ris(*lines).pages == pages


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["AU  - Blomberg, Björn A."], ("Blomberg BA",)),
        (["A1  - Jalil, N.-E."], ("Jalil NE",)),
        (["AU  - de Bree, Remco", "AU  - Sampson, SD"], ("de Bree R", "Sampson SD")),
        (["AU  - Jackson, William E., III"], ("Jackson WE III",)),
        (["AU  - Jackson WE, 3.r.d."], ("Jackson WE 3rd",)),
        (["AU  - Dal-Ré Rafael"], ("Dal-Ré Rafael",)),  # Zotero, in one field: nobody knows which is the surname
        (["AU  - Brownstein C D"], ("Brownstein CD",)),
        (["AU  - Roe, J; Doe, K."], ("Roe J", "Doe K")),
        (["AU  - Roe, J", "AU  - WHO Study Group,"], ("Roe J", "WHO Study Group")),
    ],
)
def test_authors_are_written_as_they_are_printed(lines, authors):
    assert ris(*lines).authors == authors


@pytest.mark.parametrize("name", ["Example Foo,", "American Cancer Society"])
def test_one_organization_alone_is_no_person(name):
    assert (ris(f"AU  - {name}").authors, ris(f"AU  - {name}").organization) == ((), name.rstrip(","))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["TY  - EJOUR"], "journal"),
        (["TY  - CHAP", "T2  - A book"], "book"),
        (["TY  - CONF", "T2  - Blood", "VL  - 7"], "journal"),
        (["TY  - THES"], "report"),
        (["TY  - DATA"], "data"),
        (["TY  - ELEC"], "web"),
        (["TY  - GEN", "UR  - https://example.org/"], "web"),
        (["TY  - JOUR", "M3  - Practice Guideline"], "guideline"),
    ],
)
def test_kinds_are_ours(lines, kind):
    assert ris(*lines).kind == kind


def test_the_first_of_many_addresses_counts_and_no_scrap_of_another_field():
    record = ris("UR  - https://example.org/a&amp;b     U2  - L64", "UR  - https://example.org/c")
    assert record.url == "https://example.org/a&b"
    assert ris("UR  - javascript:alert(1)").url == ""


def test_a_value_goes_on_in_the_next_line_until_a_blank_one():
    assert ris("TI  - On blood", "and marrow", "", "2. ").title == "On blood and marrow"
    assert nbib("JT  - Journal", "      DNA - and more").container == "Journal DNA - and more"


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("R&amp;D of <i>in vitro</i> cells.", "R&D of in vitro cells"),
        ("10<sup>9</sup> cells, CO<sub>2</sub>", "10⁹ cells, CO₂"),
        ("What is ALL?", "What is ALL?"),
        ("Cancer in the U.S.", "Cancer in the U.S."),
        ("p < 0.05 & q > 1", "p < 0.05 & q > 1"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_title_is_plain_words(printed, title):
    assert ris(f"TI  - {printed}").title == title


# -- NBIB ----------------------------------------------------------------------------------------------------------


def test_pubmed_names_its_doi_among_other_identifiers():
    assert nbib("LID - S1769-7212(19)30059-X [pii]", "LID - 10.1000/ABC [doi]").doi == "10.1000/abc"


def test_pubmed_writes_authors_twice_and_groups_apart():
    lines = ["FAU - Roe, Jane A", "AU  - Roe JA", "CN  - WHO Study Group"]
    assert nbib(*lines).authors == ("Roe JA", "WHO Study Group")
    assert nbib("FAU - Roe, Jane A").authors == ("Roe JA",)


def test_a_journal_goes_by_its_abbreviation():
    record = nbib("TA  - Eur J Med Genet", "JT  - European journal", "DP  - 2023 Apr 25", "PT  - Journal Article")
    assert (record.container, record.published, record.kind) == ("Eur J Med Genet", "2023-04-25", "journal")
    assert nbib("PT  - Practice Guideline", "PT  - Journal Article").kind == "guideline"


# -- BibTeX --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("{Stahl, M and Tallman, M. S.}", ("Stahl M", "Tallman MS")),
        ('"Ludwig van Beethoven and Jane A. Roe"', ("van Beethoven L", "Roe JA")),
        ("{Jackson WE, 3rd and Roe, Jr., Jane and others}", ("Jackson WE 3rd", "Roe J Jr", "et al")),
        (r"{G{\"o}del, Kurt and {\v C}ern{\'y}, D}", ("Gödel K", "Černý D")),
        ("{{Trials and Errors Group} and Roe, J}", ("Trials and Errors Group", "Roe J")),
    ],
)
def test_names_are_parted_as_bibtex_parts_them(names, authors):
    assert bib(f"author = {names}").authors == authors


def test_an_organization_in_braces_stays_whole():
    record = bib("author = {{Institute of Sand and Stone, Rome}}", "techreport")
    assert (record.authors, record.organization) == ((), "Institute of Sand and Stone, Rome")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"{{CAR-T} in the {US}}", "CAR-T in the US"),
        (r"{G{\"o}del, Erd{\H o}s, \O{}re, \c{c}a, stra{\ss}e}", "Gödel, Erdős, Øre, ça, straße"),
        (r"{\textit{In vitro} R\&D: 5\,\%}", "In vitro R&D: 5 %"),
        (r"{10$^{9}$ cells of type $\beta$}", "10⁹ cells of type β"),
        (r"{Ages 1--5 ``and'' more---later}", "Ages 1–5 “and” more—later"),
        (r"{R&amp;D~of x}", "R&D of x"),
        (r"{A \nosuchcommand{x}}", r"A \nosuchcommandx"),
        ('"On " # blood', "On red blood"),
    ],
)
def test_latex_and_entities_become_words(written, title):
    assert one(f"@string{{blood = {{red blood}}}}\n@article{{roe, title = {written}}}").title == title


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2018, month = oct", "2018-10"),
        ("year = {2018}, month = {October}, day = 17", "2018-10-17"),
        ('year = {2018}, month = 10 # "~17"', "2018"),
        ("date = {2018-10-17}", "2018-10-17"),
        ("year = {in press}", ""),
    ],
)
def test_bibtex_dates(fields, published):
    assert bib(fields).published == published


@pytest.mark.parametrize(
    ("kind", "ours"),
    [("article", "journal"), ("incollection", "book"), ("phdthesis", "report"), ("online", "web"), ("dataset", "data")],
)
def test_bibtex_kinds_are_ours(kind, ours):
    assert bib("year = 2018", kind).kind == ours


def test_bibtex_addresses_are_taken_by_the_letter():
    record = bib(r"url = {https://example.org/~a\_b--c?d=1\&e}, doi = {10.1000/a\_b}, note = {PMID: 123}")
    assert (record.url, record.doi, record.pmid) == ("https://example.org/~a_b--c?d=1&e", "10.1000/a_b", "123")


# -- CSL-JSON ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", ["%s", "[%s]", '{"items": [%s]}', '{"message": %s}'])
def test_a_list_may_be_wrapped_or_a_single_item(wrapped):
    assert one(wrapped % '{"title": ["On blood"], "volume": 7}').volume == "7"


def test_csl_names_have_parts_or_are_literal():
    names = '"author": [{"family": "Berg", "given": "Jan A.", "non-dropping-particle": "van"}, {"literal": "A Group"}]'
    assert csl(names).authors == ("van Berg JA", "A Group")
    assert csl('"author": [{"literal": "Foo Bar"}]').organization == "Foo Bar"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ('{"date-parts": [[2018, 10, 17]]}', "2018-10-17"),
        ('{"date-parts": [["2018", "10"]]}', "2018-10"),
        ('{"raw": "2018-10"}', "2018-10"),
        ('{"literal": "October 2018"}', "2018-10"),
        ('{"date-parts": [[null]]}', ""),
        ('{"date-parts": {"a": 1}}', ""),
    ],
)
def test_csl_dates(date, published):
    assert csl(f'"issued": {date}').published == published


def test_escapes_of_json_bring_in_nothing_that_no_database_stores():
    record = csl(r'"DOI": "10.1000/a\u0000b", "URL": "https://example.org/\ud800x", "volume": "\u00007"')
    assert (record.doi, record.url, record.volume) == ("10.1000/ab", "https://example.org/x", "7")


@pytest.mark.parametrize("odd", ['"author": "Roe"', '"author": [1, null]', '"URL": {}', '"PMID": true', '"page": []'])
def test_odd_json_does_no_harm(odd):
    assert csl(odd).title == "On blood"
