"""What whoever asks Django for a page puts into the environment, for the page's view to say whether it may be kept."""

from dataclasses import dataclass

ENVIRON = "leukemia_site.offer"


@dataclass(slots=True)
class Offer:
    """May the answer be kept, and for how long is it right? The public side of Django fills it; see `kept`.

    An answer to a request that carries an offer comes whole: the words themselves, packed in no way, whatever the
    request says of encodings and of what the visitor has.

    `leans_on`: tags of what outdates it when it changes (changes.py). Times are seconds since 1970: from `valid_until`
    on it is made anew, and from `wrong_from` on it is shown no more even where that cannot be done, while the database
    is away; None is never. `away`: the database could not be asked.

    `of_copy`: it was made from a copy of the database, and so is only as new as what was heard of the first one.

    Set by whoever asks: `at`, to have the page as it will read then; and `number`, the newest change that is known of,
    which the answer has to know, too.
    """

    leans_on: frozenset[str] | None = None
    valid_until: float | None = None
    wrong_from: float | None = None
    away: bool = False
    of_copy: bool = False
    at: float | None = None
    number: int = 0

    @property
    def kept(self) -> bool:
        """Whether the answer may be kept."""
        return self.leans_on is not None
