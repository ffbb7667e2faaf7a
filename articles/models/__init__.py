"""The rows."""

from articles.models.article import RESERVED_SLUGS, Article, Section, cited_source
from articles.models.citation import Citation
from articles.models.condition import Condition, ConditionCode, ConditionName
from articles.models.edition import Edition
from articles.models.frozen import AlreadyFilled, Frozen, FrozenModel
from articles.models.people import Reviewer
from articles.models.published import Published
from articles.models.review import AS_SIGNED, Acceptance, Review
from articles.models.revision import Manuscript, Revision
from articles.models.timeline import Deferral, TimelineEntry

__all__ = [
    "AS_SIGNED",
    "RESERVED_SLUGS",
    "Acceptance",
    "AlreadyFilled",
    "Article",
    "Citation",
    "Condition",
    "ConditionCode",
    "ConditionName",
    "Deferral",
    "Edition",
    "Frozen",
    "FrozenModel",
    "Manuscript",
    "Published",
    "Review",
    "Reviewer",
    "Revision",
    "Section",
    "TimelineEntry",
    "cited_source",
]
