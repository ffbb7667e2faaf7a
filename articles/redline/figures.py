"""What changed of a figure besides its caption: the picture, what it is in words, and whom it is owed to. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.content import SectionContent
from articles.redline.texts import redline_line


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one side, to be looked at; `when` is before, after, or "" where it is the same on both sides."""

    when: str
    hash: str
    size: str
    alt: str


def notes(before: SectionContent, after: SectionContent) -> Iterator[str]:
    """What became of the picture."""
    if before.figure != after.figure:
        if not before.figure:
            yield _("picture added")
        else:
            yield _("picture replaced") if after.figure else _("picture removed")
    if before.figure_erased != after.figure_erased:
        gone, was = _("picture removed for legal reasons"), _("picture was removed for legal reasons before")
        yield gone if after.figure_erased else was


def lines(before: SectionContent, after: SectionContent, *, whole: bool) -> str:
    """What is said of the picture, with the changes marked; without `whole` only what changed."""
    labels = {"alt": _("The picture in words"), "credit": _("Credit")}
    sides = {name: (getattr(before, name), getattr(after, name)) for name in labels}
    return "".join(
        f"<p>{labels[name]}: {redline_line(old, new)}</p>"
        for name, (old, new) in sides.items()
        if (old or new) and (whole or old != new)
    )


def pictures(before: SectionContent, after: SectionContent) -> tuple[Picture, ...]:
    """The pictures of both sides; one, where they are the same."""
    if before.figure == after.figure:
        return _of(after, "")
    return (*_of(before, "before"), *_of(after, "after"))


def _of(section: SectionContent, when: str) -> tuple[Picture, ...]:
    if not section.figure or section.figure_erased:
        return ()
    return (Picture(when, section.figure, section.size, section.alt),)
