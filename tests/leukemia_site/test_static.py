"""The collected static files: what the editor needs, nothing that it does not."""

from pathlib import Path

import pytest
from django.core.management import call_command

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
