"""Public addresses against the rows that prove what they say."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from articles import addresses as proved
from articles.models import Article, Published
from articles.verifying.problem import Problem


def broken(*, tick: Callable[[], object]) -> Iterator[Problem]:
    """Public addresses whose row does not say what the proven rows say."""
    for article in Article.objects.order_by("pk").iterator(500):
        tick()
        found = Published.objects.filter(article=article, moved_to=None).first()
        told = proved.derived(article)
        if (found is None) is not (told is None):
            yield Problem(
                f"/{article.slug}/", _("is missing") if told else _("leads to a page that was never published")
            )
        elif found and told:
            wrong = [f.name for f in found._meta.concrete_fields if _value(found, f) != _value(told, f)]
            if wrong:
                yield Problem(
                    f"/{found.slug}/", _("does not say what was proved: %(columns)s") % {"columns": ", ".join(wrong)}
                )
    yield from _misled()


def _misled() -> Iterator[Problem]:
    """Former addresses that lead elsewhere than to the page they were the address of."""
    former = Published.objects.filter(moved_to__isnull=False)
    for row in former.exclude(article=F("moved_to__article"), moved_to__moved_to=None):
        yield Problem(f"/{row.slug}/", _("does not lead to the page whose address it was"))


def _value(row: Published, field: Any) -> Any:
    return getattr(row, field.attname)
