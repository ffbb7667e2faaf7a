"""Public addresses against the rows that prove what they say.

News about a source, or a fact that ran out, moves dates a moment after it came, at the latest with the next timed run.
Until then nothing was changed by anybody: such pages are `late`, not broken.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles import addresses as proved
from articles import events, mentions, policy, reliances, showings
from articles.due import Known, Policy, derive
from articles.models import Article, FactMention, Published, Section
from articles.verifying.problem import Problem

FACT = "<data value="  # begins every fact in a text


def late() -> int:
    """How many pages have dates that do not follow the latest news yet."""
    return len(policy.unsettled())


def broken(*, tick: Callable[[], object]) -> Iterator[Problem]:
    """Public addresses whose row does not say what the proven rows say."""
    current, heard = policy.current(), events.since()
    for article in Article.objects.order_by("pk").iterator(500):
        tick()
        found = Published.objects.filter(article=article, moved_to=None).first()
        told = proved.derived(article, heard=heard)
        if (found is None) is not (told is None):
            yield Problem(
                f"/{article.slug}/", _("is missing") if told else _("leads to a page that was never published")
            )
        elif found and told:
            _allow_for_news(told, found, current)
            wrong = [f.name for f in found._meta.concrete_fields if _value(found, f) != _value(told, f)]
            if wrong:
                yield Problem(
                    f"/{found.slug}/", _("does not say what was proved: %(columns)s") % {"columns": ", ".join(wrong)}
                )
        if _put_down_too_soon(article, told):
            yield Problem(_("the draft “%s”") % article, _("is not as readers see it, and on nobody's desk"))
        if reliances.drifted(article):
            yield Problem(f"/{article.slug}/", _("is not known to lean on the sources that it cites"))
        if mentions.drifted(article, online=True):
            yield Problem(f"/{article.slug}/", _("is not known to print the facts that stand in it"))
        if showings.drifted(article):
            yield Problem(f"/{article.slug}/", _("does not show readers the pictures of its editions, or shows others"))
    yield from _misprinted()
    yield from _misled()


def _put_down_too_soon(article: Article, told: Published | None) -> bool:
    """Whether no desk looks at words that readers do not see: they are looked for among those in hand alone."""
    online = told.edition if told else None
    return not article.in_hand and (online is None or online.revision != article.revision)


def _allow_for_news(told: Published, found: Published, current: Policy) -> None:
    """Tell the dates as they follow from the news that the row has heard of."""
    if told.edition_id is None or told.event_since == found.event_since:
        return
    known = Known(
        last_reviewed=told.last_reviewed_on,
        tier=told.risk_tier,
        override=told.cadence_months,
        deferred_until=told.deferred_until,
        event_since=found.event_since,
    )
    due = derive(known, current)
    told.event_since = found.event_since
    told.next_due, told.due_why, told.overdue_from = due.on, due.why, due.said_from


def _misprinted() -> Iterator[Problem]:
    """Drafts in which facts stand that are not known to stand there, or are known to and do not."""
    printing = Q(summary__contains=FACT) | Q(pk__in=Section.objects.filter(body__contains=FACT).values("article"))
    known = Q(pk__in=FactMention.objects.filter(edition=None).values("article"))
    for article in Article.objects.filter(printing | known).order_by("pk").iterator(500):
        if mentions.drifted(article, online=False):
            yield Problem(_("the draft “%s”") % article, _("is not known to print the facts that stand in it"))


def _misled() -> Iterator[Problem]:
    """Former addresses that lead elsewhere than to the page they were the address of."""
    former = Published.objects.filter(moved_to__isnull=False)
    for row in former.exclude(article=F("moved_to__article"), moved_to__moved_to=None):
        yield Problem(f"/{row.slug}/", _("does not lead to the page whose address it was"))


def _value(row: Published, field: Any) -> Any:
    return getattr(row, field.attname)
