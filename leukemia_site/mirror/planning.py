"""What is there already, and what must be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils import timezone

from leukemia_site import release
from leukemia_site.mirror import manifests, seeds
from leukemia_site.mirror.crawling import Plan
from leukemia_site.mirror.entries import Entry, Family, files_of, head_of
from leukemia_site.mirror.manifests import Head, Manifest
from leukemia_site.mirror.outdated import Since
from leukemia_site.mirror.trees import MANIFEST, Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was exported: `live` is what readers get now, and `known` are lines that may be used again, those among them
    that an interrupted export has `begun`."""

    live: Manifest | None
    known: Mapping[str, str] = field(default_factory=dict)
    begun: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Since when the log must be asked; 0 is: always."""
        return min((self.number_of(name) for name in self.known), default=0)

    def number_of(self, name: str) -> int:
        """Up to when a family is known to be right: what the last export kept was right then, however old it is."""
        if name in self.begun or self.live is None:
            made: int = head_of(self.known[name])["number"]
            return made
        return self.live.head.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Lines that stay as they are, by the name of their family, and plans for all others."""

    kept: dict[str, str]
    plans: list[Plan]

    def whole(self) -> "Work":
        """The same, with all of a family made anew where any of it is: for a tree in which its other files may lack."""
        return Work(kept=self.kept, plans=[replace(plan, stays={}) for plan in self.plans])


def head(headers: dict[str, dict[str, str]]) -> Head:
    """That of an export which begins now."""
    made = timezone.now().isoformat(timespec="seconds")
    return Head(number=0, release=release.key(), made_at=made, site=settings.SITE_URL, headers=headers)


def before(mirror: Mirror, new: Head, *, since: bool) -> Before:
    """What stands in the folder: with `since` also what readers get may be used; else only what an export began that
    was interrupted."""
    live = manifests.usable(mirror.live / MANIFEST) if mirror.live else None
    known = dict(live.lines) if since and live and _fits(live.head, new) else {}
    left = manifests.usable(mirror.progress)
    lines: Iterable[tuple[str, str]] = left.lines.items() if left and _fits(left.head, new) else ()
    begun = {name: line for name, line in lines if _is_whole(mirror, line)}
    return Before(live=live, known=known | begun, begun=begun)


def _fits(old: Head, new: Head) -> bool:
    return (old.release, old.site) == (new.release, new.site)


def _is_whole(mirror: Mirror, line: str) -> bool:
    """Whether the files that an interrupted export wrote are there, as they were written, and so is its line."""
    try:
        return mirror.has(files_of(line))
    except ValueError:
        return False


def sorted_out(plans: Iterable[Plan], before: Before, since: Since, number: int) -> Work:
    """Which families are right as they are; of the others, which of their entries are."""
    work, signed = Work(kept={}, plans=[]), seeds.signed(since.changes)
    for plan in plans:
        line = before.known.get(plan.name)
        if line is None or plan.name in signed:
            work.plans.append(replace(plan, number=number))
            continue
        told, right = head_of(line), before.number_of(plan.name)
        if since.outdates(told["leans_on"], told["valid_until"], number=right):
            work.plans.append(replace(plan, number=number, stays=_staying(line, since, right)))
        else:
            work.kept[plan.name] = line
    # The longest first: whoever has it is done when the others are. A line grows with what was made for it.
    work.plans.sort(key=lambda plan: 0 if plan.slug else -len(before.known.get(plan.name, "")))
    return work


def _staying(line: str, since: Since, number: int) -> dict[str, Entry]:
    old = Family.read(line).entries
    right = (one for one in old if not since.outdates(one.leans_on, one.valid_until, number=number))
    return {one.address: one for one in right}


def assets(lines: Mapping[str, str], known: Mapping[str, str], number: int) -> Work:
    """The same for what these families load. Its addresses change with its content, so that what is there is right."""
    work, before = Work(kept={}, plans=[]), seeds.assets(_loaded(known))
    for name, named in seeds.assets(_loaded(lines)).items():
        if name in known and before.get(name) == named:
            work.kept[name] = known[name]
        else:
            old = Family.read(known[name]).entries if name in known else ()
            stays = {one.address: one for one in old}
            work.plans.append(replace(seeds.shared(name, named), number=number, stays=stays))
    return work


def _loaded(lines: Mapping[str, str]) -> set[str]:
    heads = (head_of(line) for name, line in lines.items() if not seeds.is_shared(name))
    return {address for told in heads for address in told["assets"]}


def is_as_it_was(before: Before, work: Work) -> bool:
    """Whether there is nothing to make, and nothing to take away."""
    there = before.live.lines if before.live else {}
    return not work.plans and {name for name in there if not seeds.is_shared(name)} == work.kept.keys()
