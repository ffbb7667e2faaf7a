"""What people type is shown as typed: no markup of theirs runs, on any screen or page that shows it."""

import html
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone

from articles import drafting, keeping, publishing, redacting, reviewing, scheduling, unsaved
from articles.content import INSTITUTIONAL, CitedSource, Content, SectionContent, sha256
from articles.models import Article, Comment, Condition, Published, Review, Reviewer
from tests import cast
from tests.permissions.addresses import ADDRESSES
from tests.permissions.world import browser, place

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
RAW = ("<script>alert(1)", "<img src=x", "</script>\"'>")


def words(title: str) -> Content:
    cite = f'<cite data-quote="{html.escape(EVIL)}" data-source="ref-1"></cite>'
    return Content(
        title=f"{title} {EVIL}",
        summary=f"<p>{EVIL} Summary.</p>",
        sections=(
            SectionContent(
                anchor="treatment", heading=f"{title} {EVIL}", body=f"<p>{EVIL} The dose is 5 mg.{cite}</p>"
            ),
            SectionContent(anchor="our-program", heading=f"Us {EVIL}", body=f"<p>{EVIL} We.</p>", kind=INSTITUTIONAL),
        ),
        sources=(CitedSource(key="ref-1", title=EVIL, organization=EVIL, publisher=EVIL, url="https://example.org/a"),),
    )


def people() -> None:
    """Everybody's name is markup."""
    cast.cast()
    User.objects.update(first_name=EVIL, last_name=EVIL)
    parts = ("name", "credentials", "role", "department", "institution", "interests")
    Reviewer.objects.update(**dict.fromkeys(parts, EVIL))


def signed(article: Article, at) -> Review:
    """Sent back once with a reason, and signed the second time."""
    article.refresh_from_db()
    rosa, wanda, doctor = cast.reviewer().account, cast.person("wanda"), cast.reviewer()
    first = reviewing.request(article, reviewer=doctor, by=wanda, at=at, note=EVIL)
    reviewing.decline(first, by=rosa, at=at, digest=first.digest, reason=EVIL)
    second = reviewing.request(article, reviewer=doctor, by=wanda, at=at, note=EVIL)
    return reviewing.attest(second, by=rosa, at=at, digest=second.digest)


def online(title: str, at) -> Article:
    facts = drafting.ManuscriptFacts(
        file_name=EVIL, sha256=sha256(title), said={"notes": [EVIL]}, aliases=((f"{title} {EVIL}", "synonym"),)
    )
    article = drafting.start(words(title), by=cast.person("wanda"), at=at, manuscript=facts)
    for again in (False, True):
        if again:
            body = f"<p>{EVIL} The dose is 6 mg.</p>"
            changed = cast.with_body(article.content(), "treatment", body)
            article = drafting.revise(article, changed, by=cast.person("wanda"), at=at, base_revision=1)
        signed(article, at)
        note = {"change_class": "correction", "change_note": EVIL}
        publishing.publish(article, by=cast.person("paula"), at=at, **note)
    return Article.objects.get(pk=article.pk)


def poisoned() -> None:
    """Every text that a person can type is markup, on a page that is online and on one that was taken down."""
    people()
    at, paula, stan = timezone.now() - timedelta(days=2), cast.person("paula"), cast.person("stan")
    gone, article = online("Gone", at), online("Here", at)
    publishing.withdraw(gone, by=paula, at=at, reason=EVIL)
    keeping.defer(article, until=(at + timedelta(days=500)).date(), reason=EVIL, by=stan, at=at)
    hashes = [sha256(article.sections.get(anchor="treatment").body)]
    redacting.ask(article, hashes=hashes, reason=EVIL, by=paula, at=at)
    article = cast.edited(article)
    review = reviewing.request(article, reviewer=cast.reviewer(), by=cast.person("wanda"), at=at, note=EVIL)
    Comment.objects.create(article=article, review=review, text=EVIL, by=cast.reviewer().account, at=at)
    assert Condition.objects.filter(name__contains=EVIL).exists()
    hurried_and_promised(at)
    fields = {"title": [EVIL], "summary": [EVIL], "base_revision": [str(article.revision)]}
    unsaved.keep(fields, by=cast.person("wanda"), at=at, draft_key="a-form", article=article)


def hurried_and_promised(at) -> None:
    """A page that went online in an emergency, and one that waits for its day."""
    paula, wanda, note = cast.person("paula"), cast.person("wanda"), {"change_class": "wording", "change_note": EVIL}
    hurried = drafting.start(words("Hurried"), by=wanda, at=at)
    publishing.publish_in_emergency(hurried, by=paula, at=at, reason=EVIL, **note)
    later = drafting.start(words("Later"), by=wanda, at=at)
    signed(later, at)
    scheduling.schedule(later, publish_at=timezone.now() + timedelta(days=9), by=paula, at=at, **note)


def unescaped(client: Client, address: str) -> list[str]:
    """Markup of theirs that an HTML page carries as markup."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return []
    text = answer.content.decode()
    return [f"{address}: {raw}" for raw in RAW if raw in text]


@pytest.mark.parametrize("letter", ["U", "W", "M"])
def test_no_screen_runs_what_somebody_typed(letter):
    poisoned()
    client = browser(letter)
    if letter in "WM":  # those to whom things came back, and of whom things are asked
        client.force_login(cast.person("wanda") if letter == "W" else cast.reviewer().account)
    assert [found for row in ADDRESSES for found in unescaped(client, place_or_list(row))] == []


def place_or_list(row: str) -> str:
    """The address, or its list where there is no such row."""
    try:
        return place(row)
    except ObjectDoesNotExist:
        return "/admin/"


def test_no_public_page_runs_what_somebody_typed(client):
    poisoned()
    slugs = list(Published.objects.values_list("slug", flat=True))
    assert len(slugs) == 3
    below = [
        "",
        "references/",
        "history/",
        "editions/1/",
        "editions/2/changes/1/",
    ]  # the last is not there for one of them
    found = [unescaped(client, f"/{slug}/{one}") for slug in slugs for one in below]
    assert [one for some in [*found, unescaped(client, "/")] for one in some] == []


def test_this_test_sees_markup_that_runs(monkeypatch, client):
    poisoned()
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    monkeypatch.setattr("django.template.base.render_value_in_context", lambda value, _context: str(value))
    slug = Published.objects.filter(withdrawn_on=None).latest("pk").slug
    assert unescaped(client, f"/{slug}/")
