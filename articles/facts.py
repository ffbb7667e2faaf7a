"""Facts: a figure with its date, its source and its end is recorded once, and takes its new value in one place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import markup, policy, roles
from articles.dates import add_months
from articles.models import Article, Condition, Fact, FactMention, FactValue
from articles.refusals import Refused
from references.models import Source

SOON = timedelta(days=90)


class NotRecorded(Refused):
    """A value that can not be; the sentence says why."""


class NameTaken(NotRecorded):
    """There is a fact of this name."""


class ChangedMeanwhile(NotRecorded):
    """Somebody else recorded a value since this one was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a fact says. It is good through `expires`; `unit` is all that a page prints between value and year."""

    value: str
    unit: str = ""
    as_of: date
    expires: date
    source: Source
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """An article that prints a fact: with which values in its draft, and on the page online."""

    article: Article
    draft: list[FactValue] = field(default_factory=list)
    online: list[FactMention] = field(default_factory=list)

    @property
    def outdated(self) -> bool:
        """Whether its draft prints another value than the newest."""
        return any(value.number != value.fact.latest for value in self.draft)


@transaction.atomic
def add(name: str, said: Said, *, by: User, at: datetime, condition: Condition | None = None) -> Fact:
    """Record a fact with its first value. Raises NotRecorded, NameTaken, NotAllowed."""
    roles.require(by, "keep_facts")
    name = " ".join(name.split())
    if not name:
        raise NotRecorded(_("Say what is counted, where, and by whom."))
    _check(said, timezone.localdate(at))
    if Fact.objects.filter(name__iexact=name).exists():
        raise NameTaken(_("There is a fact of this name. Record its new value instead."))
    try:
        with transaction.atomic():
            fact = Fact.objects.create(name=name, condition=condition, latest=1)
    except IntegrityError as error:  # another hand was first, by an instant
        raise NameTaken(_("There is a fact of this name. Record its new value instead.")) from error
    _keep(fact, said, by=by, at=at)
    return fact


@transaction.atomic
def update(fact: Fact, said: Said, *, base: int, by: User, at: datetime) -> FactValue:
    """Record its new value. Pages that print an older one have news from now on; their drafts stay as they are.

    `base` is the number of the value that was the newest on the screen. Raises NotRecorded, ChangedMeanwhile,
    NotAllowed.
    """
    roles.require(by, "keep_facts")
    _check(said, timezone.localdate(at))
    pages = _lock_pages(fact)
    fact = Fact.objects.select_for_update().get(pk=fact.pk)
    if fact.latest != base:
        raise ChangedMeanwhile(_("Somebody else has just recorded a value of this fact. Look at it first."))
    if _same(fact.values.filter(number=base).first(), said):
        raise NotRecorded(_("This is what the fact says already."))
    fact.latest = base + 1
    fact.save(update_fields=["latest"])
    value = _keep(fact, said, by=by, at=at)
    policy.settle(pages)
    return value


def uses(articles: Iterable[Article], fact: Fact) -> list[Use]:
    """Where among these articles the fact stands. One query."""
    found = {article.pk: Use(article) for article in articles}
    rows = FactMention.objects.filter(article__in=found, value__fact=fact).order_by("value__number")
    for row in rows.select_related("value__fact", "edition"):
        use = found[row.article_id]
        if row.edition_id:
            use.online.append(row)
        else:
            use.draft.append(row.value)
    return list(found.values())


def printing(fact: Fact) -> QuerySet[Article]:
    """Articles whose draft or page prints any value of it, by title."""
    return Article.objects.filter(pk__in=FactMention.objects.filter(value__fact=fact).values("article"))


def outdated(fact: Fact) -> QuerySet[Article]:
    """Articles whose draft prints another value of it than the newest, by title."""
    older = FactMention.objects.filter(value__fact=fact, edition=None).exclude(value__number=F("value__fact__latest"))
    return Article.objects.filter(pk__in=older.values("article"), binned_at=None)


def value_of(value: FactValue) -> markup.Value:
    """A value as texts print it, with the keys of its source: of a merged one also those that texts may still have."""
    source = value.source.kept()
    aliases = Source.objects.filter(merged_into=source).order_by("pk").values_list("key", flat=True)
    return markup.Value(
        ref=value.ref,
        words=value.printed,
        figure=value.value,
        sources=(source.key, *aliases),
        locator=value.locator,
    )


def _check(said: Said, today: date) -> None:
    if not said.value.strip():
        raise NotRecorded(_("Write the value."))
    if said.as_of > today:
        raise NotRecorded(_("A value is not of a day to come."))
    if said.expires <= max(said.as_of, today):
        raise NotRecorded(_("A value is good until a day to come."))
    # Due dates are counted on from here, and no calendar goes beyond the year 9999.
    if said.expires > add_months(today, policy.LONGEST):
        raise NotRecorded(_("No value is good for more than %(most)d months.") % {"most": policy.LONGEST})


def _lock_pages(fact: Fact) -> list[int]:
    """Articles whose page prints it, locked in one order before anything is sealed."""
    printed = FactMention.objects.filter(value__fact=fact, edition__isnull=False)
    rows = Article.objects.select_for_update().filter(pk__in=printed.values("article")).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _keep(fact: Fact, said: Said, *, by: User, at: datetime) -> FactValue:
    row: FactValue = FactValue.objects.create(fact=fact, number=fact.latest, by=by, at=at, **_columns(said))
    return row


def _same(row: FactValue | None, said: Said) -> bool:
    return row is not None and all(getattr(row, name) == value for name, value in _columns(said).items())


def _columns(said: Said) -> dict[str, object]:
    lines = {name: " ".join(getattr(said, name).split()) for name in ("value", "unit", "locator")}
    return {**lines, "as_of": said.as_of, "expires": said.expires, "source": said.source.kept()}


def search(words: str) -> QuerySet[FactValue]:
    """The newest value of each fact whose name, value or condition has all of these words, by name."""
    found = FactValue.objects.newest()
    for word in words.split():
        here = ("fact__name", "fact__condition__name", "value", "unit")
        either = Q(*((f"{column}__icontains", word) for column in here), _connector=Q.OR)
        found = found.filter(either)
    return found.select_related("fact", "source__merged_into").order_by("fact__name", "pk")
