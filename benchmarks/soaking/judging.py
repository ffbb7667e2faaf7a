"""What was read, held against what was done: wrong bytes, old ones, refusals; and whether memory grows. Pure."""

import bisect
import math
from collections import Counter, defaultdict

LIMIT = 1.5  # seconds after a commit in which every process shows it
AROUND = 3.0  # seconds before an answer in which a machine that stood still may have kept a process from hearing


class States:
    """What each page was, and when."""

    def __init__(self, told):
        self.of = defaultdict(list)
        for one in told:
            self.of[one["path"]].append(one)

    def complaint(self, seen, *, held):
        """What is wrong with an answer; "" if nothing. What says that it may be stale may be old, but never wrong."""
        states, (status, versions) = self.of[seen["path"]], (seen["status"], seen.get("versions"))
        if status == 0 or status >= 500:
            return f"{status}"
        if len(versions) != 1:
            return "mixed"
        places = [n for n, one in enumerate(states) if (one["status"], one["version"]) == (status, versions[0])]
        if not places:
            return "never published"
        if all(states[place]["hash"] != seen["hash"] for place in places):
            return "other bytes"
        if states[places[0]]["began"] > seen["ended"]:
            return "before its time"
        late = self.late(seen, places[-1])
        return "too old" if late > LIMIT + held and not seen["stale"] else ""

    def late(self, seen, place):
        """Seconds for which something else had been committed when the page was asked for."""
        after = self.of[seen["path"]][place + 1 : place + 2]
        return seen["began"] - after[0]["done"] if after else 0.0


class Held:
    """When the machine stood still, and for how long."""

    def __init__(self, told):
        self.ends = [one["ended"] for one in told]
        self.longs = [one["held"] for one in told]

    def before(self, seen):
        """The longest of it that ended shortly before this answer came, or during it."""
        start = bisect.bisect_left(self.ends, seen["began"] - AROUND)
        return max(self.longs[start : bisect.bisect_right(self.ends, seen["ended"] + 0.1)], default=0.0)


def judged(told, read):
    """How many complaints of each kind, and the first of each."""
    states, held = States(told), Held([one for one in read if "held" in one])
    counts, first = Counter(), {}
    for one in read:
        if "path" in one and (found := states.complaint(one, held=held.before(one))):
            counts[found] += 1
            first.setdefault(found, one | {"held": held.before(one)})
    return counts, first


def slope(samples):
    """Of pairs of seconds and megabytes: the rise in MB an hour by least squares, and its standard error. What lies
    around the line is taken for chance, though memory that was taken once stays: so the error is rather too small."""
    count = len(samples)
    if count < 3:
        return math.nan, math.nan
    middle, level = (sum(axis) / count for axis in zip(*samples, strict=True))
    spread = sum((at - middle) ** 2 for at, _size in samples)
    rise = sum((at - middle) * (size - level) for at, size in samples) / spread
    rest = sum((size - level - rise * (at - middle)) ** 2 for at, size in samples)
    return rise * 3600, math.sqrt(rest / (count - 2) / spread) * 3600
