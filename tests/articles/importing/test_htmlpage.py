import pytest

from tests.articles.importing import reading

PAGE = reading.page("page.html")


def summary(body, head=""):
    return reading.read(
        f"<html><head>{head}</head><body><h1>Title</h1>{body}</body></html>", "page.html"
    ).content.summary


def test_it_works():
    assert PAGE.content.title == "Burkitt Lymphoma"
    assert PAGE.content.language == "en"
    assert reading.headings(PAGE) == ["Types", "Stages", "Treatment"]


def test_site_furniture_is_left_out_and_reported():
    text = reading.kept(PAGE)
    left = " ".join(rest.text for rest in PAGE.leftovers)
    assert "Privacy policy" in left
    assert "Ten recipes" in left
    assert "Cancers Doctors" in left
    assert all("recipes" not in section.body for section in PAGE.content.sections)
    assert "words of a script" not in text


def test_the_byline_is_read_and_is_no_part_of_the_text():
    assert PAGE.review.reviewer.name == "Teo Vega"
    assert PAGE.review.reviewed_on == "2023-09-01"
    assert "Vega" not in PAGE.content.summary


def test_references_come_with_the_addresses_they_link_to():
    first, second, third = PAGE.content.sources
    assert first.doi.lower() == "10.5555/ejo.2021.20"
    assert second.url == "https://example.org/viruses"
    assert (third.kind, third.authors, third.published) == ("journal", ("Doe R",), "2020")


def test_tables_keep_caption_heads_and_cells():
    body = reading.body(PAGE, "stages")
    assert body.startswith("<table><caption>Stages at a glance</caption><thead><tr><th>Stage</th>")
    assert '<td>One lymph node area<cite data-source="ref-3"></cite></td>' in body


def test_nested_lists_stay_nested():
    assert "<li>Sporadic<ul><li>in children</li><li>in adults</li></ul></li>" in reading.body(PAGE, "types")


def test_links_within_the_old_site_become_whole_where_its_address_is_known():
    assert '<a href="https://northfield.example/trials">our trials</a>' in reading.body(PAGE, "treatment")


def test_links_within_an_unknown_site_are_left_out_and_their_words_kept():
    manuscript = reading.read('<h1>T</h1><p>See <a href="/trials">our trials</a>.</p>', "page.html")
    assert manuscript.content.summary == "<p>See our trials.</p>"
    assert any("1 link within the old site" in note for note in manuscript.notes)


def test_a_picture_leaves_its_description():
    assert any(rest.text == "Drawing of a B cell" for rest in PAGE.leftovers)


def test_tag_soup_of_an_old_page_is_read():
    manuscript = reading.page("old-soup.html")
    assert manuscript.content.title == "Sickle Cell Disease"
    assert reading.headings(manuscript) == ["Symptoms", "Treatment"]
    assert "It’s a capsule" in reading.body(manuscript, "treatment")
    assert len(manuscript.content.sources) == 2


def test_the_browser_title_serves_where_the_page_has_no_heading():
    manuscript = reading.read("<title>Anemia | Example Clinic</title><p>Anemia is common.</p>", "page.html")
    assert manuscript.content.title == "Anemia"
    assert any("its title is the browser title" in note for note in manuscript.notes)


def test_the_declared_language_counts():
    assert reading.page("leucemia-aguda.html").content.language == "es"


def test_entities_are_characters():
    assert summary("<p>5&nbsp;mg &lt; 1&#8239;g &amp; &eacute;&#146;</p>") == "<p>5\xa0mg &lt; 1\u202fg &amp; é’</p>"


def test_an_empty_raised_tag_does_not_join_two_words():
    assert summary("<p>the<sup> &nbsp;</sup>genes</p>") in ("<p>the \xa0genes</p>", "<p>the\xa0genes</p>")


def test_heading_levels_begin_at_two_wherever_the_page_began():
    page = "<h1>T</h1><p>Lead.</p><h3>One</h3><p>A.</p><h5>Below</h5><p>B.</p><h3>Two</h3><p>C.</p>"
    manuscript = reading.read(page, "page.html")
    assert reading.headings(manuscript) == ["One", "Two"]
    assert reading.body(manuscript, "one") == "<p>A.</p><h3>Below</h3><p>B.</p>"


def test_a_page_without_headings_gets_proposals():
    page = "<h1>Leukemia</h1><p>Leukemia is a cancer.</p><p>Symptoms include fever and fatigue.</p>"
    manuscript = reading.read(page, "page.html")
    assert reading.headings(manuscript) == ["Symptoms of leukemia"]
    assert manuscript.proposed_headings == {"symptoms"}


def test_text_outside_the_main_element_is_the_site_s():
    page = "<body><div>Call 555</div><main><h1>T</h1><p>A long text about the disease.</p></main><p>After</p></body>"
    manuscript = reading.read(page, "page.html")
    assert [rest.text for rest in manuscript.leftovers] == ["Call 555", "After"]


def test_a_page_inside_one_form_is_read():
    page = f"<form id=aspnet><h1>T</h1><h2>Causes</h2><p>{'Nobody knows. ' * 9}</p><select><option>x</select></form>"
    assert reading.headings(reading.read(page, "page.html")) == ["Causes"]


def test_folded_parts_have_headings():
    page = (
        "<h1>T</h1><p>Lead.</p><h2>Treatment</h2><button aria-expanded>Watchful waiting</button><div>Wait.</div>"
        "<details><summary>Other ways</summary><p>Ask.</p></details><h2><button>Outlook</button></h2><p>Good.</p>"
        "<button>Print</button>"
    )
    manuscript = reading.read(page, "page.html")
    assert reading.headings(manuscript) == ["Treatment", "Outlook"]
    assert (
        reading.body(manuscript, "treatment") == "<h3>Watchful waiting</h3><p>Wait.</p><h3>Other ways</h3><p>Ask.</p>"
    )
    assert [rest.text for rest in manuscript.leftovers] == ["Print"]


@pytest.mark.parametrize(
    "listed",
    [
        "<p class=MsoNormal><span>·</span>&nbsp;&nbsp;Fever<o:p></o:p></p><p>·&nbsp; Chills</p>",
        "<p>• Fever<br>• Chills</p>",
        "<div>●Fever</div><div>●Chills</div>",
    ],
)
def test_printed_bullets_become_a_list(listed):
    manuscript = reading.read(f"<h1>T</h1><p>Lead.</p><h2>Symptoms</h2>{listed}", "page.html")
    assert reading.body(manuscript, "symptoms") == "<ul><li>Fever</li><li>Chills</li></ul>"


def test_marks_of_a_word_processor_do_not_break_a_sentence():
    assert summary("<p>Clinics in <st1:place>Springfield</st1:place> are open.</p>") == (
        "<p>Clinics in Springfield are open.</p>"
    )


def test_html_is_known_by_its_content_where_the_name_says_nothing():
    assert reading.read("<!DOCTYPE html><h1>T</h1><p>Words.</p>", "page").content.title == "T"
