"""A printed list of references, as people paste it, to entries."""

from references.reading import entries, evidence, layout
from references.reading.entries import Entry
from references.reading.evidence import Evidence

__all__ = ["Entry", "looks_like_reference", "split"]


def split(text: str) -> list[Entry]:
    """Entries in order; offsets are characters of `text`. Empty if the text is no list of references.

    No text is lost: between the first and the last entry every character that is not white space, a list number or
    a bullet is in the `raw` of one entry.
    """
    printed = layout.pieces(text)
    read = {span: entries.read(text, *span) for span in printed.spans if entries.may_be_reference(text, *span)}
    found = [evidence.of(read[span]) if span in read else Evidence.NONE for span in printed.spans]
    if not printed.headed and found.count(Evidence.ENOUGH) < found.count(Evidence.SOME):
        return []  # a list of links
    marks = [one > Evidence.NONE for one in found]
    if True not in marks:
        return []
    # What stands before or after an unmarked list is no part of it; whatever has a number or a bullet is.
    first = 0 if printed.marked else marks.index(True)
    last = len(marks) if printed.marked else len(marks) - marks[::-1].index(True)
    if marks.count(True) * 5 < (last - first) * 3:
        return []
    return [read.get(span) or entries.read(text, *span) for span in printed.spans[first:last]]


def looks_like_reference(line: str) -> bool:
    """Whether one line of a document reads like references, whole or begun, rather than like its body.

    Made to find where a list begins and ends. True for `American Cancer Society (2018). What Is ALL?` and for an
    address that touches the next reference; False for an address alone, which may stand in any paragraph.
    """
    return bool(split(line)) or layout.touches(line)
