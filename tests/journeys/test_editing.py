"""A writer at the article form, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Section
from references.models import Source
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> Article:
    return cast.draft()


@pytest.fixture
def writer(page: Page, live_server, article) -> Page:
    """Wanda has signed in and opened the form."""
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 1)
    return page


def signed_in(page: Page, live_server) -> None:
    cookie = desk.client().cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def editable(page: Page, number: int):
    """The text of a section, ready to be written in."""
    text = page.locator(f"#sections-{number} .cke_wysiwyg_div")
    expect(text).to_be_visible()
    return text


def save(page: Page) -> None:
    with page.expect_navigation():  # the text is kept first; an older message is no answer
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def headings() -> list[str]:
    return list(Section.objects.order_by("position").values_list("heading", flat=True))


def test_text_typed_into_the_editor_is_saved_and_comes_back(writer, article):
    editable(writer, 1).click()
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Take it with water.")
    save(writer)
    assert article.sections.get(anchor="treatment").body == "<p>The usual dose is 5 mg. Take it with water.</p>"
    expect(editable(writer, 1)).to_contain_text("Take it with water.")


def test_a_source_is_cited_by_keyboard_alone(writer, article):
    Source.objects.create(title="Facts and figures", organization="Example Press", published="2023")
    editable(writer, 1).focus()
    writer.keyboard.press("Control+End")
    writer.keyboard.press("Control+Shift+C")
    expect(writer.get_by_label("Search, or paste")).to_be_focused()
    writer.keyboard.type("figures")
    expect(writer.get_by_role("status").filter(has_text="1 found.")).to_be_visible()
    writer.keyboard.press("ArrowDown")
    expect(writer.get_by_role("checkbox", name="Facts and figures")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(editable(writer, 1)).to_contain_text("5 mg.[Example Press 2023]")
    writer.keyboard.type(" More words.")
    save(writer)
    key = Source.objects.get(title="Facts and figures").key
    mark = f'<cite data-source="{key}"></cite>'
    assert article.sections.get(anchor="treatment").body == f"<p>The usual dose is 5 mg.{mark} More words.</p>"
    expect(editable(writer, 1).locator("cite")).to_have_text("[Example Press 2023]")


def test_citing_replaces_no_words_that_are_selected(writer, article):
    editable(writer, 1).focus()
    writer.keyboard.press("Control+A")
    cite(writer)
    expect(editable(writer, 1)).to_have_text("The usual dose is 5 mg.[Example Society 2024]")


def cite(page: Page, locator: str = "") -> None:
    """Cite the first source that is offered."""
    page.keyboard.press("Control+Shift+C")
    page.get_by_role("dialog").get_by_role("checkbox").first.check()
    page.get_by_label("Page or section").fill(locator)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_citation_is_edited_by_double_click(writer, article):
    editable(writer, 0).locator("cite").dblclick()
    expect(writer.get_by_role("button", name="Change the citation")).to_be_visible()
    writer.get_by_label("Page or section").fill("p 4")
    writer.keyboard.press("Enter")
    save(writer)
    assert [c.locator for c in article.citations.all()] == ["p 4"]


def test_a_citation_is_removed_as_one_unit_and_comes_back_by_undo(writer, article):
    text = editable(writer, 0)
    text.focus()
    for keys in (["Control+End", "Backspace"], ["Control+End", "ArrowLeft", "Delete"]):
        for key in keys:
            writer.keyboard.press(key)
        expect(text).to_have_text("It begins in the marrow.")
        writer.keyboard.press("Control+Z")
        expect(text.locator("cite")).to_have_text("[Example Society 2024]")


def test_the_caret_steps_over_a_citation_and_nothing_typed_is_lost(writer, article):
    text = editable(writer, 0)
    text.focus()
    for key in ("Control+End", "ArrowLeft", "A", "ArrowRight", "B", "Enter", "C", "ArrowLeft", "Backspace", "D"):
        writer.keyboard.press(key)
    expect(text).to_have_text("It begins in the marrow.A[Example Society 2024]BDC")
    writer.keyboard.press("Shift+ArrowLeft")
    writer.keyboard.press("Shift+ArrowLeft")
    writer.keyboard.press("Shift+ArrowLeft")
    writer.keyboard.type("EF")
    writer.wait_for_timeout(400)  # CKEditor's own timer stumbles when a text is left at once after typing over a mark
    save(writer)
    assert article.sections.first().body == "<p>It begins in the marrow.AEFC</p>"


def test_nothing_typed_after_a_click_on_a_citation_or_a_paste_is_lost(writer, article):
    text, other = editable(writer, 0), editable(writer, 1)
    text.locator("cite").click()
    writer.keyboard.press("Shift+C")
    writer.keyboard.type("licked.")
    text.locator("cite").click()
    for key in ("Shift+Home", "Control+C"):
        writer.keyboard.press(key)
    other.focus()
    for key in ("Control+End", "Control+V"):
        writer.keyboard.press(key)
    expect(other).to_contain_text("It begins in the marrow.")  # the editor pastes a moment later
    writer.keyboard.type(" Pasted.")
    save(writer)
    first, second = (section.body.replace("\xa0", " ") for section in article.sections.all()[:2])
    mark = f'<cite data-source="{Source.objects.get().key}"></cite>'
    assert first == f"<p>It begins in the marrow.{mark}Clicked.</p>"
    assert second == f"<p>The usual dose is 5 mg.It begins in the marrow.{mark} Pasted.</p>"


def test_a_new_source_is_made_without_losing_the_text(writer, article):
    editable(writer, 1).focus()
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Unsaved words.")
    writer.keyboard.press("Control+Shift+C")
    dialog = writer.get_by_role("dialog")
    dialog.get_by_role("button", name="New source").click()
    dialog.get_by_label("Title:").fill("Fresh facts")
    dialog.get_by_label("Published:").fill("17.1.2024")
    writer.keyboard.press("Enter")
    expect(dialog.get_by_text("Please correct what is marked.")).to_be_visible()  # the answer is there
    expect(dialog.get_by_label("Published:")).to_be_focused()
    expect(dialog.get_by_label("Title:")).to_have_value("Fresh facts")
    dialog.get_by_label("Published:").fill("2024-01-17")
    writer.keyboard.press("Enter")
    expect(writer.get_by_role("checkbox", name="Fresh facts")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(editable(writer, 1)).to_contain_text("Unsaved words.[Fresh facts 2024]")


def test_escape_gives_the_caret_back(writer):
    editable(writer, 1).focus()
    writer.keyboard.press("Control+End")
    writer.keyboard.press("Control+Shift+C")
    expect(writer.get_by_role("dialog")).to_be_visible()
    writer.keyboard.press("Escape")
    expect(writer.get_by_role("dialog")).to_be_hidden()
    writer.keyboard.type(" Here.")
    expect(editable(writer, 1)).to_have_text("The usual dose is 5 mg. Here.")


def test_a_section_moves_by_keyboard_and_says_so(writer, article):
    writer.get_by_role("button", name="Move up: Treatment").focus()
    writer.keyboard.press("Enter")
    expect(writer.get_by_role("status").filter(has_text="“Treatment” moved to position 1 of 3.")).to_be_visible()
    expect(writer.get_by_role("button", name="Move up: Treatment")).to_be_focused()
    save(writer)
    assert headings() == ["Treatment", "What it is", "Our program"]


def test_a_new_section_moves_and_keeps_its_text(writer, article):
    writer.get_by_role("button", name="Add section").click()
    writer.keyboard.type("Side effects")
    editable(writer, 3).click()
    writer.keyboard.type("Ask your nurse.")
    writer.get_by_role("button", name="Move up: Side effects").click()
    save(writer)
    assert headings() == ["What it is", "Treatment", "Side effects", "Our program"]
    assert article.sections.get(heading="Side effects").body == "<p>Ask your nurse.</p>"


def test_a_section_is_deleted_only_when_saved_and_can_be_kept(writer, article):
    writer.get_by_role("button", name="Delete: Treatment").click()
    expect(writer.get_by_role("button", name="Undo delete: Treatment")).to_be_focused()
    writer.keyboard.press("Enter")
    writer.get_by_role("button", name="Delete: Our program").click()
    save(writer)
    assert headings() == ["What it is", "Treatment"]


def test_a_new_section_can_be_deleted_again(writer, article):
    writer.get_by_role("button", name="Add section").click()
    writer.keyboard.type("A mistake")
    writer.get_by_role("button", name="Delete: A mistake").click()
    save(writer)
    assert headings() == ["What it is", "Treatment", "Our program"]


def test_an_empty_new_section_is_no_error(writer, article):
    writer.get_by_role("button", name="Add section").click()
    save(writer)
    assert len(headings()) == 3


def test_rewriting_a_proposed_heading_confirms_it(page, live_server, article):
    Section.objects.filter(article=article).update(heading_proposed=True)
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    page.locator("#id_sections-0-heading").fill("What this disease is")
    expect(page.locator("#id_sections-0-heading_confirmed")).to_be_checked()
    page.locator("#id_sections-1-heading_confirmed").check()
    save(page)
    assert list(article.sections.values_list("heading_proposed", flat=True)) == [False, False, True]


def test_leaving_with_unsaved_text_asks_first(writer, live_server):
    asked = []
    writer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editable(writer, 1).click()
    writer.keyboard.type("x")
    writer.goto(f"{live_server.url}/admin/")
    assert asked == ["beforeunload"]


def test_leaving_without_a_change_does_not_ask(writer, live_server):
    asked = []
    writer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editable(writer, 1).click()
    writer.goto(f"{live_server.url}/admin/")
    assert asked == []


def test_a_stale_save_keeps_the_text_in_the_editor(writer, article):
    editable(writer, 1).click()
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Wanda's words.")
    cast.edited(article, "6 mg", by="edith")
    writer.get_by_role("button", name="Save and continue editing").click()
    expect(writer.get_by_text("Someone else saved this article")).to_be_visible()
    expect(editable(writer, 1)).to_contain_text("5 mg. Wanda's words.")
    writer.get_by_label("I have read this. Save my text in its place.").check()
    save(writer)
    assert "5 mg. Wanda's words." in article.sections.get(anchor="treatment").body


# What a manuscript may hold, in the spelling of the gate.
BODIES = (
    "<p>10<sup>2</sup> and H<sub>2</sub>O, <strong>bold</strong> and <em>slanted</em>.</p>",
    "<ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul><ol><li>First</li></ol>",
    '<h3>Doses</h3><table><caption>Doses</caption><thead><tr><th scope="col">Drug</th><th scope="col">mg</th></tr>'
    "</thead>"
    '<tbody><tr><td>A</td><td rowspan="2">1.5</td></tr><tr><td>B</td></tr></tbody></table>',
    '<p>See <a href="https://example.org/a?b=1&amp;c=2">a</a>, <a href="/other/">b</a>, <a href="tel:911">x</a></p>',
    "<p>First line<br>second line</p><h4>Small</h4><p>“Quotes” – 5 &lt; 6 &amp; 7 µg/m²</p>",
    "<ul><li><p>A paragraph</p><p>in an item</p></li></ul><p>Text</p>",
)


def test_opening_and_saving_in_the_editor_changes_no_word(page, live_server, article):
    for number, body in enumerate(BODIES, start=10):
        Section.objects.create(article=article, position=number, heading=f"H{number}", body=body)
    assert [s.body for s in article.sections.all()[3:]] == list(BODIES)
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 8)
    save(page)
    assert [s.body for s in article.sections.all()[3:]] == list(BODIES)


PAYLOADS = (
    "<img src=x onerror='hacked()'>",
    "<style></style foo><img src=x onerror='hacked()'>",
    "<style></style/><img src=x onerror='hacked()'>",
    "<svg onload='hacked()'></svg>",
    "<script>hacked()</script>",
    "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>",
    "<p><![CDATA[><img src=x onerror='hacked()'>]]></p>",
    "<math><mtext><style><img src=x onerror='hacked()'></style></mtext></math>",
    "<div onmouseover='hacked()' style='position:fixed;inset:0'>x</div>",
    "<cite data-source='abc' onclick='hacked()' onmouseover='hacked()'>[x]</cite>",
)


def test_nothing_that_gets_into_the_editor_runs(writer):
    editable(writer, 1)
    writer.evaluate("() => { window.hacked = () => (window.ran = true); }")
    for deed in ("setData", "insertHtml"):
        for payload in PAYLOADS:
            editor = "CKEDITOR.instances['id_sections-1-body']"
            writer.evaluate(f"(html) => {editor}.{deed}(html)", payload)
            editable(writer, 1).hover()
            assert "hacked" not in writer.evaluate(f"{editor}.getData()"), payload
            writer.wait_for_timeout(50)
            assert not writer.evaluate("window.ran"), f"{deed} ran {payload}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_the_dialog_have_no_accessibility_violation(writer, scheme):
    writer.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    writer.reload()  # colors that are still changing have no contrast to measure
    editable(writer, 1)
    assert axe_violations(writer) == []
    editable(writer, 1).focus()
    writer.keyboard.press("Control+Shift+C")
    dialog = writer.get_by_role("dialog")
    dialog.get_by_role("checkbox").first.check()
    assert axe_violations(writer, within=".cite-dialog") == []
    dialog.get_by_role("button", name="New source").click()
    expect(dialog.get_by_label("Title:")).to_be_focused()
    assert axe_violations(writer, within=".cite-dialog") == []
