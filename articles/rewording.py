"""Giving a page about the site another text. One person may; readers see it at once, and every earlier text stays."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import languages, markup, roles, sitepages
from articles.content import plain
from articles.models import SiteText
from articles.refusals import Refused


class NoSuchPage(Refused):
    """The set of these pages is fixed."""


class NothingSaid(Refused):
    """The text is empty."""


class NothingChanged(Refused):
    """The text is the one that readers see."""


class ChangedMeanwhile(Refused):
    """Somebody else gave the page another text since this one was opened."""


@transaction.atomic
def reword(
    page: str, *, body: str, base: int, by: User, at: datetime, notices: Mapping[str, str] | None = None
) -> SiteText:
    """Show `body` from now on. `base` is the number of the text that it was written from, 0 for ours.

    `notices` are texts by language code. Raises NoSuchPage, NothingSaid, NothingChanged, ChangedMeanwhile.
    """
    roles.require(by, "add_sitetext")
    if page not in sitepages.Page.values:
        raise NoSuchPage(_("There is no such page."))
    body, said = markup.clean(body), _said(page, notices or {})
    if not plain(body):
        raise NothingSaid(_("The page would be empty. Write at least a sentence."))
    last = sitepages.current(page)
    if base != (last.number if last else 0):
        raise _meanwhile()
    if last and (last.body, last.notices) == (body, said):
        raise NothingChanged(_("Nothing was changed."))
    try:
        with transaction.atomic():
            return SiteText.objects.create(page=page, number=base + 1, body=body, notices=said, by=by, at=at)
    except IntegrityError as error:  # another hand was first, by an instant
        raise _meanwhile() from error


def _said(page: str, notices: Mapping[str, str]) -> dict[str, str]:
    """What is said in languages that we know by name, on the page that may say it."""
    if page != sitepages.IN_LANGUAGES:
        return {}
    kept = {code: "\n".join(text.strip().splitlines()) for code, text in notices.items() if code in languages.BY_CODE}
    return {code: text for code, text in kept.items() if text}


def _meanwhile() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _("Somebody else changed this page while you wrote. Compare your text with theirs, below, and save again.")
    )
