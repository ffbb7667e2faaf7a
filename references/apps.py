"""The references app: what we lean on. It knows nothing of articles."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


def _install(using: str, **kwargs: Any) -> None:
    # Loaded by name: models are not ready when this module is.
    import_string("references.indexes.install")(connections[using])


class ReferencesConfig(AppConfig):
    name = "references"
    verbose_name = _("Sources")

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="references.install")
