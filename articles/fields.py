"""The rich-text column. Migrations only ever say TextField, so that the editor can be replaced by a setting."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from articles import markup

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class RichTextField(_TextField):
    """HTML that passes the one gate on its way in. The admin gives it an editor (articles/admin/editor.py)."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return _cleaned(super().clean(value, model_instance))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = markup.clean(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        # QuerySet.update() and bulk_update() come this way, and not by pre_save.
        return super().get_db_prep_save(markup.clean(value) if isinstance(value, str) else value, connection)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def _cleaned(value: str) -> str:
    try:
        return markup.clean(value)
    except markup.TooDeep as error:
        raise ValidationError(
            _("This text is nested too deeply to be real. Paste it as plain text."), code="deep"
        ) from error
