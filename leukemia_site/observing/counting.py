"""What this machine's web processes did, in numbers; `exposed` writes them as Prometheus reads them.

Each process counts for itself until `share` names the folder in which all of them keep their numbers (sharing.py).
No label says who asked, or for which page.
"""

import logging
import os
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, values
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from leukemia_site.observing import failures, sharing
from leukemia_site.observing.numbers import Numbers

log = logging.getLogger(__name__)
PREFIX = "leukemia_site"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


class Counts:
    """Every number there is. Made anew when the processes begin to share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        said: dict[str, Any] = {"namespace": PREFIX, "registry": self.registry}
        self.requests = Counter(
            "requests", "Requests by route, method and class of status", ["route", "method", "status"], **said
        )
        self.seconds = Histogram("request_seconds", "Time to answer, by route", ["route"], buckets=BUCKETS, **said)
        self.slow = Counter("slow_queries", "Questions to the database above SLOW_QUERY_MS", **said)
        self.hits = Counter("store_hits", "Answers from the store of rendered pages", ["state"], **said)
        self.hit_seconds = Counter("store_hit_seconds", "Time to answer from the store, of all hits together", **said)
        self.misses = Counter("store_misses", "Pages that the store did not have", **said)
        self.size = Gauge("store_bytes", "Size of the store", multiprocess_mode="livesum", **said)
        self.pages = Gauge("store_pages", "Pages in the store", multiprocess_mode="livesum", **said)
        self.answered = Gauge(
            "store_answered_timestamp_seconds",
            "When the process that knows least was last told what has changed",
            ["store"],  # so that a process that has not asked yet has no such number, instead of the least one
            multiprocess_mode="livemin",
            **said,
        )


class _Here:
    """The numbers that count now, and where they are kept when they are shared."""

    counts: Counts
    folder: Path | None = None


disable_created_metrics()  # when a count began is the same for all of them: at the start
_Here.counts = Counts()


def counts() -> Counts:
    """The numbers of this process."""
    return _Here.counts


def share(root: Path) -> None:
    """From here on count together with the other processes of this server. Called once, by each, as it starts."""
    try:
        folder = sharing.begin(root)
    except OSError as error:  # a full disk, say, which is no reason to be away
        log.warning("this process counts for itself: %s", failures.named(error))
        return
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    vars(values)["MmapedDict"] = Numbers  # its own would end a process on a full disk
    values.ValueClass = values.MultiProcessValue()  # as prometheus_client does where that is set before its import
    _Here.counts, _Here.folder = Counts(), folder


def request(route: str, method: str, status: int, seconds: float) -> None:
    """One was answered."""
    requests(route, method, status, 1)
    _Here.counts.seconds.labels(route).observe(seconds)


def requests(route: str, method: str, status: int, number: int) -> None:
    """So many were answered."""
    _Here.counts.requests.labels(route, method, f"{status // 100}xx").inc(number)


def slow_query() -> None:
    """The database took its time."""
    _Here.counts.slow.inc()


def exposed(more: Collector) -> bytes:
    """Everything in Prometheus' text format, with what else is known."""
    registry = CollectorRegistry()
    registry.register(more)
    if _Here.folder is None:
        return generate_latest(_Here.counts.registry) + generate_latest(registry)
    with sharing.settled(_Here.folder):
        MultiProcessCollector(registry, path=str(_Here.folder))
        return generate_latest(registry)
