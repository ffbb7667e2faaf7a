"""Hands that send what no button sends: other addresses, changed hidden fields, extra fields, other people's rows."""

import pytest
from django.contrib.auth.models import Permission, User

from articles import reviewing, roles
from articles.models import Article, Edition, Review, Revision, Section
from tests import cast
from tests.articles.admin import desk, signing

pytestmark = pytest.mark.django_db


def send_with(article: Article, name: str = "wanda", query: str = "", **more: str):
    """The article form as it is, sent with more fields than it has."""
    browser = desk.client(name, signing.ROLE[name])
    url = desk.change_url(article)
    return desk.send(browser, url + query, desk.opened(browser, url), **more)


# -- the article form ----------------------------------------------------------------------------------------------

EXTRA = {
    "revision": "99",
    "digest": "0" * 64,
    "started_by": "1",
    "started_at": "2020-01-01",
    "binned_at_0": "2020-01-01",
    "binned_at": "2020-01-01",
    "is_demo": "on",
    "cadence_months": "120",
    "risk_tier": "low",
    "language": "es",
}


def test_fields_that_the_form_does_not_have_are_not_taken():
    article = cast.draft()
    before = Article.objects.filter(pk=article.pk).values().get()
    assert send_with(article, **EXTRA).status_code == 302
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_a_new_article_starts_at_its_first_revision_by_whoever_is_signed_in():
    browser = desk.client("edith", roles.EDITOR)
    wanda = cast.person("wanda", roles.WRITER)
    extra = EXTRA | {"started_by": str(wanda.pk), "risk_tier": "standard"}
    desk.send(browser, desk.ADD, desk.opened(browser, desk.ADD), title="New", slug="new", **extra)
    article = Article.objects.get(slug="new")
    assert (article.revision, article.started_by.username, article.is_demo, article.binned_at) == (
        1,
        "edith",
        False,
        None,
    )
    assert article.revisions.get().digest == article.digest


def test_a_section_of_another_article_is_neither_changed_nor_taken_away():
    mine, other = cast.draft(), cast.draft(cast.words("Another example disease"))
    theirs = other.sections.get(anchor="treatment")
    before = other.content()
    send_with(mine, **desk.row(1, id=str(theirs.pk), body="<p>Stolen.</p>"))
    send_with(mine, **desk.row(1, article=str(other.pk), body="<p>Given away.</p>"))
    send_with(mine, **desk.row(1, id=str(theirs.pk), DELETE="on"))
    assert Article.objects.get(pk=other.pk).content() == before
    assert Section.objects.get(pk=theirs.pk).article_id == other.pk


@pytest.mark.parametrize("query", ["?_popup=1", "?_popup=1&_to_field=id", "?_changelist_filters=//example.org"])
def test_a_form_opened_in_another_way_records_its_person_all_the_same(query):
    article = cast.draft()
    send_with(article, query=query, **desk.row(1, body="<p>The usual dose is 4 mg.</p>"))
    last = Revision.objects.filter(article=article).latest("number")
    assert (last.number, last.by.username) == (2, "wanda")


def test_an_article_is_not_copied_by_a_button_that_is_not_there():
    send_with(cast.draft(), _saveasnew="1", slug="copy")
    assert Article.objects.count() == 1


# -- reviews -------------------------------------------------------------------------------------------------------


def answer(name: str, review: Review, **fields: str) -> str:
    sent = {"answer": "attest", "digest": review.digest, "scope": "full", **fields}
    signing.client(name).post(signing.url("review_read", review), sent)
    return Review.objects.get(pk=review.pk).answer


@pytest.mark.parametrize("kind", ["attest", "changes"])
def test_nobody_answers_what_was_asked_of_another(kind):
    assert answer("ravi", signing.requested(), answer=kind, reason="x") == ""


def test_a_signature_is_not_carried_to_other_words():
    review = signing.requested()
    other = signing.requested(cast.draft(cast.words("Another example disease", "9 mg")))
    assert answer("rosa", review, digest=other.digest) == ""
    assert answer("rosa", review, digest="") == ""


def test_nobody_corrects_what_was_asked_of_another():
    review = signing.requested()
    signing.client("ravi").post(signing.url("review_correct", review), signing.correction(review, "<p>9 mg.</p>"))
    assert Revision.objects.filter(article=review.article).count() == 1
    assert not Review.objects.attested().exists()


def test_a_correction_reaches_no_part_that_is_not_signed():
    review = signing.requested()
    extra = {"section-2-body": "<p>Stolen.</p>", "section-2-heading": "Stolen", "section-9-body": "<p>Stolen.</p>"}
    fields = signing.correction(review, "<p>The usual dose is 4 mg.</p>", **extra)
    signing.client("rosa").post(signing.url("review_correct", review), fields)
    assert "Stolen" not in Review.objects.get(corrects=review).content


# -- publishing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("full_hash", ["", "0" * 64, "of other words"])
def test_only_the_words_that_were_on_the_screen_are_published(full_hash):
    article = signing.signed().article
    other = cast.draft(cast.words("Another example disease"))
    sent = {"full_hash": full_hash.replace("of other words", other.content().full_hash), "change_note": "A note."}
    signing.client("paula").post(signing.url("article_publish", article), sent)
    assert not Edition.objects.exists()


def test_a_hash_of_unsigned_words_publishes_nothing():
    article = cast.draft()
    sent = {"full_hash": article.content().full_hash, "change_note": "A note.", "review": "1", "emergency_reason": "x"}
    signing.client("paula").post(signing.url("article_publish", article), sent)
    assert not Edition.objects.exists()


# -- dates ---------------------------------------------------------------------------------------------------------

NUL, DUE = "a\x00b", "/admin/articles/article/"
SPREAD = {"step": "check", "how": "spread", "until": "9999-12-01", "weeks": "104", "reason": "x"}


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        ("due/filters/", {"name": NUL, "query": "when=week"}),
        ("due/filters/", {"name": "x", "query": f"q={NUL}"}),
        ("due/calendar/", {"query": f"q={NUL}"}),
        ("due/do/", {"deed": "defer", "query": f"q={NUL}", "all": "1"}),
        ("due/do/", {"deed": "defer", "articles": NUL}),
        ("bulk/defer/", {"articles": NUL}),
        ("bulk/defer/", {"lines": "acute-example-disease", **SPREAD}),
        ("bulk/record/", {"step": "check", "lines": "acute-example-disease,0001-01-01", "evidence": "x"}),
        ("bulk/assign/", {"step": "check", "lines": "=cmd|' /C calc'!A0\nx%00\n%00", "reviewer": ""}),
        ("news/report/", {"kind": "guideline", "title": NUL, "pasted": NUL, "words": NUL}),
    ],
)
def test_what_no_form_sends_is_answered_and_breaks_nothing(place, sent):
    cast.published()
    browser = signing.client("stan")
    answer = browser.post(DUE + place, sent)
    if answer.status_code == 302:
        answer = browser.get(answer.url)
    assert answer.status_code in {200, 400, 404}


def test_nonsense_in_the_address_of_a_list_is_answered():
    cast.published()
    browser = signing.client("stan")
    for query in ("after=~%00", "after=2026-11-11~%00", "q=%00", "reviewer=" + "9" * 18, "before=9999-12-31"):
        assert browser.get(f"{DUE}due/?{query}").status_code == 200


# -- people --------------------------------------------------------------------------------------------------------


def test_an_administrator_gives_nobody_powers_beside_the_roles():
    wanda, power = cast.person("wanda", roles.WRITER), Permission.objects.get(codename="publish_article")
    data = {"username": "wanda", "email": "wanda@example.org", "is_active": "on", "is_staff": "on"}
    more = {"is_superuser": "on", "user_permissions": [power.pk], "password": "x", "groups": list_of(wanda)}
    signing.client("ada").post(f"/admin/auth/user/{wanda.pk}/change/", data | more)
    after = User.objects.get(pk=wanda.pk)
    assert (after.is_superuser, after.user_permissions.count(), after.password) == (False, 0, wanda.password)


def list_of(user: User) -> list[int]:
    return list(user.groups.values_list("pk", flat=True))


@pytest.mark.parametrize("place", ["edition/?published_by__", "review/?requested_by__", "timelineentry/?by__"])
def test_a_filter_does_not_guess_at_passwords(place):
    cast.published()
    answer = signing.client("wanda").get(f"/admin/articles/{place}password__startswith=md5")
    assert answer.status_code == 400


@pytest.mark.parametrize("next_url", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(next_url, client):
    cast.person("wanda", roles.WRITER)
    sent = {"username": "wanda", "password": "a long pass phrase", "next": next_url}
    answer = client.post(f"/admin/login/?next={next_url}", sent)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/")


def test_a_role_that_was_taken_away_is_gone_at_the_next_click():
    article, browser = signing.signed().article, signing.client("paula")
    sent = {"full_hash": article.content().full_hash, "change_note": "A note."}
    cast.person("paula").groups.clear()
    assert browser.post(signing.url("article_publish", article), sent).status_code == 403
    with pytest.raises(roles.NotAllowed):
        reviewing.request(article, reviewer=cast.reviewer(), by=cast.person("paula"), at=cast.NOON)
