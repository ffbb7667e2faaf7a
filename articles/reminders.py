"""Lines of the daily digest about what waits for somebody and must not go quiet; of the gravest news, mail at once."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import news, notices, publishing, roles
from articles.models import Message, Published, Review
from articles.models.news import AT_ONCE, label

EVERYWHERE = (roles.PUBLISHER, roles.EDITOR, roles.RECORDS_STEWARD)  # they decide about every page
NEWS = news.PLACE


def second_checks(*, at: datetime) -> str:
    """Remind publishers and editors of every page that was changed in an emergency and not been signed since."""
    pages = list(publishing.second_checks())
    people = {person.pk: person for role in (roles.PUBLISHER, roles.EDITOR) for person in roles.people_of(role)}
    count = sum(_remind(person, page, at) for page in pages for person in people.values())
    return _("%(count)d reminders of second checks") % {"count": count}


def retractions(*, at: datetime) -> str:
    """Tell those who decide about each retraction and each warning that reached a page, once each, whenever the page
    came to be concerned. Returns what was done."""
    pages: dict[str, set[int]] = {}
    for key, article in news.waiting(AT_ONCE):
        pages.setdefault(key, set()).add(article)
    told = set(Message.objects.filter(path__in=map(news.path, pages)).values_list("path", "person"))
    people = _deciders({article for found in pages.values() for article in found})
    count = 0
    for row in news.queue(kinds=AT_ONCE):
        key = f"{row['origin']}.{row['piece']}"
        for person, theirs in people:
            if theirs & pages.get(key, set()) and (news.path(key), person.pk) not in told:
                _tell(person, row, news.path(key))
                count += 1
    return ngettext("%(count)d message about grave news", "%(count)d messages about grave news", count) % {
        "count": count
    }


def remind_of_news(*, at: datetime) -> str:
    """Remind those who decide of all news that waits. Returns what was done."""
    pages = {article for _key, article in news.waiting()}
    people = [(person, len(theirs)) for person, theirs in _deciders(pages) if not _has_line(person, NEWS)]
    for person, count in people:
        said = ngettext("News waits on %(count)d page", "News waits on %(count)d pages", count)
        body = _("Somebody must decide what it means for each of them.")
        notices.tell(person, said % {"count": count}, body, NEWS, kind=notices.Kind.DIGEST)
    return _("%(count)d reminders of news") % {"count": len(people)}


def _deciders(pages: set[int]) -> list[tuple[User, set[int]]]:
    """Who decides about which of these pages: a reviewer about those that they were asked to read or have signed, and
    every reviewer about a page that none of them knows."""
    doctors = {person.pk: person for person in roles.people_of(roles.MEDICAL_REVIEWER)}
    asked = Review.objects.clinical().filter(article__in=pages, reviewer__account__in=doctors)
    theirs: dict[int, set[int]] = {pk: set() for pk in doctors}
    for doctor, article in asked.order_by().values_list("reviewer__account", "article").distinct():
        theirs[doctor].add(article)
    unknown = pages - {article for known in theirs.values() for article in known}
    found = {pk: (person, theirs[pk] | unknown) for pk, person in doctors.items()}
    found |= {person.pk: (person, pages) for role in EVERYWHERE for person in roles.people_of(role)}
    return [(person, known) for person, known in found.values() if known]


def _has_line(person: User, path: str) -> bool:
    return Message.objects.waiting().filter(person=person, kind=notices.Kind.DIGEST, path=path).exists()


def _tell(person: User, row: dict[str, Any], path: str) -> None:
    if row["origin"] == news.Origin.CHANGE:
        pages = ngettext("%(count)d page leans on it.", "%(count)d pages lean on it.", row["pages"])
        pages += " " + _("Its readers are told so.")
    else:
        pages = ngettext("It is about %(count)d page.", "It is about %(count)d pages.", row["pages"])
    facts = {"kind": capfirst(label(row["what"])), "title": row["titled"]}
    body = f"{pages % {'count': row['pages']}} {_('Decide what it means for the page.')}"
    notices.tell(person, _("%(kind)s: %(title)s") % facts, body, path)


def _remind(person: User, page: Published, at: datetime) -> bool:
    """One line, unless the last one about this page has not been sent yet."""
    path = publishing.way_to_second_check(page.article_id, person)
    subject = _("“%(title)s” still waits for its second check") % {"title": page.title}
    if Message.objects.waiting().filter(person=person, kind=notices.Kind.DIGEST, path=path, subject=subject).exists():
        return False
    since = page.unreviewed_since or timezone.localdate(at)
    facts = {"since": date_format(since), "days": (timezone.localdate(at) - since).days}
    body = _("Readers see words that no reviewer has signed since %(since)s (%(days)d days). Ask for a review.") % facts
    notices.tell(person, subject, body, path, kind=notices.Kind.DIGEST)
    return True
