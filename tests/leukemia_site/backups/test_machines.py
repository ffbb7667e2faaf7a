"""A site goes into one file and comes up on another, empty machine: every row, every page, every guard."""

import functools
import signal
import stat
from types import SimpleNamespace

import pytest

from tests.leukemia_site.backups.machines import Machine, contents, manifest, postgres, refused, rows, said, tables

KEY, PICTURE = "the-key-of-this-machine-and-of-no-other", b"\x89PNG picture"
sqlite_only = pytest.mark.only_on("sqlite")
postgres_only = pytest.mark.only_on("postgresql")

# The demonstration, and then what people do: corrections, a second edition, a page withdrawn, a page that moves.
LIVED_IN = """
from django.conf import settings; settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
run("migrate", verbosity=0); run("demo")
from articles import addresses, publishing; from articles.models import Article
from tests import cast; from tests.articles import archive
archive.fill()
article = Article.objects.get(slug="acute-example-disease")
publishing.withdraw(article, by=cast.cast().paula, at=cast.later(hours=1), reason="It was wrong.")
article = cast.published(cast.draft(cast.words(title="Before"))).article
article.slug = "after"; article.save(); addresses.move(article)
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore(); session["secret"] = "let me in"; session.save(); print(session.session_key)
"""
# What a reader, a writer and the guards of history find on a restored machine.
ALIVE = """
from django.db import DatabaseError, connection
from articles import triggers; from articles.models import Article, Edition; from tests import cast
before = set(Article.objects.values_list("pk", flat=True))
fresh = cast.published(cast.draft(cast.words(title="A page after the restore")))
print("a new page has a new number:", fresh.article_id not in before)
wanted = {name for model in triggers.frozen_models() for name in triggers.names(model)}
print("guards missing:", sorted(wanted - triggers.installed(connection)))
try:
    with connection.cursor() as cursor: cursor.execute("UPDATE articles_edition SET content = 'x'")
except DatabaseError as error: print("refused:", "append-only" in str(error))
"""
WELL = "a new page has a new number: True\nguards missing: []\nrefused: True\n"


def site(folder, database=""):
    """A machine where people have worked, the key of a session that is still good, and the site's backup."""
    machine, file = Machine(folder / "var", database), folder / "site.tar"
    session = said(machine.python(LIVED_IN)).split()[-1]
    (machine.var / "media" / "deep").mkdir(parents=True)
    (machine.var / "media" / "deep" / "bild ä.png").write_bytes(PICTURE)
    (machine.var / "secret_key").write_text(KEY)
    told = said(machine.manage("backup", file))
    return SimpleNamespace(machine=machine, session=session, file=file, told=told)


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Sites by engine, made when a test first asks (a test that is skipped asks for nothing)."""
    folder = tmp_path_factory.mktemp("sites")
    return functools.cache(lambda engine: site(made(folder / engine), postgres("home") if engine == "pg" else ""))


def made(folder):
    folder.mkdir()
    return folder


def arrives(file, machine, tmp_path):
    """Restore, back up again, and compare: rows and words are the same, line by line. Then work there."""
    told = said(machine.manage("restore", file))
    assert "9 pages equal, 0 differ (compared byte by byte)" in told
    assert "History is as it was written" in told
    assert (machine.var / "media" / "deep" / "bild ä.png").read_bytes() == PICTURE
    alive = said(machine.python(f"run('backup', {str(tmp_path / 'again.tar')!r})\n{ALIVE}"))
    assert tables(tmp_path / "again.tar") == tables(file)
    assert alive.endswith(WELL)


def arrives_by_the_engines_own_copy(file, machine):
    """The same, by a copy that nobody can compare with the rows but `restore` itself, which reads each back."""
    told = said(machine.manage("restore", file, "--native"))
    assert "each read back and equal" in told
    assert "9 pages equal, 0 differ (compared byte by byte)" in told
    assert said(machine.python(ALIVE)).endswith(WELL)


@sqlite_only
def test_sqlite_comes_back_on_sqlite(sites, tmp_path):
    arrives(sites("sqlite").file, Machine(tmp_path / "var"), tmp_path)


@sqlite_only
def test_sqlite_comes_back_by_its_own_copy(sites, tmp_path):
    arrives_by_the_engines_own_copy(sites("sqlite").file, Machine(tmp_path / "var"))


@postgres_only
def test_postgresql_comes_back_by_its_own_copy(sites, tmp_path):
    arrives_by_the_engines_own_copy(sites("pg").file, Machine(tmp_path / "var", postgres("back")))


@postgres_only
def test_a_site_moves_from_postgresql_to_sqlite_and_back(sites, tmp_path):
    arrives(sites("pg").file, Machine(tmp_path / "var"), tmp_path)
    (tmp_path / "again.tar").rename(tmp_path / "moved.tar")
    assert manifest(tmp_path / "moved.tar")["engine"] == "sqlite"
    arrives(tmp_path / "moved.tar", Machine(tmp_path / "pg", postgres("moved")), tmp_path)


# -- Interrupted, and while others write ---------------------------------------------------------------------------

KILLED = """
import os, signal; from leukemia_site.backups import rows
rows.go_on_counting = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
run("restore", {file!r})
"""
WRITER = """
from itertools import count; from articles.models import Article; from tests import cast
article = Article.objects.get(slug="after")
for number in count(): cast.edited(article, f"{number} mg"); print(number, flush=True)
"""


def killed_restores_leave_nothing(file, machine):
    """Killed when every row is written: the next restore finds an empty machine, else it would refuse."""
    assert machine.python(KILLED.format(file=str(file))).returncode == -signal.SIGKILL
    assert "9 pages equal, 0 differ" in said(machine.manage("restore", file))


@sqlite_only
def test_a_killed_restore_leaves_sqlite_empty(sites, tmp_path):
    killed_restores_leave_nothing(sites("sqlite").file, Machine(tmp_path / "var"))


@postgres_only
def test_a_killed_restore_leaves_postgresql_empty(sites, tmp_path):
    killed_restores_leave_nothing(sites("pg").file, Machine(tmp_path / "var", postgres("killed")))


def is_of_one_moment(machine, file):
    """Back up while somebody writes as fast as possible; then hold the parts against each other."""
    writer = machine.start(WRITER)
    try:
        writer.stdout.readline()
        file.write_text("an older one")
        said(machine.manage("backup", file, "--force"))
        while int(writer.stdout.readline()) < 3:
            pass  # it was never held up for long
    finally:
        writer.kill()
        writer.communicate()
    [article] = [row for row in rows(file, "articles.Article") if row["slug"] == "after"]
    numbers = [row["number"] for row in rows(file, "articles.Revision") if row["article_id"] == article["id"]]
    assert max(numbers) == article["revision"] > 1
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@sqlite_only
def test_a_backup_of_sqlite_at_work_is_of_one_moment(sites, tmp_path):
    is_of_one_moment(sites("sqlite").machine, tmp_path / "site.tar")
    said(Machine(tmp_path / "var").manage("restore", tmp_path / "site.tar", "--native"))  # it reads back every row


@postgres_only
def test_a_backup_of_postgresql_at_work_is_of_one_moment(sites, tmp_path):
    is_of_one_moment(sites("pg").machine, tmp_path / "site.tar")
    said(Machine(tmp_path / "var", postgres("busy")).manage("restore", tmp_path / "site.tar", "--native"))


# -- What the file is, and what is refused -------------------------------------------------------------------------


@sqlite_only
def test_the_file_is_for_its_owner_and_opens_no_door(sites):
    site = sites("sqlite")
    assert stat.S_IMODE(site.file.stat().st_mode) == 0o600
    assert "secret_key" in site.told
    whole = b"".join(contents(site.file).values())
    assert b"Acute example disease" in whole
    assert KEY.encode() not in whole
    assert site.machine.seal_key.encode() not in whole
    assert site.session.encode() not in whole


@sqlite_only
def test_a_cut_file_and_a_site_in_use_are_refused_in_a_sentence(sites, tmp_path):
    site, machine, cut = sites("sqlite"), Machine(tmp_path / "var"), tmp_path / "cut.tar"
    cut.write_bytes(site.file.read_bytes()[:-20_000])
    assert "cut short" in refused(machine.manage("restore", cut))
    assert not (machine.var / "media").exists()
    assert "in use" in refused(site.machine.manage("restore", site.file))


@postgres_only
def test_without_pg_dump_it_says_so_and_the_backup_is_good(sites, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    told = said(sites("pg").machine.manage("backup", tmp_path / "site.tar"))
    assert "pg_dump is not installed" in told
    assert not [name for name in contents(tmp_path / "site.tar") if name.startswith("native/")]
