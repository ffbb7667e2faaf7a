"""The pages about the site itself: a fixed set, and what each of them says today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from articles import languages, prose
from articles.languages import Language
from articles.models import SiteText
from articles.page import Html

Page = SiteText.Page
# A page may say something in other languages; a text of ours never does, for we know of no interpreter.
IN_LANGUAGES = Page.LANGUAGE_HELP


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """What a template shows. Without `changed_at` the text is ours, and nobody here has edited it yet."""

    key: str
    title: str
    body: Html
    notices: tuple[tuple[Language, str], ...] = ()
    changed_at: datetime | None = None
    preview: bool = False


def current(page: str) -> SiteText | None:
    """The text that readers see; None while it is ours. One query."""
    return SiteText.objects.of(page).first()


def default(page: str) -> str:
    """Our own text, which claims nothing that we can not know of the organization."""
    return render_to_string(f"articles/site/{page}.html").strip()


def shown(page: str, text: SiteText | None) -> SitePage:
    """The page of this text, stored or not; with None, the page of ours. No query."""
    body = text.body if text else default(page)
    return SitePage(
        key=page,
        title=str(Page(page).label),
        body=prose.under_title(body),
        notices=_spoken(text.notices) if text else (),
        changed_at=text.at if text else None,
    )


def _spoken(notices: Mapping[str, str]) -> tuple[tuple[Language, str], ...]:
    return tuple((one, notices[one.code]) for one in languages.LANGUAGES if notices.get(one.code, "").strip())
