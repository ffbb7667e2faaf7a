"""What the pages of many articles will ask of the database, asked all at once: for whoever makes them all."""

from collections.abc import Collection
from datetime import date
from itertools import groupby

from articles.models import Edition, Published
from articles.reading import current, editions, facts
from leukemia_site.once import answer

FEW = 20  # editions of an article whose words are kept at once


def look(slugs: Collection[str], *, today: date) -> None:
    """Ask for these addresses, and remember the answers under the questions of the views (leukemia_site/once.py).

    To be called while nothing changes. Nine queries at most, one of them where a source bears a notice, however many
    addresses there are.
    """
    rows = list(current.rows().filter(slug__in=slugs))
    for row in rows:
        answer(current.row, row, row.pk)
        answer(current.address, row, row.pk)
    shown = [row for row in rows if not row.moved_to_id]
    found = _editions({row.article_id for row in shown})
    _corrections(shown, today)
    _sources(shown, found)


def _editions(articles: set[int]) -> list[Edition]:
    """What histories ask, and the pages of single editions."""
    known = editions.known_of(articles)
    few = [article for article in articles if len(known[article]) <= FEW]
    for article in articles:
        answer(editions.known, known[article], article)
    found = editions.entries(list(editions.whole(*few)))
    for edition, _first, _later in found:
        answer(editions.one, edition, edition.article_id, edition.number)
    by_article = sorted(found, key=lambda entry: (entry[0].article_id, -entry[0].number))
    for article, group in groupby(by_article, key=lambda entry: entry[0].article_id):
        entries = list(group)
        answer(editions.listed, entries, article, entries[-1][0].number, entries[0][0].number)
    return [edition for edition, _first, _later in found]


def _corrections(rows: list[Published], today: date) -> None:
    later = {row.article_id for row in rows if row.edition and row.edition.number > 1}
    found = facts.corrections_of(later, today)
    for article in later:
        answer(facts.corrections, found[article], article, today)


def _sources(rows: list[Published], found: list[Edition]) -> None:
    """Open editions as their references ask for them, and how all sources stand."""
    opened = [row.edition for row in rows if row.edition]
    for edition in opened:
        answer(current.stored, edition, edition.pk)
    many = {current.words(edition).cited_keys() for edition in (*opened, *found)}
    for keys, looked in current.looks(many).items():
        answer(current.look, looked, keys)
