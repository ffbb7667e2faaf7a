"""Do the timed work that is due: scheduled publications, mail, and what else articles/timed.py names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles import runs, timed
from articles.models import Run
from leukemia_site import loaded


class Command(BaseCommand):
    help = "Do the timed work that is due. Run it every few minutes; running it twice at once does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="Only show the tasks, and how their last runs ended.")
        names = [task.name for task in timed.TASKS]
        parser.add_argument("--only", choices=names, help="Do this task alone, whether or not it is due.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
            return
        loaded.keep()
        named = [task for task in timed.TASKS if task.name == options["only"]]
        failed = []
        for task in named or timed.due(at=timezone.now()):
            outcome = runs.run(task.name, task.work, at=timezone.now())
            if outcome.failed:
                failed.append(task.name)
            elif options["verbosity"]:
                self.stdout.write(f"{task.name}: {outcome.said}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. `manage.py run_due --list` says why.")

    def _list(self) -> None:
        runs = Run.objects.in_bulk()
        for task in timed.TASKS:
            run = runs.get(task.name)
            every = f"every {task.every}" if task.every else "every time"
            self.stdout.write(f"{task.name}: {every}; last succeeded {_when(run and run.succeeded_at)}")
            if run and run.error:
                self.stdout.write(f"  failed {_when(run.failed_at)}: {run.error}")


def _when(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M %Z}" if moment else "never"
