"""What an export has made so far, so that an interrupted one goes on where it was."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from leukemia_site.mirror.manifests import Head, Manifest, by_name, written
from leukemia_site.mirror.trees import PART


class Progress:
    """A file of lines, to be used as a context manager. It begins with what was `begun` before and is right still."""

    def __init__(self, path: Path, head: Head, begun: Mapping[str, str]) -> None:
        part = path.with_name(path.name + PART)
        part.write_bytes(written(Manifest(head, begun)))
        part.replace(path)
        self._path = path
        self._file: TextIO

    def __enter__(self) -> "Progress":
        self._file = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def noted(self, lines: Iterable[str]) -> dict[str, str]:
        """The lines by the name of their family, each written down as it comes."""
        return by_name(map(self._note, lines))

    def _note(self, line: str) -> str:
        self._file.write(line)
        self._file.flush()  # who is killed loses nothing of it
        return line
