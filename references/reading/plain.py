"""A printed list of references, as people paste it, to entries."""

from references.reading import entries, layout
from references.reading.entries import Entry

__all__ = ["Entry", "looks_like_reference", "split"]


def split(text: str) -> list[Entry]:
    """Entries in order; offsets are characters of `text`. Empty if the text is no list of references.

    No text is lost: between the first and the last entry every character that is not white space, a list number or
    a bullet is in the `raw` of one entry.
    """
    spans = layout.pieces(text)
    read = {span: entries.read(text, *span) for span in spans if entries.may_be_reference(text, *span)}
    marks = [span in read and entries.is_reference(read[span]) for span in spans]
    if True not in marks:
        return []
    first, last = marks.index(True), len(marks) - marks[::-1].index(True)
    if marks.count(True) * 5 < (last - first) * 3:
        return []
    return [read.get(span) or entries.read(text, *span) for span in spans[first:last]]


def looks_like_reference(line: str) -> bool:
    """Whether one line of a document reads like a reference, whole or begun, rather than like its body.

    True for the first line of a wrapped reference only if it shows a date, an identifier or an address.
    """
    return bool(split(line))
