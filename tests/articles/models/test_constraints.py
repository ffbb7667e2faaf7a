"""What the database itself refuses, on both engines, whoever writes. Every constraint of every model is here."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from articles.models import (
    Acceptance,
    Alert,
    AlertPage,
    Article,
    Autosave,
    BulkRow,
    BulkRun,
    Calendar,
    Citation,
    Comment,
    Condition,
    ConditionCode,
    ConditionName,
    Cover,
    Decision,
    Deferral,
    Digest,
    Edition,
    Fact,
    FactMention,
    FactValue,
    Figure,
    FindingAnswer,
    Manuscript,
    Message,
    PatientStory,
    PolicyTerm,
    Presence,
    Published,
    Redaction,
    Reliance,
    Reminder,
    Review,
    Reviewer,
    ReviewPolicy,
    Revision,
    SavedFilter,
    Schedule,
    Seal,
    Section,
    Showing,
    SignOff,
    SiteText,
    Snooze,
    StoryConsent,
)
from references.models import Likeness, Merge, Retraction, Source, SourceChange
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db
NEXT = cast.later(days=1).date()


@pytest.fixture(autouse=True, scope="module")
def _rows(lasting_db: None) -> None:
    archive.fill()
    doe = Condition.objects.create(name="Doe's disease", slug="doe")
    ConditionName.objects.create(condition=doe, name="Doe syndrome")
    ConditionCode.objects.create(condition=doe, system="mesh", code="D1")
    SignOff.objects.create(tier="high", kind="plain")
    wanda, article = cast.person("wanda"), Article.objects.get()
    Presence.objects.create(person=wanda, article=article, seen_at=cast.NOON)
    Autosave.objects.create(person=wanda, article=article, at=cast.NOON)
    Autosave.objects.create(person=wanda, draft_key="a", at=cast.NOON)
    figure = Figure.objects.create(hash="f" * 64, width=9, height=9, uploaded_by=wanda, uploaded_at=cast.NOON)
    Showing.objects.create(article=article, figure=figure)
    _dates(article, wanda)
    twin = Source.objects.create(title="More of the facts, as others tell them")
    Likeness.objects.create(one=Source.objects.earliest("pk"), other=twin)
    Source.objects.create(title="On blood", doi="10.5555/blood", pmid="7", url="https://example.org/blood")


def _dates(article: Article, wanda: User) -> None:
    said = {"value": FactValue.objects.get(), "article": article}
    FactMention.objects.create(**said)
    FactMention.objects.create(**said, edition=Edition.objects.get())
    for whom in ({"person": wanda}, {"mailbox": "a@example.org"}):
        Digest.objects.create(**whom, day=NEXT, claimed_at=cast.NOON)
    run = BulkRun.objects.create(deed="defer", by=wanda, at=cast.NOON)
    BulkRow.objects.create(run=run, position=1, article=article)
    SavedFilter.objects.create(person=wanda, name="Mine", query="a=b", at=cast.NOON)
    Calendar.objects.create(person=wanda, secret_hash="1" * 64, made_at=cast.NOON)


def again(row: models.Model, **changes: Any) -> None:
    """Write the row a second time, as a new one, with these columns changed."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    if row._meta.pk.name != "id":
        values[row._meta.pk.attname] = row.pk
    type(row)(**values | changes).save(force_insert=True)


def changed(row: models.Model, **changes: Any) -> None:
    """Change columns of a mutable row."""
    assert type(row).objects.filter(pk=row.pk).update(**changes)


def review(**changes: Any) -> None:
    """A second review like the oldest one, which is answered."""
    again(Review.objects.earliest("pk"), **changes)


def page() -> Published:
    return Published.objects.get()


def edition(**changes: Any) -> None:
    """A second edition like the first, closed unless the case says otherwise."""
    closed = {"number": 2, "closed_how": "superseded", "closed_at": cast.NOON}
    again(Edition.objects.get(), **closed | changes)


def source(**changes: Any) -> None:
    same = {"key": "otherkey12", "doi": "", "pmid": "", "url": ""}
    again(Source.objects.filter(title="On blood").earliest("pk"), **same | changes)


def story_section(**changes: Any) -> None:
    changed(Section.objects.filter(kind="institutional").first(), **{"form": "story", "body": ""} | changes)


def news_twice() -> None:
    SourceChange.log([(Source.objects.earliest("pk").pk, SourceChange.Kind.DEAD, "", "")], at=cast.NOON)
    again(SourceChange.objects.latest("number"))


def retracted_twice() -> None:
    again(Retraction.objects.create(doi="10.5555/gone", nature=Retraction.Nature.CONCERN))


# Each makes one forbidden row, by the name of the constraint that must refuse it.
FORBIDDEN: dict[str, Callable[[], None]] = {
    "article_tier_known": lambda: changed(Article.objects.get(), risk_tier="other"),
    "article_cadence_sane": lambda: changed(Article.objects.get(), cadence_months=121),
    "section_kind_known": lambda: changed(Section.objects.first(), kind="other"),
    "section_form_known": lambda: changed(Section.objects.first(), form="other"),
    "section_help_is_medical": lambda: story_section(form="emergency"),
    "section_story_is_institutional": lambda: story_section(kind="medical"),
    "section_anchor_once": lambda: again(Section.objects.first()),
    "citation_position_once": lambda: again(Citation.objects.get()),
    "condition_name_once": lambda: again(ConditionName.objects.get()),
    "condition_code_once": lambda: again(ConditionCode.objects.get()),
    "review_asked_once": lambda: again(archive.open_review()),
    "review_answer_has_time": lambda: review(answered_at=None),
    "review_attested_has_signature": lambda: again(Review.objects.attested().first(), signed_name=""),
    "comment_says_something": lambda: again(Comment.objects.first(), text=""),
    "cover_once": lambda: again(Cover.objects.first()),
    "edition_unreviewed_has_reason": lambda: edition(review_id=None),
    "schedule_one_waiting_per_article": lambda: again(Schedule.objects.get()),
    "redaction_has_reason": lambda: again(Redaction.objects.get(), reason=""),
    "seal_event_once": lambda: again(Seal.objects.first(), number=1_000_000),
    "site_text_number_once": lambda: again(SiteText.objects.get()),
    "signoff_once": lambda: again(SignOff.objects.get()),
    "autosave_once": lambda: again(Autosave.objects.get(article=None)),
    "presence_once": lambda: again(Presence.objects.get()),
    "review_changes_has_base": lambda: review(scope="changes", base_digest=""),
    "review_on_behalf_has_evidence": lambda: review(origin="on_behalf", evidence=""),
    "edition_number_once": lambda: edition(number=1),
    "edition_one_open_per_article": lambda: edition(closed_how="", closed_at=None),
    "edition_closure_has_time": lambda: edition(closed_at=None),
    "published_is_one_thing": lambda: changed(page(), withdrawn_on=cast.NOON.date()),
    "published_one_address_per_article": lambda: again(
        page(), slug="b", edition_id=None, withdrawn_on=cast.NOON.date()
    ),
    "revision_number_once": lambda: again(Revision.objects.earliest("pk")),
    "deferral_has_reason": lambda: again(Deferral.objects.get(), reason=""),
    "decision_no_impact_has_reason": lambda: again(Decision.objects.get(), reason=""),
    "finding_answered_once": lambda: again(FindingAnswer.objects.get()),
    "finding_answer_says_why": lambda: again(FindingAnswer.objects.get(), about="1" * 64, reason="other", note=""),
    "decision_about_one_thing": lambda: again(Decision.objects.get(), change_id=None),
    "alert_has_title": lambda: again(Alert.objects.get(), title=""),
    "alert_page_once": lambda: again(AlertPage.objects.get()),
    "fact_value_once": lambda: again(FactValue.objects.get()),
    "fact_has_value": lambda: again(FactValue.objects.get(), number=2, value=""),
    "fact_expires_later": lambda: again(FactValue.objects.get(), number=2, as_of=FactValue.objects.get().expires),
    "mention_in_draft_once": lambda: again(FactMention.objects.get(edition=None)),
    "mention_online_once": lambda: again(FactMention.objects.exclude(edition=None).get()),
    "policy_has_reason": lambda: again(ReviewPolicy.objects.get(), reason=""),
    "policy_maximum_sane": lambda: again(ReviewPolicy.objects.get(), maximum_months=121),
    "policy_term_once": lambda: again(PolicyTerm.objects.first()),
    "policy_months_sane": lambda: again(PolicyTerm.objects.first(), tier="other", months=0),
    "message_to_one": lambda: again(Message.objects.first(), mailbox="a@example.org"),
    "reminder_once": lambda: again(Reminder.objects.get()),
    "reminder_mailbox_once": lambda: [
        again(Reminder.objects.first(), person_id=None, mailbox="a@example.org") for _number in range(2)
    ],
    "reminder_to_one": lambda: again(Reminder.objects.get(), person_id=None),
    "digest_one_a_day": lambda: again(Digest.objects.exclude(person=None).get()),
    "digest_mailbox_one_a_day": lambda: again(Digest.objects.get(person=None)),
    "snooze_has_reason": lambda: again(Snooze.objects.get(), reason=""),
    "bulk_row_once": lambda: again(BulkRow.objects.get()),
    "filter_name_once": lambda: again(SavedFilter.objects.get()),
    "showing_once": lambda: again(Showing.objects.get()),
    "reliance_once": lambda: again(Reliance.objects.get()),
    "story_consent_ends_later": lambda: changed(PatientStory.objects.get(), ends_on=cast.NOON.date(), given_on=NEXT),
    "story_withdrawal_has_reason": lambda: changed(PatientStory.objects.get(), withdrawn_at=cast.NOON),
    "consent_ends_later": lambda: again(StoryConsent.objects.get(), given_on=NEXT, ends_on=cast.NOON.date()),
    "consent_has_evidence": lambda: again(StoryConsent.objects.get(), evidence=""),
    "section_story_has_no_text": lambda: story_section(body="<p>So it was.</p>"),
    "section_story_is_of_a_story": lambda: changed(Section.objects.first(), story_hash="0" * 64),
    "likeness_once": lambda: again(Likeness.objects.earliest("pk")),
    "merge_one_standing_per_record": lambda: again(Merge.objects.get()),
    "merge_of_two": lambda: again(Merge.objects.get(), gone_id=Merge.objects.get().keep_id),
    "source_doi_once": lambda: source(doi="https://doi.org/10.5555/BLOOD"),
    "source_pmid_once": lambda: source(pmid="7"),
    "source_url_normal_once": lambda: source(url="https://EXAMPLE.org/blood#top"),
}
# Columns that say so themselves.
FORBIDDEN |= {
    "Article.slug": lambda: again(Article.objects.get()),
    "Condition.name": lambda: again(Condition.objects.get(slug="doe"), slug="other"),
    "Condition.slug": lambda: again(Condition.objects.get(slug="doe"), name="Other"),
    "Reviewer.slug": lambda: again(Reviewer.objects.get(), account_id=None),
    "Reviewer.account": lambda: again(Reviewer.objects.get(), slug="other"),
    "Acceptance.review": lambda: again(Acceptance.objects.get()),
    "Published.edition": lambda: again(page(), slug="other", article_id=cast.draft(cast.words("Other")).pk),
    "Manuscript.sha256": lambda: again(Manuscript.objects.get()),
    "Fact.key": lambda: again(Fact.objects.get(), name="Other"),
    "Fact.name": lambda: again(Fact.objects.get(), key="other"),
    "Calendar.secret_hash": lambda: again(Calendar.objects.get()),
    "Seal.number": lambda: again(Seal.objects.first(), table="other"),
    "SourceChange.number": news_twice,
    "Retraction.doi": retracted_twice,
    "PatientStory.key": lambda: again(PatientStory.objects.get()),
    "Source.key": lambda: source(key=Source.objects.get(title="On blood").key),
}


def spoken_of(error: IntegrityError, name: str) -> bool:
    """Whether the engine names the constraint, or (SQLite, for uniqueness) its columns."""
    said = str(error)
    if name in said:
        return True
    for model in ours():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                columns = [model._meta.get_field(field).column for field in constraint.fields]
                return ", ".join(f"{model._meta.db_table}.{column}" for column in columns) in said
        if name.startswith(f"{model.__name__}."):
            column = model._meta.get_field(name.split(".")[1]).column
            return f"{model._meta.db_table}.{column}" in said or f"{model._meta.db_table}_{column}" in said
    return False


def ours() -> list[type[models.Model]]:
    return [model for label in ("articles", "references") for model in apps.get_app_config(label).get_models()]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        FORBIDDEN[name]()
    assert spoken_of(refused.value, name), refused.value


def test_every_constraint_of_every_model_has_its_case():
    named = {constraint.name for model in ours() for constraint in model._meta.constraints}
    unique = {
        f"{model.__name__}.{f.name}" for model in ours() for f in model._meta.fields if f.unique and not f.primary_key
    }
    assert set(FORBIDDEN) == named | unique


# -- what is allowed all the same ----------------------------------------------------------------------------------

ALLOWED: dict[str, Callable[[], None]] = {
    "an own cadence of a month": lambda: changed(Article.objects.get(), cadence_months=1),
    "an own cadence of ten years": lambda: changed(Article.objects.get(), cadence_months=120),
    "two sections without an anchor": lambda: [again(Section.objects.first(), anchor="") for _number in range(2)],
    "an open review of another kind": lambda: again(archive.open_review(), kind="editorial"),
    "a second answered review": lambda: review(),
    "a second closed edition": lambda: edition(),
    "a former address": lambda: again(page(), slug="former", edition_id=None, moved_to_id=page().pk),
    "two sources that nobody numbered": lambda: [source(key=key) for key in ("otherkey12", "otherkey13")],
    "a reviewer without an account": lambda: [
        again(Reviewer.objects.earliest("pk"), slug=s, account_id=None) for s in "ab"
    ],
}


@pytest.mark.parametrize("what", ALLOWED)
def test_the_database_allows(what):
    ALLOWED[what]()


@pytest.mark.parametrize("months", [0, 121])
def test_a_cadence_lies_between_a_month_and_ten_years(months):
    with pytest.raises(IntegrityError), transaction.atomic():
        changed(Article.objects.get(), cadence_months=months)


@pytest.mark.parametrize(
    "columns",
    [
        {"edition": None},
        {"moved_to_id": "acute-example-disease"},
        {"edition": None, "withdrawn_on": cast.NOON.date(), "moved_to_id": "acute-example-disease"},
    ],
    ids=["nothing", "a page and moved", "withdrawn and moved"],
)
def test_an_address_is_a_page_or_withdrawn_or_moved(columns):
    with pytest.raises(IntegrityError, match="published_is_one_thing"), transaction.atomic():
        changed(page(), **columns)


# -- what is kept --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Article, Reviewer, Source], ids=lambda model: model.__name__)
def test_what_something_signed_or_published_leans_on_can_not_be_deleted(model):
    with pytest.raises(models.ProtectedError):
        model.objects.earliest("pk").delete()


@pytest.mark.parametrize("name", ["wanda", "rosa", "paula", "stan"])
def test_the_account_of_whoever_did_a_deed_can_not_be_deleted(name):
    with pytest.raises(models.ProtectedError):
        cast.person(name).delete()
