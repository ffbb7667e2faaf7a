"""Whether a mirror is what its manifest says, file by file, and whether its links lead somewhere."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from leukemia_site.mirror import links, packing, places, trees
from leukemia_site.mirror.entries import Entry, Family
from leukemia_site.mirror.manifests import Manifest, read
from leukemia_site.mirror.refusals import Refused
from leukemia_site.mirror.trees import MANIFEST

Watch = Callable[[Iterable[Entry], int], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: the file or the address, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def problems(root: Path, *, watch: Watch) -> Iterator[Problem]:
    """All that is wrong with the mirror in `root`. Asks nothing of the database. Raises Refused where there is none."""
    tree = root / trees.CURRENT
    try:
        manifest = read(tree / MANIFEST)
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(f"There is no mirror in {root}. Make one: manage.py export_site {root}") from None
    entries = [entry for line in manifest.lines.values() for entry in Family.read(line).entries]
    known = {entry.address: entry for entry in entries}
    broken: dict[str, str] = {}
    for entry in watch(entries, len(entries)):
        yield from _altered(tree, entry)
        for link in _links(tree, entry, manifest):
            # Servers of files lead from a folder without its slash to the one with it, as the site does.
            there = known.get(link) or known.get(f"{link}/")
            if there is None or not _is_there(there):
                broken.setdefault(link, entry.address)
    yield from _extra(tree, entries)
    for link, page in sorted(broken.items()):
        yield Problem(page, _("leads to %(address)s, which the mirror does not hold") % {"address": link})


def _altered(tree: Path, entry: Entry) -> Iterator[Problem]:
    for path, digest in entry.files.items():
        try:
            if packing.digest((tree / path).read_bytes()) != digest:
                yield Problem(path, _("is not as it was written"))
        except OSError as error:
            why = _("is missing") if isinstance(error, FileNotFoundError) else _("can not be read")
            yield Problem(path, why)


def _links(tree: Path, entry: Entry, manifest: Manifest) -> frozenset[str]:
    file = places.file_of(entry.address)
    kind = entry.kind or "text/html"
    if file not in entry.files or not packing.is_text(kind):
        return frozenset()
    try:
        text = (tree / file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return links.of(text, kind, at=entry.address, site=manifest.head.site)


def _is_there(entry: Entry) -> bool:
    # A moved file for machines is none, but servers lead on from its address.
    return bool(entry.files or entry.place)


def _extra(tree: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    known = {path for entry in entries for path in entry.files}
    for path in sorted(set(trees.files(tree)) - known):
        if path.split(os.sep)[0] != places.OWN:
            yield Problem(path, _("is not of this mirror"))
