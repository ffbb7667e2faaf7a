"""Remind people of review dates, by itself: what `run_due` does once a day, and what it would do."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles import outbox, reminding, runs, wordings


class Command(BaseCommand):
    help = "Tell people which pages are due, once each, and send the digests whose time has come. Part of run_due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say who would be told what. Writes nothing.")
        parser.add_argument(
            "--on", type=date.fromisoformat, help="With --dry-run: as if it were this day (2027-01-31)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["on"] and not options["dry_run"]:
            raise CommandError("--on is for --dry-run: nobody is told on another day than today.")
        if options["dry_run"]:
            self._say(reminding.plan(on=options["on"] or timezone.localdate()), options["on"] or timezone.localdate())
            return
        failed = []
        for name, work in ((reminding.TASK, reminding.remind), ("digest", outbox.send_digests)):
            outcome = runs.run(name, work, at=timezone.now())
            if outcome.failed:
                failed.append(f"{name}: {outcome.said}")
            elif options["verbosity"]:
                self.stdout.write(f"{name}: {outcome.said}")
        if failed:
            raise CommandError("\n".join(failed))

    def _say(self, plan: reminding.Plan, on: date) -> None:
        people = User.objects.in_bulk([to.person for to in plan.told if to.person])
        for to, lines in plan.told.items():
            person = people.get(to.person)
            self.stdout.write(f"{person} <{person.email}>" if person else f"<{to.mailbox}>")
            for line in lines:
                rungs = ", ".join(wordings.said(rung) for rung in line.rungs)
                why = f" ({line.instead})" if line.instead else ""
                self.stdout.write(f"  {line.page.title}, due {line.page.due}: {rungs}{why}")
        for page in plan.untold:
            self.stdout.write(f"NOBODY can be told: {page.title}, due {page.due}")
        if not plan.told and not plan.untold:
            self.stdout.write(f"Nobody is to be told anything on {on}.")
