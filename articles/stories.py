"""Patient stories: told with a consent on file, shown while it lasts, and gone from everywhere when it is withdrawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import checking, dates, drafting, markup, notices, papers, roles, settling
from articles.models import (
    Article,
    Citation,
    Edition,
    Message,
    PatientStory,
    Published,
    Revision,
    Section,
    StoryConsent,
)
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note
from articles.told import Told
from references.models import Source

TITLE, NAME = 200, 120  # characters at most
TELLS = (roles.PUBLISHER, roles.EDITOR)  # who can take a block out of a page, and publish it without


class NotTold(Refused):
    """These words can not be a story."""


class NoConsent(Refused):
    """Without a consent that is complete, and ends, no story is kept."""


class Over(Refused):
    """The story was withdrawn, or its text is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A consent: for what, since when, until when, and its proof: a paper, or where one is kept, or both."""

    given_on: date
    ends_on: date
    covers: str
    evidence: str = ""
    paper: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An article that holds a story: the address where readers see it now, and editions in which it stands."""

    article: Article
    online: str = ""
    editions: tuple[int, ...] = ()
    in_draft: bool = False


def soon(today: date) -> date:
    """The day before which a consent is said to end soon."""
    return today + timedelta(days=settings.STORY_REMINDER_DAYS)


def check_told(told: Told) -> None:
    """Raises NotTold, with every reason that there is."""
    found = list(_faults(told))
    if found:
        raise NotTold(" ".join(found))


def check_agreed(agreed: Agreed, *, at: datetime) -> None:
    """Raises NoConsent, papers.NoPaper."""
    today = timezone.localdate(at)
    if agreed.given_on > today:
        raise NoConsent(_("The consent was given on a day that is still to come. Check the date."))
    latest = dates.add_months(agreed.given_on, 12 * settings.STORY_YEARS)
    if not max(agreed.given_on, today) < agreed.ends_on <= latest:
        facts = {"years": settings.STORY_YEARS, "latest": date_format(latest)}
        message = _("A consent ends on a day to come, and after %(years)d years at the latest (%(latest)s).")
        raise NoConsent(message % facts)
    if not agreed.covers.strip():
        raise NoConsent(_("Say what the consent covers, such as the web site and the name that is shown."))
    if not (agreed.evidence.strip() or agreed.paper):
        raise NoConsent(_("Upload the signed consent, or say where it is kept."))
    if agreed.paper:
        papers.CONSENTS.check(agreed.paper)


@transaction.atomic
def add(told: Told, agreed: Agreed, *, by: User, at: datetime) -> PatientStory:
    """Keep a new story with its consent. Raises NotTold, NoConsent, papers.NoPaper."""
    roles.require(by, "keep_stories")
    told = _cleaned(told)
    check_agreed(agreed, at=at)
    story = PatientStory.objects.create(text_hash=told.hash, given_on=agreed.given_on, ends_on=agreed.ends_on)
    story.texts.create(hash=told.hash, content=told.to_json(), by=by, at=at)
    _record(story, agreed, by=by, at=at)
    return story


@transaction.atomic
def write(story: PatientStory, told: Told, *, by: User, at: datetime, forget: bool = False) -> PatientStory:
    """Give the story another wording: drafts take it now, readers see it with the next edition.

    With `forget`, earlier wordings are erased at once, from every page that shows them. Raises NotTold, Over.
    """
    roles.require(by, "keep_stories")
    told, articles = _cleaned(told), _hold(Section.objects.filter(story=story).values_list("article", flat=True))
    story = _lock(story)
    if not story.texts.filter(hash=told.hash, erased_at=None).exists():
        story.texts.create(hash=told.hash, content=told.to_json(), by=by, at=at)
    moved = story.text_hash != told.hash
    story.text_hash = told.hash
    story.save(update_fields=["text_hash"])
    if forget:
        _erase(story, by=by, at=at, keep=told.hash)
    for article in articles if moved else ():
        _take(article, story, by=by, at=at)
    return story


@transaction.atomic
def consent(story: PatientStory, agreed: Agreed, *, by: User, at: datetime) -> PatientStory:
    """Record another consent, which takes the place of the one before. Raises NoConsent, papers.NoPaper, Over."""
    roles.require(by, "keep_stories")
    check_agreed(agreed, at=at)
    story = _lock(story)
    story.given_on, story.ends_on = agreed.given_on, agreed.ends_on
    story.save(update_fields=["given_on", "ends_on"])
    _record(story, agreed, by=by, at=at)
    return story


@transaction.atomic
def withdraw(story: PatientStory, *, by: User, at: datetime, reason: str) -> PatientStory:
    """Take the story off every page and every edition at once, and erase all that it said.

    The papers of the consent stay for a while: they prove that it was right to show it. Raises ReasonNeeded, Over.
    """
    roles.require(by, "keep_stories")
    if not reason.strip():
        raise ReasonNeeded(_("Say why: the reason is kept, the story is not."))
    used = uses(story)
    _hold(one.article.pk for one in used)
    story = _lock(story, whole=False)
    story.withdrawn_at, story.withdrawn_by, story.withdrawn_reason = at, by, reason.strip()
    story.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _erase(story, by=by, at=at)
    for one in used:
        note(one.article, What.STORY_WITHDRAWN, by=by, at=at, detail=str(story))
    _tell_of_withdrawal(story, used, by=by)
    return story


def uses(story: PatientStory) -> list[Use]:
    """Every article that holds the story or held it in an edition, by title."""
    editions: dict[int, list[int]] = {}
    named = Edition.objects.filter(content__contains=f'"story":"{story.key}"').order_by("article", "number")
    for article, number in named.values_list("article", "number"):
        editions.setdefault(article, []).append(number)
    drafts = set(Section.objects.filter(story=story).values_list("article", flat=True))
    shown = named.filter(closed_how="").order_by().values("article")
    online = dict(Published.objects.live().filter(article__in=shown).values_list("article", "slug"))
    return [
        Use(
            article=article,
            online=f"/{online[article.pk]}/" if article.pk in online else "",
            editions=tuple(editions.get(article.pk, ())),
            in_draft=article.pk in drafts,
        )
        for article in Article.objects.filter(pk__in={*editions, *drafts}).order_by("title", "pk")
    ]


def keep_time(*, at: datetime) -> str:
    """What time does: reminders before a consent ends, texts erased after it has, papers erased years later, and what
    no consent names at all."""
    today = timezone.localdate(at)
    reminded = sum(_remind(story, today) for story in PatientStory.objects.valid(today))
    grace = today - timedelta(days=settings.STORY_GRACE_DAYS)
    ended = PatientStory.objects.filter(ends_on__lt=grace, texts__erased_at=None).distinct()
    erased = sum(_erase_ended(story, grace, at=at) for story in ended)
    dropped = sum(_drop_papers(row, at=at) for row in _old_papers(today))
    named = StoryConsent.objects.exclude(file="").order_by().values_list("file", flat=True)
    papers.CONSENTS.drop_others(set(named), before=at - timedelta(days=1))
    facts = {"reminded": reminded, "erased": erased, "dropped": dropped}
    return _("%(reminded)d reminders, %(erased)d stories erased, %(dropped)d consents erased") % facts


# -- steps ---------------------------------------------------------------------------------------------------------


def _cleaned(told: Told) -> Told:
    lines = {name: " ".join(getattr(told, name).split()) for name in ("title", "name", "language")}
    cleaned = replace(told, body=markup.clean(told.body), **lines)
    check_told(cleaned)
    return cleaned


def _faults(told: Told) -> Iterator[str]:
    if not (0 < len(told.title) <= TITLE and 0 < len(told.name) <= NAME):
        yield _("A story has a title, and a name to show for whoever tells it.")
    if not markup.text(told.body).strip():
        yield _("This story has no text.")
    if markup.citations(told.body):
        yield _("A story leans on no source. Take the citations out, or move what needs one to a medical section.")
    for sentence in checking.medical_claims_in_story(told.body):
        message = _("“%(sentence)s” reads like medical advice, and no reviewer signs a story. Take it out.")
        yield message % {"sentence": checking.short(sentence)}


def _lock(story: PatientStory, *, whole: bool = True) -> PatientStory:
    """The row, fresh and locked; with its text there, unless it need not be `whole`. Raises Over."""
    # Not more than needed: an article that is being saved holds on to the key, and waits for nothing else here.
    fresh = PatientStory.objects.select_for_update(no_key=True).get(pk=story.pk)
    if fresh.withdrawn_at:
        raise Over(_("This story was withdrawn."))
    if whole and fresh.told() is None:
        raise Over(_("The text of this story was erased after its consent had ended. Add the story anew."))
    return fresh


def _record(story: PatientStory, agreed: Agreed, *, by: User, at: datetime) -> None:
    with papers.CONSENTS.kept(agreed.paper) as (name, hashed):
        story.consents.create(
            given_on=agreed.given_on,
            ends_on=agreed.ends_on,
            covers=agreed.covers.strip(),
            evidence=agreed.evidence.strip(),
            file=name,
            file_hash=hashed,
            by=by,
            at=at,
        )


def _hold(numbers: Iterable[int]) -> list[Article]:
    """These articles, fresh and locked, and what they cite: all of it before the first seal, and in one order, so
    that two deeds never wait for each other (docs/decisions/0014)."""
    found = Article.objects.filter(pk__in=set(numbers)).order_by("pk")
    articles = [drafting.lock(article, binned=True) for article in found]
    Source.objects.hold(Citation.objects.filter(article__in=articles).values_list("source", flat=True))
    return articles


def _take(article: Article, story: PatientStory, *, by: User, at: datetime) -> None:
    """The draft takes the wording of today; whoever wrote that is recorded as the writer of these words."""
    article.sections.filter(story=story).update(story_hash=story.text_hash)
    settling.account(article, by=by, at=at, how=Revision.How.EDIT)


def _erase(story: PatientStory, *, by: User | None, at: datetime, keep: str = "") -> None:
    for row in story.texts.filter(erased_at=None).exclude(hash=keep):
        row.erase(by=by, at=at)


def _tell_of_withdrawal(story: PatientStory, used: list[Use], *, by: User) -> None:
    """Those who can publish the pages without the block hear of it at once; the pages are clean already."""
    people = {person.pk: person for role in TELLS for person in roles.people_of(role)}
    people.pop(by.pk, None)
    body = _("Readers see it no more, on the page and in its history. Take the empty block out and publish.")
    for one in used:
        if not (one.online or one.in_draft):
            continue
        subject = _("A patient story was withdrawn from “%(title)s”") % {"title": one.article.title}
        for person in people.values():
            notices.tell(person, subject, f"{story}. {body}", f"/admin/articles/article/{one.article.pk}/change/")


def _remind(story: PatientStory, today: date) -> int:
    """Mail to those who keep the pages, once for each consent. Returns how many."""
    if story.ends_on > soon(today):
        return 0
    used = [one for one in uses(story) if one.online or one.in_draft]
    path = f"/admin/articles/patientstory/{story.pk}/change/"
    latest: StoryConsent = story.consents.latest("pk")
    told = set(Message.objects.filter(path=path, made_at__gte=latest.at).values_list("person", flat=True))
    people = {person.pk: person for role in TELLS for person in roles.people_of(role)} if used else {}
    subject = _("The consent to a patient story ends on %(on)s") % {"on": date_format(story.ends_on)}
    pages = ", ".join(f"“{one.article.title}”" for one in used)
    body = _("%(story)s stands in %(pages)s. Ask for a new consent, or take it out. After that day it is not shown.")
    waiting = [person for pk, person in people.items() if pk not in told]
    for person in waiting:
        notices.tell(person, subject, body % {"story": story, "pages": pages}, path)
    return len(waiting)


@transaction.atomic
def _erase_ended(story: PatientStory, grace: date, *, at: datetime) -> int:
    fresh = PatientStory.objects.select_for_update(no_key=True).get(pk=story.pk)
    if fresh.ends_on >= grace:  # a new consent came meanwhile
        return 0
    _erase(fresh, by=None, at=at)
    return 1


def _old_papers(today: date) -> Iterator[StoryConsent]:
    """Consents that were last in effect so long ago that nobody needs their proof."""
    before = dates.add_months(today, -12 * settings.CONSENT_YEARS)
    for row in StoryConsent.objects.filter(erased_at=None, ends_on__lt=before).select_related("story"):
        if row.story.ends_on < before:
            yield row


@transaction.atomic
def _drop_papers(row: StoryConsent, *, at: datetime) -> int:
    name = row.file
    row.erase(at=at)
    if name:
        transaction.on_commit(lambda: papers.CONSENTS.drop(name))
    return 1
