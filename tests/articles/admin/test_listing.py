"""The list of articles: states, dates, filters, search, and a number of queries that does not grow."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import drafting, publishing, reviewing, roles
from articles.admin.listing import ListsArticles
from articles.models import Article, Condition, ConditionName
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The list is looked at on 20 September 2027, whatever the clock of this machine says."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 9, 20, 20, tzinfo=UTC))


def client():
    return desk.client("stan", roles.RECORDS_STEWARD)


def named(title):
    return cast.draft(cast.words(title=title))


def withdrawn(title):
    article = cast.published(named(title)).article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(hours=1), reason="Wrong.")
    return article


def listed(query="", browser=None):
    """Rows of the list as {title: {column: words}}."""
    page = html.fromstring((browser or client()).get(LIST + query).content.decode())
    rows = page.xpath("//table[@id='result_list']/tbody/tr")
    cells = [
        {cell.get("class").split()[0].removeprefix("field-"): _words(cell) for cell in row if cell.get("class")}
        for row in rows
    ]
    return {row["title"]: row for row in cells}


def _words(cell):
    return " ".join(cell.text_content().split())


def states():
    """One article in each state, by the words that the list should say."""
    cast.requested(named("In review"))
    cast.signed(named("Signed"))
    cast.published(named("Online"))
    cast.edited(cast.published(named("Online, draft differs")).article)
    cast.signed(
        cast.edited(cast.published(named("Online, draft differs, signed")).article, at=cast.later(hours=1)),
        at=cast.later(hours=2),
    )
    cast.requested(cast.published(named("Online, in review")).article, at=cast.later(hours=1))
    withdrawn("Withdrawn")
    cast.requested(withdrawn("Withdrawn, in review"), at=cast.later(hours=2))
    named("Draft")


def test_it_works():
    cast.published(named("Online"))
    row = listed()["Online"]
    assert (row["state"], row["condition"]) == ("Online", "-")
    assert (row["risk_tier"], row["reviewed_by"]) == ("Standard", "Rosa Example, MD")
    assert (row["last_reviewed"], row["next_due"]) == ("Nov. 2, 2026", "Nov. 2, 2027, due in 43 days")


def test_every_state_is_told_in_words():
    states()
    rows = listed()
    assert len(rows) == 9
    assert {title: row["state"] for title, row in rows.items()} == {title: title for title in rows}


@pytest.mark.parametrize("state", ["draft", "in-review", "signed", "online", "differs", "withdrawn"])
def test_a_state_finds_every_article_that_bears_it(state):
    states()
    words = {
        "draft": "Draft",
        "in-review": "n review",
        "signed": "igned",
        "online": "Online",
        "differs": "draft differs",
        "withdrawn": "Withdrawn",
    }[state]
    titles = [title for title in listed() if words in title]
    if state == "draft":
        titles = ["Draft"]
    assert sorted(listed(f"?state={state}")) == sorted(titles) != []


def test_words_online_that_were_signed_and_replaced_are_not_called_signed():
    article = cast.published(named("Online, draft differs")).article
    cast.edited(article, "6 mg", at=cast.later(hours=1))
    cast.published(article, at=cast.later(hours=2))
    cast.edited(article, "5 mg", at=cast.later(hours=3))
    assert listed()["Online, draft differs"]["state"] == "Online, draft differs"


def test_institutional_words_that_are_not_online_differ_and_need_no_signature():
    article = cast.published(named("A")).article
    content = cast.with_body(article.content(), "our-program", "<p>We moved.</p>")
    drafting.revise(article, content, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)
    assert listed()["A"]["state"] == "Online, draft differs, signed"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2027, 9, 2), "Nov. 2, 2027"),
        ((2027, 9, 3), "Nov. 2, 2027, due in 60 days"),
        ((2027, 11, 1), "Nov. 2, 2027, due in 1 day"),
        ((2027, 11, 2), "Due today"),
        ((2027, 11, 3), "Overdue since Nov. 2, 2027"),
    ],
)
def test_the_due_date_says_how_near_it_is(monkeypatch, day, words):
    cast.published(named("A"))
    monkeypatch.setattr(timezone, "now", lambda: datetime(*day, 20, tzinfo=UTC))
    assert listed()["A"]["next_due"] == words


def three():
    """Overdue, due soon, far off; and two that no date is known of."""
    cast.published(named("Overdue"), at=cast.later(days=-60))
    cast.published(named("Soon"))
    cast.published(named("Far"), at=cast.later(days=90))
    named("Never")
    withdrawn("Gone")


@pytest.mark.parametrize(("due", "title"), [("soon", "Soon"), ("overdue", "Overdue"), ("never", "Never")])
def test_filters_by_review_date(due, title):
    three()
    assert list(listed(f"?due={due}")) == [title]


@pytest.mark.parametrize(
    ("order", "titles"),
    [("3", ["Overdue", "Soon", "Far", "Gone", "Never"]), ("-3", ["Far", "Soon", "Overdue"])],
)
def test_sorted_by_due_date_with_undated_articles_last(order, titles):
    three()
    assert list(listed(f"?o={order}"))[: len(titles)] == titles


@pytest.mark.parametrize(("order", "titles"), [("5", ["Rosa's", "Zoe's"]), ("-5", ["Zoe's", "Rosa's"])])
def test_sorted_by_who_signed_with_those_that_nobody_signed_last(order, titles):
    named("Draft")
    cast.published(named("Rosa's"))
    zoe, theirs = cast.reviewer("zoe"), named("Zoe's")
    review = reviewing.request(theirs, reviewer=zoe, by=cast.person("wanda"), at=cast.NOON)
    reviewing.attest(review, by=zoe.account, at=cast.NOON, digest=review.digest)
    cast.publish(theirs)
    assert list(listed(f"?o={order}")) == [*titles, "Draft"]


@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("order", ["3", "-3", "4", "-4", "5", "-5", "3.1", "-4.-1", "5.-3"])
def test_page_by_page_it_is_the_same_order(monkeypatch, order, per_page):
    three()
    named("Another without a date")
    browser = client()
    whole = list(listed(f"?o={order}", browser))
    monkeypatch.setattr(ListsArticles, "list_per_page", per_page)
    pages = [list(listed(f"?o={order}&p={number}", browser)) for number in range(1, -(-len(whole) // per_page) + 1)]
    assert [title for page in pages for title in page] == whole
    assert len(whole) == 6


def test_finds_what_somebody_began_or_changed_and_what_people_left_behind():
    cast.edited(named("Wanda's"), by="edith")
    left = named("Left")
    Article.objects.filter(pk=left.pk).update(started_by=cast.person("sam"))
    User.objects.filter(username="sam").update(is_active=False)
    assert set(listed("?whose=mine", desk.client("wanda"))) == {"Wanda's", "Left"}  # of the second she wrote the words
    assert set(listed("?whose=mine", desk.client("edith", roles.EDITOR))) == {"Wanda's"}
    assert set(listed("?whose=left")) == {"Left"}
    assert len(listed("?whose=nobody")) == 2


def test_who_may_do_nothing_to_many_is_led_to_no_screen_for_it():
    assert b"Work on many" in client().get(LIST).content
    assert b"Work on many" not in desk.client("rosa", roles.MEDICAL_REVIEWER).get(LIST).content


def test_a_filtered_list_leads_to_all_without_counting_them():
    named("A")
    found = html.fromstring(client().get(f"{LIST}?state=draft").content.decode()).get_element_by_id("changelist-search")
    assert "1 result (show all)" in _words(found)


def test_filters_by_tier_condition_and_demonstration():
    leukemia = Condition.objects.create(name="Leukemia", slug="leukemia")
    article = named("A")
    Article.objects.filter(pk=article.pk).update(condition=leukemia, risk_tier="high", is_demo=True)
    named("B")
    for query in ("risk_tier__exact=high", f"condition__id__exact={leukemia.pk}", "is_demo__exact=1"):
        assert list(listed(f"?{query}")) == ["A"]


@pytest.mark.parametrize("words", ["rare thing", "rare-thing", "mdx"])
def test_search_by_title_address_and_names_of_the_condition(words):
    condition = Condition.objects.create(name="Mandible disorder", slug="mandible")
    ConditionName.objects.create(condition=condition, name="MDX", kind="abbreviation")
    ConditionName.objects.create(condition=condition, name="MDX syndrome")
    Article.objects.filter(pk=named("Rare thing").pk).update(condition=condition)
    named("Other")
    assert list(listed(f"?q={words}")) == ["Rare thing"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mdx rare", ["Rare thing"]),
        ("'rare thing'", ["Rare thing"]),
        ('"thing rare"', []),
        ("thing rare", ["Rare thing"]),
        ("rare other", []),
        ("%", []),
        ("'", []),
        ('""', ["Other", "Rare thing"]),
        ("thing " * 2000, ["Rare thing"]),
        (" ".join("o" * times for times in range(1, 60)), []),
    ],
)
def test_every_word_is_looked_for_and_what_is_quoted_as_one(words, found):
    condition = Condition.objects.create(name="Mandible disorder", slug="mandible")
    ConditionName.objects.create(condition=condition, name="MDX", kind="abbreviation")
    Article.objects.filter(pk=named("Rare thing").pk).update(condition=condition)
    named("Other")
    assert list(listed(f"?{urlencode({'q': words})}")) == found


OURS = [one for one, shown in site._registry.items() if not type(shown).__module__.startswith("django.")]


@pytest.mark.parametrize("model", [one for one in OURS if site._registry[one].search_fields])
def test_no_search_has_too_many_words(model, client):
    client.force_login(User.objects.create_superuser("root", "root@example.org"))
    there = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert client.get(there, {"q": " ".join(f"word{number}" for number in range(1_200))}).status_code == 200


def test_who_is_asked_is_shown_while_nobody_has_signed():
    cast.requested(named("A"))
    assert listed()["A"]["reviewed_by"] == "asked: Rosa Example, MD"


@pytest.mark.parametrize(("query", "words"), [("", "There is no article yet."), ("?q=zzz", "No article fits.")])
def test_an_empty_list_says_so(query, words):
    assert words in client().get(LIST + query).content.decode()


def test_two_hundred_articles_take_as_many_queries_as_two():
    browser = client()
    counts = []
    for number in (2, 198):
        for each in range(number):
            article = named(f"Article {number} {each}")
            if each % 20 == 0:
                cast.published(article)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert browser.get(LIST + "?all=1").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 15


def test_all_articles_are_counted_and_put_in_order_without_asking_how_each_of_them_stands():
    named("A")
    browser = client()
    with CaptureQueriesContext(connection) as found:
        browser.get(LIST)
    asked = [one["sql"] for one in found if 'FROM "articles_article"' in one["sql"]]
    counted = [sql for sql in asked if sql.startswith("SELECT COUNT(")]
    assert counted
    assert [sql for sql in counted if "JOIN" in sql] == []
    assert ['"articles_article"."id" IN (' in sql for sql in asked if "is_signed" in sql] == [True]


def test_somebody_without_a_role_sees_no_list():
    browser = desk.Client()
    browser.force_login(cast.person("sam"))
    assert browser.get(LIST).status_code == 302


def test_writers_see_no_deeds_about_dates():
    named("A")
    page = desk.client().get(LIST).content.decode()
    assert "record_reviews" not in page
    assert "record_reviews" in client().get(LIST).content.decode()
