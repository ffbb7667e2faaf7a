"""The rows."""

from articles.models.article import RESERVED_SLUGS, Article, Section, cited_source
from articles.models.citation import Citation
from articles.models.comment import Comment
from articles.models.condition import Condition, ConditionCode, ConditionName
from articles.models.edition import Cover, Edition
from articles.models.outbox import Message, MessageQuerySet, Run
from articles.models.people import Reviewer
from articles.models.plan import Schedule, SignOff
from articles.models.published import Published
from articles.models.redaction import Erasure, Redaction
from articles.models.review import AS_SIGNED, Acceptance, Review
from articles.models.revision import Manuscript, Revision
from articles.models.seal import Chain, Seal, SealedModel, hash_of
from articles.models.timeline import Deferral, TimelineEntry
from articles.models.unsaved import Autosave, Presence
from references.models.frozen import AlreadyFilled, Frozen, FrozenModel

__all__ = [
    "AS_SIGNED",
    "RESERVED_SLUGS",
    "Acceptance",
    "AlreadyFilled",
    "Article",
    "Autosave",
    "Chain",
    "Citation",
    "Comment",
    "Condition",
    "ConditionCode",
    "ConditionName",
    "Cover",
    "Deferral",
    "Edition",
    "Erasure",
    "Frozen",
    "FrozenModel",
    "Manuscript",
    "Message",
    "MessageQuerySet",
    "Presence",
    "Published",
    "Redaction",
    "Review",
    "Reviewer",
    "Revision",
    "Run",
    "Schedule",
    "Seal",
    "SealedModel",
    "Section",
    "SignOff",
    "TimelineEntry",
    "cited_source",
    "hash_of",
]
