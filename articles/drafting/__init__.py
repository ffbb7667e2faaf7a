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
from articles.drafting.rows import InBin, lock, refuse_binned
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
    "refuse_binned",
    "revise",
    "rewrite",
    "settle",
    "start",
]
