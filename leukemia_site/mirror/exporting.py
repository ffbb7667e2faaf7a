"""The export: what must be made, who makes it, and when readers get it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from articles.outdated import asking
from leukemia_site.mirror import moments, planning, seeds, trees, working
from leukemia_site.mirror.entries import head_of
from leukemia_site.mirror.giving import give
from leukemia_site.mirror.making import Maker, alike
from leukemia_site.mirror.manifests import Manifest
from leukemia_site.mirror.outdated import Since
from leukemia_site.mirror.progress import Progress

Watch = Callable[[Iterator[str], int], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an export did: how many addresses there are, how many families were made and kept; and which addresses are
    left for the next one."""

    addresses: int
    made: int
    kept: int
    later: tuple[str, ...] = ()


def export(root: Path, *, since: bool, processes: int, watch: Watch) -> Report:
    """Write the mirror in `root`: all of it anew, or with `since` what has changed since the last export.

    `watch` sees the lines of families go by, and is told their number. Raises Refused; readers then have what they had.
    """
    with trees.opened(root) as mirror:
        head = planning.head(alike())
        before = planning.before(mirror, head, since=since)
        # Without `since` both trees are put right file by file, whatever happened to them.
        was_even = since and before.live is not None and mirror.is_even
        with working.workers(Maker(mirror.spare, head.headers), processes) as work, moments.chosen() as moment:
            answer = asking.since(before.number)
            head, then = replace(head, number=answer.number), Since(answer.changes, time.time())
            main = planning.sorted_out(seeds.plans(), before, then, answer.number)
            main = main if was_even else main.whole()
            if was_even and planning.is_as_it_was(before, main):
                return _report(before.known, made=0)
            was_empty = mirror.begin()
            with Progress(mirror.progress, head, before.begun) as progress:
                lines = main.kept | progress.noted(watch(work(main.plans, moment), len(main.plans)))
                rest = planning.assets(lines, before.known, answer.number)
                rest = rest if was_even else rest.whole()
                lines |= rest.kept | progress.noted(work(rest.plans, moment))
        made = {plan.name for plan in (*main.plans, *rest.plans)} | before.begun.keys()
        state = {"was_even": was_even, "was_empty": was_empty}
        give(mirror, Manifest(head, lines), before.live, made=made & lines.keys(), **state)
    return _report(lines, made=len(main.plans) + len(rest.plans))


def _report(lines: Mapping[str, str], *, made: int) -> Report:
    heads = [head_of(line) for line in lines.values()]
    later = tuple(sorted(address for head in heads for address in head["later"]))
    return Report(addresses=sum(head["count"] for head in heads), made=made, kept=len(heads) - made, later=later)
