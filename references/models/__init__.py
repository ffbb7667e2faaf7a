"""The rows."""

from references.models.change import ChangeCounter, SourceChange
from references.models.examination import Examination
from references.models.frozen import AlreadyFilled, Frozen, FrozenModel, FrozenQuerySet
from references.models.likeness import Likeness
from references.models.merge import Merge
from references.models.retraction import Retraction
from references.models.source import Source, SourceQuerySet, new_key, validate_partial_date

__all__ = [
    "AlreadyFilled",
    "ChangeCounter",
    "Examination",
    "Frozen",
    "FrozenModel",
    "FrozenQuerySet",
    "Likeness",
    "Merge",
    "Retraction",
    "Source",
    "SourceChange",
    "SourceQuerySet",
    "new_key",
    "validate_partial_date",
]
