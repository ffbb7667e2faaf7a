"""What the screens of staff cost where there are 100 and 100,000 articles: the list, the form, the desks. It is to be
the same, whatever else there is.

    python -m benchmarks.staff_sizes [--sizes 100 100000] [--keep NAME-{}] [--only WORD]

On SQLite, or on what DATABASE_URL names; `--keep` leaves the databases there for the next run. CPU is that of this
process and, on PostgreSQL, of the process that serves it; the middle of nine, after one to warm up.

Fails where a screen takes more than 1.5 times the CPU, or the queries, that it takes with the fewest articles. A filter
of the list finds fewer of a hundred than it shows of a hundred thousand, and so is held against the whole list; a desk
that has little to tell with a hundred articles is named as it is.
"""

import argparse
import os
import statistics
import sys
import time
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from articles.admin import standing
from articles.models import Article
from benchmarks import due_dates, meter, sized

FLAT = 1.5
WHOLE, LIST, PER_PAGE, COLUMNS = "whole list", "list", 50, 7
PAGE = "page-000042"
ROW = "{:<30} {:>9} {:>9.1f} {:>9.1f} {:>8} {:>9} {}".format


class Cost(NamedTuple):
    """Milliseconds of processor and of the clock, queries, and bytes of the answer."""

    cpu: float
    waited: float
    queries: int
    size: int


def main():
    ask = options()
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("{:<30} {:>9} {:>9} {:>9} {:>8} {:>9}".format("", "articles", "ms CPU", "ms", "queries", "bytes"))
    found = {}
    for count in ask.sizes:
        with sized.database(count, keep=ask.keep):
            meter.one_process()
            found[count] = {
                name: told(name, count, *one) for name, one in screens(count).items() if is_asked(name, ask.only)
            }
    missed = list(complaints(found))
    print(f"load {os.getloadavg()[0]:.1f}", *missed or ["All are flat."], sep="\n")
    return int(bool(missed))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 100_000])
    parser.add_argument("--keep", default="")
    parser.add_argument("--only", nargs="*", default=[""], help="measure only what has one of these in its name")
    return parser.parse_args()


def is_asked(name, words):
    return any(word in name for word in words)


def screens(count):
    """Who opens what, by name."""
    people = ("stan", "wanda", "paula", "ada", "doctor1")
    stan, wanda, paula, ada, doctor = (due_dates.signed_in(name) for name in people)
    article = Article.objects.get(slug=PAGE)
    form = reverse("admin:articles_article_change", args=[article.pk])
    found = {name: (stan, f"{reverse('admin:articles_article_changelist')}{query}") for name, query in lists(count)}
    return found | {
        "form, writer": (wanda, form),
        "form, records steward": (stan, form),
        "form, doctor": (doctor, form),
        "form, new": (wanda, reverse("admin:articles_article_add")),
        "desk of dates": (stan, reverse("admin:articles_article_due_desk")),
        "first screen, records steward": (stan, reverse("admin:index")),
        "first screen, writer": (wanda, reverse("admin:index")),
        "first screen, publisher": (paula, reverse("admin:index")),
        "first screen, administrator": (ada, reverse("admin:index")),
        "first screen, doctor": (doctor, reverse("admin:index")),
    }


def lists(count):
    """The article list: all of it, its last part, by each column, under each filter."""
    condition = Article.objects.get(slug=PAGE).condition_id
    yield WHOLE, ""
    yield f"{LIST}, last part", f"?p={count // PER_PAGE}"
    for number in range(1, COLUMNS + 1):
        yield f"{LIST}, by column {number}", f"?o={number}"
        yield f"{LIST}, by column {number}, back", f"?o=-{number}"
    for state in standing.STATES:
        yield f"{LIST}, state {state}", f"?state={state}"
    for due in ("soon", "overdue", "never"):
        yield f"{LIST}, due {due}", f"?due={due}"
    yield f"{LIST}, tier high", "?risk_tier__exact=high"
    yield f"{LIST}, condition", f"?condition__id__exact={condition}"
    yield f"{LIST}, bin", "?bin=in"
    yield f"{LIST}, words of all", "?q=disease"
    yield f"{LIST}, words of one", f"?q={PAGE}"


def told(name, count, browser, at):
    """What it costs; printed at once."""
    found = cost(browser, at)
    print(ROW(name, f"{count:,}", *found, ""), flush=True)
    return found


def cost(browser, at):
    """Raises RuntimeError where it is not shown."""
    answers, taken, waited = [], [], []
    queries = meter.asked(lambda: answers.append(browser.get(at)))
    if answers[0].status_code != 200:
        raise RuntimeError(f"{at} answers {answers[0].status_code}")
    for _time in range(meter.TIMES):
        clock = time.perf_counter()
        taken.append(meter.cost(lambda: browser.get(at)))
        waited.append((time.perf_counter() - clock) * 1000)
    return Cost(statistics.median(taken), statistics.median(waited), queries, len(answers[0].content))


def complaints(found):
    """Every screen that is not flat."""
    few, *rest = found.values()
    for many in rest:
        for name, one in many.items():
            base = max(few[name].cpu, few[WHOLE].cpu if name.startswith(LIST) and WHOLE in few else 0)
            if one.cpu > FLAT * base:
                yield f"{name}: {one.cpu / base:.1f} times the CPU ({one.size / few[name].size:.1f} times the bytes)"
            if one.queries > FLAT * few[name].queries:
                yield f"{name}: {one.queries} queries, {few[name].queries} before"


if __name__ == "__main__":
    sys.exit(main())
