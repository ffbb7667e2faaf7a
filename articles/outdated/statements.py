"""The triggers that write the log, in each engine's own words.

SQLite has one writer, so a change gets its number where it is written. On PostgreSQL the number is given at commit, by
the last deferred trigger of the transaction: who has the counter waits for nothing else, so nobody can wait in a ring.
"""

# ruff: noqa: S608  names of our own tables and columns, and no value that anybody typed

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from articles.models import ReaderChange, ReaderCounter
from articles.outdated.watched import EVERY, Kind, Watched, tables

LOG, COUNTER = ReaderChange._meta.db_table, ReaderCounter._meta.db_table
NUMBERING = f"{LOG}_number"
CLOSING = f"{LOG}_close"
OPEN, CLOSE = "open", "close"  # kinds of rows that nobody else ever sees
FLAG = "articles.changed"
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "clock_timestamp()"}
# Microseconds since 1970: larger than any number that was counted up to, wherever that was.
_MOMENT = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000",
    "postgresql": "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)",
}


def name(table: str, event: str = "") -> str:
    """The trigger on a table for an event; without one, PostgreSQL's for all of them, and its function."""
    return f"{table}_watched" + (f"_{event.lower()}" if event else "")


def names(vendor: str, model: type[models.Model]) -> set[str]:
    """Every trigger that a watched table has."""
    table = model._meta.db_table
    if vendor == "postgresql":
        return {name(table), name(table, "TRUNCATE")}
    return {name(table, event) for one in tables()[model] for event in one.on}


def count(vendor: str) -> str:
    """SQL: take the next number. A counter that somebody deleted begins far ahead, with nothing before it."""
    return _counter(vendor, f'"number" = {COUNTER}."number" + 1')


def anew(vendor: str) -> str:
    """SQL: go far ahead, and know nothing of what was before: for everybody, everything has changed."""
    ahead = f'CASE WHEN {COUNTER}."number" < excluded."number" THEN excluded."number" ELSE {COUNTER}."number" + 1 END'
    return _counter(vendor, f'"number" = {ahead}, "floor" = {ahead}')


def _counter(vendor: str, change: str) -> str:
    begin = f'INSERT INTO {COUNTER} ("id", "number", "floor") VALUES (1, {_MOMENT[vendor]}, {_MOMENT[vendor]})'
    return f'{begin} ON CONFLICT ("id") DO UPDATE SET {change}'


def written(vendor: str, one: Watched, event: str) -> str:
    """SQL of a trigger: write down what a change of one row is."""
    return _told(vendor, str(one.kind), _keys(one, event), _condition(vendor, one, event))


def _keys(one: Watched, event: str) -> list[str]:
    columns = [one.model._meta.get_field(key).column for key in one.keys]  # type: ignore[union-attr]
    return [f'{row}."{column}"' for row in _ROWS[event] for column in columns] or ["''"]


def _told(vendor: str, kind: str, keys: list[str], condition: str) -> str:
    keys_of_it = " UNION ".join(f'SELECT CAST({key} AS TEXT) AS "key"' for key in keys)
    return (
        f"""INSERT INTO {LOG} ("kind", "key", "at") SELECT '{kind}', t."key", {_NOW[vendor]} """
        f"""FROM ({keys_of_it}) AS t WHERE t."key" IS NOT NULL AND {condition}"""
    )


def _condition(vendor: str, one: Watched, event: str) -> str:
    parts = ["(" + " OR ".join(one.when.format(row=row) for row in _ROWS[event]) + ")"] if one.when else []
    if event == "UPDATE":
        differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[vendor]
        old, new = (", ".join(_seen(one, row)) for row in _ROWS[event])
        parts.append(f"({old}) {differs} ({new})" if vendor == "sqlite" else f"ROW({old}) {differs} ROW({new})")
    return " AND ".join(parts) or "1 = 1"


def _seen(one: Watched, row: str) -> Iterator[str]:
    fields: Any = one.seen or [field.name for field in one.model._meta.concrete_fields]
    for field in fields:
        try:
            yield f'{row}."{one.model._meta.get_field(field).column}"'  # type: ignore[union-attr]
        except FieldDoesNotExist:
            yield field.format(row=row)


# -- SQLite --------------------------------------------------------------------------------------------------------


def sqlite(model: type[models.Model], watched: list[Watched]) -> Iterator[str]:
    """The triggers of one table."""
    table = model._meta.db_table
    for event in EVERY:
        yield f'DROP TRIGGER IF EXISTS "{name(table, event)}"'
        if body := [written("sqlite", one, event) for one in watched if event in one.on]:
            yield f'CREATE TRIGGER "{name(table, event)}" AFTER {event} ON "{table}" BEGIN {"; ".join(body)}; END'


def sqlite_numbering() -> Iterator[str]:
    """The trigger that numbers."""
    yield f'DROP TRIGGER IF EXISTS "{NUMBERING}"'
    number = f'UPDATE {LOG} SET "number" = (SELECT "number" FROM {COUNTER}) WHERE "id" = NEW."id"'
    yield (
        f'CREATE TRIGGER "{NUMBERING}" AFTER INSERT ON "{LOG}" WHEN NEW."number" IS NULL '
        f"BEGIN {count('sqlite')}; {number}; END"
    )


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


def postgresql(model: type[models.Model], watched: list[Watched]) -> Iterator[str]:
    """The triggers of one table, and their function."""
    table = model._meta.db_table
    everything = _told("postgresql", Kind.ALL, ["''"], "true")
    branches = [f"IF TG_OP = 'TRUNCATE' THEN {everything}; {_opened()}"]
    for event in EVERY:
        body = [f"{written('postgresql', one, event)}; {_opened()}" for one in watched if event in one.on]
        branches.append(f"ELSIF TG_OP = '{event}' THEN {' '.join(body)}")
    yield _function(name(table), " ".join([*branches, "END IF;"]))
    for trigger in (name(table), name(table, "TRUNCATE")):
        yield f'DROP TRIGGER IF EXISTS "{trigger}" ON "{table}"'
    call = f"EXECUTE FUNCTION {name(table)}()"
    yield f'CREATE TRIGGER "{name(table)}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" FOR EACH ROW {call}'
    yield f'CREATE TRIGGER "{name(table, "TRUNCATE")}" AFTER TRUNCATE ON "{table}" FOR EACH STATEMENT {call}'


def postgresql_numbering() -> Iterator[str]:
    """The two triggers that number, one after the other, at the end of the transaction.

    The first is called among the deferred checks of foreign keys, some of which may be still to come, and wait. What it
    writes calls the second, which comes after all of them.
    """
    yield _function(CLOSING, _marked(CLOSE))
    twice = f'SELECT min("id") FROM {LOG} WHERE "number" IS NULL GROUP BY "kind", "key"'
    marks = (
        f"""DELETE FROM {LOG} WHERE "number" IS NULL AND ("kind" IN ('{OPEN}', '{CLOSE}') OR "id" NOT IN ({twice}))"""
    )
    newest = f'SELECT "number" FROM {COUNTER} WHERE "id" = 1'
    number = f'UPDATE {LOG} SET "number" = ({newest}) WHERE "number" IS NULL'
    yield _function(NUMBERING, f"{_flag('')} {marks}; {count('postgresql')}; {number};")
    for trigger, kind in ((CLOSING, OPEN), (NUMBERING, CLOSE)):
        yield f'DROP TRIGGER IF EXISTS "{trigger}" ON "{LOG}"'
        yield (
            f'CREATE CONSTRAINT TRIGGER "{trigger}" AFTER INSERT ON "{LOG}" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW '
            f"""WHEN (NEW."number" IS NULL AND NEW."kind" = '{kind}') EXECUTE FUNCTION {trigger}()"""
        )


def _opened() -> str:
    """Once in a transaction, ask for its numbering. To look for the row that asks would take longer with each change;
    the flag is gone with the transaction, and with a part of it that is undone."""
    first = f"FOUND AND current_setting('{FLAG}', true) IS DISTINCT FROM 'yes'"
    return f"IF {first} THEN {_marked(OPEN)} {_flag('yes')} END IF;"


def _marked(kind: str) -> str:
    return f"""INSERT INTO {LOG} ("kind", "key", "at") VALUES ('{kind}', '', clock_timestamp());"""


def _flag(value: str) -> str:
    return f"PERFORM set_config('{FLAG}', '{value}', true);"


def _function(name: str, body: str) -> str:
    head = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    return f"{head} AS $$ BEGIN {body} RETURN NULL; END $$"
