"""Long lists, sheet by sheet. A sheet after the first has its number in its address, so that it can be a file."""

from typing import TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse

Item = TypeVar("Item")


def sheet_of(items: list[Item], number: int, *, size: int) -> Page[Item]:
    """The sheet of a long list that a reader asked for. Not found where there is no such sheet."""
    try:
        return Paginator(items, size).page(number)
    except InvalidPage:
        raise Http404 from None


def elsewhere(request: HttpRequest, sheet: int) -> str:
    """The address of the sheet, where it was asked for by another one: `?page=2` of former times, or the first by its
    number; else nothing."""
    asked = request.GET.get("page", "1" if sheet == 1 else "")
    if not asked or request.resolver_match is None:
        return ""
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) < 10**9):
        raise Http404
    slug, number = request.resolver_match.kwargs["slug"], int(asked)
    return reverse(request.resolver_match.view_name, args=[slug, number] if number > 1 else [slug])
