"""Whoever changes words is recorded, by whichever path: nobody's own words can pass for words that two have seen."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from articles import drafting, earlier, intake, redacting, reviewing, roles
from articles.content import sha256
from articles.importing import read
from articles.models import Article, Revision
from references.models import Source
from tests import cast, house
from tests.articles.admin import desk, signing

DOSE = "<p>The usual dose is 4 mg.</p>"

# -- by shape ------------------------------------------------------------------------------------------------------

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MANY = {"insert", "insert_values", "update"}  # of references/models/many.py: their first argument says of what
WORDS = re.compile(r"\b(Article|Section|articles?|sections?|there)\b|\bsuper\(\)\.save|\bself\.instance\b")
# Every function that writes a row of Article or Section, and what it ends in.
WRITERS = {
    "articles.drafting.starting.start": "account",
    "articles.drafting.rows.create_section": "a step of start and rewrite",
    "articles.drafting.changing.rewrite": "account",
    "articles.drafting.changing.confirm_headings": "no words: the proposal's flag alone",
    "articles.settling.account": "itself: revision and digest",
    "articles.admin.conditions.ConditionAdmin.save_related": "no words: names and codes of a condition, for machines",
    "articles.settling._anchor": "a step of account",
    "articles.settling._derive_citations": "a step of account: citations, which follow from words",
    "articles.reliances.post": "no words: what readers' pages lean on",
    "articles.redacting._erase_draft": "account",
    "articles.stories._take": "account",
    "articles.redacting.confirm": "a step of _erase_draft: unsaved texts of articles that were never saved",
    "articles.redacting._erase_from": "a step of _erase_draft: unsaved texts",
    "articles.showings.post": "no words: which pictures readers may see",
    "articles.binning.bin_draft": "no words: the bin",
    "articles.binning.unbin": "no words: the bin",
    "articles.bulk.deferring.write": "no words: deferrals",
    "articles.bulk.deferring.Defer.write_back": "no words: deferrals that end",
    "articles.keeping.set_cadence": "no words: tier and cadence",
    "articles.keeping.assign": "no words: whose page it is",
    "articles.bulk.assigning._write": "no words: whose pages they are",
    "articles.bulk.cadences._write": "no words: tier and cadence",
    "articles.publishing._put": "no words: whether somebody has to do with them",
    "articles.addresses.move": "no words: public addresses",
    "articles.unsaved.leave": "no words: who is there",
    "articles.admin.accounts.AccountAdmin.save_model": "an account",
    "articles.admin.sources.LibraryAdmin.save_model": "a source: who asks for the next review answers for its words",
    "references.models.frozen.FrozenModel.save": "no words of ours: rows that are never changed",
    "references.models.source.Source.save": "a source: who asks for the next review answers for its words",
    "articles.admin.sections.SectionForm.save": "a step of the article form",
    "articles.admin.article.ArticleAdmin.save_model": "a step of the article form, which calls save_related",
    "articles.admin.article.ArticleAdmin.save_related": "settle",
}


def qualified(module: house.Module) -> Iterator[tuple[str, house.Function]]:
    inside = house.methods(module)
    for function in house.functions(module):
        of = f"{inside[function].name}." if function in inside else ""
        yield f"{module.name}.{of}{function.name}", function


def writes(function: house.Function) -> bool:
    """Whether a row of Article or Section may be written here: by the names of what is called."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and house.called(node) in {*WRITES, "save_related", "save_model"}:
            on = ast.unparse(node.func)
            if WORDS.search(on.rpartition(".")[0]) or "super().save" in on:
                return True
        many = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and house.called(node) in MANY
        if many and WORDS.search(ast.unparse(node.args[0])):
            return True
    return any(isinstance(node, ast.For) and loops_over_sections(node) for node in ast.walk(function))


def loops_over_sections(loop: ast.For) -> bool:
    saved = {house.called(node) for node in ast.walk(loop) if isinstance(node, ast.Call)} & {"save", "delete"}
    return bool(saved) and bool(WORDS.search(ast.unparse(loop.iter)))


def found() -> dict[str, house.Function]:
    kept = ("articles.models", "articles.demonstration")
    modules = [m for m in house.modules(packages=("articles", "references")) if not m.name.startswith(kept)]
    return {name: function for module in modules for name, function in qualified(module) if writes(function)}


def test_every_function_that_writes_words_is_known():
    assert set(found()) == set(WRITERS), "say in WRITERS how whoever changed the words is recorded"


def test_each_of_them_ends_in_the_account_that_records_the_person():
    for name, ending in WRITERS.items():
        if ending in ("account", "settle"):
            calls = [house.called(node) for node in ast.walk(found()[name]) if isinstance(node, ast.Call)]
            assert ending in calls, name


# -- by deed -------------------------------------------------------------------------------------------------------


def by_import() -> Article:
    manuscript = read(b"Example disease\n\nIt begins in the marrow.\n", "a.txt", "text", today=cast.NOON.date())
    return intake.draft(manuscript, by=cast.person("edith", roles.EDITOR), at=cast.NOON)


def by_start() -> Article:
    return drafting.start(cast.words(), by=cast.person("edith", roles.EDITOR), at=cast.NOON)


def by_revise() -> Article:
    return cast.edited(cast.draft(), by="edith")


def by_form() -> Article:
    article, edith = cast.draft(), desk.client("edith", roles.EDITOR)
    url = desk.change_url(article)
    desk.send(edith, url, desk.opened(edith, url), **desk.row(1, body=DOSE))
    return article


def by_new_form() -> Article:
    edith = desk.client("edith", roles.EDITOR)
    fields = desk.opened(edith, desk.ADD)
    desk.send(edith, desk.ADD, fields, title="New", slug="new", summary=DOSE)
    return Article.objects.get(slug="new")


def by_deleting_a_section() -> Article:
    article, edith = cast.draft(), desk.client("edith", roles.EDITOR)
    url = desk.change_url(article)
    desk.send(edith, url, desk.opened(edith, url), **desk.row(1, DELETE="on"))
    return article


def by_correction() -> Article:
    review = cast.requested()
    words = cast.with_body(review.words(), "treatment", DOSE)
    reviewing.correct_and_attest(review, words, by=review.reviewer.account, at=cast.NOON, digest=review.digest)
    return review.article


def by_correction_on_screen() -> Article:
    return signing.corrected().article


def by_redaction() -> Article:
    article, people = cast.draft(), cast.cast()
    hashes = [sha256(article.sections.get(anchor="treatment").body)]
    asked = redacting.ask(article, hashes=hashes, reason="A name.", by=people.paula, at=cast.NOON)
    redacting.confirm(asked, by=people.ada, at=cast.NOON)
    return article


def by_bringing_back_an_edition() -> Article:
    article, edith = cast.edited(cast.published().article), cast.person("edith", roles.EDITOR)
    return drafting.bring_back(article, article.editions.get(), by=edith, at=cast.NOON, base_revision=2)


def by_bringing_back_an_earlier_state() -> Article:
    article, edith = cast.edited(cast.draft()), cast.person("edith", roles.EDITOR)
    return earlier.bring_back(article, 1, by=edith, at=cast.NOON, base_revision=2)


def by_a_source_in_the_library() -> Article:
    """Somebody changed the title of a cited source; whoever asks for a review answers for what it now says."""
    article = cast.draft()
    Source.objects.update(title="What is another disease?")
    edith = cast.person("edith", roles.EDITOR)
    reviewing.request(article, reviewer=cast.reviewer(), by=edith, at=cast.NOON)
    return article


PATHS: list[tuple[Callable[[], Article], str, str, int]] = [
    (by_import, "edith", "import", 1),
    (by_start, "edith", "edit", 1),
    (by_revise, "edith", "edit", 2),
    (by_form, "edith", "edit", 2),
    (by_new_form, "edith", "edit", 1),
    (by_deleting_a_section, "edith", "edit", 2),
    (by_correction, "rosa", "correction", 2),
    (by_correction_on_screen, "rosa", "correction", 2),
    (by_redaction, "ada", "redaction", 2),
    (by_bringing_back_an_edition, "edith", "revert", 3),
    (by_bringing_back_an_earlier_state, "edith", "restore", 3),
    (by_a_source_in_the_library, "edith", "edit", 2),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "who", "how", "number"), PATHS, ids=lambda value: getattr(value, "__name__", None))
def test_whoever_changes_words_is_recorded(path, who, how, number):
    article = path()
    last = Revision.objects.filter(article=article).latest("number")
    assert (last.by.username, last.how, last.number) == (who, how, number)
    assert last.words() == Article.objects.get(pk=article.pk).content()


def test_every_way_that_a_revision_can_be_made_has_a_path_here_or_among_the_tests_of_the_form():
    of_the_form = {"autosave", "merge"}  # tests/articles/admin/: what the form restores and merges
    assert {how for _path, _who, how, _number in PATHS} == set(Revision.How.values) - of_the_form
