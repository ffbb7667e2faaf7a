"""What the documents promise exists."""

import re
import zoneinfo

import pytest

from tests.house import PACKAGES, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = {path.stem for app in PACKAGES for path in (ROOT / app / "management/commands").glob("*.py")}
DJANGOS = {"migrate", "collectstatic", "createsuperuser", "check", "makemigrations"}
ELSEWHERE = {"PORT"}  # read by `make run` alone, which the README says in words


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_make_target_in_the_documents_exists(document):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    named = re.findall(r"(?:`|^|\w=\S+ )make ([a-z]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(named) - set(targets) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_in_the_documents_exists(document):
    named = re.findall(r"manage\.py ([a-z_]+)", document.read_text(encoding="utf-8"))
    assert set(named) - COMMANDS - DJANGOS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_in_the_documents_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    ours = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in ours if not (document.parent / link).exists()] == []


def test_every_path_in_the_readme_exists():
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", README)
    no_paths = {"var/", *zoneinfo.available_timezones()}  # `make run` makes var/
    assert [path for path in named if path not in no_paths and not (ROOT / path).exists()] == []


def variables():
    """Names of the environment that the settings and `make run` read."""
    texts = [(ROOT / "leukemia_site" / file).read_text() for file in ("settings.py", "serve.py")]
    return set(re.findall(r'\b(?:env|environment|branding)\.\w+\(\s*"([A-Z_]+)"', "\n".join(texts)))


def test_the_readers_of_the_settings_are_found():
    assert variables() > {"DATABASE_URL", "SECRET_KEY", "REVIEW_CADENCE_MONTHS", "PORT"}


def test_the_readme_explains_every_variable_and_no_other():
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE))
    assert explained == variables() - ELSEWHERE
    assert all(f"{name}=" in README for name in ELSEWHERE)


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-pdf.txt", "requirements-s3.txt"]
)
def test_every_dependency_is_exact_and_says_what_it_is_for(file):
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-r"))]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+ +# .{5,}", line)] == []
