"""The site as a WSGI application that hears once a second what has changed, for tests that start it by themselves."""

import threading
import time

from leukemia_site.wsgi import application

# isort: split
from articles.reading import log
from leukemia_site import replicas

__all__ = ["application"]


def _listen() -> None:
    ask = replicas.hearing(log.since)
    while True:
        try:
            ask(replicas.copies.heard or 0)
        except Exception:  # the first database is away; what was heard counts on
            time.sleep(0.1)
        time.sleep(0.5)


threading.Thread(target=_listen, daemon=True).start()
