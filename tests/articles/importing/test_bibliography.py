import pytest

from tests.articles.importing import reading

BODY = "Anemia\nAnemia is a lack of red cells.\n"
AMA = [
    "Roe J, Doe R. Anemia in adults. Example J Hematol. 2018;5(2):100-110. doi:10.5555/ejh.2018.100",
    "National Example Institute. Iron. Accessed January 9, 2021. https://example.org/iron",
]
RUN_TOGETHER = (
    "Example Cancer Society (2018, October 17). What is anemia?\n"
    "https://example.org/about/what-isExample Cancer Society (2024, January 17). Key statistics for anemia.\n"
    "https://example.org/about/statistics.htmlExample Cancer Society. Treating anemia.\nhttps://example.org/treating\n"
)


@pytest.mark.parametrize(
    "heading", ["References", "REFERENCES", "Sources:", "Works Cited", "## Bibliography", "Referencias"]
)
@pytest.mark.parametrize("mark", ["{n}. ", "[{n}] ", ""])
def test_a_list_under_its_heading_is_read(heading, mark):
    listed = "\n".join(mark.format(n=n) + text for n, text in enumerate(AMA, 1))
    manuscript = reading.read(f"{BODY}\n{heading}\n{listed}\n")
    assert [entry.raw for entry in manuscript.references.entries] == AMA
    assert [entry.number for entry in manuscript.references.entries] == [1, 2]
    assert reading.headings(manuscript) == []


def test_a_list_that_lost_its_heading_and_runs_together_is_read():
    manuscript = reading.read(f"{BODY}{RUN_TOGETHER}Our Anemia Expertise\n\nWe have many doctors.\n")
    assert [source.title for source in manuscript.content.sources] == [
        "What is anemia?",
        "Key statistics for anemia",
        "Treating anemia",
    ]
    assert (manuscript.references.first_line, manuscript.references.last_line) == (3, 6)
    assert reading.headings(manuscript) == ["Our Anemia Expertise"]


def test_a_source_says_what_is_printed_and_no_more():
    listed = "\n".join(AMA)
    journal, web = reading.read(f"{BODY}\nReferences\n{listed}\n").content.sources
    assert (journal.kind, journal.authors, journal.container) == ("journal", ("Roe J", "Doe R"), "Example J Hematol")
    assert (journal.volume, journal.issue, journal.pages, journal.doi) == ("5", "2", "100-110", "10.5555/ejh.2018.100")
    assert (web.kind, web.organization, web.published, web.accessed) == (
        "web",
        "National Example Institute",
        "",
        "2021-01-09",
    )


def test_apa_names_are_read_one_by_one():
    listed = "Roe, J. T., Doe, R., & Poe, E. (2022). First treatment. Journal of Examples, 33(4), 210-219."
    (source,) = reading.read(f"{BODY}\nReferences\n{listed}\n").content.sources
    assert source.authors == ("Roe JT", "Doe R", "Poe E")


def test_text_after_the_list_goes_back_to_the_page():
    listed = "\n".join(AMA)
    manuscript = reading.read(f"{BODY}\nReferences\n{listed}\n\nTreatment\n\nIron tablets help most people.\n")
    assert reading.headings(manuscript) == ["Treatment"]
    assert len(manuscript.content.sources) == 2


def test_a_heading_over_prose_is_a_section():
    manuscript = reading.read(f"{BODY}\nSources\n\nThe body gets iron from meat and beans. Ask what is best for you.\n")
    assert manuscript.references.entries == ()
    assert reading.headings(manuscript) == ["Sources"]


def test_a_sentence_with_an_address_is_no_reference():
    manuscript = reading.read(
        f"{BODY}Visit https://example.org for help.\nTo learn more, visit https://example.org/more.\n"
    )
    assert manuscript.content.sources == ()


def test_words_before_the_first_entry_are_kept():
    listed = "\n".join(f"{n}. {text}" for n, text in enumerate(AMA, 1))
    manuscript = reading.read(f"{BODY}\nReferences\nWe leaned on these works:\n{listed}\n")
    assert len(manuscript.content.sources) == 2
    assert "We leaned on these works" in reading.kept(manuscript)


def test_a_page_without_references_has_none():
    manuscript = reading.read(BODY)
    assert manuscript.content.sources == manuscript.uncited == ()
