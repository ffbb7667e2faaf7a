"""Reads uploads in a process of its own: `python -m articles.pictures.apart PIXELS`.

A file that was made to bring the reader down, to fill the memory or never to end, costs that process and nothing else.

The process is given the bytes, and answers with a line of JSON: why not, or what was made and how long each file is,
followed by the files.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from articles.pictures.made import Made
from articles.pictures.making import make
from articles.pictures.opening import Unfit

LONGEST = 90  # seconds, for a busy machine; a photograph of 24 megapixels keeps an idle one busy for three
MEMORY = 3 * 2**30  # bytes of address space, of which less than a third is ever used
REFUSALS = ("svg", "heic", "unknown", "broken", "pixels", "small")
# Of our environment it hears how to run, and no key and no password, for whoever might take it over.
_TOLD = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "TMPDIR")
_ROOT = Path(__file__).resolve().parent.parent.parent


def read(data: bytes, *, pixels: int) -> Made:
    """As making.make, apart. Raises Unfit, also where the process ends without an answer."""
    command = [sys.executable, "-m", "articles.pictures.apart", str(pixels)]
    told_of = {name: os.environ[name] for name in _TOLD if name in os.environ}
    how: dict[str, Any] = {"cwd": _ROOT, "env": told_of, "input": data, "capture_output": True}
    try:
        done = subprocess.run(command, **how, timeout=LONGEST, check=True)  # noqa: S603  our own module
        head, _newline, rest = done.stdout.partition(b"\n")
        told = json.loads(head)
        made = None if "refused" in told else _made(told, rest)
    except (
        subprocess.SubprocessError,
        OSError,
        ValueError,
        TypeError,
        LookupError,
    ) as ended:  # half an answer, or none
        raise Unfit("broken") from ended
    if made is None:
        raise Unfit(told["refused"] if told["refused"] in REFUSALS else "broken")
    return made


def _made(told: dict[str, object], rest: bytes) -> Made:
    lengths, files, place = told.pop("files"), dict[str, bytes](), 0
    for name, length in lengths:  # type: ignore[attr-defined]  # pairs, as main() writes them
        files[name] = rest[place : place + length]
        place += length
    return Made(master=files.pop("master"), files=files, **told)  # type: ignore[arg-type]  # as main() writes them


def bound() -> None:
    """This process gets no more memory and time than it needs, and readers come first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    os.nice(5)


def main() -> None:
    """Read one picture from standard input, and answer."""
    bound()
    out = sys.stdout.buffer
    try:
        made = make(sys.stdin.buffer.read(), pixels=int(sys.argv[1]))
    except Unfit as no:
        out.write(json.dumps({"refused": str(no)}).encode())
        return
    files = {"master": made.master, **made.files}
    told = {"width": made.width, "height": made.height, "kind": made.kind, "moved": made.moved}
    out.write(json.dumps({**told, "files": [(name, len(file)) for name, file in files.items()]}).encode() + b"\n")
    out.writelines(files.values())


if __name__ == "__main__":
    main()
