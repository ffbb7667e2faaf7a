"""Opens what somebody uploaded as pixels alone, or says why not. For a process of its own: see apart.py."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from articles.pictures.sizes import LARGEST, SMALLEST

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_STILL = ("MPO",)  # a camera's second picture beside the first is no animation
_WHITE = (255, 255, 255)


class Unfit(ValueError):
    """This can not be a picture of ours; the text is one of the names in apart.REFUSALS."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Pixels in sRGB on white, upright, with nothing beside them. `moved`: what came in was an animation."""

    pixels: Image.Image
    moved: bool


def opened(data: bytes, *, pixels: int) -> Opened:
    """The picture in these bytes, at most LARGEST on its longer side. More than `pixels` are never decoded.

    Raises Unfit.
    """
    _refuse_others(data)
    Image.MAX_IMAGE_PIXELS = pixels  # read from the header; Pillow only warns of what is up to twice as large
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.open(io.BytesIO(data), formats=FORMATS).verify()
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            return _read(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unfit("pixels") from bomb
    except UnidentifiedImageError as unknown:
        raise Unfit("unknown") from unknown
    except Unfit:
        raise
    except Exception as broken:  # cut off, damaged, or made to do damage: decoders have many words for it
        raise Unfit("broken") from broken


def _refuse_others(data: bytes) -> None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"<svg" in head or head.startswith((b"<?xml", b"<!doctype svg")) or data[:2] == b"\x1f\x8b":
        raise Unfit("svg")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"heim", b"heis"):
        raise Unfit("heic" if b"avif" not in data[8:64] else "broken")


def _read(image: Image.Image) -> Opened:
    if min(image.size) < SMALLEST:
        raise Unfit("small")
    moved = bool(getattr(image, "is_animated", False)) and image.format not in _STILL
    image.draft("RGB", (LARGEST, LARGEST))  # a JPEG can be read at half its size and less
    image.load()
    upright = ImageOps.exif_transpose(image)
    plain = _in_srgb(_on_white(upright), image.info.get("icc_profile"))
    plain.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    if min(plain.size) < SMALLEST // 4:
        raise Unfit("small")
    clean = Image.new("RGB", plain.size)  # a new one: what was read goes on carrying what stood beside its pixels
    clean.paste(plain)
    return Opened(clean, moved)


def _on_white(image: Image.Image) -> Image.Image:
    """Without see-through parts: behind them could be a dark page, and dark lines would be gone."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, (*_WHITE, 255))
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """With the colors that the profile means, so that it can be left out."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, meant, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile for other pixels than these
            made = None
        if made is not None:
            return made
    return image.convert("RGB")
