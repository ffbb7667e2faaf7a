"""The reviewer's one click: a screen with the page, its news and the statement; and the same in place on the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from articles import denying, keeping, publishing, recording
from articles.models import Published, Review
from tests import cast
from tests.articles import sources
from tests.articles.admin import desk
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db
STATEMENT = "I have read this whole page as it is online today, edition 1, and attest that it is accurate and current"


def old(title="Acute example disease", days=400):
    """A page that is overdue, and Rosa's."""
    return cast.published(cast.draft(cast.words(title)), at=timezone.now() - timedelta(days=days)).article


def there(article):
    return url("article_confirm", article)


def form(response, there):
    """The fields of the form that leads to this address, as a browser would send them."""
    page = html.fromstring(response.content.decode())
    [found] = [one for one in page.forms if one.get("id") == "sign" or one.action == there]
    return {name: value for name, value in found.form_values() if name != "csrfmiddlewaretoken"}


def sign(article, browser=None, **changes):
    browser = browser or client("rosa")
    fields = {"interests": "None", **form(browser.get(there(article)), there(article)), **changes}
    fields["interests"] = changes.get("interests", fields["interests"] or "None")
    return browser.post(there(article), fields, follow=True)


def test_the_screen_shows_the_page_and_the_statement_and_signs():
    article = old()
    page = client("rosa").get(there(article))
    assert STATEMENT in text(page)
    assert "Signed as Rosa Example, MD" in text(page)
    online = client("rosa").get(url("article_online", article)).content.decode()
    assert "The usual dose is 5 mg." in online
    assert "Medically reviewed by" in online
    assert "Preview" not in online
    answer = sign(article)
    assert "You reviewed “Acute example disease” and changed nothing." in text(answer)
    assert Published.objects.get().last_reviewed_on == timezone.localdate()
    assert Review.objects.latest("pk").origin == "unchanged"


def test_the_public_page_shows_the_new_date_at_once():
    article = old()
    sign(article)
    page = Client().get(f"/{article.slug}/").content.decode()
    [shown] = html.fromstring(page).xpath("//dl[@class='dates']/div[dt='Last reviewed']/dd/time/@datetime")
    assert shown == timezone.localdate().isoformat()


def test_whoever_comes_back_by_the_mail_is_told_that_it_is_done():
    article = old()
    sign(article)
    page = client("rosa").get(there(article))
    assert "Signed today You have signed this page today. Nothing more is needed. Back to your desk" in text(page)
    assert links(page, "Back to your desk") == ["/admin/"]
    assert STATEMENT not in text(page)


def test_a_review_that_was_denied_is_not_the_last_one():
    article, stan = old(), cast.cast().stan
    said = {"reviewer": cast.reviewer(), "on": timezone.localdate(), "evidence": "A letter."}
    review = recording.on_behalf(article, **said, by=stan, at=timezone.now())
    page = text(client("rosa").get(there(article)))
    assert ("Recorded by staff" in page, STATEMENT in page) == (True, True)  # she has signed nothing today
    denying.deny(review, by=cast.reviewer().account, at=timezone.now(), reason="I was on leave.")
    assert "Recorded by staff" not in text(client("rosa").get(there(article)))


def test_interests_are_said_and_kept_when_missing():
    article = old()
    answer = sign(article, interests=" ")
    assert "Declare your interests." in text(answer)
    assert Review.objects.count() == 1
    sign(article, interests="none.")
    assert Review.objects.latest("pk").interests == Review.NO_INTERESTS


def test_an_old_session_proves_once_more_and_keeps_what_was_typed():
    article, browser = old(), Client()
    desk.sit_down(browser, cast.reviewer().account, minutes_ago=16)
    assert "Password of rosa" in text(browser.get(there(article)))
    answer = sign(article, browser, interests="A grant of mine.")
    assert "type your password" in text(answer)
    assert form(answer, there(article))["interests"] == "A grant of mine."
    assert Review.objects.count() == 1
    sign(article, browser, password="a long pass phrase")
    assert Review.objects.count() == 2


def test_a_page_that_is_being_changed_says_where_its_review_is():
    article = old()
    review = cast.requested(cast.edited(article, at=timezone.now()), at=timezone.now())
    page = client("rosa").get(there(article))
    assert "The changes need a review first." in text(page)
    assert links(page, "Read what you were asked") == [url("review_read", review)]
    assert STATEMENT not in text(page)


def test_news_is_read_on_the_screen_before_one_signs():
    article = old(days=30)
    sources.dies()
    page = client("rosa").get(there(article))
    assert "News since it was last reviewed What is example disease?" in text(page)
    assert "Gone" in text(page) or "gone" in text(page)
    sign(article)
    assert Published.objects.get().last_reviewed_on == timezone.localdate()


def test_a_retraction_leads_to_its_decision():
    article = sources.with_doi(old(days=30))
    sources.retracted()
    page = client("rosa").get(there(article))
    assert "This page can not be signed as it stands A source of this page was retracted." in text(page)
    assert set(links(page, "Decide about the news")) == {url("article_news", article)}


def test_an_edition_that_came_meanwhile_is_shown_first():
    article = old(days=30)
    browser = client("rosa")
    fields = {**form(browser.get(there(article)), there(article)), "interests": "None"}
    cast.publish(cast.signed(cast.edited(article, at=timezone.now()), at=timezone.now()).article, at=timezone.now())
    assert "not the one that was on your screen" in text(browser.post(there(article), fields))


def test_a_page_that_is_not_there_or_not_online_says_so():
    assert "not online" in text(client("rosa").get(there(cast.draft())))
    article = old()
    publishing.withdraw(article, by=cast.person("paula"), at=timezone.now(), reason="Wrong.")
    assert "not online" in text(client("rosa").get(there(article)))
    assert client("wanda").get(there(article)).status_code == 403


# -- on the desk ---------------------------------------------------------------------------------------------------


def pile(name="rosa"):
    return text(client(name).get("/admin/")).partition(" My pages due ")[2].partition(" Everything ")[0]


def test_my_due_pages_can_be_signed_in_place():
    article = old()
    old("Not due", days=30)
    browser = client("rosa")
    page = browser.get("/admin/")
    assert STATEMENT in pile()
    assert "Not due" not in pile()
    fields = {**form(page, there(article)), "interests": "None"}
    assert "changed nothing" in text(browser.post(there(article), fields, follow=True))
    rest = "Timed work has not run yet: its first round is due."
    assert pile() == f"None of your pages is due within 60 days. {rest}"


def test_a_page_is_whose_it_was_given_to():
    article, ravi = old(), cast.reviewer("ravi")
    assert pile("ravi") == ""
    keeping.assign(article, reviewer=ravi, by=cast.cast().stan, at=timezone.now())
    assert (pile("rosa"), STATEMENT in pile("ravi")) == ("", True)  # she has no page left


def test_beside_news_and_other_words_nobody_signs_in_place():
    article, other = old(days=330), old("Other", days=330)
    cast.edited(other, at=timezone.now())
    keeping.set_cadence(article, tier="high", months=None, by=cast.cast().stan, at=timezone.now())
    assert "its text is being changed" in pile()
    sources.dies()
    assert STATEMENT not in pile()
    assert "there is news about it" in pile()


def test_what_was_signed_today_is_not_offered_again_however_soon_it_is_due():
    article = old()
    sign(article)
    Published.objects.update(next_due=timezone.localdate() + timedelta(days=3))
    assert "in 3 days; you signed it today" in pile()
    assert "edition 1, and attest" not in pile()


def test_in_an_old_session_the_desk_leads_to_the_screen_that_asks():
    article, browser = old(), Client()
    desk.sit_down(browser, cast.reviewer().account, minutes_ago=16)
    fields = {**form(browser.get("/admin/"), there(article)), "interests": "A grant."}
    answer = browser.post(there(article), fields)
    assert "Password of rosa" in text(answer)
    assert form(answer, there(article))["interests"] == "A grant."


def test_after_signing_in_one_is_back_at_the_statement():
    article, browser = old(), Client()
    asked = browser.get(there(article))
    assert asked.url == f"/admin/login/?next={there(article)}"
    cast.reviewer()
    said = {"username": "rosa", "password": "a long pass phrase", "next": there(article)}
    assert STATEMENT in text(browser.post(asked.url, said, follow=True))
