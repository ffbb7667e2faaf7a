"""Runs in the environment of the peer: `python aging_pages_peer.py PAGES FOLDER`. For each line that names a question
it prints one of JSON: CPU milliseconds, and queries."""

# Nothing of Django can be loaded before there are settings.
# ruff: noqa: PLC0415

import json
import sys
import time
import uuid
from datetime import timedelta

import django
from django.conf import settings

APPS = "contrib.redirects embeds sites users snippets documents images search admin".split()
DJANGOS = "auth contenttypes sessions messages staticfiles".split()


def configure(place):
    """The smallest site that has Wagtail's admin."""
    template = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    processors = [
        f"django.{one}" for one in ("template.context_processors.request", "contrib.auth.context_processors.auth")
    ]
    processors.append("django.contrib.messages.context_processors.messages")
    settings.configure(
        SECRET_KEY="only for a measurement",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            *(f"wagtail.{app}" for app in APPS),
            *("wagtail", "modelcluster", "taggit", "django_filters"),
            *(f"django.contrib.{app}" for app in DJANGOS),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[{**template, "OPTIONS": {"context_processors": processors}}],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{place}/peer.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        STATIC_URL="/static/",
        USE_TZ=True,
        WAGTAIL_SITE_NAME="peer",
        WAGTAILADMIN_BASE_URL="http://localhost",
        WAGTAIL_ENABLE_UPDATE_CHECK=False,
        WAGTAIL_ENABLE_WHATS_NEW_BANNER=False,
    )
    django.setup()


def fill(count, user):
    """Pages under the root, each published once; rows as Wagtail writes them."""
    from django.utils import timezone
    from wagtail.models import Page, PageLogEntry

    root, now = Page.objects.get(depth=1), timezone.now()
    kind = root.content_type_id
    home = root.add_child(instance=Page(title="Pages", slug="pages"))
    same = {"content_type_id": kind, "depth": 3, "locale_id": home.locale_id, "owner": user, "live": True}
    for start in range(0, count, 1000):
        made = []
        for n in range(start, min(start + 1000, count)):
            at, title = now - timedelta(minutes=n), f"Example disease, part {n:06}"
            place = home.path + Page._int2str(n + 1).rjust(Page.steplen, "0")
            made.append(
                Page(
                    **{"title": title, "draft_title": title, "slug": f"page-{n}", "path": place, **same},
                    **{"url_path": f"/pages/page-{n}/", "translation_key": uuid.uuid4()},
                    **{"first_published_at": at, "last_published_at": at},
                )
            )
        made = Page.objects.bulk_create(made)
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                **{"page_id": page.pk, "content_type_id": kind, "label": page.title, "action": "wagtail.publish"},
                **{"user": user, "timestamp": page.last_published_at, "uuid": uuid.uuid4()},
            )
            for page in made
        )
    Page.objects.filter(pk=home.pk).update(numchild=count)


def measured(client, address):
    """CPU milliseconds, and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.process_time()
    answer = client.get(address)
    taken = (time.process_time() - begun) * 1000
    if answer.status_code != 200 or b"Example disease" not in answer.content:
        raise SystemExit(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return taken, len(asked)


def user_of(count):
    """Who looks at the report; and the pages, unless they were kept."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from wagtail.models import Page

    call_command("migrate", verbosity=0)
    if Page.objects.count() < count:
        fill(count, get_user_model().objects.create_superuser("admin", "admin@example.org", "admin"))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return get_user_model().objects.get(username="admin")


def main():
    count, place = int(sys.argv[1]), sys.argv[2]
    configure(place)
    from django.contrib.contenttypes.models import ContentType
    from django.test import Client
    from django.urls import include, path, reverse
    from wagtail.admin import urls

    globals()["urlpatterns"] = [path("admin/", include(urls))]
    user, client = user_of(count), Client()
    client.force_login(user)
    report = reverse("wagtailadmin_reports:aging_pages")
    kind = ContentType.objects.get(app_label="wagtailcore", model="page").pk
    filtered, far = f"{report}?content_type={kind}", f"{report}?p={count // 100}"
    asked = {"first page": report, "filter": filtered, "far page": far}
    for line in sys.stdin:
        print(json.dumps(measured(client, asked[line.strip()])), flush=True)


if __name__ == "__main__":
    main()
