"""A site with everything on it: the demonstration, its equal for everybody, long and dirty pages, old and gone ones."""

import io
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from tqdm import tqdm

from articles import drafting, publishing, refusals
from articles.models import Article
from tests import cast, summaries

DEMO = "acute-lymphocytic-leukemia"


def fill(records: list[dict[str, Any]]) -> list[str]:
    """Make the site in an empty database. Returns what could not be published, and why."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    at = timezone.now()
    equal(Article.objects.get(slug=DEMO), at=at)
    corrected_and_withdrawn(at=at)
    refused = []
    for record in tqdm(records, unit="summary"):
        try:
            summaries.publish(record, at=at)
        except refusals.Refused as error:
            refused.append(f"{record['id']}: {error} {[one.message for one in error.obstacles]}")
    return refused


def equal(demo: Article, *, at: datetime) -> Article:
    """The words of the demonstration as a page for everybody: search engines may list it."""
    words = replace(demo.content(), title=f"{demo.title}, published")
    article = drafting.start(words, by=cast.cast().wanda, at=at)
    Article.objects.filter(pk=article.pk).update(condition=demo.condition)
    article.refresh_from_db()
    return cast.published(article, at=at).article


def corrected_and_withdrawn(*, at: datetime) -> None:
    """A page in two editions, the second a correction; one that is gone; one that stands elsewhere now."""
    day_before = at - timedelta(days=1)
    edition = cast.published(cast.draft(cast.words("Corrected page")), at=day_before)
    edited = cast.edited(edition.article, at=at)
    cast.signed(edited, at=at)
    paula = cast.cast().paula
    publishing.publish(edited, by=paula, at=at, change_class="correction", change_note="The dose was wrong.")
    gone = cast.published(cast.draft(cast.words("Withdrawn page")), at=day_before).article
    publishing.withdraw(gone, by=paula, at=at, reason="The treatment is no longer used.")


@contextmanager
def served(port: int) -> Iterator[str]:
    """The address of the site, served as `make run` does it."""
    address = f"http://127.0.0.1:{port}"
    here = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | {"PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "leukemia_site.serve"], env=here, stdout=subprocess.DEVNULL)
    try:
        _await(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    for _tenth in range(1200):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within two minutes")
