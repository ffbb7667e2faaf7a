"""What is no list of references gives no entry: an invented reference is worse than none."""

import pytest

from references.reading import plain

NO_LISTS = {
    "empty": "",
    "white space": " \n\n\t",
    "one word": "References",
    "a year": "2018",
    "an address": "https://www.cancer.org",
    "an organization": "American Cancer Society",
    "a bare DOI": "10.1000/abc",
    "prose": "Leukemia is cancer of the blood.\n\nIn 2020, 60,530 were diagnosed (American Cancer Society, 2020)."
    "\n\nSee https://www.cancer.org/cancer/leukemia for more. Your doctor will talk with you.",
    "advice": "1. Wash your hands often.\n2. Call your doctor at 100.4 F or more.\n3. Eat with others.",
    "people": "- Maria Alvarez, MD, Chief of Hematology\n- James O'Neil, MD, PhD, Professor\n- Li Wei, MD",
    "glossary": "Acute: quickly getting worse.\nAnemia: few red cells.\nBiopsy: some tissue (2019).",
    "highlights": "Program Highlights:\n- A team of specialists, founded in 2004.\n- 300 transplants in 2019.",
    "help lines": "Where to find help\n- American Cancer Society: 1-800-227-2345, www.cancer.org\n"
    "- Leukemia & Lymphoma Society (www.lls.org), 800-955-4572\n- National Cancer Institute. Call 1-800-4-CANCER.",
    "links": "Related pages\nAcute Leukemia https://www.example.org/all\nChronic Leukemia https://www.example.org/cll",
    "appeal": "Read more about genes at the Genetics Home Reference website at www.ghr.example.",
    "house": "Contact\nExample Hospital. 1500 Main Street, Duarte, CA 91010. https://www.example.org",
    "appointments": "Appointments, 2021\nSmith J, Monday 9:00\nDoe K, Tuesday 10:30",
    "versions": "Version 2.1 (March 2020). Changes: typo fixed. Version 2.2 (May 2020). Changes: new logo.",
    "doses": "Vincristine 1.5 mg/m2 IV day 1, 8, 15, 22 (2018 protocol)\nDexamethasone 10 mg/m2 PO days 1-28",
    "markup": '<li>The <a href="https://ocg.cancer.gov/programs">Genome Initiative</a> studies genomes.</li>',
}


@pytest.mark.parametrize("text", NO_LISTS.values(), ids=NO_LISTS)
def test_no_list_gives_no_entry(text):
    assert plain.split(text) == []


def test_a_list_of_links_counts_under_a_heading_that_says_so():
    links = "Sources\nAcute Leukemia. https://www.example.org/all\nChronic Leukemia. https://www.example.org/cll"
    assert [entry.title for entry in plain.split(links)] == ["Acute Leukemia", "Chronic Leukemia"]


def test_a_reference_after_prose_is_found_without_the_prose():
    text = "These pages helped us.\n\nAmerican Cancer Society (2018). Tests. https://a.org/b"
    assert [entry.publisher for entry in plain.split(text)] == ["American Cancer Society"]
