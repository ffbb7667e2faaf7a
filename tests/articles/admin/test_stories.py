"""Patient stories in the admin: kept, chosen in a section, looked at, taken down."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import roles, stories
from articles.models import PatientStory, StoryConsent
from tests import cast
from tests.articles.admin import desk
from tests.articles.stories import PDF, SENTENCE, fresh, placed, published, withdrawn

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/patientstory/"


@pytest.fixture(autouse=True)
def _own_papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def address(story, below="change/"):
    return f"{LIST}{story.pk}/{below}"


def fields(**other):
    today = timezone.localdate()
    words = {"title": "My zebra year", "name": "Maria, 34", "language": "en", "body": f"<p>{SENTENCE}.</p>"}
    consent = {"given_on": today, "ends_on": today + timedelta(days=300), "covers": "The site.", "evidence": "Binder 4"}
    return {**words, **consent, **other}


def text(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


# -- kept ----------------------------------------------------------------------------------------------------------


def test_a_writer_keeps_a_story():
    paper = SimpleUploadedFile("signed.pdf", PDF)
    answer = desk.client().post(f"{LIST}add/", fields(paper=paper), follow=True)
    story = PatientStory.objects.get()
    assert f"Patient story {story.key}" in text(answer)
    assert story.told().title == "My zebra year"
    assert story.consents.get().file.endswith(".pdf")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"ends_on": ""}, "This field is required."),
        ({"evidence": ""}, "Upload the signed consent, or say where it is kept."),
        ({"ends_on": "2090-01-01"}, "after 3 years at the latest"),
        ({"body": "<p>You should never take aspirin.</p>"}, "reads like medical advice"),
        ({"paper": SimpleUploadedFile("a.pdf", b"GIF89a")}, "This is no PDF, JPEG or PNG file."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(fault, said):
    answer = desk.client().post(f"{LIST}add/", fields(**fault))
    assert said in text(answer)
    assert "Maria, 34" in answer.content.decode()
    assert not PatientStory.objects.exists()


def test_only_what_was_changed_makes_a_row():
    story, wanda = fresh(), desk.client()
    form = wanda.get(address(story)).context["adminform"].form
    same = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    wanda.post(address(story), {**same, "title": "Another title"})
    assert (story.texts.count(), story.consents.count()) == (2, 1)
    assert PatientStory.objects.get().told().title == "Another title"
    later = timezone.localdate() + timedelta(days=200)
    wanda.post(address(story), {**same, "title": "Another title", "ends_on": later})
    assert (story.texts.count(), story.consents.count()) == (2, 2)
    assert PatientStory.objects.get().ends_on == later


def test_the_list_says_how_each_consent_stands():
    today = timezone.localdate()
    fresh(ends_on=today + timedelta(days=80))
    fresh(ends_on=today + timedelta(days=5))
    withdrawn(fresh())
    page = text(desk.client().get(LIST))
    assert "valid until" in page
    assert "ends soon, on" in page
    assert "by paula: She asked for it." in page
    assert "the text is erased" in page
    counts = {state: desk.client().get(f"{LIST}?state={state}").context["cl"].result_count for state in STATES}
    assert counts == {"valid": 2, "soon": 1, "ended": 0, "withdrawn": 1}


STATES = ("valid", "soon", "ended", "withdrawn")


def test_django_s_own_log_holds_no_word_of_it():
    wanda = desk.client()
    wanda.post(f"{LIST}add/", fields())
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_repr, change_message FROM django_admin_log")
        logged = str(cursor.fetchall())
    assert "Patient story" in logged
    assert not [word for word in ("zebra", "Maria", SENTENCE) if word in logged]


# -- the paper -----------------------------------------------------------------------------------------------------


def test_the_signed_consent_opens_only_for_those_who_keep_stories():
    row = fresh(paper=PDF).consents.get()
    place = f"{LIST}consent/{row.pk}/"
    answer = desk.client().get(place)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer["Cache-Control"]
    assert desk.client("rosa", roles.MEDICAL_REVIEWER).get(place).status_code == 403


def test_no_public_address_leads_to_it(client):
    name = fresh(paper=PDF).consents.get().file
    for place in (f"/media/private/consents/{name}", f"/private/consents/{name}", f"/static/private/consents/{name}"):
        assert client.get(place).status_code == 404


# -- in a section --------------------------------------------------------------------------------------------------


def test_a_story_is_chosen_in_a_section_which_is_institutional_by_force():
    story, article, wanda = fresh(), cast.draft(), desk.client()
    url = desk.change_url(article)
    new = desk.row(3, heading="", kind="medical", story=story.key, body="", position="4", was="", id="")
    desk.send(wanda, url, desk.opened(wanda, url), **new, **{"sections-TOTAL_FORMS": "4"})
    section = article.sections.get(form="story")
    assert (section.kind, section.heading, section.story_hash) == ("institutional", "Patient story", story.text_hash)
    assert SENTENCE in text(wanda.get(f"{url.removesuffix('change/')}preview/"))


def test_a_section_with_a_text_takes_no_story_and_keeps_its_text():
    story, article, wanda = fresh(), cast.draft(), desk.client()
    url = desk.change_url(article)
    answer = desk.send(wanda, url, desk.opened(wanda, url), **desk.row(1, story=story.key))
    assert "This section has a text. Empty it" in text(answer)
    assert not article.sections.filter(form="story").exists()


def test_a_section_can_be_a_text_again():
    article, wanda = placed(fresh()), desk.client()
    url = desk.change_url(article)
    desk.send(wanda, url, desk.opened(wanda, url), **desk.row(3, story="", heading="Ours", body="<p>Words.</p>"))
    section = article.sections.get(heading="Ours")
    assert (section.form, section.story_id, section.story_hash) == ("", None, "")


def test_saving_without_a_change_leaves_the_words_alone():
    article, wanda = placed(fresh()), desk.client()
    url = desk.change_url(article)
    desk.send(wanda, url, desk.opened(wanda, url))
    assert article.revisions.count() == 2


def test_a_story_that_is_over_can_not_be_chosen_and_does_not_stop_a_save():
    story, article, wanda = fresh(), cast.draft(), desk.client()
    placed(story, article)
    withdrawn(story)
    url = desk.change_url(article)
    assert "no longer shown" in wanda.get(url).content.decode()
    desk.send(wanda, url, desk.opened(wanda, url), **desk.row(0, heading="Other"))
    assert article.sections.filter(heading="Other").exists()
    other = desk.row(1, story=story.key, body="")
    assert "Select a valid choice" in text(desk.send(wanda, url, desk.opened(wanda, url), **other))


def test_choices_are_asked_for_once_however_many_sections_there_are():
    fresh()
    article, wanda = placed(fresh()), desk.client()
    with CaptureQueriesContext(connection) as asked:
        wanda.get(desk.change_url(article))
    assert len([query for query in asked if "articles_storytext" in query["sql"]]) <= 2


def test_the_panel_of_hints_says_that_a_story_is_over():
    article, wanda = placed(fresh()), desk.client()
    withdrawn(PatientStory.objects.get())
    url = desk.change_url(article)
    answer = wanda.post(f"{url.removesuffix('change/')}hints/", desk.opened(wanda, url))
    assert "is no longer shown. Take the section out" in answer.content.decode()


# -- taken down ----------------------------------------------------------------------------------------------------


def test_the_screen_names_every_page_it_vanishes_from():
    published()
    story = PatientStory.objects.get()
    page = text(desk.client().get(address(story, "withdraw/")))
    for place in ("Acute example disease", "/acute-example-disease/", "edition 1", "the draft"):
        assert place in page[page.index("It vanishes from") : page.index("What stays")]


def test_a_story_is_withdrawn(client):
    published()
    story, paula = PatientStory.objects.get(), desk.client("paula", roles.PUBLISHER)
    answer = paula.post(address(story, "withdraw/"), {"reason": "She asked.", "understood": "yes"}, follow=True)
    assert "gone from every page" in text(answer)
    assert SENTENCE not in client.get("/acute-example-disease/").content.decode()
    assert "withdrawn on" in text(paula.get(address(story)))


@pytest.mark.parametrize("given", [{"reason": "She asked."}, {"understood": "yes", "reason": " "}])
def test_it_is_not_withdrawn_by_accident(given):
    story = fresh()
    desk.client().post(address(story, "withdraw/"), given)
    assert PatientStory.objects.get().withdrawn_at is None


def test_whoever_sat_down_long_ago_proves_who_they_are():
    story, wanda = fresh(), desk.client()
    desk.sit_down(wanda, cast.person("wanda"), minutes_ago=20)
    answer = wanda.post(address(story, "withdraw/"), {"reason": "She asked.", "understood": "yes"})
    assert "type your password" in text(answer)
    assert PatientStory.objects.get().withdrawn_at is None


def test_a_preview_shows_it_as_it_would_stand():
    page = text(desk.client().get(address(fresh(), "preview/")))
    assert SENTENCE in page
    assert "Preview: not published" in page
    assert desk.client().get(address(withdrawn(fresh()), "preview/")).status_code == 404


def test_a_story_whose_text_time_has_erased_is_only_looked_at():
    story = fresh()
    stories.keep_time(at=timezone.now() + timedelta(days=200))
    assert "name_of" not in desk.client().get(address(story)).content.decode()
    assert 'name="title"' not in desk.client().get(address(story)).content.decode()
    assert StoryConsent.objects.exists()
