"""Who we are and where, for templates; from the settings, so that error pages need neither request nor database."""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, to_locale

from articles import clock, jsonld
from articles.jsonld.people import Known
from articles.page import Facts, Html, Page, PageSection
from articles.pictures.serving import File
from leukemia_site import leading, styles
from leukemia_site.branding import Logo
from leukemia_site.observing import request_ids
from leukemia_site.once import remember, settle

register = template.Library()


class Settled(template.Node):
    """A part that reads alike on every page."""

    def __init__(self, parts: template.NodeList) -> None:
        self.parts = parts

    def render(self, context: Context) -> SafeString:
        # Nothing of the page can get into it, or the next page would show it.
        return settle((self, get_language()), lambda: self.parts.render(context.new()))


@register.tag
def settled(parser: Parser, token: Token) -> Settled:
    """What follows from the settings alone, up to `endsettled`. Whoever makes many pages writes it once."""
    parts = parser.parse(("endsettled",))
    parser.delete_first_token()
    return Settled(parts)


class Url(URLNode):
    """As Django's own; addresses of pages are told from one another, and not each looked for."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        if self.kwargs or not name.startswith("reading:"):
            return str(super().render(context))
        address = leading.to(name, [argument.resolve(context) for argument in self.args])
        if not address:
            return str(super().render(context))
        if self.asvar:
            context[self.asvar] = address
            return ""
        return address  # of slugs, which no markup can be in


@register.tag
def url(parser: Parser, token: Token) -> Url:
    """`{% url %}`, wherever this library is loaded."""
    node = defaulttags.url(parser, token)
    return Url(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
def organization() -> str:
    """The name of the organization that stands behind the site."""
    return str(settings.ORGANIZATION_NAME)


@register.simple_tag
def place() -> str:
    """The city by whose clocks our days are counted: "Los Angeles"."""
    return clock.city()


@register.simple_tag
def style(kind: str) -> Html:
    """The style block of a kind of page; leukemia_site/styles.py names the kinds."""
    return Html(styles.sheet(kind).element)


@register.simple_tag
def accent() -> str:
    """The color of the house on white: mail has no other paper."""
    return str(settings.ACCENT_COLOR)


@register.simple_tag
def contact() -> dict[str, str]:
    """How to reach the house, as far as it says: phone, the same to dial, address, mail."""
    phone = settings.CONTACT_PHONE
    dialed = re.sub(r"[^+\d]", "", phone)
    return {"phone": phone, "dial": dialed, "address": settings.CONTACT_ADDRESS, "mail": settings.CONTACT_EMAIL}


@register.simple_tag
def reference() -> str:
    """The id of the request that is answered, under which the log has it; "" where nothing is."""
    return request_ids.current()


@register.simple_tag
def logo() -> Logo | None:
    """The picture of the organization's name, where it has one."""
    return settings.LOGO


@register.simple_tag(takes_context=True)
def ours(context: Context) -> Html:
    """What names our own language, on words of ours within a page in another one: a voice must know which it reads."""
    page, here = context.get("page"), get_language() or settings.LANGUAGE_CODE
    if not page or page.language.partition("-")[0] == here.partition("-")[0]:
        return Html()
    return Html(f' lang="{here}" dir="{"rtl" if get_language_bidi() else "ltr"}"')


@register.simple_tag
def on_every_page(template: str) -> Html:
    """A part that says the same on every page, written once for all that it depends on: the language and the house."""
    logo = settings.LOGO.name if settings.LOGO else ""
    house = (organization(), logo, *contact().values())
    return _part(template, get_language(), get_script_prefix(), house)


@lru_cache(maxsize=20)
def _part(template: str, *_depends_on: Any) -> Html:
    return Html(render_to_string(template))


@register.simple_tag(takes_context=True)
def in_every_order(context: Context, template: str, one: object) -> Html:
    """A part that shows one thing of the page, which reads alike on all of its lists: for many pages written once."""
    # The thing itself is remembered with the answer, so that no other one is at its place meanwhile.
    key = (template, get_language(), id(one))
    written, _one = remember(key, lambda: (render_to_string(template, {"page": context["page"], "one": one}), one))
    return Html(written)


@register.simple_tag
def absolute(path: str) -> str:
    """The one full address of a path of this site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


@register.simple_tag
def structured(page: Page, url: str) -> Html:
    """An article's page as a JSON-LD block; `url` is its full address."""
    picture = picture_of(page) if page.picture else ""
    return jsonld.script(jsonld.of(page, url=url, house=_house(), picture=picture))


@register.simple_tag
def structured_site(name: str, description: str) -> Html:
    """The site as a JSON-LD block, for its first page."""
    return jsonld.script(jsonld.site(_house(), name=name, description=description))


@register.simple_tag
def structured_page(url: str, name: str, description: str) -> Html:
    """A page of the site about itself as a JSON-LD block; `url` is its full address."""
    return jsonld.script(jsonld.web_page(_house(), url=url, name=name, description=description))


@register.simple_tag
def structured_reviewer(person: Known) -> Html:
    """A reviewer's own page as a JSON-LD block."""
    return jsonld.script(jsonld.profile(person, _house()))


@register.simple_tag
def locale(language: str = "") -> str:
    """A language as Open Graph writes it: en_US. Where no country is known, the site's, if its language is that one."""
    ours = str(settings.LANGUAGE_CODE)
    return to_locale(ours if ours.partition("-")[0] == (language or ours) else language or ours)


def _house() -> jsonld.House:
    return jsonld.House(
        name=organization(),
        url=absolute(reverse("reading:home")),
        policy=absolute(reverse("reading:editorial-policy")),
        language=str(settings.LANGUAGE_CODE).partition("-")[0],
        logo=absolute(reverse("reading:logo", args=[settings.LOGO.name])) if settings.LOGO else "",
    )


@register.simple_tag
def picture_address(section: PageSection, width: int, kind: str, facts: Facts | None = None) -> str:
    """The path of one file of a figure's picture; of a preview it is one for staff alone."""
    name = "admin:articles_figure_file" if facts and facts.preview else "reading:figure"
    return reverse(name, args=[File(section.figure, width, kind)])


@register.simple_tag
def picture_of(page: Page) -> str:
    """The full address of the one picture that stands for a page, or of the logo; empty without both."""
    if page.picture:
        return absolute(picture_address(page.picture, page.picture.usual_width, "jpg"))
    return _house().logo


@register.simple_tag
def picture_set(section: PageSection, kind: str, facts: Facts | None = None) -> str:
    """All files of a kind, as `srcset` wants them."""
    if not section.widths:
        return ""
    one, *_more = section.widths
    # The files of a picture differ by their widths alone: -800.jpg
    before, _name, after = picture_address(section, one, kind, facts).rpartition(f"-{one}.")
    return ", ".join(f"{before}-{width}.{after} {width}w" for width in section.widths)
