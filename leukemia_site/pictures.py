"""The size of a picture, read from its first bytes or its root element. Pure."""

import re
import struct

from lxml import etree


def size_of_png(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None if it is no PNG."""
    if len(content) < 24 or content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def size_of_svg(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or those of the viewBox; None if it is no SVG or says neither."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    sides = [re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*", root.get(name, "")) for name in ("width", "height")]
    box = re.findall(r"-?[0-9.]+", root.get("viewBox", ""))
    if etree.QName(root).localname != "svg" or not (all(sides) or len(box) == 4):
        return None
    width, height = (float(side[1]) for side in sides if side) if all(sides) else map(float, box[2:])
    return round(width), round(height)
