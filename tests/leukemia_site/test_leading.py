"""Addresses that are told from one another are those that Django finds."""

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix

from leukemia_site import leading


@pytest.mark.parametrize("slug", ["a-page", "A_page-2", "x"])
@pytest.mark.parametrize(
    ("name", "rest"),
    [
        *(("reading:article", ()), ("reading:history", ()), ("reading:history", (2,)), ("reading:edition", (3,))),
        *(("reading:changes", (3, 1)), ("reading:references", ("ris",)), ("reading:references", ("json",))),
        *(("reading:reference-list", ()), ("reading:reviewer", ()), ("reading:handout", ("handout",))),
    ],
)
def test_it_is_what_django_says(name, rest, slug):
    for _time in range(2):
        assert leading.to(name, [slug, *rest]) == reverse(name, args=[slug, *rest])


def test_a_place_without_a_slug_is_told_too():
    assert leading.to("reading:home", []) == "/"
    assert leading.to("reading:updates", []) == reverse("reading:updates")


@pytest.mark.parametrize(
    ("name", "args"),
    [("reading:article", ["a page"]), ("reading:article", [""]), ("reading:site-page", ["about"]), ("nowhere", ["a"])],
)
def test_what_only_django_can_tell_is_left_to_it(name, args):
    assert leading.to(name, args) == ""


def test_below_another_place_it_leads_there():
    assert leading.to("reading:article", ["a-page"]) == "/a-page/"
    set_script_prefix("/below/")
    try:
        assert leading.to("reading:article", ["a-page"]) == "/below/a-page/"
    finally:
        set_script_prefix("/")


def test_another_map_of_the_site_is_another_place():
    leading.to("reading:article", ["a-page"])
    with override_settings(ROOT_URLCONF="articles.reading.urls"):
        assert leading.to("reading:article", ["a-page"]) == ""


@pytest.mark.parametrize(
    "tag",
    ["'reading:article' slug", "'reading:site-page' 'about'", "'admin:index'"],
)
def test_the_tag_says_what_djangos_says(tag):
    said = [
        Template(f"{load}{{% url {tag} %}}|{{% url {tag} as path %}}{{{{ path }}}}")
        for load in ("", "{% load house %}")
    ]
    theirs, ours = (one.render(Context({"slug": "a-page"})) for one in said)
    assert ours == theirs


def test_the_tag_refuses_what_djangos_refuses():
    with pytest.raises(NoReverseMatch):
        Template("{% load house %}{% url 'reading:article' 'no slug' %}").render(Context())
    assert Template("{% load house %}{% url 'reading:article' '' as path %}[{{ path }}]").render(Context()) == "[]"
