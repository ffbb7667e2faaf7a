"""Database triggers that keep frozen rows frozen, on both engines, whoever writes.

SQLite rebuilds a table on AlterField and drops its triggers silently, hence installed after every migrate.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import FrozenModel, SealedModel

_NOT_EMPTY = "<> ''"


def frozen_models() -> list[type[FrozenModel]]:
    """Every append-only model."""
    return [model for model in apps.get_models() if issubclass(model, FrozenModel)]


def sealed_models() -> list[type[SealedModel]]:
    """Every append-only model whose rows are sealed: all but the seals themselves."""
    return [model for model in frozen_models() if issubclass(model, SealedModel)]


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)create the triggers of every append-only table that exists."""
    existing = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in frozen_models():
            if model._meta.db_table in existing:
                for statement in (*_drops(connection.vendor, model), *_creates(connection.vendor, model)):
                    cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, until the next migrate puts them back.

    For tests that must empty tables, for tests of tampering, and as the first step of a migration that changes a
    frozen table (neither engine alters or drops a column that a trigger names); nothing else.
    """
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in frozen_models():
            if model._meta.db_table in existing:
                for statement in _drops(connection.vendor, model):
                    cursor.execute(statement)


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers in the database."""
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor])
        return {row[0] for row in cursor.fetchall()}


def names(model: type[FrozenModel]) -> tuple[str, str]:
    """Trigger names of one table: for DELETE and for UPDATE."""
    return f"{model._meta.db_table}_no_delete", f"{model._meta.db_table}_no_update"


def _drops(vendor: str, model: type[FrozenModel]) -> Iterator[str]:
    table = model._meta.db_table
    for name in (*names(model), f"{table}_no_truncate"):
        yield f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if vendor == "postgresql" else "")


def _creates(vendor: str, model: type[FrozenModel]) -> Iterator[str]:
    table, (no_delete, no_update) = model._meta.db_table, names(model)
    said = f"{table} is append-only"
    if vendor == "sqlite":
        stop = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        yield f'CREATE TRIGGER "{no_delete}" BEFORE DELETE ON "{table}" {stop}'
        yield f'CREATE TRIGGER "{no_update}" BEFORE UPDATE ON "{table}" WHEN {_forbidden(model, "IS NOT")} {stop}'
        return
    stop = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
    yield _function("articles_append_only", f"{stop};")
    # A function of its own, for the condition of a trigger can not look into another table.
    changed = _forbidden(model, "IS DISTINCT FROM")
    yield _function(f"{table}_changed", f"IF {changed} THEN {stop}; END IF; RETURN NEW;")
    call = "EXECUTE FUNCTION articles_append_only()"
    yield f'CREATE TRIGGER "{no_delete}" BEFORE DELETE ON "{table}" FOR EACH ROW {call}'
    yield f'CREATE TRIGGER "{no_update}" BEFORE UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {table}_changed()'
    yield f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}'


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _forbidden(model: type[FrozenModel], differs: str) -> str:
    """SQL: some column changed that may not, or one of the named change, and not once and all together with the
    first of its columns, which says that it was made."""
    clauses = []
    for field in model._meta.concrete_fields:
        changed = f'NEW."{field.column}" {differs} OLD."{field.column}"'
        if field.name in model.fill_once:
            marker = model._meta.get_field(model.fill_once[0])
            unlawful = f"{_filled('OLD', field)} OR {_filled('OLD', marker)} OR NOT {_filled('NEW', marker)}"
            clauses.append(f"({changed} AND ({unlawful}))")
        elif field.name in model.texts:
            lawful = [_erased(model, field), *([_thinned(model, field)] if field.name in model.thinned else [])]
            clauses.append(f"({changed} AND NOT ({' OR '.join(lawful)}))")
        else:
            clauses.append(f"({changed})")
    return " OR ".join(clauses)


def _erased(model: type[FrozenModel], field: Any) -> str:
    """SQL: a confirmed redaction says that this column of this row shall read so from now on."""
    here = f"""e."table" = '{model._meta.model_name}' AND e."row" = OLD.id AND e.content = NEW."{field.column}" """
    return f"EXISTS (SELECT 1 FROM articles_erasure e WHERE {here})"  # noqa: S608  names of our own models


def _thinned(model: type[FrozenModel], field: Any) -> str:
    """SQL: the column is emptied by the named change, in the same statement."""
    marker = model._meta.get_field(model.fill_once[0])
    return f"(NEW.\"{field.column}\" = '' AND NOT {_filled('OLD', marker)} AND {_filled('NEW', marker)})"


def _filled(row: str, field: Any) -> str:
    return f'({row}."{field.column}" {"IS NOT NULL" if field.null else _NOT_EMPTY})'
