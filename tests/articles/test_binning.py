"""The bin: nothing in it is lost, and nothing in it is worked on."""

import pytest

from articles import binning, drafting, reviewing, roles
from articles.models import Message, TimelineEntry
from tests import cast

pytestmark = pytest.mark.django_db


def binned(article=None):
    return binning.bin_draft(article or cast.draft(), by=cast.person("wanda"), at=cast.NOON, reason=" Twice. ")


def test_it_works():
    article = binned()
    assert (article.binned_at, article.binned_by.username) == (cast.NOON, "wanda")
    out = binning.unbin(article, by=cast.person("wanda"), at=cast.later(days=1))
    assert (out.binned_at, out.binned_by, out.revision) == (None, None, 1)
    said = TimelineEntry.objects.filter(article=article).order_by("pk").values_list("what", "detail")
    assert list(said)[-2:] == [("binned", "Twice."), ("unbinned", "")]


def test_an_open_request_is_recalled_and_its_reviewer_told():
    review = cast.requested()
    binned(review.article)
    review.refresh_from_db()
    assert (review.answer, review.reason) == ("recalled", "The draft was put in the bin.")
    told = Message.objects.get(kind=Message.Kind.DIGEST)
    assert (told.person.username, told.body) == ("rosa", "The draft was put in the bin.")


def test_what_readers_have_seen_is_withdrawn_and_not_binned():
    with pytest.raises(binning.NotForTheBin, match="only be withdrawn"):
        binned(cast.published().article)


def test_nothing_is_done_to_what_is_in_the_bin():
    article, wanda = binned(), cast.person("wanda")
    for deed in (
        lambda: cast.edited(article),
        lambda: drafting.settle(article, by=wanda, at=cast.NOON),
        lambda: drafting.confirm_headings(article, by=wanda),
        lambda: reviewing.request(article, reviewer=cast.reviewer(), by=wanda, at=cast.NOON),
        lambda: binned(article),
    ):
        with pytest.raises(drafting.InBin, match="Take it out first"):
            deed()


def test_a_signed_draft_in_the_bin_is_not_published():
    article = binned(cast.signed().article)
    with pytest.raises(drafting.InBin):
        cast.publish(article)


def test_only_what_is_in_it_is_taken_out():
    with pytest.raises(binning.NotForTheBin, match="not in the bin"):
        binning.unbin(cast.draft(), by=cast.person("wanda"), at=cast.NOON)


def test_who_may_not_write_neither_puts_in_nor_takes_out():
    article, paula = cast.draft(), cast.person("paula", roles.PUBLISHER)
    with pytest.raises(roles.NotAllowed):
        binning.bin_draft(article, by=paula, at=cast.NOON)
    with pytest.raises(roles.NotAllowed):
        binning.unbin(binned(article), by=paula, at=cast.NOON)


def test_importing_the_manuscript_again_says_where_it_is():
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="0" * 64)
    wanda = cast.person("wanda", roles.WRITER)
    binned(drafting.start(cast.words(), by=wanda, at=cast.NOON, manuscript=facts))
    with pytest.raises(drafting.AlreadyStarted, match="which is in the bin"):
        drafting.start(cast.words(), by=wanda, at=cast.NOON, manuscript=facts)
