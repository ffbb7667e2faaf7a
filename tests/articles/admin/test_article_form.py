"""The article form: adding, changing, and never losing what was typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import roles
from articles.admin.forms import ArticleForm
from articles.models import Article, Revision, Section
from references.models import Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


def test_it_works():
    browser, article = desk.client(), cast.draft()
    fields = desk.opened(browser, desk.change_url(article))
    assert desk.send(browser, desk.change_url(article), fields, title="Another title").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.revision) == ("Another title", 2)


def test_saving_without_a_change_makes_no_revision():
    browser, article = desk.client(), cast.draft()
    desk.send(browser, desk.change_url(article), desk.opened(browser, desk.change_url(article)))
    article.refresh_from_db()
    assert article.revision == 1
    assert article.digest == article.content().digest


def test_a_new_article_with_a_section_is_accounted_for():
    browser = desk.client()
    section = desk.row(0, heading="What it is", kind="medical", body="<p>A disease.</p>", position="1")
    fields = desk.opened(browser, desk.ADD) | section | {"sections-TOTAL_FORMS": "1"}
    desk.send(browser, desk.ADD, fields, title="Rare disease", slug="rare-disease", risk_tier="high")
    article = Article.objects.get()
    assert (article.slug, article.risk_tier, article.revision) == ("rare-disease", "high", 1)
    assert Revision.objects.get().by.username == "wanda"
    assert article.sections.get().anchor == "what-it-is"


@pytest.mark.parametrize("slug", ["search", "a-z", "admin", "healthz", "es"])
def test_an_address_of_the_site_itself_is_refused(slug):
    browser = desk.client()
    answer = desk.send(browser, desk.ADD, desk.opened(browser, desk.ADD), title="T", slug=slug)
    assert desk.errors(answer) == [f"“{slug}” is an address of the site itself. Choose another."]


def test_an_address_that_once_led_to_another_page_is_refused():
    article = cast.published().article
    browser = desk.client()
    desk.send(browser, desk.change_url(article), desk.opened(browser, desk.change_url(article)), slug="new-address")
    answer = desk.send(browser, desk.ADD, desk.opened(browser, desk.ADD), title="T", slug="acute-example-disease")
    assert "belongs to another page" in desk.errors(answer)[0]


def test_a_changed_address_keeps_the_old_one_leading_here():
    article = cast.published().article
    browser, url = desk.client(), desk.change_url(article)
    desk.send(browser, url, desk.opened(browser, url), slug="new-address")
    assert article.addresses.get(slug="acute-example-disease").moved_to_id == "new-address"


def test_bad_input_keeps_everything_typed():
    browser, article = desk.client(), cast.draft()
    typed = {"title": "", "summary": "<p>Typed summary</p>", **desk.row(1, body="<p>Typed text</p>", heading="")}
    url = desk.change_url(article)
    answer = desk.send(browser, url, desk.opened(browser, url), **typed)
    assert desk.errors(answer) == [
        "This field is required.",
        "Write a heading that says what is in this section.",
    ]
    kept = desk.values(answer)
    assert kept["summary"] == "<p>Typed summary</p>"
    assert kept["sections-1-body"] == "<p>Typed text</p>"


def test_text_nested_too_deeply_is_refused_and_its_words_stay():
    browser, article = desk.client(), cast.draft()
    url, deep = desk.change_url(article), "<b>" * 6000 + "words" + "</b>" * 6000
    answer = desk.send(browser, url, desk.opened(browser, url), summary=deep)
    assert "nested too deeply" in desk.errors(answer)[0]
    assert "words" in desk.values(answer)["summary"]


def test_what_the_gate_forbids_is_not_stored():
    browser, article = desk.client(), cast.draft()
    url = desk.change_url(article)
    desk.send(browser, url, desk.opened(browser, url), summary='<p onclick="x()">Hi<script>x()</script></p>')
    article.refresh_from_db()
    assert article.summary == "<p>Hi</p>"


def test_the_tier_is_chosen_at_the_start_and_is_staffs_afterwards():
    browser, article = desk.client(), cast.draft()
    assert "risk_tier" in desk.opened(browser, desk.ADD)
    fields = desk.opened(browser, desk.change_url(article))
    assert "risk_tier" not in fields
    desk.send(browser, desk.change_url(article), fields, risk_tier="low")
    article.refresh_from_db()
    assert article.risk_tier == "standard"


def test_changed_medical_words_close_an_open_request_and_say_so():
    article = cast.requested().article
    browser, url = desk.client(), desk.change_url(article)
    answer = desk.send(browser, url, desk.opened(browser, url), title="Another", _continue="1")
    assert not article.reviews.open().exists()
    assert "the open review request was closed" in browser.get(answer.url).content.decode()


def test_a_source_that_is_not_cited_is_listed_and_can_be_dropped():
    article = cast.draft()
    unused = Source.objects.create(title="Never cited")
    article.uncited.add(unused)
    browser, url = desk.client(), desk.change_url(article)
    page = browser.get(url).content.decode()
    assert "Never cited." in page
    desk.send(browser, url, desk.opened(browser, url), uncited=None)
    assert not article.uncited.exists()


def test_a_source_that_only_a_deleted_section_cited_is_listed():
    article, browser = cast.draft(), desk.client()
    fields = desk.opened(browser, desk.change_url(article))
    desk.send(browser, desk.change_url(article), fields, **desk.row(0, DELETE="on"))
    assert article.sections.count() == 2
    assert article.uncited.get().title == "What is example disease?"


def test_where_every_source_is_cited_no_list_is_shown():
    assert "Uncited sources" not in desk.client().get(desk.change_url(cast.draft())).content.decode()


def test_an_address_that_somebody_took_a_moment_ago_is_refused_without_a_traceback(monkeypatch):
    article, browser = cast.published().article, desk.client()
    fields = desk.opened(browser, desk.change_url(article))
    cast.published(cast.draft(cast.words("Taken")))
    monkeypatch.setattr(ArticleForm, "clean_slug", lambda form: form.cleaned_data["slug"])
    Article.objects.filter(slug="taken").update(slug="elsewhere")
    answer = desk.send(browser, desk.change_url(article), fields, slug="taken")
    assert "belongs to another page" in browser.get(answer.url).content.decode()
    article.refresh_from_db()
    assert article.slug == "acute-example-disease"


def test_those_who_may_only_look_see_the_text_and_no_form():
    article = cast.draft()
    page = desk.client("paula", roles.PUBLISHER).get(desk.change_url(article)).content.decode()
    assert "<p>The usual dose is 5 mg.</p>" in page
    assert "textarea" not in page.lower()


@pytest.mark.parametrize(("name", "role"), [("paula", roles.PUBLISHER), ("rosa", roles.MEDICAL_REVIEWER)])
def test_those_who_may_only_look_cannot_send(name, role):
    article = cast.draft()
    fields = desk.opened(desk.client(), desk.change_url(article))
    assert desk.send(desk.client(name, role), desk.change_url(article), fields, title="X").status_code == 403


def test_nobody_deletes_an_article():
    article = cast.draft()
    browser = desk.client()
    browser.force_login(cast.person("root"))
    cast.person("root").__class__.objects.filter(username="root").update(is_superuser=True, is_staff=True)
    assert browser.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403


@pytest.mark.parametrize(("name", "value"), [("sections-INITIAL_FORMS", "many"), ("base_revision", "9" * 30)])
def test_numbers_that_no_form_of_ours_sends_are_refused(name, value):
    browser, article = desk.client(), cast.draft()
    fields = desk.opened(browser, desk.change_url(article)) | {name: value}
    assert browser.post(desk.change_url(article), fields | {"title": "Another"}).status_code == 200
    article.refresh_from_db()
    assert (article.title, article.revision) == ("Acute example disease", 1)


def test_the_form_alone_gets_the_policy_that_the_editor_needs():
    browser, article = desk.client(), cast.draft()
    policy = "Content-Security-Policy"
    assert "script-src-attr 'unsafe-inline'" in browser.get(desk.change_url(article))[policy]
    assert "unsafe" not in browser.get(reverse("admin:articles_article_changelist"))[policy]


def queries_to_open(article):
    browser = desk.client()
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(desk.change_url(article)).content.decode()
    return len(seen), page.count("[Example Society 2024]")


def test_thirty_sections_take_no_more_queries_than_three():
    article, key = cast.draft(), Source.objects.get().key
    queries_to_open(article)  # from now on she is there
    before, _names = queries_to_open(article)
    for number in range(10, 40):
        body = f'<p>x<cite data-source="{key}"></cite></p>'
        Section.objects.create(article=article, position=number, heading=f"H{number}", body=body)
    assert queries_to_open(article) == (before, 31)
