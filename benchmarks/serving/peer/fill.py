"""Make the database, and publish the article as an editor does: `python fill.py ARTICLE.json`."""

# Nothing of Django can be loaded before there are settings.
# ruff: noqa: E402

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from pages.models import ArticlePage, HomePage, Reference, Reviewer
from wagtail.models import Page, Site


def main():
    told = json.loads(Path(sys.argv[1]).read_text())
    call_command("migrate", verbosity=0)
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "admin")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="home-of-peer"))
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=home, is_default_site=True)
    body = [{"type": "section", "value": section} for section in told["sections"]]
    article = ArticlePage(
        **{name: told[name] for name in ("title", "slug", "summary", "reviewed_on")},
        reviewer=Reviewer.objects.create(**told["reviewer"]),
        body=json.dumps(body),
    )
    article.references.set([Reference(text=text, sort_order=n) for n, text in enumerate(told["references"])])
    home.add_child(instance=article)
    article.save_revision(user=admin).publish(user=admin)


if __name__ == "__main__":
    main()
