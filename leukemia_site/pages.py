"""The front (leukemia_site/front) as this site has it: its settings, its log of changes, its words.

What it asks of Django (behind.py) is named only: this module is there before Django is.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from leukemia_site import release
from leukemia_site.front.aging import Aging
from leukemia_site.front.answering import Front
from leukemia_site.front.background import Background
from leukemia_site.front.changes import Answer
from leukemia_site.front.disk import Disk
from leukemia_site.front.journal import Journal
from leukemia_site.front.loading import Loading
from leukemia_site.front.making import Application
from leukemia_site.front.rules import Rules, is_allowed
from leukemia_site.front.store import Store
from leukemia_site.front.watching import Ask, Watch
from leukemia_site.gone import Gone
from leukemia_site.observing import store as told

MARKER = b'<main id="content" tabindex="-1">'  # in templates/base.html, and so once in every page
# What is no page: Django answers for it, and nobody is asked to keep it.
ELSEWHERE = (
    *("/admin/", "/calendars/", "/figures/", "/brand/", "/healthz", "/readyz", "/metrics"),
    settings.STATIC_URL,
)
ON_DISK = 16  # times as much as in memory


def before(application: Application, *, loading: Loading | None = None) -> Application:
    """The application behind a front; alone while somebody works on templates, or where no page is to be kept. Until
    `loading` is over the front has nobody to ask."""
    size = settings.PAGES_MEGABYTES * 1_000_000
    if settings.DEBUG or not size:
        return application
    folder = settings.VAR_DIR / "pages"
    # Each release has pages of its own; what has changed is the same for all.
    store = Store(size, Disk(folder / release.key(), bytes_limit=ON_DISK * size), Journal(folder / "journal"))
    watch = Watch(telling(_behind("since"), store), store, note=folder / "heard", loading=loading)
    aging, background = Aging(MARKER, _behind("age")), Background(_behind("rest"))
    return Front(application, store, watch, rules(), aging=aging, background=background)


def telling(ask: Ask, store: Store) -> Ask:
    """The question what has changed, by which whoever runs the site hears once a second how the store is, and whose
    answer says what is withdrawn: noted before anything else is done with it."""

    gone = Gone(settings.GONE_ROOT)

    def asked(number: int) -> Answer:
        told.expected()
        told.holds(pages=sum(1 for _address in store.addresses()), size=store.size)
        told.settle()
        answer = ask(number)
        gone.heard(answer, still=_behind("withdrawn"))
        told.answered()
        return answer

    return asked


def begin(application: Application) -> None:
    """Ask at once what has changed, in a process that has just started: then its first reader gets what is kept."""
    if isinstance(application, Front):
        application.watch.start()


def has_kept(application: Application) -> bool:
    """Whether a process that starts can give some page before it is loaded."""
    return isinstance(application, Front) and application.watch.is_early() and application.store.has_any()


def rules() -> Rules:
    """Who may be answered, as Django would."""
    return Rules(
        hosts=settings.ALLOWED_HOSTS,
        https=settings.SECURE_SSL_REDIRECT,
        behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None,
        cookie=settings.SESSION_COOKIE_NAME,
        elsewhere=ELSEWHERE,
        host=_own_host(),
        mark=told.OURS,
    )


def _behind(name: str) -> Callable[..., Any]:
    """A function of what is behind the front, found when it is called."""

    def called(*given: Any) -> Any:
        return import_string(f"leukemia_site.behind.{name}")(*given)

    return called


def _own_host() -> str:
    """A host to which requests of our own are addressed: the site's, if it answers to that."""
    named: str = urlsplit(settings.SITE_URL).netloc
    ours = (host.removeprefix(".") for host in settings.ALLOWED_HOSTS)
    return named if is_allowed(named, settings.ALLOWED_HOSTS) else next(ours, named)
