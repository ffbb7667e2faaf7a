"""What becomes of the one source of the cast's pages after they were published; and other news about them."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from articles import alerting, drafting, policy, recording, roles
from articles.content import Content
from articles.models import Alert, Article, Fact, FactMention, FactValue, Reliance
from articles.models.news import gravity
from references import examining, retracting
from references.looking import Hop, Look, Outcome, Page
from references.models import Source
from tests import cast

DOI = "10.1000/example"


def cited() -> Source:
    return Source.objects.get(title="What is example disease?")


def looked_at(source: Source, look: Look, *, days: int = 0) -> None:
    examining.write([(source.pk, look)], at=timezone.now() + timedelta(days=days))
    source.refresh_from_db()


def dies(source: Source | None = None) -> Source:
    """Gone at three looks over three days, the last of them now."""
    source = source or cited()
    for day in (-4, -2, 0):
        looked_at(source, Look(source.url, Outcome.ANSWERED, final=source.url, status=404), days=day)
    return source


def comes_back(source: Source | None = None) -> None:
    source = source or cited()
    looked_at(source, Look(source.url, Outcome.ANSWERED, final=source.url, status=200, page=Page(words=900)))


def moves(to: str = "https://example.org/moved") -> Source:
    """A permanent redirect."""
    source = cited()
    hops = (Hop(source.url, 301),)
    looked_at(source, Look(source.url, Outcome.ANSWERED, final=to, hops=hops, status=200, page=Page(words=900)))
    return source


def with_doi(article: Article) -> Article:
    """Its source has a DOI, by which a list can name it."""
    Source.objects.filter(pk=cited().pk).update(doi=DOI)
    drafting.settle(article, by=cast.person("wanda", roles.WRITER), at=cast.NOON)
    return Article.objects.get(pk=article.pk)


def retracted(doi: str = DOI, nature: str = "Retraction", notice: str = "10.1000/notice") -> None:
    """A list names that DOI; ours is the source's."""
    if doi == DOI:
        Source.objects.filter(pk=cited().pk).update(doi=doi)
    retracting.load(["doi,notice_doi,nature\n", f"{doi},{notice},{nature}\n"])


def changes(**fields) -> None:
    """Somebody mends the record."""
    source = Source.objects.earliest("pk")
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()


def rewritten(article: Article, words: Content) -> Article:
    article.refresh_from_db()
    writer = cast.person("wanda", roles.WRITER)
    return drafting.revise(article, words, by=writer, at=timezone.now(), base_revision=article.revision)


def uncites(article: Article) -> Article:
    """A writer takes the source out of the text."""
    return rewritten(article, cast.with_body(article.content(), "what-it-is", "<p>It begins in the marrow.</p>"))


def again(article: Article) -> None:
    """The same words with what the library says now, signed and published."""
    drafting.settle(article, by=cast.person("wanda", roles.WRITER), at=timezone.now())
    article.refresh_from_db()
    cast.published(article, at=timezone.now())


def recorded(*, by) -> None:
    """A review done elsewhere, recorded later."""
    at = timezone.now() + timedelta(minutes=1)
    how = {"reviewer": cast.reviewer(), "on": timezone.localdate(at), "evidence": "A letter."}
    recording.on_behalf(Article.objects.get(), **how, by=by, at=at)


def waiting() -> list[tuple[str, str]]:
    """Kind of news, and the page that it waits on."""
    rows = Reliance.objects.waiting().order_by(gravity("kind"), "article__title")
    return [(row.kind, row.article.title) for row in rows]


def alerted(*articles: Article, kind: str = "guideline", title: str = "A new guideline", at=None) -> Alert:
    """Stan has heard of something about these pages, or about all."""
    said = alerting.Brought(kind=kind, title=title, about="It changes the dose.", url="https://example.org/guideline")
    pages = articles or Article.objects.filter(addresses__edition__isnull=False)
    return alerting.raise_alert(said, pages, by=cast.cast().stan, at=at or timezone.now())


def reported() -> Alert:
    """A reader has found an error."""
    return alerted(kind="reader", title="A dose is wrong")


def printed(article: Article | None = None, *, days: int = 30) -> FactValue:
    """The page prints a number that is good for so many days more."""
    article = article or Article.objects.get()
    fact = Fact.objects.create(name="New cases a year", latest=1)
    today = timezone.localdate()
    said = {"value": "6,550", "unit": "new cases", "as_of": today - timedelta(days=400), "source": cited()}
    by = {"by": cast.cast().stan, "at": cast.NOON}
    value = FactValue.objects.create(fact=fact, number=1, expires=today + timedelta(days=days), **said, **by)
    FactMention.objects.create(article=article, edition=article.editions.open().get(), value=value)
    policy.settle([article.pk])
    return value


def expires(article: Article | None = None) -> FactValue:
    """It was good until yesterday."""
    return printed(article, days=-1)


def renewed(value: FactValue, *, at=None) -> FactValue:
    """Somebody records a new value."""
    later = {"number": value.fact.latest + 1, "value": "6,660", "at": at or timezone.now(), "pk": None}
    newer = FactValue(**{f.attname: getattr(value, f.attname) for f in FactValue._meta.concrete_fields} | later)
    newer.expires += timedelta(days=365)
    newer.save(force_insert=True)
    Fact.objects.filter(pk=value.fact_id).update(latest=newer.number)
    policy.settle([mention.article_id for mention in value.mentions.all()])
    return newer


def institutional(article: Article, text: str) -> Article:
    """A writer changes what the house says of itself."""
    words = article.content()
    sections = tuple(replace(s, body=text) if s.anchor == "our-program" else s for s in words.sections)
    return rewritten(article, replace(words, sections=sections))
