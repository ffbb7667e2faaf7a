"""Reviews that were done elsewhere, recorded by staff with evidence and marked so."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, contributions, drafting, lineage, notices, papers, reviewing, roles, vouching
from articles.content import digest_of
from articles.models import Article, Edition, Manuscript, Published, Review, Reviewer, ReviewPaper
from articles.timeline import What
from articles.vouching import NoEvidence, NotRecorded, Paper, Said, Standing, Words

__all__ = [  # with what this module takes from the rules
    "MOST_PAPERS",
    "More",
    "NoEvidence",
    "NotRecorded",
    "Paper",
    "Words",
    "drop_left_papers",
    "imported_words",
    "on_behalf",
    "page_online",
    "prior",
    "tell",
]

MOST_PAPERS = 5


class More(TypedDict, total=False):
    """What else may be said: `scope` full (the default) or changes, and the papers that prove it."""

    scope: str
    papers: Sequence[Paper]


@transaction.atomic
def on_behalf(
    article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime, **more: Unpack[More]
) -> Review:
    """Record that `reviewer` read the page that is online, on that day, and found it right; or only what changed in it.

    Raises NotRecorded, papers.NoPaper.
    """
    roles.require(by, "record_review")
    article = drafting.lock(article)
    words = page_online(article, at=at)
    vouching.check_day(words, on)
    said = Said(reviewer, on, evidence, _base(article, words, more), _of(more))
    return _record(article, Review.Origin.ON_BEHALF, words, said, by=by, at=at)


@transaction.atomic
def prior(
    article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime, **more: Unpack[More]
) -> Review:
    """Record the review that an imported page had before it came here, of exactly its imported words.

    Raises NotRecorded, papers.NoPaper.
    """
    roles.require(by, "record_review")
    article = drafting.lock(article)
    words = imported_words(article)
    if words.latest < on <= timezone.localdate(at):
        day = formats.date_format(words.latest)
        raise NotRecorded(_("The page was imported on %(day)s. An earlier review was before that.") % {"day": day})
    if more.get("scope", Review.Scope.FULL) != Review.Scope.FULL:
        raise NotRecorded(_("An earlier review was of the whole page."))
    return _record(article, Review.Origin.PRIOR, words, Said(reviewer, on, evidence, None, _of(more)), by=by, at=at)


def page_online(article: Article, *, at: datetime) -> Words:
    """The words that a review could be recorded for now. Raises NotRecorded."""
    edition = article.editions.open().first()
    # Not article.digest, which was stored before somebody changed a source in the library.
    same = edition is not None and article.content().digest == edition.digest
    return vouching.words_online(edition, same=same, at=at)


def imported_words(article: Article) -> Words:
    """The imported words, while an earlier review of them can still be recorded. Raises NotRecorded."""
    manuscript: Manuscript | None = article.manuscripts.order_by("at", "pk").first()
    if manuscript is None:
        raise NotRecorded(_("This article was not imported, so it can not carry an earlier review."))
    if manuscript.digest != article.content().digest:
        raise NotRecorded(_("The words differ from the imported ones. Ask for a review of them instead."))
    if article.editions.exists() or article.reviews.filter(origin=Review.Origin.PRIOR).exists():
        raise NotRecorded(_("Only one earlier review can be recorded, before the first publication."))
    # As imported: whoever wrote institutional words since then is still alone with them.
    first = article.revisions.earliest("number")
    until = timezone.localdate(manuscript.at)
    return Words(first.content, digest_of(first.content), first.number, earliest=date.min, latest=until)


def _of(more: More) -> tuple[Paper, ...]:
    """The papers, under names without folders and of a bearable length."""
    found = more.get("papers", ())
    if len(found) > MOST_PAPERS:
        raise NotRecorded(_("At most %(most)d papers prove one review.") % {"most": MOST_PAPERS})
    names = [one.name.replace("\\", "/").rpartition("/")[2].strip()[-200:] or _("paper") for one in found]
    return tuple(Paper(name, one.data) for name, one in zip(names, found, strict=True))


def _base(article: Article, words: Words, more: More) -> Review | None:
    """The signed words with which the changes were compared; None where the whole page was read. Raises NotRecorded."""
    scope = more.get("scope", Review.Scope.FULL)
    if scope not in Review.Scope.values:
        raise NotRecorded(_("Say what was checked: the whole page, or the changes."))
    if scope == Review.Scope.FULL:
        return None
    signed = contributions.sound(article)
    others = [one for one in signed if one.digest != words.digest and one.revision < words.revision]
    if not others:
        raise NotRecorded(_("No other signed words stand before these, so only a review of the whole page counts."))
    down = article.editions.filter(closed_how=Edition.Closed.WITHDRAWN, closed_at__gte=lineage.settled_at(others[-1]))
    if down.exists():
        raise NotRecorded(_("The page was withdrawn since, so only a review of the whole page counts."))
    return others[-1]


def _record(article: Article, origin: str, words: Words, said: Said, *, by: User, at: datetime) -> Review:
    _check(article, words, said, by=by, at=at)
    before = _last_reviewed(article)
    with ExitStack() as shelf:
        # Files first: a row that names none would be no proof, and a file without its row does not stay.
        kept = [(paper, *shelf.enter_context(papers.REVIEWS.kept(paper.data))) for paper in said.papers]
        review = vouching.row(article, origin, words, said, by=by, at=at)
        review.save()
        _keep(review, kept)
        reviewing.note_deed(review, What.REVIEW_RECORDED, by=by, at=at, detail=vouching.detail(said))
        addresses.post(article, at=at)
        if said.base and _last_reviewed(article) != before:
            raise NotRecorded(_("Whoever read only the changes moves no date, and this would. Record the whole page."))
    return review


def _keep(review: Review, kept: Iterable[tuple[Paper, str, str]]) -> None:
    ReviewPaper.objects.bulk_create(
        ReviewPaper(review=review, name=paper.name, file=name, hash=hashed, size=len(paper.data))
        for paper, name, hashed in kept
    )


def _last_reviewed(article: Article) -> date | None:
    rows = Published.objects.filter(article=article, moved_to=None)
    return rows.values_list("last_reviewed_on", flat=True).first()


def _check(article: Article, words: Words, said: Said, *, by: User, at: datetime) -> None:
    vouching.check(said, by=by, at=at)
    known = article.reviews.filter(reviewer=said.reviewer, reviewed_on=said.on, answer=Review.Answer.ATTESTED)
    known = known.filter(digest=words.digest)
    standing = Standing(
        wrote=contributions.unseen_writers(article, article.revision),
        rushed=lineage.rushed_by(article, words.digest),
        known=known.exists(),
        counts=known.attested().exists(),
    )
    vouching.check_standing(standing, said, by=by)


def drop_left_papers(*, at: datetime) -> str:
    """Erase the files that no review names: a process that was cut off, or a deed that was taken back, leaves such."""
    named = set(ReviewPaper.objects.order_by().values_list("file", flat=True))
    count = papers.REVIEWS.drop_others(named, before=at - timedelta(days=1))
    return _("%(count)d papers without a review erased") % {"count": count}


def tell(reviewer: Reviewer, articles: Sequence[Article], *, on: date, evidence: str, by: User) -> None:
    """One message about all that was recorded at once: who is named would be the first to notice a mistake."""
    titles, count = [article.title for article in articles], len(articles)
    facts = {"title": titles[0], "count": count, "by": by, "day": formats.date_format(on), "evidence": evidence}
    subject = ngettext(
        "Your review of “%(title)s” was recorded", "Your reviews of %(count)d pages were recorded", count
    )
    said = _("%(by)s recorded that you reviewed these pages on %(day)s. Evidence: %(evidence)s") % facts
    wrong = _("If that is not so, say so here, and it stops counting:")
    recorded = Review.objects.filter(origin__in=Review.BY_STAFF, reviewer=reviewer, reviewed_on=on, article=articles[0])
    newest = recorded.order_by("-pk").values_list("pk", flat=True).first()
    path = f"/admin/articles/review/{newest}/not-so/"
    if count > 1 or newest is None:  # each of them leads there
        path = f"/admin/articles/review/?reviewer__id__exact={reviewer.pk}&origin__exact={Review.Origin.ON_BEHALF}"
    body = "\n".join([said, "", *titles, "", wrong])
    notices.tell(reviewer.account, subject % facts, body, path, kind=notices.Kind.DIGEST)
