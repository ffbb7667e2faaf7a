"""What is kept for ever is shown, and changed by nobody here."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles import roles
from articles.models import Article, Condition, Edition, FrozenModel, Published, Review, Reviewer, TimelineEntry
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db

KEPT = (Edition, Review, TimelineEntry)


def superuser():
    root = cast.person("root")
    root.is_staff = root.is_superuser = True
    root.save()
    return desk.client("root", roles.EDITOR)


def url(model, page, *args):
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", KEPT)
def test_it_works(model):
    cast.published()
    row, browser = model.objects.first(), desk.client()
    assert browser.get(url(model, "changelist")).status_code == 200
    shown = browser.get(url(model, "change", row.pk))
    assert shown.status_code == 200
    assert url(model, "history", row.pk) not in shown.content.decode()  # Django kept none


@pytest.mark.parametrize("model", KEPT)
def test_not_even_a_superuser_adds_changes_or_deletes(model):
    cast.published()
    row, browser = model.objects.first(), superuser()
    assert browser.get(url(model, "add")).status_code == 403
    assert browser.post(url(model, "change", row.pk), {"detail": "x"}).status_code == 403
    assert browser.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in browser.get(url(model, "changelist")).content.decode()


def test_every_kept_model_in_the_admin_is_read_only():
    shown = [model for model in admin.site._registry if issubclass(model, FrozenModel)]
    assert set(shown) >= set(KEPT)
    for model in shown:
        desk_of_model = admin.site._registry[model]
        assert not desk_of_model.has_add_permission(None)
        assert not desk_of_model.has_change_permission(None)
        assert not desk_of_model.has_delete_permission(None)


def test_frozen_words_are_shown_as_words():
    edition = cast.published()
    page = desk.client().get(url(Edition, "change", edition.pk)).content.decode()
    assert "<p>The usual dose is 5 mg.</p>" in page
    assert "[Example Society 2024]" in page


def test_a_reviewer_is_never_deleted():
    doctor = cast.reviewer()
    assert superuser().post(url(Reviewer, "delete", doctor.pk), {"post": "yes"}).status_code == 403


def test_a_writer_adds_a_condition_with_its_names_and_codes():
    empty = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "codes-TOTAL_FORMS": "1", "codes-INITIAL_FORMS": "0"}
    name = {"names-0-name": "ALL", "names-0-kind": "abbreviation"}
    code = {"codes-0-system": "icd-10-cm", "codes-0-code": "C91.0"}
    fields = {"name": "Acute lymphocytic leukemia", "slug": "acute-lymphocytic-leukemia"}
    assert desk.client().post(url(Condition, "add"), fields | empty | name | code).status_code == 302
    condition = Condition.objects.get()
    assert (condition.names.get().name, condition.codes.get().code) == ("ALL", "C91.0")


def test_a_renamed_condition_changes_no_page_that_is_online():
    article = cast.draft()
    condition = Condition.objects.create(name="Leukemia", slug="leukemia")
    Article.objects.filter(pk=article.pk).update(condition=condition)
    cast.published(article)
    empty = {f"{name}-{kind}_FORMS": "0" for name in ("names", "codes") for kind in ("TOTAL", "INITIAL")}
    desk.client().post(url(Condition, "change", condition.pk), {"name": "Take 5 mg", "slug": "leukemia"} | empty)
    assert Condition.objects.get().name == "Take 5 mg"
    assert Published.objects.get().condition_name == "Leukemia"


def test_a_new_code_is_told_to_machines_at_once():
    article = cast.draft()
    condition = Condition.objects.create(name="Leukemia", slug="leukemia")
    Article.objects.filter(pk=article.pk).update(condition=condition)
    cast.published(article)
    forms = {f"{name}-{kind}_FORMS": "0" for name in ("names", "codes") for kind in ("TOTAL", "INITIAL")}
    forms |= {"codes-TOTAL_FORMS": "1", "codes-0-system": "mesh", "codes-0-code": "D007938"}
    forms |= {"name": "Leukemia", "slug": "leukemia", "codes-0-condition": condition.pk}
    desk.client().post(url(Condition, "change", condition.pk), forms)
    assert Published.objects.get().condition["codes"] == [["mesh", "D007938"]]


def test_a_writer_may_not_change_reviewers_and_a_steward_may():
    doctor = cast.reviewer()
    fields = {"name": "Rosa Renamed", "slug": "rosa", "credentials": "MD", "active": "on", "account": doctor.account_id}
    change = url(Reviewer, "change", doctor.pk)
    assert desk.client().post(change, fields).status_code == 403
    assert desk.client("stan", roles.RECORDS_STEWARD).post(change, fields).status_code == 302
