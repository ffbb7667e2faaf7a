"""`make run`: the whole site on this machine, with the demo, in its own SQLite file. Nothing here is for production."""

import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from leukemia_site import environment
from leukemia_site.observing import commands

HOST = "127.0.0.1"
# A trial must not write into a real database or mirror, send real mail, or answer under a real name.
NOT_OURS = (
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "MEDIA_STORAGE",
    "MIRROR_DIR",
    "CACHE_URL",
    "EMAIL_URL",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "BEHIND_PROXY",
    "SECRET_KEY",
    "SEAL_KEY",
)


def main() -> int:
    """Prepare what is missing, then serve until Ctrl-C."""
    try:
        port = environment.whole("PORT", default=8000, least=1, most=65535)
        reserve(port)
        with interruptible():
            prepare(port)
        print(
            f"\nhttp://{HOST}:{port}/        the site\nhttp://{HOST}:{port}/admin/  for staff\nCtrl-C stops it.",
            flush=True,
        )
        with timed_work():
            serve(port)
    except (environment.Refused, PortTaken) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is half done: run it again to go on.")
        return 130
    return 0


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends this work, at the latest when it is over: what the database calls back can swallow an exception."""
    pressed = []

    def end(*_signal: object) -> None:
        pressed.append(True)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


class PortTaken(Exception):
    """Another program answers there, or this user may not."""


def reserve(port: int) -> None:
    """Find out before any work whether the port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the last run's dying connections do no harm
        try:
            probe.bind((HOST, port))
        except OSError as error:
            why = (
                "is taken by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({error.strerror})"
            )
            raise PortTaken(f"Port {port} {why}. Choose another one: make run PORT={port + 1}") from error


def prepare(port: int) -> None:
    """Environment, key, tables, demo and static files; quick when all of it is there."""
    ignored = [name for name in NOT_OURS if os.environ.pop(name, None)]
    if ignored:
        print(f"Not used here: {', '.join(ignored)}. `make run` keeps to its own SQLite file and to this machine.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "leukemia_site.settings"
    os.environ["SITE_URL"] = f"http://{HOST}:{port}"
    base = Path(__file__).resolve().parent.parent
    environment.kept_key(environment.folder("VAR_DIR", default=base / "var") / "secret_key")
    django.setup()
    call_command("migrate", verbosity=0)
    if "demo" in get_commands():
        try:
            call_command("demo")
        except CommandError as error:  # real articles alone, of a restored backup for example: they are served
            print(error)
    if is_stale(settings.STATIC_ROOT / "staticfiles.json", static_sources(base)):
        call_command("collectstatic", interactive=False, verbosity=0)


def static_sources(base: Path) -> Iterable[Path]:
    """Whatever, when it changes, changes the collected files: our own, the packages', and what is left out."""
    yield from (base / "requirements.txt", base / "leukemia_site" / "apps.py")
    for folder in (*settings.STATICFILES_DIRS, *base.glob("*/static")):
        yield from Path(folder).rglob("*")


def is_stale(made: Path, sources: Iterable[Path]) -> bool:
    """Whether a file is missing or older than one of its sources."""
    return not made.exists() or any(source.stat().st_mtime > made.stat().st_mtime for source in sources)


@contextmanager
def timed_work() -> Iterator[None]:
    """Meanwhile a second process does the timed work. It is a fork: all that it needs is loaded already."""
    connections.close_all()  # two processes never share one
    worker = multiprocessing.get_context("fork").Process(target=run_due_for_ever, args=(os.getpid(),), daemon=True)
    worker.start()
    try:
        yield
    finally:
        worker.terminate()
        worker.join()


def run_due_for_ever(parent: int) -> None:
    """Every RUN_DUE_MINUTES, for as long as the parent lives. The parent also stops it when Ctrl-C is pressed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            with commands.seen("manage.py run_due"):
                call_command("run_due", verbosity=0)
        except Exception as error:  # nothing that happens here may end the trial
            print(error, file=sys.stderr)
        connections.close_all()
        for _second in range(settings.RUN_DUE_MINUTES * 60):
            if os.getppid() != parent:
                return
            time.sleep(1)


def serve(port: int) -> None:
    """Until Ctrl-C. A terminal sends that to the whole process group, and a worker of Granian that is told twice to
    stop (by the terminal and by its parent) never does; so the worker gets a group of its own."""
    os.register_at_fork(after_in_child=os.setpgrp)
    server = Granian(
        "leukemia_site.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        workers_kill_timeout=3,  # seconds; for systems that start the worker without a fork
        log_level=LogLevels.warning,
        working_dir=Path(__file__).resolve().parent.parent,
    )
    server.serve()


if __name__ == "__main__":
    sys.exit(main())
