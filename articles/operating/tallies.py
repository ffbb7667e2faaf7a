"""What the site has done, counted from its rows as Prometheus asks: the truth, and the same on every machine."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import Error
from django.db.models import Case, Count, QuerySet, Value, When
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from articles import timed
from articles.models import Edition, Message, Reminder, Review, Run
from articles.operating.recent import Recent
from leukemia_site.observing.counting import PREFIX
from references.models import Examination

Tally = dict[str, float]


@dataclass(frozen=True, slots=True)
class Tallies:
    """Numbers by name."""

    publications: Tally
    withdrawals: int
    reviews: Tally
    reminders: Tally
    messages: Tally
    examinations: Tally
    succeeded: Tally
    late: int


def count(*, at: datetime) -> Tallies:
    """Count. Seven questions, and one more where some timed work has never run."""
    editions = Edition.objects.order_by().values_list("change_class", "closed_how").annotate(Count("pk"))
    publications, closed = Counter[str](), Counter[str]()
    for change, how, number in editions:
        publications[change] += number
        closed[how] += number
    runs = Run.objects.exclude(succeeded_at=None).values_list("task", "succeeded_at")
    return Tallies(
        publications=dict(publications),
        withdrawals=closed[Edition.Closed.WITHDRAWN],
        reviews=_by("answer", Review.objects.exclude(answer="")),
        reminders=_sent("message__", Reminder.objects.all()),
        messages=_sent("", Message.objects.all()),
        examinations=_by("sign", Examination.objects.all()),
        succeeded={task: moment.timestamp() for task, moment in runs if moment},
        late=len(timed.health(at=at).late),
    )


def _by(field: str, rows: QuerySet) -> Tally:  # type: ignore[type-arg]  # of any model
    return dict(rows.order_by().values_list(field).annotate(Count("pk")))


def _sent(prefix: str, rows: QuerySet) -> Tally:  # type: ignore[type-arg]
    """By what became of the mail: sent, to be tried (again), or given up."""
    state = Case(
        When(**{f"{prefix}sent_at__isnull": False}, then=Value("sent")),
        When(**{f"{prefix}next_at__isnull": False}, then=Value("waiting")),
        default=Value("failed"),
    )
    return {"sent": 0, "waiting": 0, "failed": 0} | _by("state", rows.annotate(state=state))


recently = Recent(lambda: count(at=timezone.now()), seconds=15)


class Rows(Collector):
    """The tallies, as Prometheus knows them. Without the database it says only that."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = recently()
        except Error:
            found = None
        yield GaugeMetricFamily(f"{PREFIX}_database_up", "1 if the database answered", int(found is not None))
        if found is not None:
            yield from metrics(found)


def metrics(found: Tallies) -> Iterator[Metric]:
    """Each with its name; what can only grow is a counter."""
    yield _labeled(CounterMetricFamily, "publications", "Editions published", "change", found.publications)
    yield CounterMetricFamily(f"{PREFIX}_withdrawals", "Pages withdrawn", found.withdrawals)
    yield _labeled(CounterMetricFamily, "reviews", "Requests for review that were answered", "answer", found.reviews)
    yield _labeled(GaugeMetricFamily, "reminders", "Reminders of review dates, by mail", "state", found.reminders)
    yield _labeled(GaugeMetricFamily, "messages", "Mail of every kind", "state", found.messages)
    yield _labeled(CounterMetricFamily, "source_examinations", "Looks at sources", "sign", found.examinations)
    name = "timed_task_success_timestamp_seconds"
    yield _labeled(GaugeMetricFamily, name, "When timed work last succeeded", "task", found.succeeded)
    yield GaugeMetricFamily(f"{PREFIX}_timed_tasks_late", "Timed tasks that missed two periods", found.late)


def _labeled(
    family: type[CounterMetricFamily] | type[GaugeMetricFamily], name: str, said: str, label: str, tally: Tally
) -> Metric:
    made = family(f"{PREFIX}_{name}", said, labels=[label])
    for value, number in sorted(tally.items()):
        made.add_metric([value], number)
    return made
