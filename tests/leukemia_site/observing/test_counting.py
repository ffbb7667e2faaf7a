"""The numbers: readable by Prometheus, and those of all processes together."""

import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from leukemia_site.observing import counting, sharing
from tests.house import ROOT

WORK = """
import sys
from pathlib import Path
from leukemia_site.observing import counting, store
counting.share(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    counting.request("healthz", "GET", 200, 0.02)
store.hit(("GET", "200 OK", "x; hit"), 0.25)
store.hit(("GET", "304 Not Modified", "x; hit; detail=stale"), 0.5)
store.settle()
store.miss()
store.holds(pages=2, size=100)
store.answered()
print("ready", flush=True)
sys.stdin.readline()
"""


class Nothing(Collector):
    """What is known besides: one number."""

    def collect(self):
        return [GaugeMetricFamily("besides", "One number", 1)]


def samples(text):
    """Every number, by name and labels, as Prometheus reads it."""
    families = text_string_to_metric_families(text.decode())
    return {(s.name, *sorted(s.labels.values())): s.value for family in families for s in family.samples}


@pytest.fixture
def worker(tmp_path):
    """Start a process of one server, which counts so many requests and then waits."""
    begun = []

    def starting(requests):
        command = [sys.executable, "-c", WORK, str(tmp_path), str(requests)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield starting
    for process in begun:
        if process.poll() is None:
            process.communicate("\n")


@pytest.fixture
def read(tmp_path, monkeypatch):
    """What a scrape that reaches any of them reads."""

    def reading():
        (folder,) = tmp_path.iterdir()
        monkeypatch.setattr(counting._Here, "folder", folder)
        return samples(counting.exposed(Nothing()))

    return reading


def test_two_processes_add_up(worker, read):
    worker(3)
    worker(4)
    found = read()
    assert found["leukemia_site_requests_total", "2xx", "GET", "healthz"] == 7
    assert found["leukemia_site_request_seconds_count", "healthz"] == 7
    assert found["leukemia_site_request_seconds_bucket", "0.025", "healthz"] == 7
    assert found["leukemia_site_request_seconds_bucket", "0.01", "healthz"] == 0
    assert found["leukemia_site_store_hits_total", "fresh"] == found["leukemia_site_store_misses_total",] == 2
    assert found["leukemia_site_requests_total", "(kept)", "3xx", "GET"] == 2
    assert found["leukemia_site_store_hit_seconds_total",] == 1.5
    assert found["leukemia_site_store_bytes",] == 200
    assert found["besides",] == 1


def test_what_an_ended_process_counted_stays_and_what_it_held_goes(worker, read):
    first = worker(3)
    worker(4)
    before = read()
    first.communicate("\n")
    for _ in range(2):  # once more, as it must not be added twice
        after = read()
        assert after["leukemia_site_requests_total", "2xx", "GET", "healthz"] == 7
        assert after["leukemia_site_store_bytes",] == 100
        assert (
            after["leukemia_site_request_seconds_sum", "healthz"]
            == before["leukemia_site_request_seconds_sum", "healthz"]
        )


def test_another_server_begins_at_nothing_and_leaves_a_running_one_alone(worker, tmp_path, monkeypatch):
    process = worker(1)
    (running,) = tmp_path.iterdir()
    monkeypatch.setattr(sharing, "_server", lambda: "another")
    monkeypatch.setattr(sharing, "_held", [])
    assert list(sharing.begin(tmp_path).glob("*.db")) == []
    assert running.is_dir()
    process.communicate("\n")
    sharing.begin(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["another"]
    for file in sharing._held:
        file.close()


FULL = """
import resource, sys
from pathlib import Path
from leukemia_site.observing import counting
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))  # no file may be longer
counting.share(Path(sys.argv[1]))
for number in range(2000):
    counting.request(f"route-{number}", "GET", 200, 0.02)
print(counting.counts().requests.labels("route-7", "GET", "2xx")._value.get())
"""


def full(place, room):
    """A process that counts 2,000 routes on a disk with so much room."""
    command = [sys.executable, "-c", FULL, str(place), str(room)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("room", [0, 30_000, 100_000, 1_000_000])
def test_on_a_full_disk_a_process_lives_and_counts_for_itself(tmp_path, read, room):
    """The first number behind the end of the disk would kill it."""
    done = full(tmp_path, room)
    assert (done.returncode, done.stdout) == (0, "1.0\n"), done.stderr
    assert read()["besides",] == 1  # what the others have is read as ever


def test_where_no_folder_can_be_made_a_process_lives_and_counts_for_itself(tmp_path):
    (tmp_path / "file").write_text("")
    assert full(tmp_path / "file" / "below", 10**9).stdout.endswith("1.0\n")


def test_alone_a_process_counts_by_itself(monkeypatch):
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())
    counting.request("healthz", "GET", 503, 0.02)
    counting.slow_query()
    found = samples(counting.exposed(Nothing()))
    assert found["leukemia_site_requests_total", "5xx", "GET", "healthz"] == 1
    assert found["leukemia_site_slow_queries_total",] == found["besides",] == 1


def test_a_folder_that_is_deleted_before_it_is_held_is_made_again(tmp_path, monkeypatch):
    lock, lost = sharing._lock, []

    def losing(path: Path, how: int):
        held = lock(path, how)
        if not lost:
            lost.append(path.unlink())
        return held

    monkeypatch.setattr(sharing, "_lock", losing)
    monkeypatch.setattr(sharing, "_held", [])
    assert (sharing.begin(tmp_path) / "held").exists()
    sharing._held[0].close()
