"""Making and changing the working text."""

from articles.drafting.changing import (
    NothingToBringBack,
    NotThere,
    StaleRevision,
    bring_back,
    confirm_headings,
    revise,
    rewrite,
    settle,
)
from articles.drafting.rows import InBin, lock
from articles.drafting.starting import AlreadyStarted, ManuscriptFacts, start

__all__ = [
    "AlreadyStarted",
    "InBin",
    "ManuscriptFacts",
    "NotThere",
    "NothingToBringBack",
    "StaleRevision",
    "bring_back",
    "confirm_headings",
    "lock",
    "revise",
    "rewrite",
    "settle",
    "start",
]
