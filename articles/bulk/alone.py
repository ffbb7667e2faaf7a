"""What is done to one row by itself: by the deed for one article, or because a chunk could not be written at once.

The other rows are independent of it, and whoever sent them must learn what became of each.
"""

import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from articles.bulk.chunks import Chunk, Deed, Done, Pairs
from articles.models import BulkRow
from articles.refusals import Refused

Made = TypeVar("Made")
logger = logging.getLogger(__name__)


def looked(deed: Callable[[], Done]) -> Done:
    """What it would do: done, and taken back. Raises Refused."""
    with transaction.atomic():
        found = deed()
        transaction.set_rollback(True)
    return found


def done(deed: Callable[[], Made]) -> Made:
    """Do it, or nothing of it. Raises Refused."""
    try:
        with transaction.atomic():
            return deed()
    except DatabaseError as error:
        logger.exception("A row of work on many articles could not be written")
        raise Refused(_("The database did not take it. Nothing was done; try again.")) from error


def write(deed: Deed, chunk: Chunk, pairs: Pairs) -> Pairs:
    """Write them all at once; where the database does not take that, each alone. Returns those that were written."""
    if not pairs:
        return pairs
    try:
        with transaction.atomic():
            deed.write(chunk, pairs)
    except DatabaseError:
        logger.exception("The rows of a chunk could not be written at once")
        return list(_each(deed, chunk, pairs))
    return pairs


def _each(deed: Deed, chunk: Chunk, pairs: Pairs) -> Iterator[tuple[BulkRow, Done]]:
    for pair in pairs:
        try:
            done(lambda only=pair: deed.write(chunk, [only]))  # type: ignore[misc]
            yield pair
        except Refused as no:
            pair[0].state, pair[0].said = BulkRow.State.REFUSED, str(no)
