"""The static files: of the editor what it needs and nothing else, and a dark scheme that is nothing but colors."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house import ROOT

EDITOR = Path("ckeditor/ckeditor")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.storage.staticfiles_storage.location", str(folder), raising=False)
        call_command("collectstatic", interactive=False, verbosity=0)
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_the_editor_is_trimmed(collected):
    ours = [path for path in collected if path.parts[0] == "ckeditor"]
    assert 200 < len(ours) < 300
    assert [path for path in ours if path.suffix in {".html", ".md"}] == []


@pytest.mark.parametrize("plugin", ["preview", "codesnippetgeshi", "iframe", "uploadimage", "templates", "scayt"])
def test_plugins_with_holes_are_not_served(collected, plugin):
    assert [path for path in collected if path.is_relative_to(EDITOR / "plugins" / plugin)] == []


@pytest.mark.parametrize("part", ["ckeditor.js", "skins/moono-lisa/editor.css", "plugins/link/dialogs/link.js"])
def test_what_the_editor_needs_is_there(collected, part):
    assert EDITOR / part in collected


@pytest.mark.parametrize("sheet", sorted((ROOT / "static").rglob("*.css")), ids=lambda path: path.name)
def test_a_dark_scheme_changes_colors_alone(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    dark = re.findall(r"prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)|data-theme[^{]*(\{[^{}]*\})", text)
    properties = re.findall(r"[{;]\s*([\w-]+)\s*:", str(dark).replace("\\n", " "))
    assert [name for name in properties if not name.startswith("--") and "color" not in name] == []
