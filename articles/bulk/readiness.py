"""Whether the words of many articles are ready to be read, and which articles are as settled as their words say."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from articles import answering, reviewing, settling
from articles.bulk.folders import Folder, drafts_of, keys_of, opened
from articles.content import CitedSource, sha256
from articles.models import (
    Article,
    Citation,
    FactMention,
    FindingAnswer,
    Published,
    Review,
    Revision,
    cited_source,
)
from articles.refusals import Obstacle
from references.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is laid out once for many articles: the folders of those from whose words nothing new follows, and what
    stands beside their words. `waiting`: of which article whom a clinical review is asked already."""

    folders: Mapping[int, Folder]
    library: Mapping[str, Source]
    uncited: Mapping[int, Sequence[CitedSource]]
    answers: Mapping[int, Sequence[FindingAnswer]]
    waiting: Collection[tuple[int, int]]

    def unfit(self, folder: Folder, *, on: date) -> tuple[Obstacle, ...]:
        """What must be mended before anybody's time is spent on reading."""
        pk, words = folder.article.pk, folder.words
        cited = {source.key: self.library[source.key] for source in words.sources}
        beside = answering.beside(words, cited, self.uncited.get(pk, ()), on=on)
        found = answering.blocking_among(words, beside, self.answers.get(pk, ()))
        return reviewing.obstacles_among(folder.sections, found)


def laid_out(articles: Sequence[Article]) -> Desk:
    """The desk for these articles."""
    pks = [article.pk for article in articles]
    records = Source.objects.select_related("superseded_by", "merged_into__superseded_by")
    drafts = drafts_of(articles)
    library = records.by_key(keys_of(drafts))
    uncited, folders = _uncited(pks), opened(articles, drafts, library)
    settled = _settled(folders, library, uncited)
    waiting = Review.objects.open().clinical().filter(article__in=pks).order_by().values_list("article", "reviewer")
    return Desk(
        folders={pk: folders[pk] for pk in settled},
        library=library,
        uncited={pk: [cited_source(one) for one in sources] for pk, sources in uncited.items()},
        answers=_answers(pks),
        waiting=set(waiting),
    )


def _uncited(pks: Collection[int]) -> dict[int, list[Source]]:
    found = defaultdict[int, list[Source]](list)
    rows = Article.uncited.through.objects.filter(article__in=pks).select_related("source")
    for row in rows.order_by("source__title", "source"):
        found[row.article_id].append(row.source)
    return found


def _answers(pks: Collection[int]) -> dict[int, list[FindingAnswer]]:
    found = defaultdict[int, list[FindingAnswer]](list)
    for row in FindingAnswer.objects.standing().filter(article__in=pks):
        found[row.article_id].append(row)
    return found


def _settled(
    folders: Mapping[int, Folder], library: Mapping[str, Source], uncited: Mapping[int, list[Source]]
) -> set[int]:
    """Articles that `settling.account` would leave as they are. Of those with pictures or facts it is asked."""
    slugs = dict(Published.objects.filter(article__in=folders, moved_to=None).values_list("article", "slug"))
    rows = Revision.objects.filter(article__in=folders).order_by().values_list("article", "number", "full_hash")
    hashes = {(article, number): full_hash for article, number, full_hash in rows}
    mentioned = set(FactMention.objects.filter(article__in=folders, edition=None).values_list("article", flat=True))
    cited = defaultdict[int, set[settling.Cited]](set)
    marks = Citation.objects.filter(article__in=folders).order_by()
    for article, *mark in marks.values_list("article", *settling.Cited._fields):
        cited[article].add(settling.Cited(*mark))
    return {
        pk
        for pk, folder in folders.items()
        if pk not in mentioned
        and slugs.get(pk, folder.article.slug) == folder.article.slug
        and hashes.get((pk, folder.article.revision)) == sha256(folder.stored)
        and _is_plain(folder)
        and cited[pk] == set(settling.cited(folder.article.summary, folder.sections, library))
        and not {one.pk for one in uncited.get(pk, ())} & {mark.source_id for mark in cited[pk]}
    }


def _is_plain(folder: Folder) -> bool:
    return "<data value=" not in folder.stored and all(one.anchor and not one.figure for one in folder.sections)
