"""Who may import whom (docs/design.md, docs/decisions/0007), read from the source, inside functions too."""

from collections.abc import Iterator

import pytest

from tests import house

pytestmark = pytest.mark.pure

# Everything below the deeds; then what several deeds share (these know no deed); then the deeds, each knowing only
# those before it.
BELOW = (
    "articles.models articles.seals articles.content articles.dates articles.markup articles.redline articles.page "
    "articles.leaning articles.telling articles.told "
    "articles.checking articles.roles articles.refusals articles.clock references"
)
SHARED = (
    f"{BELOW} articles.addresses articles.contributions articles.lineage articles.notices articles.outbox "
    "articles.due articles.events articles.news articles.plans articles.policy articles.reliances articles.settling "
    "articles.showings articles.figures articles.mentions articles.pictures articles.timeline"
)
ASKING = f"{SHARED} articles.drafting articles.asking articles.handing"
REVIEWING = f"{ASKING} articles.answering articles.commenting articles.reviewing articles.signoffs"
DEEDS = (
    f"{REVIEWING} articles.publishing articles.recording articles.keeping articles.redacting articles.intake "
    "articles.importing articles.scheduling articles.runs articles.timed articles.binning articles.earlier "
    "articles.merging articles.unsaved articles.leaving articles.alerting articles.surveillance articles.readdressing "
    "articles.library articles.papers articles.stories articles.ladder articles.whom articles.wordings "
    "articles.reminding articles.withdrawing articles.snoozing articles.facts articles.renewing "
    "articles.calendars articles.filters articles.bulk articles.reaffirming articles.denying"
)
# The row of the longest name that fits decides. A module always may import from its own folder.
ROWS = {
    "articles": "",
    "articles.markup": "",
    "articles.dates": "",
    "articles.due": "articles.dates",
    "articles.events": "articles.models references.models",
    "articles.news": "articles.due articles.events articles.models articles.policy references.models",
    "articles.policy": "articles.due articles.events articles.models articles.refusals articles.roles",
    "articles.refusals": "",
    "articles.roles": "articles.refusals",
    "articles.accounts": "articles.refusals articles.roles",
    "articles.content": "articles.markup",
    "articles.fields": "articles.markup",
    "articles.seals": "articles.content",
    "articles.blocks": "articles.content articles.markup",
    "articles.redline": "articles.blocks articles.content articles.markup",
    "articles.merging": "articles.content",
    "articles.pictures": "",
    "articles.page": "articles.content articles.markup articles.dates articles.pictures.sizes articles.told "
    "references.formatting",
    "articles.told": "articles.content",
    "articles.telling": "articles.content articles.models articles.page articles.told",
    "articles.papers": "articles.refusals",
    "articles.stories": f"{SHARED} articles.papers articles.drafting",
    "articles.prose": "articles.markup articles.page",
    "articles.languages": "",
    "articles.identities": "",
    "articles.profiles": "articles.models articles.page articles.prose",
    "articles.sitepages": "articles.languages articles.models articles.page articles.prose",
    "articles.rewording": "articles.content articles.languages articles.markup articles.models articles.refusals "
    "articles.roles articles.sitepages",
    "articles.leaning": "articles.content articles.markup articles.page references.formatting",
    "articles.handouts": "articles.content articles.page articles.pictures",
    "articles.jsonld": "articles.content articles.page",
    "articles.importing": "articles.content articles.markup references.reading references.identifiers",
    "articles.checking": "articles.blocks articles.content articles.markup references.reading references.identifiers",
    "articles.models": "articles.blocks articles.content articles.dates articles.due articles.fields "
    "articles.markup articles.seals articles.told references.models references.health",
    "articles.triggers": "articles.models",
    "articles.apps": "articles.outdated articles.triggers articles.roles articles.handouts articles.policy "
    "references.models.change",
    "articles.evidence": BELOW,
    "articles.heads": "articles.models articles.seals",
    "articles.verifying": f"{BELOW} articles.addresses articles.papers articles.due articles.events "
    "articles.heads articles.mentions articles.pictures articles.policy "
    "articles.reliances articles.showings articles.triggers",
    "articles.timeline": BELOW,
    "articles.clock": "",
    "articles.letters": BELOW,
    "articles.outbox": f"{BELOW} articles.letters",
    "articles.notices": f"{BELOW} articles.outbox",
    "articles.plans": f"{BELOW} articles.notices articles.timeline",
    "articles.contributions": BELOW,
    "articles.lineage": f"{BELOW} articles.contributions",
    "articles.reliances": BELOW,
    "articles.showings": BELOW,
    "articles.mentions": BELOW,
    "articles.facts": SHARED,
    "articles.renewing": f"{REVIEWING} articles.facts articles.unsaved",
    "articles.figures": f"{BELOW} articles.pictures",
    "articles.addresses": f"{BELOW} articles.contributions articles.due articles.events articles.lineage "
    "articles.mentions articles.policy "
    "articles.reliances articles.showings",
    "articles.settling": f"{BELOW} articles.addresses articles.contributions articles.figures articles.mentions "
    "articles.notices articles.timeline",
    "articles.drafting": SHARED,
    "articles.library": f"{BELOW} articles.reliances",
    "articles.asking": SHARED + " articles.drafting",
    "articles.handing": ASKING,
    "articles.signoffs": SHARED,
    "articles.answering": f"{SHARED} articles.drafting",
    "articles.commenting": f"{SHARED} articles.blocks articles.drafting",
    "articles.reviewing": REVIEWING,
    "articles.leaving": REVIEWING,
    "articles.publishing": REVIEWING,
    "articles.scheduling": f"{REVIEWING} articles.publishing",
    "articles.alerting": f"{SHARED} articles.drafting",
    "articles.surveillance": f"{REVIEWING} articles.publishing",
    "articles.readdressing": f"{REVIEWING} articles.publishing articles.surveillance",
    "articles.runs": "articles.models",
    "articles.reminders": f"{REVIEWING} articles.publishing",
    "articles.ladder": "",
    "articles.whom": "articles.models articles.roles",
    "articles.wordings": "articles.due articles.ladder",
    "articles.reminding": "articles.due articles.ladder articles.models articles.outbox "
    "articles.whom articles.wordings",
    "articles.withdrawing": f"{REVIEWING} articles.ladder articles.publishing articles.whom",
    "articles.snoozing": f"{SHARED} articles.drafting articles.ladder",
    "articles.timed": "articles.bulk articles.models articles.earlier articles.figures articles.heads articles.notices "
    "articles.outbox articles.outdated articles.policy articles.recording articles.roles articles.reminders "
    "articles.reminding articles.withdrawing articles.scheduling articles.stories articles.unsaved "
    "articles.reading.printing references.examining",
    "articles.vouching": REVIEWING,
    "articles.recording": f"{REVIEWING} articles.papers articles.vouching",
    "articles.reaffirming": REVIEWING,
    "articles.denying": REVIEWING,
    "articles.keeping": REVIEWING,
    "articles.bulk": f"{REVIEWING} articles.keeping articles.recording articles.vouching",
    "articles.bulk.lines": "",
    "articles.bulk.spreading": "",
    "articles.redacting": f"{REVIEWING} articles.blocks articles.handouts",
    "articles.earlier": f"{SHARED} articles.drafting",
    "articles.unsaved": BELOW,
    "articles.binning": REVIEWING,
    "articles.calendars": BELOW,
    "articles.filters": BELOW,
    "articles.intake": f"{SHARED} articles.drafting articles.importing",
    "articles.demonstration": f"{DEEDS} articles.blocks",
    "articles.operating": "articles.models articles.timed leukemia_site.observing references.models",
    "articles.standings": "articles.page references.health references.models",
    "articles.outdated": "articles.models leukemia_site.front.changes references.health references.models",
    "articles.reading": "articles.page articles.content articles.dates articles.handouts articles.leaning "
    "articles.models articles.outdated articles.pictures.serving "
    "articles.profiles articles.redline articles.sitepages articles.standings articles.telling "
    "leukemia_site.branding leukemia_site.csp leukemia_site.front leukemia_site.once "
    "leukemia_site.prepared leukemia_site.replicas references.models references.formatting references.writing",
    "articles.admin": f"{DEEDS} articles.rewording articles.identities articles.languages articles.profiles "
    "articles.sitepages articles.accounts articles.evidence articles.fields leukemia_site.csp "
    "articles.blocks articles.standings leukemia_site.visitor",
    "articles.management": f"{DEEDS} articles.demonstration articles.heads articles.verifying leukemia_site.loaded",
    "articles.templatetags": (
        "articles.clock articles.content articles.markup articles.dates articles.jsonld articles.page "
        "articles.pictures.serving "
        "leukemia_site.branding leukemia_site.leading leukemia_site.observing.request_ids leukemia_site.once "
        "leukemia_site.styles "
        "references.formatting"
    ),
    "references": "",
    "leukemia_site": "",
    "leukemia_site.backups": "articles.outdated articles.triggers",
    "leukemia_site.front": "",
    "leukemia_site.pages": "leukemia_site.front leukemia_site.gone leukemia_site.observing.store leukemia_site.release",
    "leukemia_site.wsgi": "leukemia_site.behind leukemia_site.front leukemia_site.loaded leukemia_site.observing "
    "leukemia_site.pages",
    "leukemia_site.behind": "articles.clock articles.reading.log leukemia_site.front leukemia_site.replicas",
    "leukemia_site.mirror": "articles.handouts articles.models articles.outdated.asking articles.profiles "
    "articles.reading.ahead articles.reading.orders articles.sitepages leukemia_site.backups "
    "leukemia_site.csp leukemia_site.front leukemia_site.leading leukemia_site.observing.middleware leukemia_site.once "
    "leukemia_site.release leukemia_site.styles",
    "leukemia_site.management": "leukemia_site.backups leukemia_site.mirror",
    "leukemia_site.observing": "",
}
# The public side knows no draft: of the models it may name these, and never the whole package.
READERS_MODELS = {
    "Published",
    "ReviewPolicy",
    "Cover",
    "Edition",
    "Review",
    "Reviewer",
    "Condition",
    "Showing",
    "AS_SIGNED",
    "ReaderCounter",  # how far a copy of the database is
}


def row(name: str) -> str | None:
    """The row of the table that speaks of a module."""
    fitting = [key for key in ROWS if name == key or name.startswith(f"{key}.")]
    best = max(fitting, key=len, default=None)
    return None if best == "articles" != name else best


def _within(name: str, folders: list[str]) -> bool:
    return any(name == folder or name.startswith(f"{folder}.") for folder in folders)


def wrong_directions(modules: list[house.Module]) -> Iterator[str]:
    known = {module.name for module in modules}
    for module in modules:
        stands = row(module.name)
        if stands is None:
            yield f"{module.name} stands in no row of the import table"
            continue
        own = stands if stands != "articles" else module.name
        for found in house.imports(module):
            target = house.first_party(found, known)
            if target and not _within(target, [own, *ROWS[stands].split()]):
                yield f"{module.at(found.node)} {module.name} may not import {target}"


def drafts_in_reading(modules: list[house.Module]) -> Iterator[str]:
    for module in modules:
        for found in house.imports(module) if _within(module.name, ["articles.reading"]) else ():
            names_a_draft = _within(found.module, ["articles.models"]) and found.name not in READERS_MODELS
            if names_a_draft or (found.module, found.name) == ("articles", "models"):
                yield f"{module.at(found.node)} {module.name} may not import {found.name or found.module}"


def inner_imports(modules: list[house.Module]) -> Iterator[str]:
    for module in modules:
        for found in house.imports(module):
            if found.in_function and not hasattr(found.node, "func"):
                yield f"{module.at(found.node)} import inside a function"


def django_in_pure(modules: list[house.Module]) -> Iterator[str]:
    for module in modules:
        if house.is_pure(module.name):
            for found in house.imports(module):
                words = found.module == "django.utils.translation"  # what a person will read
                if _within(found.module, ["django"]) and not words:
                    yield f"{module.at(found.node)} {module.name} is pure and may not import {found.module}"


def cycles(modules: list[house.Module]) -> list[set[str]]:
    """Sets of modules that import each other, round about."""
    known = {module.name for module in modules}
    graph = {m.name: {house.first_party(found, known) for found in house.imports(m)} - {None, m.name} for m in modules}
    reach = {name: _reachable(graph, name) for name in graph}
    rings = {frozenset({name, *(other for other in reach[name] if name in reach[other])}) for name in graph}
    return [set(ring) for ring in rings if len(ring) > 1]


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    seen, todo = set(), [start]
    while todo:
        fresh = graph[todo.pop()] - seen
        seen |= fresh
        todo += fresh
    return seen


# -- Our own house -------------------------------------------------------------------------------------------------


def test_every_import_goes_the_allowed_way():
    house.clean(wrong_directions(house.modules()))


def test_the_public_side_names_no_draft():
    house.clean(drafts_in_reading(house.modules()))


def test_nothing_is_imported_inside_a_function():
    house.clean(inner_imports(house.modules()))


def test_pure_modules_know_no_django():
    house.clean(django_in_pure(house.modules()))


def test_no_modules_import_each_other_in_a_ring():
    house.clean(cycles(house.modules()))


# -- Each rule bites -----------------------------------------------------------------------------------------------


def test_it_sees_a_wrong_direction_even_inside_a_function(tmp_path):
    bad = "def f():\n    from articles.models import Article\n"
    found = house.write(tmp_path, {"references/health.py": bad, "articles/models/article.py": ""})
    assert list(wrong_directions(found)) == ["references/health.py:2 references.health may not import articles.models"]


def test_it_sees_a_module_imported_from_its_package(tmp_path):
    found = house.write(tmp_path, {"articles/content.py": "from articles import dates", "articles/dates.py": ""})
    assert list(wrong_directions(found)) == ["articles/content.py:1 articles.content may not import articles.dates"]


def test_it_sees_a_relative_import(tmp_path):
    found = house.write(
        tmp_path, {"articles/reading/views.py": "from ..drafting import start", "articles/drafting.py": ""}
    )
    assert list(wrong_directions(found)) == [
        "articles/reading/views.py:1 articles.reading.views may not import articles.drafting"
    ]


def test_it_sees_an_import_by_name(tmp_path):
    bad = "def f():\n    import_string('articles.admin.site')()\n"
    found = house.write(tmp_path, {"articles/markup.py": bad, "articles/admin/x.py": ""})
    assert list(wrong_directions(found)) == ["articles/markup.py:2 articles.markup may not import articles.admin"]


def test_it_asks_for_a_row_for_every_new_module(tmp_path):
    found = house.write(tmp_path, {"articles/newcomer.py": ""})
    assert list(wrong_directions(found)) == ["articles.newcomer stands in no row of the import table"]


def test_it_lets_allowed_imports_pass(tmp_path):
    good = "from articles.markup import clean\nfrom django.utils.translation import gettext_lazy as _\n"
    found = house.write(tmp_path, {"articles/content.py": good, "articles/markup.py": "import nh3"})
    assert [*wrong_directions(found), *django_in_pure(found), *cycles(found)] == []


def test_it_sees_a_draft_on_the_public_side(tmp_path):
    bad = (
        "from articles.models import Published, Article\nfrom articles import models\nimport articles.models.article\n"
    )
    found = house.write(tmp_path, {"articles/reading/views.py": bad, "articles/models/article.py": ""})
    assert [line.split(" ", 1)[0] for line in drafts_in_reading(found)] == [
        "articles/reading/views.py:1",
        "articles/reading/views.py:2",
        "articles/reading/views.py:3",
    ]


def test_it_sees_an_inner_import(tmp_path):
    found = house.write(tmp_path, {"articles/page.py": "class A:\n    def f(self):\n        import json\n"})
    assert list(inner_imports(found)) == ["articles/page.py:3 import inside a function"]


def test_it_sees_django_in_a_pure_module(tmp_path):
    found = house.write(tmp_path, {"articles/checking/rule.py": "from django.db import models"})
    assert list(django_in_pure(found)) == [
        "articles/checking/rule.py:1 articles.checking.rule is pure and may not import django.db"
    ]


def test_it_sees_a_ring_of_three(tmp_path):
    ring = {"a": "b", "b": "c", "c": "a", "d": "a"}
    found = house.write(tmp_path, {f"references/{a}.py": f"from references import {b}" for a, b in ring.items()})
    assert cycles(found) == [{"references.a", "references.b", "references.c"}]
