"""Reads pages of several servers again and again, and writes down what it got and when. A process of its own, so that
whoever publishes meanwhile does not slow it down: `python -m tests.polling SECONDS PORT... -- PATH...`"""

import hashlib
import http.client
import json
import re
import sys
import threading
import time

CONCERN = "has expressed concern"
STALE = "detail=stale"  # in Cache-Status: the process says that it could not look in time


def read(connection: http.client.HTTPConnection, path: str) -> dict[str, object]:
    """One answer: from when to when, its status, the versions that it speaks of, a hash of it all, and whether it says
    that it may be old."""
    began = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()  # raises where it is shorter than it says
    text = body.decode()
    return {
        **{"began": began, "ended": time.monotonic(), "path": path, "status": answer.status},
        **{"versions": re.findall(r"version (\d+)", text), "concern": CONCERN in text, "whole": _is_whole(text)},
        **{"hash": hashlib.sha256(body).hexdigest()[:16], "stale": STALE in answer.headers.get("Cache-Status", "")},
    }


def _is_whole(text: str) -> bool:
    return text.lstrip().lower().startswith("<!doctype html") and text.rstrip().endswith("</html>")


def poll(port: int, paths: list[str], until: threading.Event, found: list[dict[str, object]]) -> None:
    """Read one server's pages in turn."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not until.is_set():
        for path in paths:
            found.append({"port": port, **read(connection, path)})
        time.sleep(0.005)


def main(words: list[str]) -> None:
    """Until somebody closes our input."""
    ports, paths = words[: words.index("--")], words[words.index("--") + 1 :]
    until, found = threading.Event(), list[dict[str, object]]()
    threads = [threading.Thread(target=poll, args=(int(port), paths, until, found)) for port in ports]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    until.set()
    for thread in threads:
        thread.join()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
