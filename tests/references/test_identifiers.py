import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import identifiers


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("10.1000/ABC123", "10.1000/abc123"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI: 10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc;", "10.1000/abc"),
        ("https://doi.org/10.1000%2Fabc%28x%29", "10.1000/abc(x)"),
        ("https://doi.org/10.1000/abc?utm_source=x#top", "10.1000/abc"),
        ("(doi: 10.1016/S0140-6736(05)66544-0)", "10.1016/s0140-6736(05)66544-0"),
        ("10.1002/(SICI)1097-0142(19990501)85:9<1947::AID-CNCR9>3.0.CO;2-Q", None),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("a version 10.12/3 of nothing", ""),
        ("10.1000/", ""),
        ("", ""),
    ],
)
def test_a_doi_has_one_form(printed, doi):
    assert identifiers.normalize_doi(printed) == (printed.lower() if doi is None else doi)


def test_a_doi_is_found_as_printed():
    assert identifiers.find_doi("2020;1:2. doi: 10.4149/BLL_2020_066. PMID: 1.") == "10.4149/BLL_2020_066"


def test_no_doi_is_found_where_none_is():
    assert identifiers.find_doi("N Engl J Med 10.1 (2): 3") is None


@pytest.mark.parametrize(
    ("printed", "pmid"),
    [
        ("31468151", "31468151"),
        ("PMID: 31468151.", "31468151"),
        ("pmid:007", "7"),
        ("https://pubmed.ncbi.nlm.nih.gov/16258929/", "16258929"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/16258929", "16258929"),
        ("123456789", ""),
        ("PMCID: PMC6993511", ""),
        ("", ""),
    ],
)
def test_a_pmid_has_one_form(printed, pmid):
    assert identifiers.normalize_pmid(printed) == pmid


@pytest.mark.parametrize(
    ("printed", "pmcid"),
    [
        ("PMCID: PMC6993511.", "PMC6993511"),
        ("pmc6993511", "PMC6993511"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC6993511/", "PMC6993511"),
        ("6993511", ""),
    ],
)
def test_a_pmcid_has_one_form(printed, pmcid):
    assert identifiers.normalize_pmcid(printed) == pmcid


@pytest.mark.parametrize(
    ("one", "form"),
    [
        ("HTTPS://WWW.Cancer.ORG/Types", "https://www.cancer.org/Types"),
        ("https://cancer.org:443/a", "https://cancer.org/a"),
        ("http://cancer.org:80", "http://cancer.org"),
        ("http://cancer.org:8080/a", "http://cancer.org:8080/a"),
        ("https://cancer.org/a#treatment", "https://cancer.org/a"),
        ("https://cancer.org/a/", "https://cancer.org/a"),
        ("https://cancer.org/", "https://cancer.org"),
        ("https://cancer.org/a?utm_source=x&id=7&fbclid=y", "https://cancer.org/a?id=7"),
        ("https://cancer.org/a?b=%2f&c", "https://cancer.org/a?b=%2f&c"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        (" https://cancer.org./a ", "https://cancer.org/a"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("http://[bad", "http://[bad"),
        ("https://a.org:99999/", "https://a.org:99999/"),
        ("", ""),
    ],
)
def test_the_same_page_has_one_address(one, form):
    assert identifiers.normalize_url(one) == form


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://u@WWW.Cancer.org:8/a", "www.cancer.org"), ("cancer.org", ""), ("http://[bad", ""), ("", "")],
)
def test_the_host_is_lower_case_and_bare(url, host):
    assert identifiers.url_host(url) == host


def test_trimming_keeps_a_bracket_that_was_opened():
    assert identifiers.trim_punctuation("https://a.org/x_(y)).") == "https://a.org/x_(y)"


@given(st.text() | st.from_regex(r"https?://[a-z.:0-9@/?=&#%]*"))
def test_one_form_stays_one_form(text):
    for normalize in (identifiers.normalize_url, identifiers.normalize_pmid, identifiers.normalize_pmcid):
        assert normalize(normalize(text)) == normalize(text)


@given(st.from_regex(r"10\.[0-9]{4}/[a-zA-Z0-9%().;/<>:-]{1,20}", fullmatch=True))
def test_a_normal_doi_is_lower_case_and_ends_without_punctuation(text):
    doi = identifiers.normalize_doi(text)
    assert doi == doi.lower()
    assert doi == identifiers.trim_punctuation(doi)
