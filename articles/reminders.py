"""Lines of the daily digest about what waits for somebody and must not go quiet."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import notices, publishing, roles
from articles.models import Message, Published


def second_checks(*, at: datetime) -> str:
    """Remind publishers and editors of every page that was changed in an emergency and not been signed since."""
    pages = list(publishing.second_checks())
    people = {person.pk: person for role in (roles.PUBLISHER, roles.EDITOR) for person in roles.people_of(role)}
    count = sum(_remind(person, page, at) for page in pages for person in people.values())
    return _("%(count)d reminders of second checks") % {"count": count}


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
