"""Columns that follow from others, also when rows are made in bulk. Migrations only say CharField and TextField."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
    _CharField = models.CharField[str, str]
    _Lookup = models.Lookup[bool]
else:
    _TextField, _CharField, _Lookup = models.TextField, models.CharField, models.Lookup


class _Derived(models.Field):  # type: ignore[type-arg]  # no generic at run time
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, f"derived_{self.attname}")()
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class DerivedCharField(_Derived, _CharField):
    """Its value is what `derived_<name>()` of the row says, whatever was set."""

    def get_internal_type(self) -> str:
        return "CharField"


class WordsField(_Derived, _TextField):
    """All words by which a row is found, with blanks between; `references.indexes` makes the index of them."""

    def get_internal_type(self) -> str:
        return "TextField"


@WordsField.register_lookup
class Holds(_Lookup):
    """`words__holds=["leuk", "2024"]`: some word of the row begins with each of these. Letters and digits only."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [value]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        left, values = self.process_lhs(compiler, connection)
        wanted = " & ".join(f"'{word}':*" for word in self.rhs)
        return f"{LEXEMES.format(left)} @@ %s::tsquery", [*values, wanted]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        left, _values = self.process_lhs(compiler, connection)
        row = left.rpartition(".")[0] + '."id"'
        wanted = " AND ".join(f'"{word}"*' for word in self.rhs)
        # With the plus the rows are walked in the order that is asked for, and looked up in the few or many found;
        # without it all that were found would be read and sorted first.
        return f"+{row} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [wanted]  # noqa: S608  our own names


INDEX = "references_source_index"
LEXEMES = "array_to_tsvector(string_to_array({}, ' '))"
