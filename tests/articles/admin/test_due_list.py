"""The list of due dates: every filter, its order, its parts however far back, and what is done with the chosen."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles.admin import due_list
from articles.admin.due_list import Question
from articles.models import Article, Condition, Published, Reviewer
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.pages import day, online
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/due/"


def found(query, person=None):
    pages = Question.of(query).pages(timezone.localdate(), person)
    return [page.title for page in due_list.part(pages).pages if page.title != "Acute example disease"]


def one_of_each():
    """Pages in due order, whose titles say what they are."""
    gone = cast.reviewer("gone")
    Reviewer.objects.filter(pk=gone.pk).update(active=False)
    lapsed = cast.reviewer("lapsed")
    Reviewer.objects.filter(pk=lapsed.pk).update(credentials_until=day(-1))
    example = Condition.objects.create(name="Example", slug="example")
    online(
        {"title": "Overdue", "next_due": day(-3), "due_why": "override", "reviewer": gone},
        {"title": "Today", "next_due": day(0), "due_why": "deferral", "reviewer": lapsed},
        {"title": "Soon", "next_due": day(6), "due_why": "tier", "risk_tier": "high", "reviewer": cast.reviewer()},
        {"title": "Later", "next_due": day(90), "due_why": "event", "event_since": day(-1), "condition_of": example},
        {"title": "Far", "next_due": day(400), "due_why": "tier", "last_reviewed_on": day(-900)},
        {"title": "Never", "next_due": None, "due_why": "", "last_reviewed_on": None},
    )
    return example


def test_each_filter_finds_its_pages():
    example = one_of_each()
    everything = ["Overdue", "Today", "Soon", "Later", "Far", "Never"]
    rosa = cast.reviewer()
    for query, titles in {
        "": everything,
        "when=overdue": everything[:1],
        "when=week": everything[1:3],
        "when=quarter": everything[1:4],
        "when=none": everything[5:],
        f"due_from={day(1)}&due_to={day(90)}": everything[2:4],
        "tier=high": ["Soon"],
        "why=event": ["Later"],
        "why=deferral": ["Today"],
        f"condition={example.pk}": ["Later"],
        f"reviewer={rosa.pk}": ["Soon"],
        "reviewer=none": ["Later", "Far", "Never"],
        "reviewer=left": ["Overdue"],
        "reviewer=lapsed": ["Today"],
        f"before={day(-800)}": ["Far"],
        "q=OVER": ["Overdue"],
        "q=disease-": everything,
        "when=week&tier=high": ["Soon"],
    }.items():
        assert found(query) == titles, query
    assert found("reviewer=me", rosa.account) == ["Soon"]


@pytest.mark.parametrize("today", ["2026-12-31", "2027-02-01", "2028-02-29", "2028-02-15"])
def test_a_month_ends_on_its_last_day(today):
    on = due_list.date.fromisoformat(today)
    last = due_list.end_of_month(on)
    assert last.month == on.month
    assert (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    "query",
    ["when=never", "tier=x", "reviewer=x", "condition=x", "due_from=3", "due_from=2027-02-01&due_to=2027-01-01"],
)
def test_what_is_not_understood_chooses_nothing(query):
    with pytest.raises(due_list.NotAQuestion):
        due_list.chosen(query)
    page = client("stan").get(f"{LIST}?{query}")
    assert "Nothing is listed: the filter has a mistake." in text(page)
    assert client("stan").get(f"{LIST}export.csv?{query}").status_code == 400


def test_a_mistake_in_a_filter_loses_nothing_that_was_typed():
    page = client("stan").get(f"{LIST}?q=leukemia&due_from=2027-02-01&due_to=2027-01-01").content.decode()
    assert 'value="leukemia"' in page
    assert 'value="2027-01-01"' in page
    assert "The last day is before the first." in page


def test_the_parts_hold_every_page_once_in_order():
    one_of_each()
    online(*({"next_due": day(number % 5)} for number in range(40)), *({"next_due": None} for _ in range(9)))
    pages, after, seen = Published.objects.live(), "", []
    while True:
        part = due_list.part(pages, after, size=7)
        seen += [page.slug for page in part.pages]
        if not (after := part.after):
            break
    assert len(part.pages) <= 7
    assert seen == [page.slug for page in due_list.every(pages)]
    assert len(seen) == len(set(seen)) == pages.count()


def test_every_part_has_a_way_back_to_the_one_before():
    one_of_each()
    online(*({"next_due": day(number % 5)} for number in range(20)), *({"next_due": None} for _ in range(9)))
    pages, parts = Published.objects.live(), []
    parts.append(due_list.part(pages, size=7))
    while after := parts[-1].after:
        parts.append(due_list.part(pages, after, size=7))
    assert len(parts) == 6
    for before, part in pairwise(parts):
        again = due_list.part(pages, back=part.back, size=7)
        assert (again.pages, again.after, again.back) == (before.pages, before.after, before.back)
    assert parts[0].back == ""


def test_the_first_part_is_whole_whatever_came_or_went_since():
    pages = Published.objects.live()
    online(*({"next_due": day(number)} for number in range(-2, 7)))
    place = due_list.part(pages, f"{day(-1)}~z", size=3).back
    assert due_list.part(pages, back=place, size=3).pages == due_list.part(pages, size=3).pages


def test_the_way_back_keeps_the_filter(monkeypatch):
    monkeypatch.setattr(due_list.part, "__kwdefaults__", {"back": "", "size": 2})
    online(*({"next_due": day(number), "risk_tier": "high"} for number in range(6)))
    browser = client("stan")
    first = page = browser.get(f"{LIST}?tier=high")
    for name in ("Next pages", "Next pages", "Previous pages", "Previous pages"):
        page = browser.get(LIST + links(page, name)[0])
    assert text(page) == text(first)


def test_chosen_gives_the_articles_of_the_list_in_its_order():
    one_of_each()
    titles = [article.title for article in due_list.chosen("when=quarter&after=x~y&page=3")]
    assert titles == ["Today", "Soon", "Later"]
    with pytest.raises(due_list.NotAQuestion):
        due_list.chosen("reviewer=me")  # nobody says who
    told = Question.of("reviewer=me").spelled_out(cast.reviewer().account)
    assert [article.title for article in due_list.chosen(told)] == ["Soon"]


def test_the_list_says_why_and_what_is_the_matter_with_a_reviewer():
    one_of_each()
    page = text(client("stan").get(LIST))
    assert "Overdue since" in page
    assert "Its own cadence" in page
    assert "Gone Example, MD left" in page
    assert "credentials lapsed on" in page
    mine = client("rosa").get(LIST)
    assert len(links(mine, "Reviewed, no change")) == 1
    assert links(client("stan").get(LIST), "Reviewed, no change") == []


def test_an_empty_list_says_so():
    browser = client("stan")
    assert "No page is online yet." in text(browser.get(LIST))
    signing.published()
    none = text(browser.get(f"{LIST}?q=nothing+like+it"))
    assert "No page fits." in none
    assert "Save this filter…" in none  # one for what one hopes never to find


@pytest.mark.parametrize("query", ["", "?q=disease", "?when=week&reviewer=lapsed"])
def test_no_more_is_asked_of_more_pages(query):
    online({"next_due": day(2)}, {"next_due": day(3)})
    browser, asked = client("stan"), []
    for _round in range(2):
        browser.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST + query)
        asked.append(len(queries))
        online(*({"next_due": day(number % 7), "reviewer": cast.reviewer()} for number in range(200)))
    assert asked[1] <= asked[0] + 1 <= 12


@pytest.mark.parametrize("few", [0, 60, 500])
@pytest.mark.parametrize("words", ["disease", "ease 01", "DISEASE-7", "naïve", "naïVE"])
def test_words_are_looked_for_once_and_find_the_same(monkeypatch, few, words):
    online(*({"next_due": day(n % 9) if n % 10 else None} for n in range(70)), {"title": "A naïve disease"})
    monkeypatch.setattr(due_list, "FEW", few)
    question, browser, on = Question.of({"q": words}), client("stan"), timezone.localdate()
    wanted = [page.title for page in due_list.every(question.pages(on))]
    seen, there = [], f"{LIST}?q={words}"
    while there:
        page = browser.get(there)
        seen += html.fromstring(page.content.decode()).xpath("//tbody//th//a/text()")
        there = next((LIST + one for one in links(page, "Next pages")), "")
    assert [one.strip() for one in seen] == wanted
    low = words.lower()
    assert len(wanted) == sum(low in p.title.lower() or low in p.slug for p in Published.objects.all())


def test_the_ticked_pages_come_to_the_sheet():
    one_of_each()
    pks = list(Article.objects.filter(title__in=["Soon", "Later"]).values_list("pk", flat=True))
    page = text(client("stan").post(f"{LIST}do/", {"deed": "defer", "articles": pks, "query": "when=quarter"}))
    assert "2 articles" in page
    assert "Today" not in page


def test_all_that_a_filter_finds_comes_to_the_sheet():
    one_of_each()
    page = text(client("stan").post(f"{LIST}do/", {"deed": "cadence", "all": "1", "query": "when=quarter"}))
    assert "3 articles" in page
    assert "Overdue" not in page.partition("3 articles")[2]


def test_ticking_nothing_does_nothing_and_comes_back():
    answer = client("stan").post(f"{LIST}do/", {"deed": "defer", "query": "when=week"}, follow=True)
    assert "Tick the pages first." in text(answer)
    assert answer.request["QUERY_STRING"] == "when=week"


def test_a_question_is_said_the_same_way_again():
    question = Question.of(QueryDict("tier=high&q=a%26b&after=2027-01-01~x&when="))
    assert question.query() == "q=a%26b&tier=high"
    assert Question.of(question.query()).query() == question.query()
