"""The rows."""

from articles.models.alert import Alert, AlertPage
from articles.models.article import RESERVED_SLUGS, Article, cited_source
from articles.models.bulk import BulkRow, BulkRun
from articles.models.citation import Citation
from articles.models.comment import Comment
from articles.models.condition import Condition, ConditionCode, ConditionName
from articles.models.decision import Decision
from articles.models.desk import Calendar, SavedFilter
from articles.models.edition import Cover, Edition
from articles.models.fact import Fact, FactMention, FactValue
from articles.models.figure import Figure, Showing
from articles.models.finding_answer import FindingAnswer
from articles.models.outbox import Message, MessageQuerySet, Run
from articles.models.paper import ReviewPaper
from articles.models.people import NO_INTERESTS, Reviewer, declared
from articles.models.plan import Schedule, SignOff
from articles.models.policy import PolicyTerm, ReviewPolicy
from articles.models.published import Published
from articles.models.readers import ReaderChange, ReaderCounter
from articles.models.redaction import Erasure, Redaction
from articles.models.reliance import Reliance, RelianceQuerySet
from articles.models.reminder import Digest, Reminder, Snooze
from articles.models.review import AS_SIGNED, Acceptance, Review
from articles.models.revision import Manuscript, Revision
from articles.models.seal import Chain, Seal, SealedModel, hash_of
from articles.models.section import Section
from articles.models.sitetext import SiteText
from articles.models.story import PatientStory, StoryConsent, StoryText, story_heading
from articles.models.timeline import Deferral, TimelineEntry
from articles.models.unsaved import Autosave, Presence
from references.models.frozen import AlreadyFilled, Frozen, FrozenModel

__all__ = [
    "AS_SIGNED",
    "NO_INTERESTS",
    "RESERVED_SLUGS",
    "Acceptance",
    "Alert",
    "AlertPage",
    "AlreadyFilled",
    "Article",
    "Autosave",
    "BulkRow",
    "BulkRun",
    "Calendar",
    "Chain",
    "Citation",
    "Comment",
    "Condition",
    "ConditionCode",
    "ConditionName",
    "Cover",
    "Decision",
    "Deferral",
    "Digest",
    "Edition",
    "Erasure",
    "Fact",
    "FactMention",
    "FactValue",
    "Figure",
    "FindingAnswer",
    "Frozen",
    "FrozenModel",
    "Manuscript",
    "Message",
    "MessageQuerySet",
    "PatientStory",
    "PolicyTerm",
    "Presence",
    "Published",
    "ReaderChange",
    "ReaderCounter",
    "Redaction",
    "Reliance",
    "RelianceQuerySet",
    "Reminder",
    "Review",
    "ReviewPaper",
    "ReviewPolicy",
    "Reviewer",
    "Revision",
    "Run",
    "SavedFilter",
    "Schedule",
    "Seal",
    "SealedModel",
    "Section",
    "Showing",
    "SignOff",
    "SiteText",
    "Snooze",
    "StoryConsent",
    "StoryText",
    "TimelineEntry",
    "cited_source",
    "declared",
    "hash_of",
    "story_heading",
]
