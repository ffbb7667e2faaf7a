"""Reads pages in a process of its own: `python -m references.apart`.

Parsing holds the interpreter for as long as a page is long, and then nobody's timeouts are seen to. A page that brings
the parser down, or that it never finishes, costs that process and not the run.

The process is given lines of JSON, `[charset, bytes]`, each followed by so many bytes, and answers each with a line.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from references import visible
from references.looking import Page

LONGEST = 20.0  # seconds for one page; a book takes one
_ANSWER = 2**24  # bytes of the longest line; the title of a page has no bound
_ROOT = Path(__file__).resolve().parent.parent


class Reader:
    """One page at a time, in the order in which they are asked for. The process starts with the first one."""

    def __init__(self) -> None:
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def read(self, body: bytes, charset: str) -> Page:
        """What `visible.read` says of it; an empty page if reading fails."""
        async with self._turn:
            try:
                async with asyncio.timeout(LONGEST):
                    return await self._ask(body, charset)
            except (OSError, TimeoutError, ValueError):  # ValueError: half an answer
                await self.aclose()
                return Page()
            except asyncio.CancelledError:  # the answer would be taken for that of the next page
                await self.aclose()
                raise

    async def _ask(self, body: bytes, charset: str) -> Page:
        if self._child is None:
            self._child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "references.apart"),
                cwd=_ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_ANSWER,
                start_new_session=True,  # Ctrl-C is for us
            )
        asked, answers = self._child.stdin, self._child.stdout
        if asked is None or answers is None:
            raise ValueError("a process without pipes")
        asked.writelines([json.dumps([charset, len(body)]).encode(), b"\n", body])
        await asked.drain()
        return Page(**json.loads(await answers.readline()))

    async def aclose(self) -> None:
        """End the process; another page would start another."""
        child, self._child = self._child, None
        if child is not None:
            if child.returncode is None:
                child.kill()
            ending = asyncio.ensure_future(child.communicate())
            try:
                await asyncio.shield(ending)
            except asyncio.CancelledError:  # it was killed and ends at once; left alone, it would be nobody's
                await ending
                raise


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answers = sys.stdin.buffer, sys.stdout
    while head := asked.readline():
        charset, length = json.loads(head)
        page = visible.read(asked.read(length), charset)
        print(json.dumps(asdict(page)), file=answers, flush=True)


if __name__ == "__main__":
    main()
