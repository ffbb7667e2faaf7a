"""Stored words against their digests and signatures."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.content import Content, UnknownSchema, digest_of, sha256
from articles.models import Edition, Redaction, Review, Revision
from articles.verifying import stories
from articles.verifying.problem import Problem


def broken(*, tick: Callable[[], object]) -> Iterator[Problem]:
    """What is wrong with stored words."""
    erased = {one for hashes in _confirmed() for one in hashes}
    told = stories.known()
    for model in (Review, Edition, Revision):
        for row in model.objects.order_by("pk").iterator(200):
            tick()
            yield from _stored(row, erased, told)
    for edition in Edition.objects.exclude(review=None).select_related("review").defer("content").iterator(500):
        review = edition.review
        if review and (edition.digest, Review.Answer.ATTESTED) != (review.digest, review.answer):
            yield Problem(f"edition {edition.pk}", _("was published with a review of other words"))


def _confirmed() -> Any:
    return Redaction.objects.filter(outcome=Redaction.Outcome.DONE).values_list("hashes", flat=True)


def _stored(row: Any, erased: set[str], told: stories.Known) -> Iterator[Problem]:
    name = f"{row._meta.model_name} {row.pk}"
    if not row.content:
        if not getattr(row, "thinned_at", None):
            yield Problem(name, _("has lost its words"))
        return
    try:
        words = Content.from_json(row.content)
    except (UnknownSchema, json.JSONDecodeError, TypeError, KeyError):
        yield Problem(name, _("holds words that can not be read"))
        return
    yield from stories.unknown(name, words, told)
    if words.redacted:  # the digest stands as it was sealed; what is left is proved by the seal over its parts
        gone = {words.summary_erased, *(section.erased for section in words.sections)} - {""}
        gone |= {section.figure for section in words.sections if section.figure_erased}
        if not gone <= erased:
            yield Problem(name, _("lacks a part that no confirmed redaction names"))
        return
    if digest_of(row.content) != row.digest:
        yield Problem(name, _("holds other words than its digest says"))
    if hasattr(row, "full_hash") and sha256(row.content) != row.full_hash:
        yield Problem(name, _("holds other words than its hash says"))
