"""The file: a plain tar of parts, with a manifest at its end that names and hashes each of them.

Whoever has no program of ours left can still unpack it, run `sha256sum -c manifest.sha256` and read lines of JSON.
"""

import contextlib
import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO

from tqdm import tqdm

from leukemia_site.backups.refusals import Refused

PROGRAM, FORMAT = "leukemia_site backup", 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
MOST_MANIFEST = 200 * 2**20  # bytes; a file that claims more is none of ours
_SEALED = "{}  " + MANIFEST + "\n"  # as sha256sum writes it


class Writer:
    """Adds parts, then the manifest."""

    def __init__(self, tar: tarfile.TarFile, *, at: float) -> None:
        self.tar, self.at = tar, int(at)
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: IO[bytes], size: int, **more: Any) -> None:
        """Add so many bytes of a file. What `more` says of them goes into the manifest."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self.at, 0o600
        read = _Hashing(file)
        self.tar.addfile(info, read)  # type: ignore[arg-type]  # it asks for `read` and nothing else
        self.parts[name] = {"size": size, "sha256": read.hash.hexdigest(), **more}

    def finish(self, said: dict[str, Any]) -> None:
        """Write the manifest and its hash, last: a file without them was cut."""
        whole = {"program": PROGRAM, "format": FORMAT, **said, "parts": self.parts}
        text = json.dumps(whole, indent=1, ensure_ascii=False).encode()
        for name, data in ((MANIFEST, text), (SEAL, _SEALED.format(hashlib.sha256(text).hexdigest()).encode())):
            self.add(name, io.BytesIO(data), len(data))


class _Hashing:
    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        self.hash.update(data)
        return data


class Archive:
    """A backup whose every part was found whole."""

    def __init__(self, tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
        self.tar, self.manifest = tar, manifest

    @property
    def parts(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each part, by name."""
        parts: dict[str, dict[str, Any]] = self.manifest["parts"]
        return parts

    def bytes_of(self, name: str) -> IO[bytes]:
        """A part as it stands in the file."""
        return _part(self.tar, name)

    def lines_of(self, name: str) -> TextIO:
        """A compressed part of text."""
        return io.TextIOWrapper(gzip.GzipFile(fileobj=self.bytes_of(name)), encoding="utf-8", newline="\n")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup in this file, all of it checked. Raises Refused in one sentence if it is none, or not whole."""
    try:
        with path.open("rb") as file, _tar(file, path) as tar:
            members = _members(tar, path)
            archive = Archive(tar, _manifest(tar, members, path))
            _check(archive, members, path)
            yield archive
    except FileNotFoundError as error:
        raise Refused(f"There is no file {path}.") from error
    except OSError as error:
        raise Refused(f"{path} can not be read: {error.strerror or error}.") from error


def _tar(file: BinaryIO, path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r:")
    except tarfile.TarError as error:
        raise Refused(f"{path} is not a backup of this site.") from error


def _members(tar: tarfile.TarFile, path: Path) -> dict[str, tarfile.TarInfo]:
    try:
        found = tar.getmembers()
    except tarfile.TarError as error:
        raise Refused(f"{path} is cut short: it ends in the middle of a part.") from error
    named = {member.name: member for member in found}
    if len(named) != len(found) or not all(member.isreg() for member in found):
        raise Refused(f"{path} is not a backup of this site: it holds more than plain files, each once.")
    return named


def _manifest(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], path: Path) -> dict[str, Any]:
    if any(name in members and members[name].size > MOST_MANIFEST for name in (MANIFEST, SEAL)):
        raise Refused(f"{path} is not a backup of this site.")
    if MANIFEST not in members or SEAL not in members:
        cut = any(name.startswith("rows/") for name in members)
        why = "is cut short: its manifest, which is written last, is missing" if cut else "is no backup of this site"
        raise Refused(f"{path} {why}.")
    text = _part(tar, MANIFEST).read()
    if _part(tar, SEAL).read().decode(errors="replace") != _SEALED.format(hashlib.sha256(text).hexdigest()):
        raise Refused(f"{path} is damaged: the manifest is not the one that was written.")
    manifest = json.loads(text)
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        raise Refused(f"{path} is not a backup of this site.")
    if manifest.get("format") != FORMAT:
        raise Refused(
            f"{path} has format {manifest.get('format')}, and this release reads {FORMAT}. "
            f"Restore it with the release that made it: {manifest.get('release') or 'see its date'}."
        )
    return manifest


def _check(archive: Archive, members: dict[str, tarfile.TarInfo], path: Path) -> None:
    if set(members) != {*archive.parts, MANIFEST, SEAL}:
        odd = sorted(set(members) ^ {*archive.parts, MANIFEST, SEAL})
        raise Refused(f"{path} is damaged: its manifest and its parts disagree about {odd[0]}.")
    for name, said in tqdm(archive.parts.items(), "Checking", disable=None, leave=False):
        found = hashlib.file_digest(archive.bytes_of(name), "sha256")  # type: ignore[arg-type]
        if (members[name].size, found.hexdigest()) != (said["size"], said["sha256"]):
            raise Refused(f"{path} is damaged: {name} is not what was written.")


def _part(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    with contextlib.suppress(KeyError):  # a name that a tar can not hold
        if file := tar.extractfile(name):
            return file
    raise Refused(f"The backup holds a part that is no plain file: {name!r}.")
