"""The record of a reviewer in the admin: its public part, what reviewers may change of their own, and the preview."""

import pytest
from django.contrib.auth.models import User

from articles.models import Reviewer
from tests import cast
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db
ORCID, NPI = "0000-0002-1825-0097", "1234567893"


def fields(doctor, **changes):
    """The form as it stands, with some fields changed."""
    names = "name slug credentials role department institution interests profile orcid npi web_profile".split()
    kept = {name: getattr(doctor, name) for name in names}
    return {**kept, "active": "on", "account": doctor.account_id, **changes}


def save(doctor, *, by="stan", **changes):
    return client(by).post(url("reviewer_change", doctor), fields(doctor, **changes), follow=True)


def fresh(doctor):
    return Reviewer.objects.get(pk=doctor.pk)


def test_it_works():
    doctor = cast.reviewer()
    save(doctor, profile="<p>She trained here.</p>", orcid=f"https://orcid.org/{ORCID}", npi=f"NPI {NPI}")
    saved = fresh(doctor)
    assert (saved.profile, saved.orcid, saved.npi) == ("<p>She trained here.</p>", ORCID, NPI)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("orcid", "0000-0002-1825-0098", "This is no ORCID iD"),
        ("npi", "1234567890", "This is no NPI"),
        ("web_profile", "javascript:alert(1)", "Enter a valid URL"),
    ],
)
def test_a_slip_of_the_pen_is_named_and_nothing_typed_is_lost(field, typed, says):
    doctor = cast.reviewer()
    page = save(doctor, profile="<p>She trained here.</p>", **{field: typed})
    assert says in text(page)
    assert "She trained here." in page.content.decode()
    assert typed in page.content.decode()
    assert getattr(fresh(doctor), field) == ""


@pytest.mark.parametrize("typed", ["None", " none. ", "NONE"])
def test_none_is_a_word_for_nothing_to_declare(typed):
    doctor = cast.reviewer()
    save(doctor, interests=typed)
    assert fresh(doctor).interests == "none"
    page = client("stan").get(url("reviewer_change", doctor))
    assert page.context["adminform"].form["interests"].value() == "None"


def test_the_signature_proposes_what_is_on_record():
    doctor = cast.reviewer()
    save(doctor, interests="None")
    review = cast.requested()
    page = client("rosa").get(url("review_read", review))
    assert 'name="interests"' in page.content.decode()
    assert ">None</textarea>" in page.content.decode().replace("\n", "") or 'value="None"' in page.content.decode()


def test_the_record_leads_to_the_public_page_where_there_is_one():
    doctor = cast.reviewer()
    page = client("stan").get(url("reviewer_change", doctor))
    assert "No public page" in text(page)
    cast.published()
    page = client("stan").get(url("reviewer_change", doctor))
    assert links(page, "View public page") == ["/reviewers/rosa/"]


def test_an_address_that_signatures_lead_to_stays():
    doctor = cast.published().review.reviewer
    save(doctor, slug="other")
    assert fresh(doctor).slug == "rosa"


# -- the preview ---------------------------------------------------------------------------------------------------


def preview(doctor, *, by="stan", **changes):
    return client(by).post(url("reviewer_preview", doctor), fields(doctor, **changes))


def test_a_preview_shows_what_is_typed_and_keeps_nothing():
    doctor = cast.published().review.reviewer
    page = preview(doctor, name="Rosa Married", profile="<p>New words.</p>")
    shown = page.content.decode()
    for words in ("Preview: not saved", "Rosa Married, MD", "New words.", "Acute example disease", "noindex"):
        assert words in shown
    assert "no-store" in page["Cache-Control"]
    assert (fresh(doctor).name, fresh(doctor).profile) == ("Rosa Example", "")


def test_a_preview_of_what_can_not_be_saved_says_why():
    page = preview(cast.reviewer(), npi="1")
    assert "This is no NPI" in text(page)


# -- one's own -----------------------------------------------------------------------------------------------------


def test_reviewers_say_who_they_are_and_nothing_else():
    doctor = cast.reviewer()
    more = {"credentials": "MD, PhD", "name": "Dr Grand", "active": "", "orcid": ORCID, "page_wanted": "on"}
    save(
        doctor, by="rosa", profile="<p>I trained here.</p>", interests="None", web_profile="https://x.example/", **more
    )
    saved = fresh(doctor)
    assert (saved.profile, saved.interests, saved.web_profile) == (
        "<p>I trained here.</p>",
        "none",
        "https://x.example/",
    )
    assert (saved.credentials, saved.name, saved.active) == ("MD", "Rosa Example", True)
    assert (saved.orcid, saved.page_wanted) == ("", False)


def test_reviewers_see_their_own_preview():
    doctor = cast.reviewer()
    assert "I trained here." in preview(doctor, by="rosa", profile="<p>I trained here.</p>").content.decode()


@pytest.mark.parametrize("by", ["ravi", "wanda", "paula"])
def test_nobody_changes_what_another_says(by):
    doctor = cast.reviewer()
    assert save(doctor, by=by, profile="<p>He is great.</p>").status_code == 403
    assert preview(doctor, by=by).status_code == 403
    assert fresh(doctor).profile == ""


def test_a_record_without_an_account_is_nobodys_own():
    doctor = cast.reviewer()
    Reviewer.objects.update(account=None)
    assert client("wanda").post(url("reviewer_change", doctor), fields(doctor)).status_code == 403
    assert User.objects.filter(username="rosa").exists()
