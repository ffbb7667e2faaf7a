"""The pictures of the library: taking one in, keeping those that articles use, letting others go."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Article, Figure
from articles.pictures import apart, store
from articles.pictures.opening import Unfit
from articles.pictures.sizes import LARGEST, SMALLEST
from articles.refusals import Refused

KEPT = timedelta(days=7)  # how long a picture waits for the article it was uploaded for


class NoPicture(Refused):
    """This file can not become a picture of ours; the sentence says why and what to do."""


class PictureGone(Refused):
    """The words show a picture that the library does not have any more."""


def add(data: bytes, *, name: str, by: User, at: datetime) -> tuple[Figure, bool]:
    """Take a picture into the library, made anew from its pixels; and whether only the first of many was taken.

    The same picture is there once. Raises NoPicture, roles.NotAllowed.
    """
    roles.require(by, "add_section")
    if len(data) > settings.FIGURE_MEGABYTES * 2**20:
        words = _("This file is larger than %(most)d MB. Save the picture smaller, and upload it again.")
        raise NoPicture(words % {"most": settings.FIGURE_MEGABYTES})
    try:
        made = apart.read(data, pixels=settings.FIGURE_MEGAPIXELS * 1_000_000)
    except Unfit as no:
        raise NoPicture(_why(str(no))) from no
    if Figure.objects.filter(pk=made.hash).exclude(erased_at=None).exists():
        raise NoPicture(_("This picture was removed for legal reasons, and may not come back."))
    store.keep(made)  # before the row: whoever finds the row finds the files
    size = {"width": made.width, "height": made.height}
    who = {"file_name": _name(name), "uploaded_by": by, "uploaded_at": at}
    with transaction.atomic():
        figure, new = Figure.objects.get_or_create(pk=made.hash, defaults={**size, **who})
        if not new and not figure.saved:  # its week begins anew
            Figure.objects.filter(pk=figure.pk).update(**who)
    return figure, made.moved


def hold(article: Article) -> None:
    """The pictures of this article are in use from now on, and stay. Raises PictureGone."""
    wanted = set(article.sections.exclude(figure="").values_list("figure", flat=True))
    if wanted:
        found = Figure.objects.filter(pk__in=wanted, erased_at=None)
        found.filter(saved=False).update(saved=True)
        if found.filter(saved=True).count() < len(wanted):
            raise PictureGone(_("A picture of this page is not in the library any more. Upload it again."))


def forget_unused(*, at: datetime) -> int:
    """Let pictures go that no article ever used and nobody uploaded in the last week, and files that belong to none.

    Returns how many pictures.
    """
    old = at - KEPT
    with transaction.atomic():
        # Locked before they are counted as unused: an article that takes one now keeps it, or hears that it is gone.
        unused = Figure.objects.select_for_update().filter(saved=False, erased_at=None, uploaded_at__lt=old)
        gone = [figure.pk for figure in unused]
        Figure.objects.filter(pk__in=gone).delete()
    erased = dict(Figure.objects.values_list("pk", "erased_at"))
    for picture, name in store.there():
        if erased[picture] if picture in erased else _lies_since(name, old):
            store.discard(name)
    return len(gone)


def _lies_since(name: str, old: datetime) -> bool:
    """A file that no row knows may belong to an upload that is under way, and be in its place by now."""
    written = store.lies_since(name)
    return written is not None and written < old


def erase(pictures: set[str], *, at: datetime) -> None:
    """Take these pictures away for good. For redacting alone, which asks two people and tells the articles."""
    Figure.objects.filter(pk__in=pictures).update(erased_at=at, file_name="")
    transaction.on_commit(lambda: store.drop(pictures))


def _name(given: str) -> str:
    return "".join(letter for letter in given if letter.isprintable())[-255:]


def _why(no: str) -> str:
    most = {"least": SMALLEST, "most": settings.FIGURE_MEGAPIXELS, "kept": LARGEST}
    return {
        "svg": _(
            "SVG drawings can hold programs, and are not taken. Export the drawing as PNG, about 1600 pixels wide."
        ),
        "heic": _("This is a HEIC file, as some phones make them. Save or share it as JPEG, and upload that."),
        "unknown": _("This is no picture we can read. JPEG, PNG, WebP, AVIF and GIF are taken."),
        "broken": _("This picture is damaged or was cut off. Open it, save it again as JPEG or PNG, and upload that."),
        "pixels": _("This picture has more than %(most)d million pixels. %(kept)d on its longer side are enough.")
        % most,
        "small": _("This picture is smaller than %(least)d pixels. Readers could not make out what it shows.") % most,
    }[no]
