"""A form that is filled in for a person and that nothing saves: merged words, or text that was never saved."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict

from articles import unsaved
from articles.admin import comparing
from articles.admin.desk import person
from articles.models import Article, Revision

MERGE, RESTORE = Revision.How.MERGE.value, Revision.How.AUTOSAVE.value
_NAME = "_held_form"


@dataclass(frozen=True, slots=True)
class Held:
    """What the form holds, how it came there, and when it was typed."""

    how: str
    data: QueryDict
    at: datetime | None = None


def wanted(request: HttpRequest, object_id: str | None) -> Held | None:
    """What this request wants to see in the form: `?unsaved=` and a number, or the button that merges."""
    article = Article.objects.filter(pk=object_id).first() if object_id and object_id.isdecimal() else None
    if request.method == "POST":
        return _merged(request, article) if article and "_merge" in request.POST else None
    number = request.GET.get("unsaved", "")
    if not number.isdecimal() or len(number) > 18 or (object_id and not article):
        return None
    row = unsaved.of(person(request), article).filter(pk=number).first()
    return Held(RESTORE, fields(row.fields), row.at) if row else None


def fields(stored: unsaved.Fields) -> QueryDict:
    """Stored fields as a form sends them."""
    out = QueryDict(mutable=True)
    for name, values in stored.items():
        out.setlist(name, list(values))
    out["how"] = RESTORE
    return out


def _merged(request: HttpRequest, article: Article) -> Held:
    """Merged, if what was on the screen is what is stored; else the form as it was, to be compared again."""
    sent = request.POST
    base = sent.get("base_revision", "")
    if sent["_merge"] != str(article.revision):
        return Held(MERGE, sent)
    return Held(MERGE, comparing.merged(article, int(base) if base.isdecimal() and len(base) < 10 else None, sent))


def put(request: HttpRequest, held: Held) -> None:
    """Let the form be made of it. Whoever asks `held()` afterwards knows that it must not be saved."""
    setattr(request, _NAME, held)
    request.FILES  # noqa: B018  read now; asked for the first time later, they would bring the sent fields back
    request.method = "POST"
    request.POST = held.data  # type: ignore[assignment]  # a form takes any mapping of this kind


def held(request: HttpRequest) -> Held | None:
    """What this request's form was filled with, if it was."""
    found: Held | None = getattr(request, _NAME, None)
    return found
