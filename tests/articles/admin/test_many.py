"""The screens of work on many articles: choose, fill in, look over, confirm, results, take back, history."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from articles import keeping, roles
from articles.models import BulkRun, Deferral, Published, Review
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
BULK = LIST + "bulk/"
DEFERRAL = {"how": "one", "until": "2028-01-31", "reason": "Guideline due in January."}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is 2 December 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 2, 20, tzinfo=UTC))


def online(*titles):
    return [cast.published(cast.draft(cast.words(title=title))).article for title in titles]


def stan():
    return desk.client("stan", roles.RECORDS_STEWARD)


def content(response):
    return html.fromstring(response.content.decode()).get_element_by_id("content-main")


def text(response):
    return " ".join(" ".join(content(response).itertext()).split())


def rows(response):
    return [" ".join(" ".join(row.itertext()).split()) for row in content(response).xpath(".//tbody/tr")]


def chosen(browser, action, *articles, where=LIST, **more):
    """Tick articles in the list and choose the action."""
    return browser.post(where, {"action": action, "_selected_action": [a.pk for a in articles], **more})


def carried(response):
    found = content(response).xpath(".//form")[0].form_values()
    return {k: v.removeprefix("\n") for k, v in found if k != "csrfmiddlewaretoken"}


def checked(browser, deed, *articles, **fields):
    """As far as the sheet that shows what would happen."""
    numbers = ",".join(str(article.pk) for article in articles)
    sent = {"articles": numbers, "step": "check", **fields}
    return browser.post(f"{BULK}{deed}/", sent, follow=True)


def step(browser, response, name, **fields):
    """Press a button of the form that was shown."""
    form = content(response).xpath(".//form")[0]
    sent = {"confirmed": [], "shown": []}
    for key, value in form.form_values():
        sent.setdefault(key, []).append(value)
    return browser.post(form.action, {**sent, **fields, "step": name}, follow=True)


def test_it_works():
    one, two = online("One", "Two")
    browser = stan()
    form = chosen(browser, "defer_dates", one, two)
    assert "2 articles are chosen." in text(form)
    sheet = browser.post(BULK + "defer/", {**carried(form), **DEFERRAL, "step": "check"}, follow=True)
    assert "Next review due: Nov. 2, 2027 → Jan. 31, 2028" in rows(sheet)[0]
    assert not Deferral.objects.exists()
    result = step(browser, sheet, "do")
    assert "2 done" in text(result)
    assert {str(row.next_due) for row in Published.objects.all()} == {"2028-01-31"}


def test_each_recorded_review_is_ticked_and_shows_edition_reviewer_day_and_evidence():
    [good], [differs] = online("Good"), online("Differs")
    cast.edited(differs)
    browser = stan()
    letter = {"reviewer": cast.reviewer().pk, "on": "2026-12-01", "evidence": "Letter of 1 December"}
    sheet = checked(browser, "record", good, differs, **letter)
    assert rows(sheet)[0].startswith(
        "Confirm “Good” Good 1 (Nov. 2, 2026) Rosa Example, MD Dec. 1, 2026 Letter of 1 December Reviewed on Dec. 1"
    )
    assert "Not possible Differs" in rows(sheet)[1]
    assert "The working text differs" in rows(sheet)[1]
    assert "No row is ticked" in step(browser, sheet, "do").content.decode()
    result = step(browser, sheet, "do", confirmed=["1", "2"])
    assert "1 done 1 refused" in text(result)
    assert Review.objects.get(origin="on_behalf").article == good


def test_lines_and_a_file_name_pages_and_bad_lines_are_told():
    online("First page", "Second page")
    file = SimpleUploadedFile("pages.csv", b"slug,date\nsecond-page,2028-02-29\nfirst-page,31.1.2028\n")
    fields = {"how": "own", "reason": "Plan.", "lines": "first-page,2028-01-31", "file": file}
    sheet = checked(stan(), "defer", **fields)
    assert "Jan. 31, 2028" in rows(sheet)[0]
    assert "Feb. 29, 2028" in rows(sheet)[1]
    assert "Line 4: write the day as 2026-12-31" in rows(sheet)[2]


def test_a_row_with_a_day_of_its_own_shows_that_one():
    online("First page")
    fields = {
        "reviewer": cast.reviewer().pk,
        "on": "2026-12-01",
        "evidence": "Letter",
        "lines": "first-page,2026-11-30",
    }
    [row] = rows(checked(stan(), "record", **fields))
    assert "Rosa Example, MD Nov. 30, 2026 Letter Reviewed on Nov. 30, 2026." in row


def test_what_is_not_filled_in_is_asked_for_and_nothing_is_lost():
    articles = online("One", "Two")
    file = SimpleUploadedFile("pages.csv", b"nowhere\n")
    answer = checked(stan(), "defer", *articles, **DEFERRAL | {"reason": ""}, file=file)
    assert desk.errors(answer) == ["This field is required."]
    kept = carried(answer)
    assert (kept["articles"], kept["lines"]) == (",".join(str(a.pk) for a in articles), "nowhere")
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"how": "spread", "until": "2027-01-04"}, "Over how many weeks?"),
        ({"how": "one"}, "Which day?"),
        ({"how": "own"}, "No line names a day."),
        ({"how": "one", "until": "2027-01-04", "lines": "one,2027-01-05"}, "The lines name days."),
    ],
)
def test_what_does_not_fit_together_is_said(fields, error):
    assert error in text(checked(stan(), "defer", *online("One"), reason="Plan.", **fields))


def test_no_article_at_all_is_said():
    assert "Choose articles" in text(checked(stan(), "defer", **DEFERRAL))


def test_all_that_match_the_filter_are_taken(monkeypatch):
    monkeypatch.setattr("articles.admin.listing.ListsArticles.list_per_page", 1)
    articles = online("One", "Two")
    cast.draft(cast.words(title="Draft"))
    form = chosen(stan(), "defer_dates", articles[0], where=LIST + "?state=online", select_across="1")
    assert "2 articles are chosen." in text(form)
    assert "2 articles are chosen." in text(stan().post(BULK + "defer/", {"query": "state=online"}))


def test_a_row_that_changed_since_it_was_shown_is_refused():
    one, two = online("One", "Two")
    browser = stan()
    sheet = checked(browser, "defer", one, two, **DEFERRAL)
    keeping.set_cadence(one, tier="high", months=None, by=cast.person("stan"), at=timezone.now())
    result = step(browser, sheet, "do")
    assert "It changed after it was shown to you." in rows(result)[0]
    assert [deferral.article for deferral in Deferral.objects.all()] == [two]


def test_one_comes_back_to_the_list_where_the_pages_were_chosen():
    online("One")
    browser, query = stan(), "when=none&tier=standard"
    back = f"{LIST}due/?{query}"
    Published.objects.update(next_due=None)
    form = browser.post(LIST + "due/do/", {"deed": "assign", "query": query, "all": "1"})
    assert "1 article is chosen." in text(form)
    assert content(form).xpath(".//a[.='Cancel']/@href") == [back]
    missing = browser.post(BULK + "defer/", {**carried(form), "step": "check"})
    assert content(missing).xpath(".//a[.='Cancel']/@href") == [back]
    sheet = browser.post(
        BULK + "assign/", {**carried(form), "reviewer": cast.reviewer().pk, "step": "check"}, follow=True
    )
    result = step(browser, sheet, "do")
    assert content(result).xpath(".//a[.='Back to the list']/@href") == [back]


def test_what_is_not_at_its_end_waits_on_the_desk_of_who_began_it():
    [one] = online("One")
    browser = stan()
    sheet = checked(browser, "defer", one, **DEFERRAL)
    where = sheet.request["PATH_INFO"]
    said = {
        row.getparent().text_content().strip()
        for row in content(browser.get("/admin/")).xpath(f".//a[@href='{where}']")
    }
    assert said == {
        "Defer due dates, or bring them forward prepared on Dec. 2, 2026, and not confirmed: nothing was done"
    }
    assert where not in desk.client("paula", roles.PUBLISHER).get("/admin/").content.decode()
    step(browser, sheet, "do")
    assert where not in browser.get("/admin/").content.decode()


def test_where_no_row_can_be_done_none_is_offered():
    [one] = online("One")
    sheet = checked(stan(), "defer", lines="nowhere", **DEFERRAL)
    assert content(sheet).xpath(".//button/text()") == ["Forget this list"]
    sheet = checked(stan(), "defer", one, lines="nowhere", **DEFERRAL)
    assert "Do it for the ticked rows" in content(sheet).xpath(".//button/text()")


def test_sending_the_confirmation_twice_does_it_once():
    browser = stan()
    sheet = checked(browser, "defer", *online("One"), **DEFERRAL)
    step(browser, sheet, "do")
    assert "not waiting to be confirmed" in step(browser, sheet, "do").content.decode()
    assert Deferral.objects.count() == 1


def test_what_was_done_is_taken_back_after_a_question():
    browser = stan()
    result = step(browser, checked(browser, "defer", *online("One"), **DEFERRAL), "do")
    address = result.request["PATH_INFO"]
    assert "Take this back?" in text(browser.get(address + "?undo"))
    assert "1 taken back" in text(browser.post(address, {"step": "undo"}, follow=True))
    assert str(Published.objects.get().next_due) == "2027-11-02"


def test_the_history_lists_who_did_what():
    browser = stan()
    assert "Nothing was done to many articles yet." in text(browser.get(BULK))
    sheet = checked(browser, "defer", *online("One"), **DEFERRAL)
    assert rows(browser.get(BULK)) == [
        "Defer due dates, or bring them forward not confirmed stan Dec. 2, 2026, noon 1 can be done",
    ]
    step(browser, sheet, "do")
    assert rows(browser.get(BULK)) == [
        "Defer due dates, or bring them forward stan Dec. 2, 2026, noon 1 done",
    ]


def test_results_are_a_file_that_computes_nothing():
    browser = stan()
    sheet = checked(browser, "defer", *online("=1+1"), **DEFERRAL, lines="=cmd()")
    lines = b"".join(browser.get(sheet.request["PATH_INFO"] + "results.csv").streaming_content).decode().splitlines()
    assert lines[0] == "\ufeffrow,given,slug,title,result,said"
    assert lines[1].startswith("1,,11,'=1+1,waiting,")
    assert lines[2].startswith("2,'=cmd(),,,refused,")


def test_ticks_are_kept_page_by_page(monkeypatch):
    monkeypatch.setattr("articles.admin.many.sheet.PER_PAGE", 1)
    browser = stan()
    sheet = checked(browser, "defer", *online("One", "Two"), **DEFERRAL)
    second = step(browser, sheet, "keep", confirmed=[])
    assert "Confirm “Two”" in text(second)
    result = step(browser, second, "do")
    assert "1 done 1 left out" in text(result)


@pytest.mark.parametrize("numbers", ["x", "1,-2", "1e3", "9" * 30])
def test_nonsense_in_the_place_of_numbers_is_not_found(numbers):
    assert stan().post(BULK + "defer/", {"articles": numbers}).status_code == 404


def test_another_role_sees_neither_the_run_nor_its_results():
    sheet = checked(stan(), "record", *online("One"), reviewer=cast.reviewer().pk, on="2026-12-01", evidence="Letter")
    address = sheet.request["PATH_INFO"]
    paula = desk.client("paula", roles.PUBLISHER)
    assert [paula.get(address).status_code, paula.get(address + "results.csv").status_code] == [403, 403]
    assert paula.post(BULK + "record/").status_code == 403
