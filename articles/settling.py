"""What follows from changed words: anchors, citations, the revision and its writer, closed requests, addresses."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles import addresses, figures, markup, mentions, notices
from articles.models import Article, Citation, Review, Revision, Section
from articles.timeline import What, note
from references.models import Source


def account(article: Article, *, by: User, at: datetime, how: str) -> bool:
    """Bring everything derived from the words in line with them. Returns whether words changed.

    Raises figures.PictureGone.
    """
    _anchor(article)
    _derive_citations(article)
    figures.hold(article)
    if addresses.move(article):
        note(article, What.MOVED, by=by, at=at, detail=article.slug)
    words, before, number = article.content(), article.digest, article.revision
    mentions.account(article, words)
    last = article.revisions.filter(number=number).first()
    if last and last.full_hash == words.full_hash:
        return False
    article.revision, article.digest, article.in_hand = number + 1, words.digest, True
    article.save(update_fields=["revision", "digest", "in_hand"])
    Revision.objects.create(
        article=article,
        number=article.revision,
        content=words.to_json(),
        digest=words.digest,
        full_hash=words.full_hash,
        how=how,
        by=by,
        at=at,
    )
    what = What.BROUGHT_BACK if how == Revision.How.RESTORE else What.REVISED if number else What.STARTED
    note(article, what, by=by, at=at, words=(before, words.digest))
    _supersede(article, by=by, at=at)
    return True


def _supersede(article: Article, *, by: User, at: datetime) -> None:
    """A request whose medical words are no longer the article's is closed, and its reviewer told."""
    for review in Review.objects.open().filter(article=article).exclude(digest=article.digest):
        review.answer_with(Review.Answer.SUPERSEDED, by=by, at=at, reason=_("The words were changed."))
        note(article, What.SUPERSEDED, by=by, at=at, words=(review.digest, article.digest))
        if review.reviewer.account_id != by.pk:
            notices.tell(
                review.reviewer.account,
                _("No need to review “%(title)s” now") % {"title": article.title},
                _("The words were changed, so this request is closed. A new one may follow."),
                kind=notices.Kind.DIGEST,
            )


def _anchor(article: Article) -> None:
    sections = list(article.sections.all())
    taken = {section.anchor for section in sections if section.anchor}
    for section in sections:
        if not section.anchor:
            section.anchor = _free_anchor(section.heading, taken)
            taken.add(section.anchor)
            section.save(update_fields=["anchor"])


def _free_anchor(heading: str, taken: set[str]) -> str:
    stem = slugify(heading)[:70] or "section"
    if stem.startswith(("ref-", "cite-")):
        stem = f"about-{stem}"  # those belong to references and their marks
    number, anchor = 1, stem
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    return anchor


def _derive_citations(article: Article) -> None:
    """Citation rows follow the marks in the text; a source whose last mark goes is kept as uncited."""
    places = _places(article.summary, article.sections.all())
    marked = {mark.key for _section, mark in places}
    Source.objects.hold(source.pk for source in Source.objects.by_key(marked).values())
    library = Source.objects.by_key(marked)  # once more: a merge may have ended since
    # Asked of the last revision: the rows of a deleted section are gone already.
    last = article.revisions.filter(number=article.revision).first()
    keys = last.words().cited_keys() if last else ()
    before = {source.pk for source in Source.objects.by_key(keys).values()}
    article.citations.all().delete()
    Citation.objects.bulk_create(Citation(article=article, **one._asdict()) for one in _cited(places, library))
    leant_on = {source.pk for source in library.values()}
    article.uncited.remove(*leant_on)
    article.uncited.add(*(before - leant_on))


class Cited(NamedTuple):
    """One mark in the text, as the columns of its Citation; `section_id` is None in the summary."""

    section_id: int | None
    source_id: int
    key: str
    position: int
    locator: str
    quote: str


def cited(summary: str, sections: Iterable[Section], library: Mapping[str, Source]) -> Iterator[Cited]:
    """What is cited in the text, in order. `library`: the record behind each key."""
    return _cited(_places(summary, sections), library)


def _places(summary: str, sections: Iterable[Section]) -> list[tuple[int | None, markup.Mark]]:
    """Each mark, and the number of the section in which it stands; None for the summary."""
    bodies = [(None, summary), *((section.pk, section.body) for section in sections)]
    return [(section, mark) for section, body in bodies for mark in markup.citations(body)]


def _cited(places: Iterable[tuple[int | None, markup.Mark]], library: Mapping[str, Source]) -> Iterator[Cited]:
    for position, (section, mark) in enumerate(places, start=1):
        if mark.key in library:
            yield Cited(section, library[mark.key].pk, mark.key, position, mark.locator, mark.quote)
