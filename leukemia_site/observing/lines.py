"""How a log record becomes a line: as JSON for machines, or as plain text. Neither tells whom it was about.

A record says more by `extra={"fields": {…}}`. Of a request only its id, method and route are ever written: the route is
the pattern of the address (`<slug:slug>/history/`), so that no line knows which page was read, nor by whose key.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from leukemia_site.observing import failures, request_ids, routes

Fields = dict[str, Any]


class Json(logging.Formatter):
    """One object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"time": _time(record), **_fields(record)}, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """One line to read, and the traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = _fields(record)
        level, name, message = (fields.pop(key) for key in ("level", "logger", "message"))
        trace = fields.pop("traceback", "")
        more = "".join(f" {key}={value}" for key, value in fields.items())
        line = f"{_time(record)} {level} {name}: {message}{more}"
        return "\\n".join(line.splitlines()) + (f"\n{trace}" if trace else "")


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> Fields:
    """Everything a line says, but for the time."""
    request = getattr(record, "request", None)
    error = record.exc_info[1] if record.exc_info else None
    found: Fields = {
        "level": record.levelname,
        "logger": record.name,
        "message": message(record),
        "request_id": getattr(request, "META", {}).get(request_ids.KEY) or request_ids.current(),
        **(routes.said(request) if request is not None else {}),
        **getattr(record, "fields", {}),
    }
    if error is not None:
        found |= {"exception": failures.named(error), "traceback": failures.told(error)}
    return {key: value for key, value in found.items() if value != ""}


def message(record: logging.LogRecord) -> str:
    """What the record says. What Django says about a request, it builds of what was sent: that is left out."""
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]  # the kind of what was suspicious, without what was suspicious in it
    if record.name == "django.request":
        return str(record.args[0]) if isinstance(record.args, tuple) and record.args else record.name
    return record.getMessage()
