"""Who may do what, walked through whole: every role at every deed, admin address and action (design §5)."""

import ast
import importlib
import inspect
from collections.abc import Iterator

import pytest
from django.db import transaction

from articles import roles
from articles.models import Chain
from tests import house
from tests.permissions import people
from tests.permissions.deeds import DEEDS, QUESTIONS, STEPS, Row

pytestmark = pytest.mark.django_db


def found() -> Iterator[str]:
    """Every public function of the house that is done by somebody."""
    for module in house.modules(packages=("articles", "references")):
        code = importlib.import_module(module.name)
        for name, function in inspect.getmembers(code, inspect.isfunction):
            by = inspect.signature(function).parameters.get("by")
            if function.__module__ == module.name and not name.startswith("_") and by and by.kind == by.KEYWORD_ONLY:
                yield f"{module.name}.{name}"


def tried(row: Row, letter: str) -> str:
    """The letter if the deed was done, "" if the role did not allow it; all is taken back."""
    with transaction.atomic():
        doer = people.account(letter)
        given = row.given(doer)
        before = Chain.objects.get().count if Chain.objects.exists() else 0
        try:
            row.do(people.settled(doer, letter), given)
        except roles.NotAllowed:
            letter = ""
            assert before == (Chain.objects.get().count if Chain.objects.exists() else 0)
        finally:
            transaction.set_rollback(True)
    return letter


# -- deeds ---------------------------------------------------------------------------------------------------------


def test_every_deed_has_a_row():
    listed = {row.name for row in DEEDS} | STEPS | QUESTIONS
    assert set(found()) - listed == set(), "give it a row in tests/permissions/deeds.py"
    assert listed - set(found()) == set(), "this is gone: take its row out of tests/permissions/deeds.py"


@pytest.mark.parametrize("row", DEEDS, ids=lambda row: row.name)
def test_a_deed_is_done_by_its_roles_and_by_nobody_else(row):
    assert "".join(tried(row, letter) for letter in people.ACCOUNTS) == row.allowed


DOORS = ("articles.admin", "articles.management", "articles.reading", "articles.demonstration")


def test_steps_that_ask_no_permission_are_called_from_inside_deeds_alone():
    house.clean(steps_taken(house.modules()))


def test_a_door_that_takes_a_step_is_found(tmp_path):
    calls = "from articles import drafting\n\ndrafting.rewrite(1)\n"
    imports = "from articles.settling import account\n"
    asks = "from articles import drafting\n\ndrafting.revise(1)\n"
    files = {f"articles/admin/{name}.py": text for name, text in (("a", calls), ("b", imports), ("c", asks))}
    assert len(list(steps_taken(house.write(tmp_path, files)))) == 2


def steps_taken(modules: list[house.Module]) -> Iterator[str]:
    known = {name for step in STEPS for name in names_of(step)}
    for module in modules:
        if module.name.startswith(DOORS):
            found = [(name, node) for name, node in called_or_imported(module) if name in known]
            yield from (f"{module.at(node)}: {name} is a step inside a deed" for name, node in found)


def names_of(step: str) -> set[str]:
    """A step's own name, and the shorter ones under which its package hands it out or somebody calls it."""
    *places, name = step.split(".")
    return {f"{'.'.join(places[:end])}.{name}" for end in range(2, len(places) + 1)} | {f"articles.{places[-1]}.{name}"}


def called_or_imported(module: house.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield f"articles.{ast.unparse(node.func)}", node
    yield from ((f"{one.module}.{one.name}", one.node) for one in house.imports(module))
