"""The widths at which a picture is kept, and the kinds of file, best first. Pure."""

LARGEST = 2400  # pixels of the longer side of what is kept
SMALLEST = 100  # pixels of the shorter side; less shows nothing
WIDTHS = (480, 800, 1200, 1600)
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
_APART = 1.15  # two widths that are nearly the same are one


def widths(width: int) -> tuple[int, ...]:
    """The widths of the files of a picture that is so wide, smallest first. None is larger than the picture itself."""
    return (*(one for one in WIDTHS if one * _APART < width), width)


def nearest(width: int, wanted: int) -> int:
    """Of the widths of a picture the smallest that is at least as wanted, else its own; its own where 0 is wanted."""
    return next((one for one in widths(width) if one >= wanted > 0), width)
