"""News about sources at the desk: the pile, the queue, one page, one change for many pages, and the form's panel."""

import pytest
from django.utils import timezone

from articles import policy, readdressing
from articles.admin import source_news
from articles.admin.deciding import DecisionForm
from articles.models import Article, Decision, Reliance
from references.models import Source
from tests import cast
from tests.articles import sources
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/article/news/"
REASON = "We say nothing that rests on it."


def dead(*titles):
    """Pages whose source died."""
    pages = [cast.published(cast.draft(cast.words(title))).article for title in titles or ("Example disease",)]
    sources.dies()
    return pages


def key():
    """How a form names the one change."""
    return f"change.{Reliance.objects.news().values_list('change', flat=True)[0]}"


def change():
    """The address of the screen of the one change."""
    return f"{QUEUE}{Reliance.objects.news().values_list('change', flat=True)[0]}/"


def send(name, address, **fields):
    """As a form that was opened just now."""
    seen = Decision.objects.values_list("pk", flat=True).first() or 0
    sent = {"kind": "no impact", "reason": REASON, "upto": seen, **fields}
    return client(name).post(address, sent, follow=True)


def test_a_reason_is_asked_for_no_impact_only_where_that_can_be_said():
    kinds = Decision.Kind
    assert "no impact" in DecisionForm(None, [kinds.WORDING, kinds.NO_IMPACT]).fields["reason"].help_text
    assert "no impact" not in DecisionForm(None, [kinds.WORDING]).fields["reason"].help_text


# -- the desk and the queue ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stan", "paula", "edith"])
def test_the_desk_says_what_waits_and_leads_there(name):
    [page] = dead()
    shown = client(name).get("/admin/")
    assert "News (1) What is example disease? Dead; 1 page; since" in text(shown)
    assert links(shown, "What is example disease?") == [url("article_news", page)]


def test_an_empty_desk_says_so():
    assert "No news waits for a decision." in text(client("stan").get("/admin/"))


def test_doctors_see_what_only_they_can_let_pass():
    dead()
    assert "News (" not in text(client("rosa").get("/admin/")).partition(" Everything ")[0]
    sources.retracted()
    assert "News (1) What is example disease? Retracted" in text(client("rosa").get("/admin/"))


def test_the_queue_shows_the_same_news_once_and_leads_to_all_its_pages(django_assert_max_num_queries):
    dead("First disease", "Second disease")
    browser = client("stan")
    with django_assert_max_num_queries(7):
        shown = browser.get(QUEUE)
    assert "1 piece of news Dead: What is example disease? 2 pages, since" in text(shown)
    assert links(shown, "Dead: What is example disease?") == [change()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=dead", True),
        ("kind=retracted", False),
        ("words=example+disease", True),
        ("words=nothing", False),
        ("state=under-way", False),
        ("kind=nonsense&words=%00", True),
    ],
)
def test_the_queue_is_narrowed_down(asked, found):
    dead()
    said = text(client("stan").get(f"{QUEUE}?{asked}"))
    assert ("1 piece of news" in said) is found
    assert ("No news fits." in said) is not found


def test_an_empty_queue_says_so():
    assert "No news waits for a decision." in text(client("stan").get(QUEUE))


# -- one page ------------------------------------------------------------------------------------------------------


def test_a_page_shows_what_happened_and_what_leans_on_it():
    [page] = dead()
    said = text(client("stan").get(url("article_news", page)))
    assert "The page is gone: three looks over three days or more did not find it." in said
    assert "What leans on it What it is · It begins in the marrow." in said
    assert ": 404 (https://example.org/what)" in said


def test_a_decision_is_kept_and_shown():
    [page] = dead()
    said = text(send("stan", url("article_news", page), news=key()))
    assert "Your decision is kept." in said
    assert f"stan, No impact on this page. Dead: What is example disease?. {REASON}" in said


def test_what_was_let_pass_can_be_opened_again():
    [page] = dead()
    assert 'value="reopened"' not in client("stan").get(url("article_news", page)).content.decode()
    send("stan", url("article_news", page), news=key())
    said = text(send("edith", url("article_news", page), news=key(), kind="reopened", reason="We do lean on it."))
    assert "edith, Open again. Dead: What is example disease?. We do lean on it." in said
    assert Reliance.objects.waiting().count() == 1


def test_nobody_overrules_a_decision_that_came_after_their_screen_and_nothing_typed_is_lost():
    """Two people have the same news open."""
    [page] = dead()
    address, fields = url("article_news", page), {"news": key(), "upto": 0}
    send("stan", address, kind="change", **fields)
    shown = send("edith", address, **fields)
    assert "Somebody has decided about this meanwhile. Look at what stands here now." in text(shown)
    assert REASON in text(shown)
    assert f'name="upto" value="{Decision.objects.get().pk}"' in shown.content.decode()
    send("edith", address, **fields | {"upto": Decision.objects.get().pk})
    assert Decision.objects.count() == 2


def test_nobody_overrules_it_for_many_pages_either():
    first, second = dead("First disease", "Second disease")
    address = change()
    send("stan", url("article_news", first), kind="change", news=key())
    shown = send("edith", address, article=[first.pk, second.pk], upto=0)
    assert "First disease: Somebody has decided about this meanwhile." in text(shown)
    assert sorted(Decision.objects.values_list("article", "kind")) == [(first.pk, "change"), (second.pk, "no impact")]


def test_without_a_reason_nothing_is_kept_and_nothing_typed_is_lost():
    [page] = dead()
    said = text(send("stan", url("article_news", page), news=key(), reason=" "))
    assert "Say why, so that whoever asks later finds it." in said
    assert not Decision.objects.exists()
    assert "Tick the news that you decide about." in text(send("stan", url("article_news", page)))


def test_other_words_lead_to_the_draft():
    [page] = dead()
    answer = send("edith", url("article_news", page), news=key(), kind="change")
    assert answer.redirect_chain[-1][0] == desk.change_url(page)
    assert "Decided because of news (“What is example disease?”), and not online yet" in text(answer)


def test_taking_it_down_leads_to_that_screen_and_is_kept_with_the_deed():
    [page] = dead()
    answer = send("paula", url("article_news", page), news=key(), kind="withdraw")
    there = answer.redirect_chain[-1][0]
    assert "It is kept as the decision about the news." in text(answer)
    assert not Decision.objects.exists()
    client("paula").post(there, {"reason": "Its only source is gone."})
    assert Decision.objects.get().kind == "withdraw"
    assert not Article.objects.get(pk=page.pk).editions.open().exists()


def test_a_steward_is_not_offered_to_let_a_retraction_pass():
    page = cast.published().article
    sources.retracted()
    shown = client("stan").get(url("article_news", page))
    assert 'value="no impact"' not in shown.content.decode()
    assert links(shown, "The notice") == ["https://doi.org/10.1000/notice"]
    assert 'value="no impact"' in client("rosa").get(url("article_news", page)).content.decode()


def test_who_may_not_decide_reads_and_gets_no_form():
    [page] = dead()
    said = client("ada").get(url("article_news", page))
    assert "The page is gone" in text(said)
    assert "Keep this decision" not in text(said)


# -- one change, many pages ----------------------------------------------------------------------------------------


def test_one_decision_for_many_pages_is_kept_for_each():
    pages = dead("First disease", "Second disease")
    assert "It waits on 2 pages" in text(client("stan").get(change()))
    said = text(send("stan", change(), article=[page.pk for page in pages]))
    assert "Kept for 2 pages." in said
    assert Decision.objects.filter(article__in=pages).count() == 2


def test_what_is_refused_for_one_page_is_said_of_that_page():
    first, second = dead("First disease", "Second disease")
    place = change()
    send("stan", url("article_news", first), news=key())
    sources.uncites(second)
    cast.published(second, at=timezone.now())
    said = text(send("stan", place, article=[second.pk]))
    assert "Not done Second disease: This news is not open for this page any more." in said


def test_a_moved_source_is_mended_with_one_click_and_published_by_another():
    page = cast.published().article
    sources.moves()
    assert "Use the new address" in text(client("stan").get(change()))
    said = text(client("stan").post(change(), {"answer": "address"}, follow=True))
    assert "1 page prints the old one and waits for a publisher." in said
    assert "1 page prints an old address" in text(client("paula").get("/admin/"))
    done = client("paula").post(f"{QUEUE}addresses/", {"article": [page.pk]}, follow=True)
    assert "1 housekeeping edition is online." in text(done)
    assert Source.objects.get().url == page.editions.open().get().words().sources[0].url


def test_a_page_with_other_changes_is_refused_in_words_and_the_others_are_published():
    first, second = (cast.published(cast.draft(cast.words(title))).article for title in ("First", "Second"))
    source = sources.moves()
    readdressing.use_new_address(source, by=cast.cast().stan, at=timezone.now())
    sources.institutional(first, "<p>We moved.</p>")
    said = text(client("paula").post(f"{QUEUE}addresses/", {"article": [first.pk, second.pk]}))
    assert "First: Refused: The draft holds other changes, too." in said
    assert "Second: online" in said


# -- elsewhere -----------------------------------------------------------------------------------------------------


def test_the_panel_says_that_it_is_due_and_leads_to_the_decision():
    [page] = dead()
    shown = client("stan").get(desk.change_url(page))
    assert "waits for a decision: “What is example disease?” (dead). The page is due by" in text(shown)
    assert links(shown, "Decide about the news") == [url("article_news", page)]


def test_the_list_of_articles_finds_pages_with_news():
    dead()
    policy.settle()
    cast.draft(cast.words("A draft"))
    said = text(client("stan").get("/admin/articles/article/?state=news"))
    assert "Online, due: news" in said
    assert "A draft" not in said


def test_a_reviewer_reads_beside_the_source_that_it_was_retracted():
    page = cast.published().article
    sources.retracted()
    review = signing.requested(page)
    said = text(client("rosa").get(url("review_read", review)))
    assert "This source: retracted, since" in said


def test_a_retracted_source_that_blocks_is_named_and_linked():
    article = sources.with_doi(cast.draft())
    sources.retracted()
    shown = client("paula").get(url("article_publish", article))
    assert "Reference 1, “What is example disease?”, has been retracted." in text(shown)
    assert links(shown, "See the source") == [f"/admin/references/source/{sources.cited().pk}/change/"]


def test_a_newer_source_that_was_merged_is_named_by_the_record_that_stands():
    page = cast.published(cast.draft()).article
    stands = Source.objects.create(title="Facts that stand")
    sources.changes(superseded_by=Source.objects.create(title="Newer facts", merged_into=stands))
    shown = client("stan").get(url("article_news", page))
    assert links(shown, "The newer one: Facts that stand") == [f"/admin/references/source/{stands.pk}/change/"]
    [key] = Source.objects.exclude(superseded_by=None).values_list("key", flat=True)
    assert "A newer source: Facts that stand" in source_news.beside(page, [key])[key]
