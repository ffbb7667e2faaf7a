"""Typed readers of environment variables. Each refuses nonsense, names the variable, and shows how to mend it.

An empty variable counts as not set. Passwords never appear in a message.
"""

import contextlib
import importlib.util
import os
import re
import secrets
import zoneinfo
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

SQLITE = "django.db.backends.sqlite3"
# Seconds, and milliseconds for the last.
NOTICED = {
    **{"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3},
    "tcp_user_timeout": 10_000,
}
POSTGRESQL = "postgres://user:password@db.example.org:5432/leukemia_site"  # an example
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


class Refused(ImproperlyConfigured):
    """A variable of the environment makes no sense; the message says which, why, and what would."""

    def __init__(self, name: str, why: str, example: str) -> None:
        super().__init__(f"{name} {why}. For example: {example}")


def masked(value: str) -> str:
    """The value as a message may show it: without user, password and query of a URL."""
    head, at, tail = value.rpartition("@")
    scheme, slashes, _secret = head.partition("://")
    shown = f"{scheme + slashes if slashes else ''}***@{tail}" if at else value
    return repr(re.sub(r"\?.*", "?***", shown, flags=re.DOTALL))


def _raw(name: str) -> str:
    return os.environ.get(name, "").strip()


def kept_key(path: Path) -> str:
    """The random key in this file, which only its owner may read; made on the first call."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was first, and its key counts
            os.link(part, path)  # whole or not at all
        part.unlink()
    return path.read_text(encoding="ascii").strip()


def secret_key(name: str, *, debug: bool, public: bool, kept: Path) -> str:
    """The key that signs sessions. Only a site that answers to nobody but this machine may use the kept one."""
    value = _raw(name)
    if not value and (debug or (kept.exists() and not public)):
        return kept_key(kept)
    if not value:
        raise Refused(
            name,
            "is not set, and a site does not start without one. To try the site on this machine, `make run` makes "
            "one; to work on the code, set DEBUG=on; in production, set 50 or more random characters, kept secret",
            f"{name}=$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
        )
    return value


def seal_key(name: str, *, public: bool, kept: Path) -> str:
    """The key that signs the head of the chain of seals. A public site names its own, which no backup holds."""
    value = _raw(name)
    if not value and public:
        raise Refused(
            name,
            "is not set. It signs what was reviewed and published, so that nobody with the database alone can rewrite "
            "history; keep it apart from the database and its backups, and for as long as them",
            f"{name}=$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
        )
    return value or kept_key(kept)


def text(name: str, *, default: str) -> str:
    """One line of text."""
    value = _raw(name) or default
    if not value.isprintable():
        raise Refused(name, "holds a line break or another control character", f'{name}="{default}"')
    return value


def flag(name: str, *, default: bool) -> bool:
    """On or off."""
    value = _raw(name).lower()
    if value not in {"", *TRUE, *FALSE}:
        raise Refused(name, f"is neither on nor off: {masked(value)}", f"{name}=on")
    return default if not value else value in TRUE


def whole(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within its bounds, both included."""
    value = _raw(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise Refused(name, f"is not a whole number from {least} to {most}: {masked(value)}", f"{name}={default}")
    return int(value)


def choice(name: str, *, default: str, choices: Sequence[str]) -> str:
    """One of a few words."""
    value = _raw(name).lower() or default
    if value not in choices:
        raise Refused(name, f"is none of {', '.join(choices)}: {masked(value)}", f"{name}={default}")
    return value


def token(name: str) -> str:
    """A secret that a machine shows; "" where there is none. A short one could be guessed."""
    value = _raw(name)
    if value and not re.fullmatch(r"[\x21-\x7e]{20,}", value):
        raise Refused(
            name,
            "is shorter than 20 characters, or holds others than letters, digits and signs",
            f"{name}=$(python3 -c 'import secrets; print(secrets.token_urlsafe(30))')",
        )
    return value


def whole_by_key(name: str, *, default: Mapping[str, int], least: int, most: int) -> dict[str, int]:
    """Whole numbers by name, `high=6,standard=12`. Names that are left out keep their default."""
    example, found = f"{name}=" + ",".join(f"{key}={value}" for key, value in default.items()), dict(default)
    for pair in filter(None, map(str.strip, _raw(name).split(","))):
        key, _, value = map(str.strip, pair.partition("="))
        if key not in default:
            raise Refused(name, f"knows {', '.join(default)}, not {masked(key)}", example)
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise Refused(name, f"wants a whole number from {least} to {most} in {masked(pair)}", example)
        found[key] = int(value)
    return found


def choice_by_key(name: str, *, known: Sequence[str], fixed: Sequence[str], choices: Sequence[str]) -> dict[str, str]:
    """Choices by name, `uncited_figure=warning,link_text=off`; only what is set. Those of `fixed` can not be set."""
    example, found = f"{name}={known[0]}={choices[0]}", dict[str, str]()
    for pair in filter(None, map(str.strip, _raw(name).split(","))):
        key, _, value = map(str.strip, pair.partition("="))
        if key in fixed:
            raise Refused(
                name, f"can not change {key}, which guards a promise and always blocks. Leave it out", example
            )
        if key not in known:
            raise Refused(name, f"knows {', '.join(known)}, not {masked(key)}", example)
        if value not in choices:
            raise Refused(name, f"wants one of {', '.join(choices)} in {masked(pair)}", example)
        found[key] = value
    return found


def folder(name: str, *, default: Path) -> Path:
    """A folder to write in; made when it is not there."""
    path = Path(_raw(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(name, f"is no folder that can be made ({error})", f"{name}={default}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Refused(name, f"is a folder without permission to write: {masked(str(path))}", f"{name}={default}")
    return path


def time_zone(name: str, *, default: str) -> str:
    """A name of the IANA time zone database."""
    value = _raw(name) or default
    if value not in zoneinfo.available_timezones():
        raise Refused(name, f"is not a time zone: {masked(value)}", f"{name}={default}")
    return value


def address(name: str, *, default: str) -> str:
    """An e-mail address, alone or as `Name <address>`."""
    value = text(name, default=default)
    if not value:
        return value  # only where the default says that there may be none
    try:
        validate_email(re.sub(r".*<(.*)>", r"\1", value))
    except ValidationError as error:
        raise Refused(
            name, f"is not an e-mail address: {value!r}", f"{name}={default or 'patients@example.org'}"
        ) from error
    return value


def hosts(name: str, *, default: Sequence[str]) -> list[str]:
    """Host names, separated by commas."""
    found = [host.strip() for host in _raw(name).split(",") if host.strip()]
    for host in found:
        if not HOST.fullmatch(host):
            raise Refused(name, f"takes host names without scheme, port and path, not {masked(host)}", f"{name}=a.org")
    return found or list(default)


def site_url(name: str, *, default: str) -> str:
    """Where the site lives: scheme, host and perhaps a port, without a slash at the end."""
    value = (_raw(name) or default).rstrip("/")
    parts = _parts(name, value, "https://patients.example.org")
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(parts.hostname or "") or "@" in value:
        raise Refused(name, f"is not an http or https address: {masked(value)}", f"{name}=https://patients.example.org")
    if parts.path or parts.query or parts.fragment:
        raise Refused(name, f"ends after the host: {masked(value)}", f"{name}={parts.scheme}://{parts.netloc}")
    return value


def database(name: str, *, default: str) -> dict[str, Any]:
    """Django's description of a SQLite file or a PostgreSQL database."""
    value = _url(name, default, {"sqlite", "postgres", "postgresql"}, POSTGRESQL)
    found = _database(name, value)
    options = found["OPTIONS"]
    if found["ENGINE"] != SQLITE:
        # A database that is away is noticed, not waited for; one whose machine has vanished says nothing at all.
        return found | {"OPTIONS": NOTICED | options}
    # Writers queue at BEGIN, where waiting works, and never fail when a read turns into a write. Readers go on.
    options.setdefault("transaction_mode", "IMMEDIATE")
    options.setdefault("timeout", 20)
    options["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    # Else INSERT OR REPLACE deletes a row without asking the trigger that forbids it.
    options["init_command"] += "PRAGMA recursive_triggers=ON;"
    if found["NAME"] != ":memory:" and not Path(found["NAME"]).resolve().parent.is_dir():
        raise Refused(name, f"names a file in a folder that is not there: {masked(value)}", f"{name}={default}")
    return found


def replicas(name: str, *, primary: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Django's descriptions of the databases that follow the first one, by alias; separated by white space."""
    found = dict[str, dict[str, Any]]()
    for number, value in enumerate(_raw(name).split(), 1):
        described = _database(name, _checked(name, value, {"postgres", "postgresql"}, POSTGRESQL))
        if primary["ENGINE"] == SQLITE:
            raise Refused(name, "follows a PostgreSQL database, and DATABASE_URL names none", f"{name}={POSTGRESQL}")
        # Milliseconds. Readers do not wait for one that hangs; and it is read, whatever it would let us do.
        read_only = {"options": "-c default_transaction_read_only=on -c statement_timeout=3000"}
        described["OPTIONS"] = {"connect_timeout": 2, "tcp_user_timeout": 3000} | read_only | described["OPTIONS"]
        # Who makes a database for tests makes the first one.
        found["replica" if number == 1 else f"replica{number}"] = described | {"TEST": {"MIRROR": "default"}}
    return found


def _database(name: str, value: str) -> dict[str, Any]:
    found = dict(environ.Env.db_url_config(value))
    if not found.get("NAME"):
        raise Refused(name, f"names no database: {masked(value)}", f"{name}={POSTGRESQL}")
    found["OPTIONS"] = {**found.get("OPTIONS", {})}
    # Opened anew for each request, SQLite would read every table and trigger anew: a third of the time of a page.
    return found | {"CONN_MAX_AGE": 60} | ({} if found["ENGINE"] == SQLITE else {"CONN_HEALTH_CHECKS": True})


def cache(name: str, *, default: str) -> dict[str, Any]:
    """Django's description of the memory of this process, or of Redis."""
    value = _url(name, default, {"locmemcache", "redis", "rediss"}, "redis://127.0.0.1:6379/0")
    found = dict(environ.Env.cache_url_config(value))
    if value.startswith("locmemcache"):
        return found
    limits = {"socket_connect_timeout": 1, "socket_timeout": 1, "serializer": "leukemia_site.shared_cache.Texts"}
    return found | {"BACKEND": "leukemia_site.shared_cache.SharedCache", "OPTIONS": limits | found.get("OPTIONS", {})}


def media(name: str) -> dict[str, Any]:
    """Django's description of where uploads lie: on this machine's disk, or in a bucket of an S3-compatible store."""
    example = "s3://bucket/folder?endpoint=https://s3.example.org&region=us-east-1"
    value = _raw(name)
    if not value:
        return {"BACKEND": "leukemia_site.media.Disk"}
    parts = _parts(name, _checked(name, value, {"s3"}, example), example)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not BUCKET.fullmatch(parts.hostname or "") or set(asked) - {"endpoint", "region"} or "" in asked.values():
        raise Refused(name, f"names a bucket, and perhaps endpoint and region: {masked(value)}", f"{name}={example}")
    endpoint = urlsplit(asked.get("endpoint", "https://"))
    if endpoint.scheme != "https" and endpoint.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise Refused(name, "sends signed consents, too, to its endpoint; take one by https", f"{name}={example}")
    if not all(map(importlib.util.find_spec, ("storages", "boto3"))):
        raise Refused(name, "needs an extra", "pip install -r requirements-s3.txt")
    options = {
        "bucket_name": parts.hostname,
        "location": unquote(parts.path).strip("/"),
        "endpoint_url": asked.get("endpoint"),
    }
    user, password = (part and unquote(part) for part in (parts.username, parts.password))
    keys = {"access_key": user, "secret_key": password, "region_name": asked.get("region")}
    given = {key: value for key, value in (options | keys).items() if value}
    return {"BACKEND": "leukemia_site.bucket.Bucket", "OPTIONS": given}


def email(name: str, *, default: str) -> dict[str, Any]:
    """Django's EMAIL_… settings: the console, or an SMTP server."""
    example = "smtp+tls://user:password@mail.example.org:587"
    value = _url(name, default, {"consolemail", "smtp", "smtp+tls", "smtp+ssl"}, example)
    if not value.startswith("consolemail") and not urlsplit(value).hostname:
        raise Refused(name, f"names no mail server: {masked(value)}", f"{name}={example}")
    return dict(environ.Env.email_url_config(value))


def _parts(name: str, value: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # where a port that is no number is noticed
    except ValueError as error:
        raise Refused(name, f"is not a URL, {error}: {masked(value)}", f"{name}={example}") from None
    return parts


def _url(name: str, default: str, schemes: set[str], example: str) -> str:
    return _checked(name, _raw(name) or default, schemes, example)


def _checked(name: str, value: str, schemes: set[str], example: str) -> str:
    if value == "sqlite://:memory:":  # no URL by the letter, and known to everybody
        return value
    if _parts(name, value, example).scheme not in schemes or "://" not in value:
        known = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise Refused(name, f"starts with none of {known}: {masked(value)}", f"{name}={example}")
    return value
