"""Reads pages, so many a second, until its input ends.

    python -m benchmarks.soaking.reading SOCKET RATE PATH...

Prints one line of JSON for each answer, as tests/polling.py does. A connection that is cut before there was an answer
is one whose process was killed: it is counted, and the page is asked for once more, as nginx (whose list has the socket
twice) and every browser do for what is only read.
"""

import gzip
import hashlib
import http.client
import json
import random
import re
import sys
import threading
import time

import brotli

from benchmarks.unit import Line

CODINGS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
READERS = 4
ANEW = 0.2  # of the requests open a connection, so that every worker has some
HEARTBEAT = 0.02
HELD = 0.1  # seconds: what the machine held everybody up for is told from here on
TRIES = 20  # of one page; after the second, with a pause: then nobody has the socket
CUT = (OSError, http.client.HTTPException)


class Reader:
    """One connection, and what comes of it."""

    def __init__(self, at, paths, tell):
        self.at, self.paths, self.tell = at, paths, tell
        self.line = Line(at, timeout=30)

    def read(self, dice):
        """One page; told is its answer, from the first try on."""
        path, coding = dice.choice(self.paths), dice.choice(list(CODINGS))
        if dice.random() < ANEW:
            self.line.close()
        began, cuts = time.monotonic(), 0
        while True:
            try:
                found = self.asked(path, coding)
                break
            except CUT as error:
                cuts += 1
                self.line.close()
                if cuts >= TRIES:
                    found = {"status": 0, "error": repr(error)}
                    break
                time.sleep(0.2 if cuts > 1 else 0)
        self.tell({"path": path, "began": began, "ended": time.monotonic(), "cuts": cuts, **found})

    def asked(self, path, coding):
        self.line.request("GET", path, headers={"Accept-Encoding": coding or "identity"})
        answer = self.line.getresponse()
        body = answer.read()  # raises where it is shorter than it says
        whole = CODINGS[answer.headers.get("Content-Encoding", "")](body)
        how = answer.headers.get("Cache-Status", "")
        return {
            **{"status": answer.status, "versions": sorted({int(n) for n in re.findall(rb"version (\d+)", whole)})},
            **{"hash": hashlib.sha256(whole).hexdigest(), "stale": "stale" in how, "hit": "; hit" in how},
        }


class Pace:
    """Lets so many go each second, whoever they are; what was missed is made up for."""

    def __init__(self, rate):
        self.rate, self.began, self.gone = rate, time.monotonic(), 0
        self.lock = threading.Lock()

    def wait(self):
        with self.lock:
            self.gone += 1
            at = self.began + self.gone / self.rate
        time.sleep(max(0, at - time.monotonic()))


def main(at, rate, *paths):
    over, lock, pace = threading.Event(), threading.Lock(), Pace(float(rate))

    def tell(found):
        line = json.dumps(found)
        with lock:
            print(line)

    def read(seed):
        reader, dice = Reader(at, paths, tell), random.Random(seed)  # noqa: S311  no secret
        while not over.is_set():
            pace.wait()
            reader.read(dice)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(READERS)]
    ending = threading.Thread(target=lambda: (sys.stdin.read(), over.set()))
    for thread in (*threads, ending):
        thread.start()
    while not over.is_set():
        began = time.monotonic()
        time.sleep(HEARTBEAT)
        held = time.monotonic() - began - HEARTBEAT
        if held > HELD:
            tell({"held": held, "ended": time.monotonic()})
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
