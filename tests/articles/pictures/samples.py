"""Pictures as people upload them: real bytes, made here, with all that cameras and programs write beside the pixels."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = "Jane Roe, ward 7"
_GPS = {1: "N", 2: (34.0, 3.0, 0.0), 3: "W", 4: (118.0, 14.0, 0.0)}


def drawing(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A few shapes in a few colors; its left half is red, so that one sees which way is up."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height), fill=(200, 30, 30))
    draw.ellipse((width // 2, 10, width - 10, height - 10), outline="black", width=6)
    return image.convert(mode)


def photo(width: int = 900, height: int = 600) -> Image.Image:
    """Many colors, as in a photograph."""
    noise = Image.effect_noise((width, height), 90)
    ramp = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, ramp, noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


def saved(image: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """As a file."""
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def told(form: str, image: Image.Image | None = None) -> bytes:
    """A picture with a name, a place, a thumbnail, a comment and a color profile beside its pixels."""
    exif = Image.Exif()
    exif[0x013B] = SECRET  # artist
    exif[0x9286] = SECRET  # comment
    exif.get_ifd(0x8825).update(_GPS)
    how: dict[str, Any] = {"exif": exif, "icc_profile": profile()}
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{SECRET}</creator></x:xmpmeta>".encode()
    if form in ("JPEG", "WEBP", "AVIF"):
        how["xmp"] = xmp
    if form == "JPEG":
        how["comment"] = SECRET
    if form == "PNG":
        beside = PngImagePlugin.PngInfo()
        beside.add_text("Author", SECRET)
        beside.add_itxt("XML:com.adobe.xmp", xmp.decode())
        how["pnginfo"] = beside
    return saved(image or drawing(), form, **how)


def with_iptc(jpeg: bytes) -> bytes:
    """A JPEG with a caption as news agencies write it."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(SECRET)) + SECRET.encode()
    block = (
        b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\x00" * (len(record) % 2)
    )
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def profile() -> bytes:
    """A color profile, whose name would be found in a file."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapping_profile() -> bytes:
    """A profile whose colors are not those of a screen: the names of red and green are exchanged in it."""
    found = bytearray(profile())
    red, green = found.index(b"rXYZ", 128), found.index(b"gXYZ", 128)
    found[red : red + 4], found[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(found)


def turned() -> bytes:
    """A camera held on its side: upright it is 600 wide and 900 high, and its upper half is red."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right
    return saved(drawing(), "JPEG", exif=exif, quality=95)


def animation(form: str = "GIF") -> bytes:
    """Two pictures, one after the other."""
    return saved(drawing(), form, save_all=True, append_images=[Image.new("RGB", (900, 600), "blue")])


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that says it is `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 4_000_000))
        + chunk(b"IEND", b"")
    )
