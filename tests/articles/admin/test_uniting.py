"""Two sources side by side in the admin."""

import pytest

from articles import roles
from articles.admin import pairs
from articles.models import Citation
from references.models import Likeness, Merge, Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/references/source/"


@pytest.fixture
def pair():
    """The source of a draft, and another record of the same work."""
    cast.draft()
    cited = Source.objects.get()
    return cited, Source.objects.create(
        organization=cited.organization, title="What is Example Disease", published="2024", volume="4"
    )


def edith():
    return desk.client("edith", roles.EDITOR)


def compared(keep, gone, **more):
    return edith().get(f"{LIST}merge/", {"keep": keep.pk, "gone": gone.pk, **more}).content.decode()


def post(keep, gone, **more):
    """As the page shows the two now."""
    seen = pairs.seen(*(Source.objects.get(pk=source.pk) for source in (keep, gone)))
    fields = {"keep": keep.pk, "gone": gone.pk, "seen": seen, **more}
    return edith().post(f"{LIST}merge/", fields, follow=True).content.decode()


def test_it_works(pair):
    cited, twin = pair
    page = post(twin, cited)
    assert "Two records are one now" in page
    assert Citation.objects.get().source == twin
    undone = edith().post(f"{LIST}merge/{Merge.objects.get().pk}/undo/", follow=True).content.decode()
    assert "two records again" in undone
    assert Citation.objects.get().source == cited


def test_what_moves_is_shown_beforehand_sentence_by_sentence(pair):
    page = compared(pair[1], pair[0])
    assert "It begins in the marrow." in page
    assert "Acute example disease" in page
    assert not Merge.objects.exists()


def test_articles_that_need_a_new_review_are_named(pair):
    cited, twin = pair
    cast.requested(Citation.objects.get().article)
    page = compared(twin, cited)
    assert "need a new review" in page
    assert "Rosa Example, MD is reading" in page
    Source.objects.filter(pk=twin.pk).update(title=cited.title)
    assert "every signature and every open request holds" in compared(twin, cited)


def test_only_what_is_ticked_is_filled_in(pair):
    cited, twin = pair
    post(cited, twin)
    cited.refresh_from_db()
    assert cited.volume == ""
    assert 'name="fill" value="volume" checked' in compared(
        *(Source.objects.create(title=t, volume=v) for t, v in (("a", ""), ("b", "1")))
    )


def test_different_identifiers_ask_for_a_yes(pair):
    for number, source in enumerate(pair):
        Source.objects.filter(pk=source.pk).update(doi=f"10.1000/{number}")
    assert "They are one work all the same." in compared(*pair)
    assert "Confirm that they are one work" in post(*pair)
    assert "Two records are one now" in post(*pair, confirmed="yes")


def test_what_somebody_changed_meanwhile_is_shown_before_it_is_merged(pair):
    cited, twin = pair
    seen = pairs.seen(twin, cited)
    Source.objects.filter(pk=twin.pk).update(title="Another work")
    page = post(twin, cited, seen=seen)
    assert "was changed after you opened this page" in page
    assert "Another work" in page
    assert not Merge.objects.exists()


def test_two_are_ticked_in_the_list(pair):
    ticked = {"action": "merge", "_selected_action": [source.pk for source in pair]}
    answer = edith().post(LIST, ticked)
    assert answer.url == f"{LIST}merge/?keep={pair[0].pk}&gone={pair[1].pk}"
    one = edith().post(LIST, {**ticked, "_selected_action": [pair[0].pk]}, follow=True)
    assert "Tick the two records" in one.content.decode()


def test_records_that_look_alike_are_offered_and_an_answer_stays_answered(pair):
    cited, twin = pair
    url = f"{LIST}{cited.pk}/change/"
    assert "Possible duplicates" in edith().get(url).content.decode()
    edith().post(f"{LIST}apart/", {"keep": cited.pk, "gone": twin.pk})
    twin.save()
    assert not Likeness.objects.unanswered().exists()
    page = edith().get(url).content.decode()
    assert "Possible duplicates" not in page
    assert "Where it is used" in page


def test_a_merged_record_is_only_read_and_says_where_it_went(pair):
    cited, twin = pair
    post(twin, cited)
    page = edith().get(f"{LIST}{cited.pk}/change/").content.decode()
    assert "This record was merged into" in page
    assert 'name="_save"' not in page
    assert edith().post(f"{LIST}{cited.pk}/change/", {"title": "x", "kind": "web"}).status_code == 403
    assert "Merged into this record" in edith().get(f"{LIST}{twin.pk}/change/").content.decode()


def listed(**filters):
    page = desk.client().get(LIST, filters).content.decode()
    return {source.title for source in Source.objects.all() if f">{source.title}</a>" in page}


def test_the_list_shows_records_that_stand_for_themselves_and_the_others_on_request(pair):
    cited, twin = pair
    assert listed(alike="yes") == {cited.title, twin.title}
    assert listed(unused="yes") == {twin.title}
    post(twin, cited)
    assert listed() == {twin.title}
    assert listed(merged="yes") == {cited.title}
    assert listed(unused="yes") == listed(alike="yes") == set()


def test_a_record_added_by_hand_that_looks_like_another_is_a_warning(pair):
    data = {"kind": "web", "title": "What is an example disease?", "published": "2025"}
    page = edith().post(f"{LIST}add/", data, follow=True).content.decode()
    assert "may be a work that the library has already" in page
    assert Source.objects.count() == 3


@pytest.mark.parametrize("given", [{}, {"keep": "x", "gone": "1"}, {"keep": "²", "gone": "1"}])
def test_strange_numbers_are_no_records(given):
    assert edith().get(f"{LIST}merge/", given).status_code == 400
    assert edith().get(f"{LIST}merge/", {"keep": "999", "gone": "998"}).status_code == 404
