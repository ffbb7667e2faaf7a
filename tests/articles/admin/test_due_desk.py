"""The desk of review dates: its numbers are those of the list, and it asks few questions."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles import filters, timed
from articles.admin import due_chart, due_desk, due_list
from articles.dates import add_months
from articles.models import Alert, AlertPage, Condition, Published, Reviewer, Run
from tests import cast
from tests.articles import post
from tests.articles.admin import signing
from tests.articles.admin.pages import day, online
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
DESK = "/admin/articles/article/due/desk/"


def counted(query):
    return due_list.Question.of(query).pages(timezone.localdate()).count()


def a_busy_site():
    """Pages of two doctors, one of whom left, and of nobody."""
    rosa, gone = cast.reviewer(), cast.reviewer("gone")
    Reviewer.objects.filter(pk=gone.pk).update(active=False)
    example = Condition.objects.create(name="Example", slug="example")
    spans = [-400, -3, -1, 0, 1, 6, 7, 20, 45, 100, 250, 365, 600]
    rows = [{"next_due": day(days), "risk_tier": tier} for days in spans for tier in ("high", "standard", "low")]
    for number, row in enumerate(rows):
        row["reviewer"] = [rosa, gone, None][number % 3 if number % 2 else 0]
        row["condition_of"] = example if number % 2 else None
    online(*rows, {"next_due": None, "last_reviewed_on": None}, {"next_due": day(3), "event_since": day(-2)})
    return rosa, gone, example


def test_every_number_is_that_of_the_list_it_leads_to():
    rosa, _gone, example = a_busy_site()
    on = timezone.localdate()
    kinds, people = due_desk.by_kind(on), due_desk.by_reviewer(on)
    for row in [*kinds.tiers, *kinds.conditions, *people, due_desk.total(kinds.tiers)]:
        for when in due_desk.PARTS:
            assert getattr(row, when) == counted(f"{row.query}&when={when}"), (row, when)
    assert [row.name for row in kinds.conditions] == [str(example)]
    assert str(rosa) in [row.name for row in people]
    for row in due_desk.troubles(on):
        assert row.pages == counted(f"reviewer={row.pk}")
    numbers = due_desk.counts(due_desk.asked(on), rosa.account)
    assert numbers["unassigned"] == counted("reviewer=none")
    assert numbers["undated"] == counted("when=none") == 1


def test_the_load_holds_every_page_in_its_month():
    a_busy_site()
    on = timezone.localdate()
    for load in due_desk.loads(on):
        assert load.pages == counted(load.query)
        assert load.overdue == counted(f"{load.query}&when=overdue")
        for number, first in enumerate(due_desk.months(on)):
            days = f"due_from={on if number == 0 else first}&due_to={due_list.end_of_month(first)}"
            assert load.months.get(f"{first:%Y-%m}", 0) == counted(f"{load.query}&{days}"), first


@pytest.mark.pure
def test_twelve_months_begin_with_this_one():
    assert due_desk.months(date(2028, 2, 29)) == [add_months(date(2028, 2, 1), number) for number in range(12)]


@pytest.mark.pure
def test_bars_are_as_high_as_their_numbers():
    made = due_chart.chart([("Overdue", 10), ("Dec", 5), ("Jan", 0), ("Feb", 1)], 10_000)
    assert [bar.height for bar in made.bars] == [due_chart.LEAST, due_chart.LEAST, 0, due_chart.LEAST]
    assert made.said == "Overdue: 10, Dec: 5, Feb: 1"
    tall = due_chart.chart([("Overdue", 10), ("Dec", 5)], 10)
    assert [bar.height for bar in tall.bars] == [due_chart.HEIGHT, due_chart.HEIGHT / 2]
    assert all(bar.y + bar.height == due_chart.HEIGHT for bar in tall.bars)
    assert due_chart.chart([], 0).width == 0


def test_it_comes_first_for_stewards_and_others_find_it():
    signing.published()
    Published.objects.update(next_due=day(-1))
    first = text(client("stan").get("/admin/")).partition("News about sources")[0]
    assert "Review dates 1 overdue 0 due this week" in first
    assert links(client("stan").get("/admin/"), "1 overdue") == ["/admin/articles/article/due/?when=overdue"]
    assert "due this week" not in text(client("paula").get("/admin/"))
    assert links(client("paula").get("/admin/"), "The desk for review dates") == [DESK]
    assert "1 overdue" in text(client("paula").get(DESK))


def test_who_can_not_read_is_named_with_the_reason():
    rosa, _gone, _example = a_busy_site()
    Reviewer.objects.filter(pk=rosa.pk).update(away_until=day(9), credentials_until=day(30))
    page = text(client("stan").get(DESK))
    assert "Gone Example, MD: left;" in page
    assert "Rosa Example, MD: credentials lapse on" in page
    assert ", away until" in page
    Reviewer.objects.filter(pk=rosa.pk).update(away_until=None, credentials_until=day(61))
    assert "credentials lapse" not in text(client("stan").get(DESK))
    Reviewer.objects.filter(pk=rosa.pk).update(credentials="")
    assert "Rosa Example: no credentials on record;" in text(client("stan").get(DESK))
    assert counted("reviewer=lapsed") == counted(f"reviewer={rosa.pk}") > 1


def test_the_chart_can_be_read_without_seeing_it():
    a_busy_site()
    page = html.fromstring(client("stan").get(DESK).content.decode())
    charts = page.xpath("//svg[@role='img']")
    assert charts
    assert all("Example, MD: Overdue: " in chart.get("aria-label") for chart in charts)
    assert all(bar.findtext("title") for chart in charts for bar in chart.iter("g"))
    assert "style" not in {name for element in page.iter() for name in element.attrib}
    assert len(page.xpath("//details//table/thead//th")) == 15


def test_an_empty_site_says_so():
    page = text(client("stan").get(DESK))
    assert "0 overdue" in page
    assert "Of no condition is a page overdue or due this month." in page
    assert "Of no reviewer is a page overdue or due this month." in page


def test_pages_of_reviewers_whom_no_mail_reaches_are_counted():
    a_busy_site()
    rosa = cast.reviewer()
    assert "can not be reached" not in text(client("stan").get(DESK))
    User.objects.filter(pk=rosa.account_id).update(email="")
    count = counted("reviewer=unreached")
    assert count == counted(f"reviewer={rosa.pk}") > 1  # who left is told of elsewhere
    there = f"{count} pages of reviewers who can not be reached"
    assert links(client("stan").get(DESK), there) == ["/admin/articles/article/due/?reviewer=unreached"]
    User.objects.filter(pk=rosa.account_id).update(email="rosa@example.org")
    assert counted("reviewer=unreached") == 0
    rosa.account.groups.clear()  # mail would come, and nothing could be signed
    assert counted("reviewer=unreached") == count
    Reviewer.objects.filter(pk=rosa.pk).update(account=None)
    assert counted("reviewer=unreached") == count


def test_messages_that_nobody_got_are_counted():
    post.message()
    assert "0 not delivered" in text(client("stan").get(DESK))
    post.Message.objects.update(next_at=None, error="No such user")
    assert "1 not delivered" in text(client("stan").get(DESK))


def news_about(pages, kind, at):
    """A piece of news for each of these pages."""
    stan = cast.cast().stan
    made = Alert.objects.bulk_create(Alert(kind=kind, title=f"{kind} {n}", by=stan, at=at) for n in range(len(pages)))
    AlertPage.objects.bulk_create(
        AlertPage(alert=one, article_id=page.article_id) for one, page in zip(made, pages, strict=True)
    )


def test_it_asks_no_more_of_more_pages_and_never_twenty():
    stan = cast.cast().stan
    ran = {"started_at": timezone.now(), "succeeded_at": timezone.now()}  # as it has wherever somebody works
    Run.objects.bulk_create(Run(task=task.name, **ran) for task in timed.TASKS)
    for number in range(7):
        filters.save(f"Filter {number}", f"q={number}", shared=False, by=stan, at=timezone.now())
    a_busy_site()
    news_about(Published.objects.all()[:3], "safety", timezone.now())
    news_about(Published.objects.all()[:30], "other", timezone.now())  # the gravest are not enough for the desk
    browser, asked = client("stan"), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/admin/")
        asked.append(len(queries))
        more = online(*({"next_due": day(number % 200 - 50), "reviewer": cast.reviewer()} for number in range(200)))
        news_about(more, "reader", timezone.now())
    assert text(page).count("Filter ") == 5
    assert "News (20+)" in text(page)
    assert asked[0] == asked[1] <= 20


def test_reviewers_find_their_own_pages():
    rosa = cast.reviewer()
    assert "My pages due" not in text(client("rosa").get("/admin/"))
    online({"title": "Far away", "next_due": day(61), "reviewer": rosa})
    assert "My pages due None of your pages is due within 60 days." in text(client("rosa").get("/admin/"))
    ravi = cast.reviewer("ravi")
    online(
        {"title": "Nearly", "next_due": day(60), "reviewer": rosa},
        {"title": "Late", "next_due": day(-1), "reviewer": ravi},
    )
    page = text(client("rosa").get("/admin/"))
    assert "My pages due (1) Nearly" in page
    assert "Late" not in page


def test_the_other_screens_list_what_the_desk_leaves_out(monkeypatch):
    rosa, gone, example = a_busy_site()
    page = text(client("stan").get("/admin/articles/article/due/reviewers/"))
    assert str(rosa) in page
    assert str(gone) in page
    assert str(example) in text(client("stan").get("/admin/articles/article/due/conditions/"))
    monkeypatch.setattr("articles.admin.due_screens.REVIEWERS", 1)
    first = client("stan").get("/admin/articles/article/due/reviewers/")
    assert links(first, "More reviewers") == ["?page=2"]
