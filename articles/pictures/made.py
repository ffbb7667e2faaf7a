"""What is made of a picture. It stands apart from how (making.py): a page names pictures, and needs nothing that opens
one. Pure."""

import hashlib
from dataclasses import dataclass

DRAWING, PHOTO = "png", "jpg"  # how the picture itself is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The picture itself as bytes, by whose SHA-256 it is known, and its files by name ("480.avif")."""

    width: int
    height: int
    kind: str
    master: bytes
    files: dict[str, bytes]
    moved: bool = False

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the picture itself."""
        return hashlib.sha256(self.master).hexdigest()
