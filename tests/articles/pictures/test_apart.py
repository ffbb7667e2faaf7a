"""Uploads are read in a process of its own, and whatever becomes of it, this one goes on."""

import subprocess
import sys

import pytest

from articles.pictures import apart, making, opening
from tests.articles.pictures import samples

PIXELS = 50_000_000


def test_it_makes_what_is_made_here():
    data = samples.saved(samples.drawing(200, 150))
    assert apart.read(data, pixels=PIXELS) == making.make(data, pixels=PIXELS)


def test_its_refusals_are_told():
    with pytest.raises(opening.Unfit, match="pixels"):
        apart.read(samples.bomb(), pixels=PIXELS)
    with pytest.raises(opening.Unfit, match="svg"):
        apart.read(b"<svg/>", pixels=PIXELS)


@pytest.mark.parametrize(
    "ends",
    [
        "import os; os.abort()",  # a decoder that falls
        "print('no answer')",
        "print('{}')",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**29)",
        "while True: pass",
    ],
)
def test_a_process_that_falls_hangs_or_babbles_is_a_damaged_picture(ends, monkeypatch):
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda _command, **how: run([sys.executable, "-c", ends], **how))
    monkeypatch.setattr(apart, "LONGEST", 1)
    with pytest.raises(opening.Unfit, match="broken"):
        apart.read(b"", pixels=PIXELS)


def test_it_hears_no_secret_of_the_site(monkeypatch):
    run, heard = subprocess.run, []
    ask = "import os; print(sorted(os.environ))"

    def asked(_command, **how):
        heard.append(run([sys.executable, "-c", ask], **how).stdout.decode())
        return run(_command, **how)

    monkeypatch.setenv("SEAL_KEY", "a secret")
    monkeypatch.setattr(subprocess, "run", asked)
    apart.read(samples.saved(samples.drawing(200, 150)), pixels=PIXELS)
    assert "PATH" in heard[0]
    assert "KEY" not in heard[0]


def test_its_memory_and_time_are_bounded():
    limits = "resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)"
    code = f"import resource; from articles.pictures import apart; apart.bound(); print({limits})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert told == f"({apart.MEMORY}, {apart.MEMORY}) ({apart.LONGEST}, {apart.LONGEST})\n"
