"""System checks of our own settings; `manage.py check --deploy` shows them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning

W001 = Warning(
    "ALLOWED_HOSTS is '*': the site answers to any name, also to one that an attacker made up.",
    hint="Name the hosts, separated by commas: ALLOWED_HOSTS=patients.example.org",
    id="leukemia_site.W001",
)
W002 = Warning(
    "SITE_URL is plain http on a public host: passwords and pages travel unprotected.",
    hint="Serve the site by https and say so: SITE_URL=https://patients.example.org",
    id="leukemia_site.W002",
)


def any_host(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    return [W001] if "*" in settings.ALLOWED_HOSTS else []


def plain_http(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    return [W002] if settings.PUBLIC and not settings.HTTPS else []
