"""What follows from changed words: anchors, citations, the revision and its writer, closed requests, addresses."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

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
    article.revision, article.digest = number + 1, words.digest
    article.save(update_fields=["revision", "digest"])
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
    places = _places(article)
    marked = {mark.key for _section, mark in places}
    Source.objects.hold(source.pk for source in Source.objects.by_key(marked).values())
    library = Source.objects.by_key(marked)  # once more: a merge may have ended since
    # Asked of the last revision: the rows of a deleted section are gone already.
    last = article.revisions.filter(number=article.revision).first()
    keys = last.words().cited_keys() if last else ()
    before = {source.pk for source in Source.objects.by_key(keys).values()}
    article.citations.all().delete()
    Citation.objects.bulk_create(_cited(article, places, library))
    cited = {source.pk for source in library.values()}
    article.uncited.remove(*cited)
    article.uncited.add(*(before - cited))


def citations(article: Article, library: Mapping[str, Source]) -> Iterator[Citation]:
    """The rows that follow from the text, not saved. `library`: the record behind each key."""
    return _cited(article, _places(article), library)


def _places(article: Article) -> list[tuple[Section | None, Any]]:
    """Each mark, and the section in which it stands; None for the summary."""
    places: list[tuple[Section | None, Any]] = [(None, mark) for mark in _marks(article.summary)]
    for section in article.sections.all():
        places += [(section, mark) for mark in _marks(section.body)]
    return places


def _cited(
    article: Article, places: list[tuple[Section | None, Any]], library: Mapping[str, Source]
) -> Iterator[Citation]:
    for position, (section, mark) in enumerate(places, start=1):
        if mark.key in library:
            told = {"key": mark.key, "locator": mark.locator, "quote": mark.quote}
            yield Citation(article=article, section=section, source=library[mark.key], position=position, **told)


def _marks(body: str) -> Any:
    return markup.citations(body)
