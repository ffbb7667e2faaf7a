"""The articles app: what we say."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


def _install(using: str, **kwargs: Any) -> None:
    # Loaded by name: models are not ready when this module is.
    import_string("articles.triggers.install")(connections[using])
    import_string("articles.outdated.installing.install")(connections[using])
    import_string("articles.roles.install")(using)


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="articles.install")
        followers: Any = import_string("references.models.change.FOLLOWERS")
        followers.append(import_string("articles.policy.hear"))
        checks.register(import_string("articles.handouts.extra.half_there"))
