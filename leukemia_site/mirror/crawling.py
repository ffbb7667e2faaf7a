"""One family of addresses, from where it begins to all that it leads to."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from leukemia_site.mirror import links, packing, places
from leukemia_site.mirror.entries import GONE, LATER, MISSING, MOVED, Entry, is_asset
from leukemia_site.mirror.headers import Alike
from leukemia_site.mirror.visiting import Answer

Ask = Callable[[str], Answer]
Put = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A family to be exported. From its seeds on, what they lead to belongs to it where it begins with a prefix.

    `stays` are entries of the last export that are right still; `number` is that of the log of changes.
    `leans_on` is what outdates its pages, where that is known better than they know it themselves; `slug` is that of
    an article's page.
    """

    name: str
    number: int = 0
    leans_on: tuple[str, ...] = ()
    slug: str = ""
    seeds: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    stays: Mapping[str, Entry] = field(default_factory=dict)

    def holds(self, address: str) -> bool:
        """Whether an address is one of this family."""
        return address.startswith(self.prefixes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """Asks for pages and writes their files. `redirected` makes the page that leads to another address."""

    ask: Ask
    put: Put
    redirected: Callable[[str], bytes]
    site: str
    alike: Alike

    def family(self, plan: Plan) -> tuple[Entry, ...]:
        """All entries of a family, in the order of their addresses."""
        todo, found = deque(plan.seeds), dict[str, Entry]()
        root: Entry | None = None
        seen = set(plan.seeds)
        while todo:
            address = todo.popleft()
            entry = plan.stays.get(address) or self._entry(address, root, plan)
            root = root or entry
            if entry is None:
                continue
            found[address] = entry
            fresh = [link for link in entry.links if link not in seen and plan.holds(link)]
            seen.update(fresh)
            todo.extend(fresh)
        return tuple(_leaning(found[address], found) for address in sorted(found))

    def _entry(self, address: str, root: Entry | None, plan: Plan) -> Entry | None:
        if root and root.status == GONE and not address.startswith(f"{root.address}history/"):
            # Gone there, too (410), but to be read under a warning. Nobody can call a copy of these words back, so
            # that the mirror has none.
            return self._kept(address, self.ask(root.address), plan)
        return self._kept(address, self.ask(address), plan)

    def _kept(self, address: str, answer: Answer, plan: Plan) -> Entry | None:
        if answer.status == MISSING and places.file_of(address) != places.NOT_FOUND:
            return None
        offered, (alike, headers) = answer.offer, self.alike.short(answer.headers)
        entry = Entry(
            address=address,
            status=answer.status,
            kind=answer.kind,
            alike=alike,
            headers=headers,
            place=answer.place,
            leans_on=plan.leans_on or (None if offered.leans_on is None else tuple(sorted(offered.leans_on))),
            valid_until=offered.valid_until,
        )
        if answer.status == LATER:
            return replace(entry, valid_until=0.0)  # asked for again by the next export
        body = self.redirected(answer.place) if answer.status in MOVED else answer.body
        named = links.of(body.decode(errors="replace"), answer.kind, at=address, site=self.site)
        kept = (link for link in named if places.is_plain(link) and (plan.holds(link) or is_asset(link)))
        return replace(entry, files=self._written(entry, body), links=tuple(sorted(kept)))

    def _written(self, entry: Entry, body: bytes) -> dict[str, str]:
        file = places.file_of(entry.address)
        if entry.status in (*MOVED, GONE) and not file.endswith(places.INDEX):
            return {}  # a page in place of a file for machines would be no such file
        digests = {}
        for ending, content in packing.forms(body, entry.kind or "text/html; charset=utf-8").items():
            names = [file, places.tombstone_of(file)] if entry.status == GONE else [file]
            for name in names:
                self.put(name + ending, content)
                digests[name + ending] = packing.digest(content)
        return digests


def _leaning(entry: Entry, found: Mapping[str, Entry]) -> Entry:
    """What made no offer (a page as PDF) is right for as long as the page is that it belongs to."""
    root = found.get(entry.address[: entry.address.rfind("/") + 1])
    if entry.leans_on is not None or root is None or root is entry:
        return entry
    ends = [one.valid_until for one in (entry, root) if one.valid_until is not None]
    return replace(entry, leans_on=root.leans_on, valid_until=min(ends, default=None))
