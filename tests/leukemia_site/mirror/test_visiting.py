"""The mirror's visitor is more patient than a reader."""

import pytest
from django.http import HttpResponse

from leukemia_site.mirror import visiting
from leukemia_site.mirror.refusals import Refused

pytestmark = pytest.mark.pure
PDF = "/a-page/handout.pdf"


def visitor(monkeypatch, *statuses):
    """One who is answered with these, the last of them for ever."""
    left = list(statuses)
    found = visiting.Visitor()
    answer = lambda _request: HttpResponse("x", status=left.pop(0) if len(left) > 1 else left[0])  # noqa: E731
    monkeypatch.setattr(found._handler, "get_response", answer)
    return found


def test_a_file_that_another_process_makes_is_waited_for(monkeypatch):
    assert visitor(monkeypatch, 503, 503, 200).get(PDF).status == 200


def test_one_that_can_not_be_made_is_left_for_the_next_export(monkeypatch):
    assert visitor(monkeypatch, 503).get(PDF).status == 503


def test_a_page_that_can_not_be_made_is_refused_at_once(monkeypatch):
    with pytest.raises(Refused):
        visitor(monkeypatch, 503, 200).get("/a-page/")
