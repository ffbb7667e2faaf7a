"""Which file holds what stands at an address, and back."""

import re
from urllib.parse import unquote

from leukemia_site.mirror.refusals import Refused

INDEX, GONE = "index.html", "410.html"
OWN = ".mirror"  # the folder of a tree that is no part of the site: manifest, and what web servers read
NOT_FOUND = "404.html"
# What our addresses are made of. `.well-known` is the one name in them that begins with a dot.
_ADDRESS = re.compile(r"/(?:(?:\.well-known|[A-Za-z0-9_~-][A-Za-z0-9._~-]*)/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")


def is_plain(address: str) -> bool:
    """Whether a file can stand for it."""
    return bool(_ADDRESS.fullmatch(address))


def file_of(address: str) -> str:
    """The file, beginning at the root of the mirror. Raises Refused."""
    if not is_plain(address):
        raise Refused(f"{address!r} is no address that a file can stand for.")
    path = unquote(address).lstrip("/")
    return path + INDEX if path.endswith("/") or not path else path


def tombstone_of(file: str) -> str:
    """The file beside a page that tells web servers that it was taken down."""
    return file.removesuffix(INDEX) + GONE
