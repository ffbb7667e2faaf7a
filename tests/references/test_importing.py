"""Importing sources in the admin: see what was found, tick and mend it, then file it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from articles import roles
from references import rows
from references.models import Source
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db

URL = "/admin/references/source/import/"
RIS = "TY  - JOUR\nAU  - Roe, Jane\nTI  - On blood\nDO  - 10.1000/blood\nER  - \nTY  - JOUR\nTI  - On marrow\nER  - \n"


def upload(text: str = RIS, name: str = "list.ris"):
    return {"file": SimpleUploadedFile(name, text.encode())}


def words(answer) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def fields(answer) -> dict:
    """The form that files, as the page shows it."""
    forms = html.fromstring(answer.content.decode()).forms
    form = next(form for form in forms if (form.action or "").endswith("/import/file/"))
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def filed(browser, answer, **changes):
    sent = {name: value for name, value in {**fields(answer), **changes}.items() if value is not None}
    return browser.post(f"{URL}file/", sent, follow=True)


def test_it_works():
    browser = desk.client()
    shown = browser.post(URL, upload())
    assert "Roe J. On blood. doi:10.1000/blood" in words(shown)
    assert not Source.objects.exists()
    assert "2 sources were filed." in words(filed(browser, shown))
    assert set(Source.objects.values_list("title", "kind")) == {("On blood", "journal"), ("On marrow", "journal")}
    assert LogEntry.objects.filter(user__username="wanda").count() == 2


def test_a_pasted_list_is_as_good_as_a_file():
    browser = desk.client()
    printed = "1. Roe J. On blood. J Blood. 2001;7(1):3-5.\n2. Doe K. On marrow. J Blood. 2002;8(1):6-9.\n"
    filed(browser, browser.post(URL, {"text": printed}))
    assert set(Source.objects.values_list("authors", flat=True)) == {"Roe J", "Doe K"}


def test_only_what_stays_ticked_is_filed_as_it_was_mended():
    browser = desk.client()
    shown = browser.post(URL, upload())
    filed(browser, shown, **{"form-0-title": "On my blood", "form-0-kind": "guideline", "form-1-take": None})
    source = Source.objects.get()
    assert (source.title, source.kind, source.doi) == ("On my blood", "guideline", "10.1000/blood")


def test_what_is_there_and_what_cannot_be_read_is_shown_and_not_offered():
    Source.objects.create(title="On blood", doi="10.1000/blood")
    page = words(desk.client().post(URL, upload(f"{RIS}TY  - JOUR\nAU  - Nobody\nER  - \n")))
    assert "1 is in the library already Line 1: On blood" in page
    assert "1 could not be read Line 9: No title was found" in page
    assert "TY - JOUR AU - Nobody" in page
    assert "1 is new" in page


def test_a_title_that_was_emptied_is_asked_for_again():
    browser = desk.client()
    answer = filed(browser, browser.post(URL, upload()), **{"form-0-title": ""})
    assert desk.errors(answer) == ["The title is missing. Fill it in, or untick this source."]
    assert fields(answer)["form-1-title"] == "On marrow"
    assert not Source.objects.exists()


def test_the_same_file_twice_files_nothing_twice():
    browser = desk.client()
    shown = browser.post(URL, upload())
    filed(browser, shown)
    assert "0 sources were filed. 2 are in the library already." in words(filed(browser, shown))
    assert "Nothing new was found." in words(browser.post(URL, upload()))


def test_a_work_that_looks_like_one_of_the_library_is_filed_with_a_warning():
    Source.objects.create(title="On Blood!", published="2020")
    browser = desk.client()
    page = words(filed(browser, browser.post(URL, upload())))
    assert "1 of them looks like a work that the library has already. See which" in page
    assert Source.objects.count() == 3


def test_a_row_says_beforehand_that_its_work_looks_like_one_of_the_library(django_assert_max_num_queries):
    known = Source.objects.create(title="On the blood", published="2024")
    Source.objects.create(title="On blood", merged_into=known)
    browser = desk.client()
    with django_assert_max_num_queries(12):
        shown = words(browser.post(URL, upload()))
    assert shown.count("Looks like a work that the library has already: On the blood") == 1
    assert "2024. Untick it if it is the same." in shown
    assert not Source.objects.filter(doi="10.1000/blood").exists()


def test_a_row_says_which_names_can_not_be_printed_with_initials():
    file = "TY  - JOUR\nAU  - Dal-Ré Rafael\nAU  - Roe, Jane\nAU  - Blood Study Group\nTI  - On blood\nER  - \n"
    shown = words(desk.client().post(URL, upload(file)))
    assert "printed as they are: Dal-Ré Rafael. Write them as “Roe J”." in shown


def test_more_records_than_rows_are_filed_along(monkeypatch):
    browser = desk.client()
    many = "".join(f"TY  - JOUR\nTI  - Work {n}\nER  - \n" for n in range(rows.LISTED + 7))
    shown = browser.post(URL, upload(many))
    assert "7 more have no row here" in words(shown)
    filed(browser, shown, **{"form-0-take": None})
    assert Source.objects.count() == rows.LISTED + 6


def test_every_field_can_be_mended():
    browser = desk.client()
    changes = {"authors": "Roe J\r\nDoe K", "published": "2018-10", "pages": "3-5", "url": "https://example.org/a"}
    filed(browser, browser.post(URL, upload()), **{f"form-0-{name}": value for name, value in changes.items()})
    source = Source.objects.get(title="On blood")
    assert (source.author_names(), source.published, source.pages) == (("Roe J", "Doe K"), "2018-10", "3-5")


def test_a_field_that_makes_no_sense_is_named_and_nothing_is_lost():
    browser = desk.client()
    answer = filed(browser, browser.post(URL, upload()), **{"form-0-published": "May", "form-1-title": "Mine"})
    assert desk.errors(answer) == ["Write the date as 2018, 2022-11 or 2018-10-17, as precise as it is printed."]
    assert (fields(answer)["form-0-published"], fields(answer)["form-1-title"]) == ("May", "Mine")


def test_a_work_known_by_its_doi_alone_is_filed_only_with_a_title():
    browser = desk.client()
    shown = browser.post(URL, {"text": "10.1000/blood"})
    assert "The title is missing: only an identifier" in words(shown)
    assert "The title is missing." in desk.errors(filed(browser, shown))[0]
    assert not Source.objects.exists()
    filed(browser, shown, **{"form-0-title": "On blood"})
    assert Source.objects.get().doi == "10.1000/blood"


def test_what_was_not_understood_is_mended_on_the_spot():
    browser = desk.client()
    shown = browser.post(URL, {"text": "10.1000/blood\n\nAsk Kim about the others"})
    assert fields(shown)["left"].strip() == "Ask Kim about the others"
    again = fields(shown) | {"form-0-title": "On blood", "left": "PMID: 77", "again": "1"}
    answer = browser.post(f"{URL}more/", again)
    assert (fields(answer)["form-0-title"], fields(answer)["form-1-pmid"]) == ("On blood", "77")
    assert "left" not in fields(answer)


def test_what_was_not_understood_outlives_the_filing():
    browser = desk.client()
    shown = browser.post(URL, {"text": "10.1000/blood\n\nAsk Kim about the others"})
    page = filed(browser, shown, **{"form-0-title": "On blood"})
    assert "1 source was filed." in words(page)
    assert "Ask Kim about the others" in words(page)


def test_a_bad_record_of_a_file_stays_to_be_mended():
    shown = desk.client().post(URL, upload(f"{RIS}TY  - JOUR\nAU  - Nobody\nER  - \n"))
    assert fields(shown)["left"].split() == ["TY", "-", "JOUR", "AU", "-", "Nobody", "ER", "-"]


@pytest.mark.parametrize("sent", [{}, {**upload(), "text": "Something"}])
def test_one_of_the_two_is_needed(sent):
    assert "one of the two" in desk.errors(desk.client().post(URL, sent))[0]


@pytest.mark.parametrize(("text", "said"), [("\x00\x01" * 500, "list.ris"), ("x" * 5_100_000, "too large")])
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(text, said):
    assert said in desk.errors(desk.client().post(URL, upload(text)))[0]


@pytest.mark.parametrize("broken", [{"token": "nonsense"}, {"form-TOTAL_FORMS": "1"}, {"form-0-kind": "poem"}])
def test_a_damaged_form_files_nothing(broken):
    browser = desk.client()
    assert filed(browser, browser.post(URL, upload()), **broken).status_code == 200
    assert not Source.objects.exists()


def test_script_in_a_file_does_not_reach_the_page():
    page = desk.client().post(URL, upload(RIS.replace("blood", '"><script>alert(1)</script>'))).content.decode()
    assert "<script>alert" not in page


def test_publishers_do_not_import():
    browser = desk.client("paula", roles.PUBLISHER)
    assert browser.get(URL).status_code == 403
    assert "Paste or import sources" not in words(browser.get("/admin/references/source/"))


# -- out again -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("action", "name"), [("ris", "ris"), ("nbib", "nbib"), ("bibtex", "bib"), ("csl", "json")])
def test_ticked_sources_are_exported_and_come_back(action, name):
    browser = desk.client()
    filed(browser, browser.post(URL, upload()))
    ticked = {"action": f"export_{action}", "_selected_action": list(Source.objects.values_list("pk", flat=True))}
    answer = browser.post("/admin/references/source/", ticked)
    assert answer["Content-Disposition"] == f'attachment; filename="sources.{name}"'
    Source.objects.filter(title="On marrow").delete()
    again = browser.post(URL, upload(answer.content.decode()))
    assert "1 is in the library already" in words(again)
    filed(browser, again)
    assert Source.objects.get(title="On marrow").kind == "journal"
