"""Each reader takes what makes sense, and refuses the rest by name, with the value and an example."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukemia_site import environment as env
from leukemia_site.environment import Refused


@pytest.fixture
def read(monkeypatch):
    """Read variable X with this value: `read(env.flag, "on", default=False)`."""

    def reading(reader, value, **options):
        monkeypatch.setenv("X", value)
        return reader("X", **options)

    return reading


@pytest.mark.parametrize(("value", "meaning"), [("on", True), ("TRUE", True), ("0", False), (" no ", False)])
def test_a_flag_is_read(read, value, meaning):
    assert read(env.flag, value, default=not meaning) is meaning


def test_an_empty_variable_is_not_set(read):
    assert read(env.flag, "  ", default=True) is True
    assert read(env.hosts, "", default=["a.org"]) == ["a.org"]


def test_a_flag_that_is_neither_is_refused(read):
    with pytest.raises(Refused, match=r"X is neither on nor off: 'maybe'. For example: X=on"):
        read(env.flag, "maybe", default=False)


@pytest.mark.parametrize("value", ["0", "11", "3.5", "-1", "three", "९"])
def test_a_number_out_of_bounds_is_refused(read, value):
    with pytest.raises(Refused, match="X is not a whole number from 1 to 10"):
        read(env.whole, value, default=5, least=1, most=10)


def test_numbers_by_key_keep_the_defaults_of_what_is_left_out(read):
    found = read(env.whole_by_key, "high=3, low = 24", default={"high": 6, "standard": 12, "low": 36}, least=1, most=60)
    assert found == {"high": 3, "standard": 12, "low": 24}


@pytest.mark.parametrize(("value", "why"), [("hihg=3", "knows high, not 'hihg'"), ("high=0", "in 'high=0'")])
def test_nonsense_in_numbers_by_key_is_refused(read, value, why):
    with pytest.raises(Refused, match=why):
        read(env.whole_by_key, value, default={"high": 6}, least=1, most=60)


def test_a_word_of_a_few_is_read_and_no_other(read):
    assert read(env.choice, "JSON", default="line", choices=("line", "json")) == "json"
    assert read(env.choice, "", default="line", choices=("line", "json")) == "line"
    with pytest.raises(Refused, match=r"X is none of line, json: 'xml'\. For example: X=line"):
        read(env.choice, "xml", default="line", choices=("line", "json"))


def test_a_token_that_could_be_guessed_is_refused_and_not_repeated(read):
    assert read(env.token, "") == ""
    assert read(env.token, "a" * 20) == "a" * 20
    for value in ("hunter2", "hunter2 " * 4):
        with pytest.raises(Refused, match="X is shorter than 20 characters") as refused:
            read(env.token, value)
        assert "hunter2" not in str(refused.value)


CHOICES = {"known": ("figure", "link"), "fixed": ("title",), "choices": ("warning", "off")}


def test_choices_by_key_are_read_and_only_what_is_set(read):
    assert read(env.choice_by_key, "figure=off, link = warning", **CHOICES) == {"figure": "off", "link": "warning"}
    assert read(env.choice_by_key, "", **CHOICES) == {}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("figrue=off", "X knows figure, link, not 'figrue'. For example: X=figure=warning"),
        ("figure=loud", "X wants one of warning, off in 'figure=loud'"),
        ("figure", "wants one of warning, off in 'figure'"),
        ("title=off", "X can not change title, which guards a promise and always blocks. Leave it out"),
    ],
)
def test_nonsense_in_choices_by_key_is_refused(read, value, why):
    with pytest.raises(Refused, match=why):
        read(env.choice_by_key, value, **CHOICES)


def test_a_line_break_in_a_name_is_refused(read):
    with pytest.raises(Refused, match="line break"):
        read(env.text, "City\nHospital", default="Example")


def test_a_folder_is_made(read, tmp_path):
    assert read(env.folder, str(tmp_path / "a" / "b"), default=tmp_path).is_dir()


def test_a_folder_that_is_a_file_is_refused(read, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="no folder that can be made"):
        read(env.folder, str(tmp_path / "file"), default=tmp_path)


@pytest.mark.parametrize(
    ("reader", "value", "default"),
    [
        (env.time_zone, "Los Angeles", "UTC"),
        (env.address, "nobody", "a@example.org"),
        (env.hosts, "https://example.org", ["a.org"]),
        (env.hosts, "example.org:8000", ["a.org"]),
        (env.site_url, "patients.example.org", "http://127.0.0.1:8000"),
        (env.site_url, "ftp://example.org", "http://127.0.0.1:8000"),
        (env.site_url, "https://example.org/cancer", "http://127.0.0.1:8000"),
        (env.site_url, "https://example.org:port", "http://127.0.0.1:8000"),
        (env.database, "foo", "sqlite:///site.sqlite3"),
        (env.database, "mysql://a/b", "sqlite:///site.sqlite3"),
        (env.database, "postgres://127.0.0.1", "sqlite:///site.sqlite3"),
        (env.database, "sqlite:////nowhere/at/all.sqlite3", "sqlite:///site.sqlite3"),
        (env.cache, "memcache://127.0.0.1", "locmemcache://"),
        (env.email, "smtp://", "consolemail://"),
        (env.email, "mail.example.org", "consolemail://"),
    ],
)
def test_nonsense_is_refused_with_an_example(read, reader, value, default):
    with pytest.raises(Refused, match=r"^X .*'.*For example: X=.") as refusal:
        read(reader, value, default=default)
    assert value in str(refusal.value)


@pytest.mark.parametrize("reader", [env.database, env.cache, env.email, env.site_url, env.hosts])
@pytest.mark.parametrize(
    "value", ["foo://u:hunter2@h", "u:hunter2@h/x", "postgres://u:hunter2@h:port/x", "x?a=hunter2"]
)
def test_a_secret_never_stands_in_a_message(read, reader, value):
    with pytest.raises(Refused) as refusal:
        read(reader, value, default="sqlite://:memory:")
    assert "hunter2" not in str(refusal.value)


@given(st.text(alphabet="ab:/?#%[] é", max_size=12), st.text(alphabet="ab:/?#%[] @é", max_size=12))
def test_whatever_stands_before_the_at_sign_is_masked(start, secret):
    assert "SECRET" not in env.masked(f"postgres://{start}SECRET{secret}@db.example.org/x")


def test_a_site_url_loses_its_last_slash(read):
    assert read(env.site_url, "https://example.org/", default="") == "https://example.org"


def test_sqlite_waits_its_turn(read, tmp_path):
    found = read(env.database, f"sqlite:///{tmp_path}/x.sqlite3", default="")
    assert found["NAME"] == f"{tmp_path}/x.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_no_database_is_opened_anew_for_each_request(read, tmp_path):
    for value in (f"sqlite:///{tmp_path}/x.sqlite3", "postgres://u@h/db"):
        assert read(env.database, value, default="")["CONN_MAX_AGE"] == 60


def test_postgresql_keeps_and_checks_its_connections(read):
    found = read(env.database, "postgres://u:p%40ss@h:5433/db?sslmode=require", default="")
    assert (found["PASSWORD"], found["PORT"], found["CONN_HEALTH_CHECKS"]) == ("p@ss", 5433, True)
    assert found["OPTIONS"] == {"sslmode": "require"} | env.NOTICED


def test_a_machine_of_the_database_that_vanished_is_noticed_before_a_reader_is_gone(read):
    """Without these Linux goes on asking it for a quarter of an hour, and a few such requests hold every thread."""
    idle, every, count = (env.NOTICED[f"keepalives_{name}"] for name in ("idle", "interval", "count"))
    assert max(idle + every * count, env.NOTICED["tcp_user_timeout"] / 1000, env.NOTICED["connect_timeout"]) < 15
    asked = read(env.database, "postgres://h/name?tcp_user_timeout=500", default="sqlite:///x")
    assert str(asked["OPTIONS"]["tcp_user_timeout"]) == "500"


POSTGRESQL = {"ENGINE": "django.db.backends.postgresql"}


def test_replicas_are_read_and_read_only(read):
    found = read(env.replicas, "postgres://u:p%40ss@h/db\n postgresql://u@i/db?connect_timeout=1", primary=POSTGRESQL)
    assert {alias: (one["HOST"], one["OPTIONS"]["connect_timeout"]) for alias, one in found.items()} == {
        "replica": ("h", 2),
        "replica2": ("i", 1),
    }
    assert "default_transaction_read_only=on" in found["replica"]["OPTIONS"]["options"]
    assert read(env.replicas, "", primary=POSTGRESQL) == {}


@pytest.mark.parametrize("value", ["sqlite:///x", "postgres://h", "db.example.org", "postgres://u@h/db mysql://u@h/db"])
def test_a_replica_that_is_none_is_refused(read, value):
    with pytest.raises(Refused, match=r"^X .*For example: X=postgres"):
        read(env.replicas, value, primary=POSTGRESQL)


def test_nothing_follows_sqlite(read):
    with pytest.raises(Refused, match="follows a PostgreSQL database, and DATABASE_URL names none"):
        read(env.replicas, "postgres://u:hunter2@h/db", primary={"ENGINE": env.SQLITE})


def test_redis_and_smtp_are_read(read):
    assert read(env.cache, "redis://127.0.0.1:6379/1", default="")["LOCATION"] == "redis://127.0.0.1:6379/1"
    found = read(env.email, "smtp+tls://me:pw@mail.example.org:587", default="")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)


# -- uploads, and a shared cache -----------------------------------------------------------------------------------


def test_uploads_lie_on_the_disk_unless_a_bucket_is_named(read):
    assert read(env.media, "") == {"BACKEND": "leukemia_site.media.Disk"}
    options = read(env.media, "s3://KEY:s%2Fecret@uploads/site/a?endpoint=https://s3.example.org&region=x")["OPTIONS"]
    assert options == {
        "bucket_name": "uploads",
        "location": "site/a",
        "endpoint_url": "https://s3.example.org",
        "access_key": "KEY",
        "secret_key": "s/ecret",
        "region_name": "x",
    }
    assert read(env.media, "s3://uploads") == {
        "BACKEND": "leukemia_site.bucket.Bucket",
        "OPTIONS": {"bucket_name": "uploads"},
    }


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("uploads", "starts with none of s3://"),
        ("https://k:hunter2@s3.example.org/uploads", "starts with none of s3://"),
        ("s3://k:hunter2@", "names a bucket"),
        ("s3://k:hunter2@Up_loads", "names a bucket"),
        ("s3://uploads?public=hunter2", "names a bucket, and perhaps endpoint and region"),
        ("s3://uploads?endpoint", "names a bucket, and perhaps endpoint and region"),
        ("s3://k:hunter2@uploads?endpoint=http://s3.example.org", "take one by https"),
        ("s3://k:hunter2@uploads?endpoint=s3.example.org", "take one by https"),
    ],
)
def test_a_bucket_that_is_none_is_refused(read, value, why):
    with pytest.raises(Refused, match=rf"^X .*{why}.*For example: X=s3://") as refusal:
        read(env.media, value)
    assert "hunter2" not in str(refusal.value)


def test_a_bucket_needs_its_extra(read, monkeypatch):
    monkeypatch.setattr(env.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Refused, match=r"X needs an extra. For example: pip install -r requirements-s3.txt"):
        read(env.media, "s3://uploads")


def test_a_shared_cache_is_waited_for_a_second_and_holds_texts(read):
    found = read(env.cache, "rediss://:pw@h:6379/1?socket_timeout=3", default="")
    assert found["BACKEND"] == "leukemia_site.shared_cache.SharedCache"
    assert found["OPTIONS"]["serializer"] == "leukemia_site.shared_cache.Texts"
    assert int(found["OPTIONS"]["socket_timeout"]) == 3


# -- the secret key ------------------------------------------------------------------------------------------------


def test_the_kept_key_is_made_once_and_private(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = env.kept_key(path)
    assert len(key) >= 50
    assert env.kept_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_without_a_key_there_is_no_start(read, tmp_path):
    with pytest.raises(Refused, match=r"^X is not set.*make run.*DEBUG=on.*For example: X="):
        read(env.secret_key, "", debug=False, public=False, kept=tmp_path / "secret_key")


def test_a_public_site_never_starts_on_the_kept_key(read, tmp_path):
    env.kept_key(tmp_path / "secret_key")
    with pytest.raises(Refused, match="is not set"):
        read(env.secret_key, "", debug=False, public=True, kept=tmp_path / "secret_key")


def test_this_machine_alone_may_use_the_kept_key(read, tmp_path):
    key = env.kept_key(tmp_path / "secret_key")
    assert read(env.secret_key, "", debug=False, public=False, kept=tmp_path / "secret_key") == key
    assert read(env.secret_key, "mine", debug=False, public=True, kept=tmp_path / "secret_key") == "mine"


def test_debugging_makes_a_key(read, tmp_path):
    assert read(env.secret_key, "", debug=True, public=False, kept=tmp_path / "secret_key")
