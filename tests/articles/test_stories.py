"""Patient stories: told with a consent, shown while it lasts, gone when it is withdrawn (docs/decisions/0033)."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.utils import timezone

from articles import papers, publishing, roles, stories, telling
from articles.models import Article, PatientStory, Published, StoryConsent, StoryText
from articles.refusals import ReasonNeeded
from articles.verifying import problems
from tests import cast
from tests.articles.stories import PDF, SENTENCE, added, agreed, fresh, placed, published, told, withdrawn

pytestmark = pytest.mark.django_db
TODAY = cast.NOON.date()
PAGE = "/acute-example-disease/"


@pytest.fixture(autouse=True)
def _own_papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def shown(client, *places):
    return [client.get(PAGE + place).content.decode() for place in places or ("",)]


# -- told and agreed -----------------------------------------------------------------------------------------------


def test_a_story_is_kept_with_its_consent():
    story = added(paper=PDF)
    assert story.told() == told()
    consent = story.consents.get()
    assert (consent.ends_on, consent.by.username) == (story.ends_on, "wanda")
    assert papers.CONSENTS.read(consent.file) == PDF


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"title": " "}, "title"),
        ({"name": ""}, "name to show"),
        ({"body": "<p> </p>"}, "no text"),
        ({"body": '<p>So it is.<cite data-source="abc"></cite></p>'}, "leans on no source"),
        ({"body": "<p>You should never take aspirin.</p>"}, "medical advice"),
        ({"body": "<p>Chemotherapy always kills tumors.</p>"}, "medical advice"),
    ],
)
def test_what_can_be_no_story_is_refused(fault, said):
    with pytest.raises(stories.NotTold, match=said):
        stories.add(told(**fault), agreed(), by=cast.cast().wanda, at=cast.NOON)
    assert not PatientStory.objects.exists()


def test_what_happened_to_the_teller_is_theirs_to_tell():
    body = "<p>I was treated with chemotherapy for my leukemia, and we cried.</p>"
    stories.check_told(told(body=body))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"given_on": date(2026, 11, 3)}, "still to come"),
        ({"given_on": date(9999, 12, 31)}, "still to come"),
        ({"ends_on": date(2026, 11, 2)}, "ends on a day to come"),
        ({"ends_on": date(2029, 11, 2)}, "after 3 years at the latest"),
        ({"covers": " "}, "what the consent covers"),
        ({"evidence": ""}, "Upload the signed consent"),
    ],
)
def test_without_a_consent_that_ends_no_story_is_kept(fault, said):
    with pytest.raises(stories.NoConsent, match=said):
        added(**fault)


@pytest.mark.parametrize("paper", [b"GIF89a", b"<html>", b"%PDF-" + bytes(papers.LARGEST)])
def test_a_file_that_is_no_paper_is_refused_and_nothing_stays(paper, settings):
    with pytest.raises(papers.NoPaper):
        added(paper=paper)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_paper_goes_with_the_row_that_could_not_be_written(settings, monkeypatch):
    monkeypatch.setattr(StoryConsent, "save", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        added(paper=PDF)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_only_its_owner_may_read_a_paper(settings):
    name = added(paper=PDF).consents.get().file
    assert (Path(settings.MEDIA_ROOT) / "private" / "consents" / name).stat().st_mode & 0o077 == 0


# -- on the page ---------------------------------------------------------------------------------------------------


def test_readers_see_it_apart_with_the_name_of_whoever_tells_it(client):
    published()
    (page,) = shown(client)
    assert SENTENCE in page
    assert "Shown with the consent of Maria, 34" in page
    block = page[page.index('class="apart story"') :]
    assert "not part of the medical review" in block[: block.index(SENTENCE)]
    assert ">My zebra year</a>" in page  # on the list of what is on this page


def test_the_edition_holds_no_word_of_it():
    edition = published()
    for word in (SENTENCE, "Maria", "zebra"):
        assert word not in edition.content
        assert word not in edition.article.revisions.latest("number").content


@pytest.mark.parametrize("days", [-1, 731])
def test_it_is_shown_on_no_day_without_consent(days):
    words = published(added()).words()
    assert telling.of(words, today=date(2026, 11, 1))
    assert telling.of(words, today=date(2028, 11, 1))
    assert telling.of(words, today=date(2026, 11, 1) + timedelta(days=days + (days > 0))) == {}


def test_a_page_says_until_when_it_reads_so(client):
    ends = timezone.localdate() + timedelta(days=9)
    published(fresh(ends_on=ends))
    assert client.get(PAGE).context["page"].valid_until == ends


def test_a_text_that_was_changed_in_the_database_is_not_shown():
    edition = published()
    with connection.cursor() as cursor:
        cursor.execute(_drop(StoryText))
        cursor.execute("UPDATE articles_storytext SET content = replace(content, 'came', 'ran')")
    assert telling.of(edition.words(), today=timezone.localdate()) == {}
    assert "storytext" in " ".join(map(str, problems()))


def test_another_wording_waits_for_an_edition(client):
    edition = published()
    story = PatientStory.objects.get()
    stories.write(story, told(body="<p>Otherwise told.</p>"), by=cast.cast().wanda, at=cast.NOON)
    assert SENTENCE in shown(client)[0]
    cast.publish(edition.article)
    page, old, changes = shown(client, "", "editions/1/", "editions/2/changes/1/")
    assert "Otherwise told." in page
    assert SENTENCE in old
    assert "another wording of the story" in changes
    assert Published.objects.get().edition.change_class == "housekeeping"


def test_whoever_writes_another_wording_does_not_publish_it_alone():
    edition = published()
    paula = cast.cast().paula
    stories.write(PatientStory.objects.get(), told(title="Other"), by=paula, at=cast.NOON)
    with pytest.raises(publishing.NotPublishable) as no:
        cast.publish(edition.article)
    assert [one.code for one in no.value.obstacles] == ["own-words"]


def test_an_earlier_wording_can_be_forgotten_at_once(client):
    published()
    story = PatientStory.objects.get()
    stories.write(story, told(body="<p>Otherwise told.</p>"), by=cast.cast().wanda, at=cast.NOON, forget=True)
    assert SENTENCE not in "".join(shown(client, "", "editions/1/"))
    assert story.texts.exclude(content="").get().told().body == "<p>Otherwise told.</p>"


# -- withdrawn -----------------------------------------------------------------------------------------------------


def test_a_withdrawn_story_is_off_every_address_at_once(client):
    edition = published()
    cast.published(cast.edited(edition.article), at=cast.later(days=1))
    withdrawn(PatientStory.objects.get())
    everything = shown(client, "", "history/", "editions/1/", "editions/2/", "editions/2/changes/1/")
    for word in (SENTENCE, "Maria", "zebra"):
        assert word not in "".join(everything)
    assert "This story is no longer shown." not in everything[0]
    assert "This story is no longer shown." in everything[2]


def test_nothing_that_it_said_is_left_in_any_table_or_file(client, settings):
    edition = published(fresh(paper=PDF))
    story = PatientStory.objects.get()
    stories.write(story, told(body=f"<p>{SENTENCE}, twice.</p>"), by=cast.cast().wanda, at=cast.NOON)
    cast.publish(edition.article)
    withdrawn(story)
    words = (SENTENCE, "Maria, 34", "My zebra year")
    for model in apps.get_models(include_auto_created=True):
        for row in models.QuerySet(model).values():
            assert not [word for word in words if word in str(row)], model
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        assert not path.is_file() or not [word for word in words if word.encode() in path.read_bytes()]
    assert not [word for word in words if any(word in str(one.message()) for one in mail.outbox)]
    assert not list(problems())


def test_it_is_written_down_for_every_article_and_told_to_those_who_publish(django_capture_on_commit_callbacks):
    edition = published()
    with django_capture_on_commit_callbacks(execute=True):
        story = withdrawn(PatientStory.objects.get())
    entry = edition.article.timeline.get(what="story_withdrawn")
    assert (entry.by.username, entry.detail) == ("paula", f"Patient story {story.key}")
    assert [one.to for one in mail.outbox] == [["edith@example.org"]]  # who withdraws it knows
    assert "Take the empty block out and publish" in mail.outbox[0].body


def test_the_proof_of_the_consent_outlives_the_story():
    withdrawn(added(paper=PDF))
    assert papers.CONSENTS.read(StoryConsent.objects.get().file) == PDF


def test_a_withdrawal_has_a_reason_and_happens_once():
    story = added()
    with pytest.raises(ReasonNeeded):
        stories.withdraw(story, by=cast.cast().paula, at=cast.NOON, reason=" ")
    withdrawn(story)
    with pytest.raises(stories.Over):
        withdrawn(story)
    with pytest.raises(stories.Over):
        stories.write(story, told(), by=cast.cast().wanda, at=cast.NOON)


def test_other_words_can_be_published_with_the_empty_block_still_there(client):
    article = placed(added())
    withdrawn(PatientStory.objects.get())
    cast.published(article)
    assert client.get(PAGE).status_code == 200


def test_a_withdrawal_hides_even_a_text_that_is_still_there():
    words = published().words()
    PatientStory.objects.update(withdrawn_at=cast.NOON, withdrawn_reason="She asked.")
    assert telling.of(words, today=timezone.localdate()) == {}


def test_an_edition_brought_back_brings_no_words_back():
    edition = published()
    withdrawn(PatientStory.objects.get())
    assert telling.of(edition.article.content(), today=timezone.localdate()) == {}
    assert [one.online for one in stories.uses(PatientStory.objects.get())] == [PAGE]


# -- time ----------------------------------------------------------------------------------------------------------


def test_time_reminds_then_erases_the_text_and_years_later_the_paper(django_capture_on_commit_callbacks):
    published(added(paper=PDF))
    story, ends = PatientStory.objects.get(), date(2028, 11, 1)
    after = {days: cast.later(days=(ends - TODAY).days + days) for days in (-31, -30, 30, 31, 3000)}
    said = []
    for at in (after[-31], after[-30], after[30], after[31]):
        said.append((stories.keep_time(at=at)[0], story.texts.exclude(content="").exists()))
    assert said == [("0", True), ("2", True), ("0", True), ("0", False)]
    assert stories.keep_time(at=after[-30]).startswith("0 ")
    name = StoryConsent.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        stories.keep_time(at=after[3000])
    with pytest.raises(FileNotFoundError):
        papers.CONSENTS.read(name)
    left = StoryConsent.objects.get()
    assert (left.covers, left.file, bool(left.file_hash), left.ends_on) == ("", "", True, ends)
    assert not list(problems())


def test_a_paper_that_a_killed_process_left_without_a_row_does_not_stay():
    added(paper=PDF)
    left, _hash = papers.CONSENTS.keep(PDF)
    stories.keep_time(at=timezone.now())
    assert papers.CONSENTS.read(left) == PDF  # its row may be on the way
    stories.keep_time(at=timezone.now() + timedelta(days=2))
    with pytest.raises(FileNotFoundError):
        papers.CONSENTS.read(left)
    assert papers.CONSENTS.read(StoryConsent.objects.get().file) == PDF


def test_a_new_consent_takes_the_place_of_the_one_before():
    story = added()
    stories.consent(story, agreed(ends_on=date(2029, 10, 1)), by=cast.cast().edith, at=cast.NOON)
    assert PatientStory.objects.get().ends_on == date(2029, 10, 1)
    assert story.consents.count() == 2
    assert not list(problems())


# -- proved --------------------------------------------------------------------------------------------------------


def _drop(model):
    name = f"{model._meta.db_table}_no_update"
    return f'DROP TRIGGER "{name}"' + (f' ON "{model._meta.db_table}"' if connection.vendor == "postgresql" else "")


def test_a_consent_that_was_made_longer_in_the_database_is_found_out():
    published()
    PatientStory.objects.update(ends_on=date(2040, 1, 1))
    assert [str(one) for one in problems()] == [
        f"patientstory {PatientStory.objects.get().pk}: has other dates than its consent"
    ]


@pytest.mark.parametrize(
    ("paper", "says"), [(None, "has lost its paper"), (PDF + b"!", "has another paper than was recorded")]
)
def test_a_paper_that_is_gone_or_another_one_is_found_out(paper, says, settings):
    row = added(paper=PDF).consents.get()
    assert not list(problems())
    papers.CONSENTS.drop(row.file)
    if paper:
        (Path(settings.MEDIA_ROOT) / "private" / "consents" / row.file).write_bytes(paper)
    assert [str(one) for one in problems()] == [f"storyconsent {row.pk}: {says}"]


def test_an_edition_that_names_a_story_that_never_was_is_found_out():
    article = placed(added())
    words = article.content()
    told_of = replace(words.sections[-1], story_hash="0" * 64)
    Article.objects.get().sections.filter(form="story").update(story_hash="0" * 64)
    article.revisions.create(
        number=9,
        content=replace(words, sections=(*words.sections[:-1], told_of)).to_json(),
        digest=words.digest,
        full_hash=replace(words, sections=(*words.sections[:-1], told_of)).full_hash,
        how="edit",
        by=cast.cast().wanda,
        at=cast.NOON,
    )
    assert "names a story that is not there" in " ".join(map(str, problems()))


def test_only_those_who_keep_stories_do_so():
    with pytest.raises(roles.NotAllowed):
        stories.add(told(), agreed(), by=cast.cast().rosa, at=cast.NOON)
