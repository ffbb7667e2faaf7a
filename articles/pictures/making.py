"""Makes the files of a picture: the one that is kept as the picture itself, and smaller ones for readers."""

import io

from PIL import Image, ImageFile

from articles.pictures.made import DRAWING, PHOTO, Made
from articles.pictures.opening import opened
from articles.pictures.sizes import LARGEST, widths

_FEW = 16_384  # colors; photographs have many more
_LEAN = 0.35  # bytes a pixel, beyond which a picture of few colors is a grey photograph
_FIRM: dict[str, dict[str, object]] = {  # for drawings: thin lines and letters stay sharp
    "avif": {"quality": 75, "speed": 8, "subsampling": "4:4:4"},
    "webp": {"quality": 88, "method": 4, "use_sharp_yuv": True},
    "jpg": {"quality": 88, "subsampling": 0, "optimize": True, "progressive": True},
}
_SOFT: dict[str, dict[str, object]] = {
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
}
ImageFile.MAXBLOCK = 4 * LARGEST**2  # bytes; a noisy JPEG does not fit into what Pillow sets aside for it
_NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}


def make(data: bytes, *, pixels: int) -> Made:
    """Every file of what somebody uploaded; the same files for the same bytes. Raises Unfit."""
    found = opened(data, pixels=pixels)
    kind, master = _kept(found.pixels)
    # From the kept bytes, so that they can be made again from these.
    pixels_kept = Image.open(io.BytesIO(master))
    pixels_kept.load()
    width, height = pixels_kept.size
    files = dict(_files(pixels_kept, _FIRM if kind == DRAWING else _SOFT))
    return Made(width=width, height=height, kind=kind, master=master, files=files, moved=found.moved)


def _kept(image: Image.Image) -> tuple[str, bytes]:
    """A drawing to the pixel, a photograph very nearly so, in a tenth of the room."""
    if image.getcolors(_FEW):
        exact = _saved(image, DRAWING, {"compress_level": 6})  # the utmost takes ten times as long
        if len(exact) <= _LEAN * image.width * image.height + 4096:
            return DRAWING, exact
    return PHOTO, _saved(image, PHOTO, {"quality": 92, "subsampling": 0, "optimize": True})


def _files(image: Image.Image, ways: dict[str, dict[str, object]]) -> list[tuple[str, bytes]]:
    made = []
    for width in widths(image.width):
        height = max(1, round(image.height * width / image.width))
        small = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        made += [(f"{width}.{kind}", _saved(small, kind, how)) for kind, how in ways.items()]
    return made


def _saved(image: Image.Image, kind: str, how: dict[str, object]) -> bytes:
    out = io.BytesIO()
    image.save(out, _NAMES[kind], **how)
    return out.getvalue()
