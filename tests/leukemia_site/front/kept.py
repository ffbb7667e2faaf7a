"""An application that stands in for Django, and a visitor who asks the front before it."""

from types import SimpleNamespace

from leukemia_site.front.aging import Aging
from leukemia_site.front.answering import Front
from leukemia_site.front.background import SOON
from leukemia_site.front.changes import Answer
from leukemia_site.front.disk import Disk
from leukemia_site.front.journal import Journal
from leukemia_site.front.making import Reply
from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.front.rules import Rules
from leukemia_site.front.store import Store
from leukemia_site.front.watching import Watch

HOST = "patients.example.org"
PAGE = "/a-page/"


def entry(words="words " * 100, *, leans_on=("page:a-page",), number=0, **offer):
    """A page that is kept."""
    reply = Reply(Offer(leans_on=frozenset(leans_on), number=number, **offer), body=[f"<main>{words}</main>".encode()])
    reply.start("200 OK", [("Content-Type", "text/html"), ("Vary", "Accept-Encoding"), ("Cache-Control", "max-age=0")])
    return reply.entry()


def put(store, address, made):
    """Keep it in memory and on disk, as the front does one after the other. False where neither may be."""
    placed = store.place(address, made)
    store.save(address, made)
    return placed


class Pages:
    """An application with one page, whose words, offer and database can be changed. It remembers who asked."""

    def __init__(self):
        self.words, self.offer = "words " * 100, {"leans_on": frozenset({"page:a-page"})}
        self.asked, self.away, self.headers = [], False, []

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        offer = environ.get(ENVIRON)
        if self.away:
            if offer:
                offer.away = True
            start_response("503 Service Unavailable", [("Retry-After", "30")])
            return [b"Calm"]
        for name, value in self.offer.items() if offer else ():
            setattr(offer, name, value)
        when = f" in {offer.at:.0f}" if offer and offer.at else ""
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "max-age=0"), *self.headers])
        return [f"<main>{self.words}{when}</main>".encode()]


class Log:
    """A log of changes; asked when it is away it raises."""

    def __init__(self):
        self.number, self.changes, self.away = 0, [], False

    def add(self, *tags):
        for tag in tags:
            self.number += 1
            self.changes.append((self.number, tag))

    def since(self, number):
        if self.away:
            raise OSError
        later = tuple(change for change in self.changes if change[0] > number)
        return Answer(self.number, later)


class Now:
    """Work in the background that is done at once."""

    def do(self, job, when=SOON):
        job()
        return True


class Later(list):
    """Work in the background that is not done until it is asked for."""

    def finish(self):
        while self:
            self.pop(0)()

    def do(self, job, when=SOON):
        self.append(job)
        return True


def site(folder=None, *, pages=None, log=None, release="release", loading=None, **rules):
    """A process with its front. With a folder, the next process of that release finds what this one kept."""
    pages, log = pages or Pages(), log or Log()
    store = Store(
        1_000_000,
        Disk(folder / release, bytes_limit=1_000_000) if folder else None,
        Journal(folder / "journal") if folder else None,
    )
    watch = Watch(log.since, store, note=folder / "heard" if folder else None, loading=loading)
    watch.start = lambda: None  # a test looks when it wants to
    asked = {"hosts": [HOST], "https": False, "behind_proxy": False, "cookie": "sessionid", "host": HOST} | rules
    aging = Aging(b"<main>", lambda at: "<p>Old.</p>")
    front = Front(loading or pages, store, watch, Rules(**asked), aging=aging, background=Now())
    return SimpleNamespace(pages=pages, log=log, store=store, watch=watch, front=front)


def get(front, path=PAGE, method="GET", **environ):
    """What a visitor gets: status, headers and body."""
    asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": HOST, "wsgi.url_scheme": "http"} | environ
    said = SimpleNamespace()

    def start(status, headers):
        said.status, said.headers = int(status[:3]), dict(headers)

    said.body = b"".join(front(asked, start))
    return said
