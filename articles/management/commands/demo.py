"""Load the demonstration articles, with accounts to try every role."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from articles import demonstration
from articles.models import Article


class Command(BaseCommand):
    help = "Load four demonstration articles and an account for every role. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--beside-real-articles", action="store_true", help="Load them into a site in use.")

    def handle(self, *args: Any, **options: Any) -> None:
        if Article.objects.filter(is_demo=False).exists() and not options["beside_real_articles"]:
            if Article.objects.filter(is_demo=True).exists():  # somebody tries the site and wrote an article
                self._report({}, [])
                return
            raise CommandError(
                "This site holds real articles, so the demonstration stays out. "
                "To load it all the same: manage.py demo --beside-real-articles"
            )
        with transaction.atomic():
            passwords, made = demonstration.load(Path(settings.BASE_DIR) / "demo", at=timezone.now())
        self._report(passwords, made)

    def _report(self, passwords: dict[str, str], made: list[Article]) -> None:
        for article in made:
            self.stdout.write(f"Published /{article.slug}/")
        if passwords:
            self.stdout.write("\nDemonstration accounts (the passwords are shown this once):")
            for name, password in passwords.items():
                self.stdout.write(f"  {name:<16} {password}")
        if not made and not passwords:
            self.stdout.write("The demonstration is already here.")
