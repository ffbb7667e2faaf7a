"""How long the real summaries of `../shared/data/pdq`, long and dirty, take as handouts, and how much memory."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from articles import importing, page
from articles.handouts import extra, making, sheet

SUMMARIES = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pdq" / "pdq-patient.jsonl"
SECONDS, MEGABYTES = 20, 400  # of one file, at most
TODAY = date(2026, 11, 2)


def built(summary: dict[str, Any]) -> page.Page:
    """A summary as it would be imported and shown."""
    sections = "".join(f"<h2>{one['heading']}</h2>{one['html']}" for one in summary["sections"])
    html = f"<html><body><h1>{summary['title']}</h1>{sections}</body></html>"
    words = importing.read(html.encode(), "summary.html", None, today=TODAY).content
    signature = page.Signature(name="Rosa Example", credentials="MD", role="Chair")
    said = {"slug": summary["id"], "edition": 1, "signature": signature, "last_reviewed": TODAY}
    return page.build(words, page.Facts(today=TODAY, next_due=TODAY.replace(year=2027), **said))


def measured() -> Iterator[float]:
    """The seconds of each file, printed with its size."""
    for number, line in enumerate(SUMMARIES.read_text(encoding="utf-8").splitlines(), start=1):
        shown = built(json.loads(line))
        start = time.perf_counter()
        paper = sheet.of(shown, article=number, on=TODAY)
        ready = (time.perf_counter() - start) * 1000
        for variant in sheet.VARIANTS.values():
            start = time.perf_counter()
            made = making.make(paper, variant)
            seconds = time.perf_counter() - start
            print(
                f"{paper.slug:14} {variant.name:20} {made.sheets:3} sheets {made.kilobytes:4} KB "
                f"{seconds:5.1f} s (text ready in {ready:.0f} ms)"
            )
            yield seconds


def main() -> int:
    """1 if a file takes longer or more memory than the bounds."""
    if extra.missing():
        raise SystemExit(f"This machine lacks {', '.join(extra.missing())}.")
    seconds = list(measured())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{len(seconds)} files, {sum(seconds):.0f} s, {max(seconds):.1f} s at most, {memory:.0f} MB at most")
    return int(max(seconds) > SECONDS or memory > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
