"""The cast, whose names mean permissions, and articles in the states that only the deeds can make.

Wanda writes, Edith edits, Dr Rosa reviews, Paula publishes, Stan keeps dates, Ada administers, Sam reads.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Group, User

from articles import drafting, publishing, reviewing, roles, scheduling
from articles.content import INSTITUTIONAL, CitedSource, Content, SectionContent
from articles.models import Article, Edition, Review, Reviewer, Schedule
from tests.remembering import remembered

NOON = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)  # noon in Los Angeles


def later(**delta: float) -> datetime:
    """NOON plus so much."""
    return NOON + timedelta(**delta)


def person(name: str, role: str = "") -> User:
    """An account, in a role if one is given; made once."""
    user, created = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", "is_staff": bool(role)}
    )
    if created:
        user.set_password("a long pass phrase")
        user.save()
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def reviewer(name: str = "rosa") -> Reviewer:
    """A doctor with an account; made once."""
    account = person(name, roles.MEDICAL_REVIEWER)
    doctor, _created = Reviewer.objects.get_or_create(
        slug=name,
        defaults={
            "account": account,
            "name": f"{name.title()} Example",
            "credentials": "MD",
            "role": "Chair",
            "department": "Hematology",
            "institution": "Example Hospital",
        },
    )
    return doctor


def editor(name: str = "edith") -> Reviewer:
    """An editor who signs for language, and has no credentials; made once."""
    facts = {"account": person(name, roles.EDITOR), "name": f"{name.title()} Example", "role": "Editor"}
    return Reviewer.objects.get_or_create(slug=name, defaults=facts)[0]


@remembered
def cast() -> SimpleNamespace:
    """Everybody."""
    return SimpleNamespace(
        wanda=person("wanda", roles.WRITER),
        edith=person("edith", roles.EDITOR),
        rosa=reviewer().account,
        paula=person("paula", roles.PUBLISHER),
        stan=person("stan", roles.RECORDS_STEWARD),
        ada=person("ada", roles.ADMINISTRATOR),
        sam=person("sam"),
    )


def words(title: str = "Acute example disease", dose: str = "5 mg") -> Content:
    """A page: one cited medical section, one without a mark, one institutional."""
    cite = '<cite data-source="ref-1"></cite>'
    return Content(
        title=title,
        summary="<p>A rare disease of the blood.</p>",
        sections=(
            SectionContent(anchor="what-it-is", heading="What it is", body=f"<p>It begins in the marrow.{cite}</p>"),
            SectionContent(anchor="treatment", heading="Treatment", body=f"<p>The usual dose is {dose}.</p>"),
            SectionContent(anchor="our-program", heading="Our program", body="<p>We are here.</p>", kind=INSTITUTIONAL),
        ),
        sources=(
            CitedSource(
                key="ref-1",
                organization="Example Society",
                title="What is example disease?",
                url="https://example.org/what",
                published="2024-01-17",
                accessed="2026-11-01",
            ),
        ),
    )


def draft(content: Content | None = None) -> Article:
    """Wanda has written it."""
    return drafting.start(content or words(), by=person("wanda", roles.WRITER), at=NOON)


@remembered
def requested(article: Article | None = None, *, at: datetime = NOON) -> Review:
    """Wanda has asked Rosa to review it."""
    return reviewing.request(article or draft(), reviewer=reviewer(), by=person("wanda", roles.WRITER), at=at)


@remembered
def signed(article: Article | None = None, *, at: datetime = NOON) -> Review:
    """Rosa has attested it."""
    review = requested(article, at=at)
    return reviewing.attest(review, by=reviewer().account, at=at, digest=review.digest)


@remembered
def published(article: Article | None = None, *, at: datetime = NOON) -> Edition:
    """Paula has published it."""
    review = signed(article, at=at)
    return publish(review.article, at=at)


def publish(article: Article, *, at: datetime = NOON) -> Edition:
    """Paula publishes what is signed."""
    paula = person("paula", roles.PUBLISHER)
    return publishing.publish(article, by=paula, at=at, change_class="wording", change_note="A note for readers.")


def edited(article: Article, dose: str = "6 mg", *, by: str = "wanda", at: datetime = NOON) -> Article:
    """Somebody changes the dose."""
    article.refresh_from_db()
    body = f"<p>The usual dose is {dose}.</p>"
    return drafting.revise(
        article,
        with_body(article.content(), "treatment", body),
        by=person(by, roles.WRITER),
        at=at,
        base_revision=article.revision,
    )


def with_body(content: Content, anchor: str, body: str) -> Content:
    """The same content with another text in one section."""
    sections = (replace(s, body=body) if s.anchor == anchor else s for s in content.sections)
    return replace(content, sections=tuple(sections))


def scheduled(article: Article | None = None, *, at: datetime = NOON, publish_at: datetime | None = None) -> Schedule:
    """Paula has scheduled what is signed, for two days later."""
    return scheduling.schedule(
        article or signed(at=at).article,
        publish_at=publish_at or at + timedelta(days=2),
        change_class="wording",
        change_note="A note for readers.",
        by=person("paula", roles.PUBLISHER),
        at=at,
    )
