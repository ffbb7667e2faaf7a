"""Facts on the editor's side: what the dialog is told, the list, and what forms and screens say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Fact
from tests import cast
from tests.articles import figures_kept as kept
from tests.articles.admin import desk, signing

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/fact/"
DIALOG = "/admin/articles/article/facts/"


@pytest.fixture
def fact() -> Fact:
    cast.cast()
    return kept.recorded(expires=timezone.localdate() + timedelta(days=400))


def filled(**other) -> dict[str, object]:
    day = timezone.localdate()
    dates = {"as_of": day - timedelta(days=40), "expires": day + timedelta(days=400)}
    return {"value": "about 6,550", "unit": kept.UNIT, "source": kept.source().pk, "base": 1, **dates, **other}


def test_the_dialog_is_told_what_a_text_gets(fact):
    (row,) = signing.client("wanda").get(DIALOG, {"q": "example CASES"}).json()["results"]
    source = kept.source()
    assert (row["ref"], row["words"], row["warning"]) == (f"{fact.key}.1", f"about 6,660 {kept.UNIT} (2025)", "")
    assert row["cite"] == {"key": source.key, "label": "Example Society 2025", "locator": "p 4"}


def test_it_is_told_of_the_fact_that_is_edited_and_that_there_is_a_newer_value(fact):
    kept.renewed(fact)
    told = signing.client("wanda").get(DIALOG, {"q": "nothing like it", "ref": f"{fact.key}.1"}).json()
    assert (told["results"], told["former"]["warning"]) == ([], "It has a newer value.")


@pytest.mark.parametrize(("state", "seen"), [("unused", True), ("expired", False), ("soon", False), ("", True)])
def test_the_list_is_narrowed_by_state(fact, state, seen):
    answer = signing.client("stan").get(LIST, {"state": state} if state else {})
    assert (kept.NAME in answer.content.decode()) is seen


def test_an_expired_fact_is_found_by_its_state(fact, monkeypatch):
    later = timezone.localdate() + timedelta(days=401)
    monkeypatch.setattr(timezone, "localdate", lambda *_at: later)
    assert kept.NAME in signing.client("stan").get(LIST, {"state": "expired"}).content.decode()


def test_what_is_refused_is_still_in_the_form(fact):
    answer = signing.client("stan").post(f"{LIST}{fact.pk}/value/", filled(expires="2026-01-01"))
    assert answer.status_code == 200
    assert "good until a day to come" in answer.content.decode()
    assert 'value="about 6,550"' in answer.content.decode()
    assert fact.values.count() == 1


def test_a_steward_records_a_value_and_reads_who_does_the_rest(fact):
    kept.draft(fact)
    answer = signing.client("stan").post(f"{LIST}{fact.pk}/value/", filled(), follow=True)
    shown = answer.content.decode()
    assert "A writer or an editor does the rest." in shown
    assert "Put the new value into the texts" in shown
    assert 'type="checkbox"' not in shown


def test_a_draft_that_came_under_review_meanwhile_is_refused_by_itself(fact):
    article = kept.draft(fact)
    kept.renewed(fact)
    cast.requested(article)
    answer = signing.client("edith").post(
        f"{LIST}{fact.pk}/renew/", {"article": [article.pk], f"seen-{article.pk}": ""}
    )
    assert "Not changed:" in answer.content.decode()
    assert "6,660" in kept.body(article)


def test_where_it_stands_is_shown_sentence_by_sentence(fact):
    article = cast.published(kept.draft(fact)).article
    shown = signing.client("stan").get(f"{LIST}{fact.pk}/change/").content.decode()
    sentence = f"There are about 6,660 {kept.UNIT} (2025)."
    assert f'/admin/articles/article/{article.pk}/preview/#treatment">{sentence}</a>' in shown
    assert "in the draft and online in edition 1" in shown


def test_a_form_with_a_fact_that_nobody_recorded_is_not_saved(fact):
    article = kept.draft(fact)
    body = '<p>There are <data value="k7m2.9">9 (2020)</data>.</p>'
    browser, url = signing.client("wanda"), desk.change_url(article)
    answer = desk.send(browser, url, desk.opened(browser, url), **{"sections-1-body": body})
    assert "holds a fact that is not on record: k7m2.9" in answer.content.decode()


def test_readers_get_plain_words(fact, client):
    cast.published(kept.draft(fact))
    page = client.get("/acute-example-disease/").content.decode()
    assert f"There are about 6,660 {kept.UNIT} (2025)<sup>" in page
    assert "<data" not in page
