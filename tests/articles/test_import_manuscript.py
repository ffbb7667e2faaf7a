"""The command: files to drafts, one line each, and what a person has to look at."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles import markup
from articles.models import Article, Manuscript, Section
from tests import cast
from tests.articles.importing import reading, test_no_loss

PAGE = """Acute Example Leukemia
April 19, 2024
Reviewed by Jane Roe, MD, Example Hospital
Acute example leukemia (AEL) is a cancer of the blood.[1]
Symptoms include fever and fatigue.
References
1. National Example Institute. Example leukemia. https://example.org/ael
2. Example Society. Blood facts. https://example.org/facts
"""


@pytest.fixture
def wanda(db):
    return cast.cast().wanda


@pytest.fixture
def page(tmp_path):
    return written(tmp_path, "ael.txt", PAGE)


def written(folder, name, text):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def run(capsys):
    """Run the command as Wanda; returns the lines on stdout."""

    def call(*files, **options):
        call_command("import_manuscript", *map(str, files), **{"by": "wanda", **options})
        return capsys.readouterr().out.splitlines()

    return call


def test_it_works(wanda, page, run):
    lines = run(page)
    article = Article.objects.get()
    assert lines[0].startswith(f"created: {page}: “Acute Example Leukemia”")
    assert (article.started_by, article.slug) == (wanda, "acute-example-leukemia")
    assert "<cite data-source=" in article.summary
    assert list(article.sections.values_list("heading", "heading_proposed")) == [
        ("Symptoms of acute example leukemia", True)
    ]


def test_what_the_document_says_is_kept_and_is_no_review(wanda, page, run):
    run(page)
    kept = Manuscript.objects.get()
    assert kept.said["review"]["statement"] == "Reviewed by Jane Roe, MD, Example Hospital"
    assert kept.said["dates"][0]["as_printed"] == "April 19, 2024"
    assert not Article.objects.get().reviews.exists()


def test_an_uncited_reference_is_kept_on_the_article_and_reported(wanda, page, run):
    lines = run(page)
    assert [source.title for source in Article.objects.get().uncited.all()] == ["Blood facts"]
    assert any("Reference 2 is not cited anywhere" in line for line in lines)


def test_a_second_run_changes_nothing(wanda, page, run):
    run(page)
    before = Article.objects.values().get()
    (line,) = run(page)
    assert line == f"unchanged: {page}: already here as “Acute Example Leukemia”."
    assert Article.objects.values().get() == before


def test_a_dry_run_says_what_it_would_do_and_saves_nothing(wanda, page, run):
    assert run(page, dry_run=True)[0].startswith(f"would create: {page}: ")
    assert not Article.objects.exists()
    assert not Manuscript.objects.exists()


def test_json_prints_the_parse_and_needs_no_database(page, run):
    found = json.loads("\n".join(run(page, json=True, by=None)))
    assert found["title"] == "Acute Example Leukemia"
    assert found["printed_date"]["value"] == "2024-04-19"
    assert [reference["n"] for reference in found["references"]] == [1, 2]


def test_json_of_many_files_tells_the_refused_ones(tmp_path, page, capsys):
    bad = written(tmp_path, "bad.txt", b"\0\0")
    with pytest.raises(CommandError, match="1 of 2 files refused"):
        call_command("import_manuscript", str(page), str(bad), json=True)
    first, second = json.loads(capsys.readouterr().out)
    assert first["title"] == "Acute Example Leukemia"
    assert second["refused"].startswith("bad.txt: ")


def test_one_bad_file_neither_stops_nor_spoils_the_rest(wanda, tmp_path, page, capsys):
    bad = written(tmp_path, "bad.txt", "Only a title")
    other = written(tmp_path, "other.txt", PAGE.replace("Acute", "Chronic").replace("acute", "chronic"))
    with pytest.raises(CommandError, match="1 of 4 files refused"):
        call_command("import_manuscript", str(page), str(bad), str(other), str(page), by="wanda")
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [line.split(":")[0] for line in lines] == ["created", "refused", "created", "unchanged"]
    assert Article.objects.count() == 2


def test_many_files_show_their_progress_on_stderr(wanda, tmp_path, page, capsys):
    other = written(tmp_path, "other.txt", PAGE.replace("cancer", "disease"))
    call_command("import_manuscript", str(page), str(other), by="wanda")
    said = capsys.readouterr()
    assert "2/2" in said.err
    assert "2/2" not in said.out


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_is_no_file_is_refused_without_a_traceback(wanda, tmp_path, name, capsys):
    with pytest.raises(CommandError, match="1 of 1 files refused"):
        call_command("import_manuscript", str(tmp_path / name), by="wanda")
    assert "cannot be read" in capsys.readouterr().out


def test_a_file_too_large_is_refused_before_it_is_read(wanda, tmp_path, capsys):
    large = written(tmp_path, "large.txt", b"x" * 2_000_001)
    with pytest.raises(CommandError):
        call_command("import_manuscript", str(large), by="wanda")
    assert "large.txt: the file is too large (2.0 MB; at most 2 MB)" in capsys.readouterr().out


def test_the_format_can_be_named(wanda, tmp_path, run):
    path = written(tmp_path, "page.txt", "<h1>Anemia</h1><p>Anemia is a lack of red cells.</p>")
    run(path, format="html")
    assert Article.objects.get().title == "Anemia"


@pytest.mark.parametrize(
    ("by", "message"), [("sam", "may not write articles"), ("nobody", "no active account “nobody”")]
)
def test_only_a_writer_may_import(wanda, page, by, message):
    with pytest.raises(CommandError, match=message):
        call_command("import_manuscript", str(page), by=by)
    assert not Article.objects.exists()


def test_without_a_name_the_only_superuser_imports(db, page, run):
    with pytest.raises(CommandError, match="Say who imports"):
        run(page, by=None)
    User.objects.create_superuser("root")
    run(page, by=None)
    assert Article.objects.get().started_by.username == "root"


def test_the_page_the_project_began_with_becomes_a_draft(wanda, shared_data, run):
    run(shared_data / "seed" / "acute-lymphocytic-leukemia.txt")
    article = Article.objects.get()
    assert article.sections.filter(kind=Section.Kind.INSTITUTIONAL).count() == 2
    assert article.uncited.count() == 8
    assert set(article.condition.names.values_list("name", flat=True)) == {"acute lymphoblastic leukemia", "ALL"}


def test_two_hundred_articles_become_drafts_without_losing_a_word(wanda, shared_data, tmp_path, run):
    records = [json.loads(line) for line in (shared_data / "medquad-sample.jsonl").read_text().splitlines()]
    sources = {f"{record['id']}.txt": test_no_loss.as_manuscript(record) for record in records}
    run(*(written(tmp_path, name, text) for name, text in sources.items()))
    assert Article.objects.count() == len(records) >= 200
    for kept in Manuscript.objects.select_related("article"):
        article = kept.article
        drafted = [article.title, markup.text(article.summary), json.dumps(kept.said, ensure_ascii=False)]
        drafted += [part for s in article.sections.all() for part in (s.heading, markup.text(s.body))]
        assert not reading.words(sources[kept.file_name]) - reading.words("\n".join(drafted)), kept.file_name
