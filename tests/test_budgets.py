"""How long things may be, and what our source never holds (docs/design.md, "Budgets")."""

import ast
import math
import statistics
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib.admin import ModelAdmin
from django.core.management import BaseCommand
from django.db import models

from tests import house

pytestmark = pytest.mark.pure
# What one of a kind is, and its budget: median, nine of ten, never above.
BUDGETS = {
    "file": (85, 200, 350),  # docs/decisions/0008-budgets.md
    "function": (7, 22, 45),
    "view": (10, 25, 30),
    "template": (25, 90, 150),
    "test": (9, 18, 30),
    "parameters": (2, 4, 6),
}
FEW = 10  # of fewer things a median says nothing
DRAWERS = {"utils", "util", "helpers", "helper", "services", "misc", "common"}
# Names whose signatures are Django's, not ours.
DJANGOS = {
    name
    for cls in (
        models.Model,
        models.Field,
        models.QuerySet,
        ModelAdmin,
        forms.ModelForm,
        forms.BaseInlineFormSet,
        BaseCommand,
    )
    for name in dir(cls)
}

Sizes = dict[str, int]


def files(modules: list[house.Module]) -> Sizes:
    return {module.name: len(module.text.splitlines()) for module in modules if module.text.strip()}


def function_sizes(modules: list[house.Module]) -> Sizes:
    return {f"{m.at(node)} {node.name}": _lines(node) for m in modules for node in house.functions(m)}


def views(modules: list[house.Module]) -> Sizes:
    return {
        f"{module.at(node)} {node.name}": _lines(node)
        for module in modules
        for node in house.functions(module)
        if "request" in [argument.arg for argument in node.args.args[:2]] and node.name not in DJANGOS
    }


def parameters(modules: list[house.Module]) -> Sizes:
    return {f"{m.at(node)} {node.name}": len(_own(node)) for m in modules for node in house.functions(m)}


def lengths_of_tests(modules: list[house.Module]) -> Sizes:
    sizes = function_sizes(modules)
    return {name: lines for name, lines in sizes.items() if name.split(" ")[1].startswith("test_")}


def templates() -> Sizes:
    folders = (house.ROOT, *(house.ROOT / package for package in house.PACKAGES))
    found = (path for folder in folders for path in (folder / "templates").rglob("*.*"))
    return {str(path.relative_to(house.ROOT)): len(path.read_text().splitlines()) for path in found}


def _lines(node: house.Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _own(node: house.Function) -> list[ast.arg]:
    """Every parameter but `self`, `cls` and the starred."""
    found = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [argument for argument in found if argument.arg not in {"self", "cls"}]


def over(kind: str, sizes: Sizes) -> list[str]:
    """What is too long of its kind, and whether the kind as a whole is."""
    median, most, never = BUDGETS[kind]
    found = [f"{name}: {size} is above {never}" for name, size in sizes.items() if size > never]
    if len(sizes) >= FEW:
        ordered = sorted(sizes.values())
        if (middle := statistics.median(ordered)) > median:
            found.append(f"median {kind}: {middle} is above {median}")
        if (ninth := ordered[math.ceil(len(ordered) * 0.9) - 1]) > most:
            found.append(f"p90 {kind}: {ninth} is above {most}")
    return found


def forbidden(modules: list[house.Module]) -> Iterator[str]:
    """What the house does without, wherever it stands."""
    for module in modules:
        if module.name.rpartition(".")[2] in DRAWERS:
            yield f"{module.name} is a drawer, not a name"
        for found in house.imports(module):
            if (found.module.endswith("signals") and found.name != "post_migrate") or found.name == "signals":
                yield f"{module.at(found.node)} signal {found.name}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                yield from _classes(module, node)
            elif isinstance(node, ast.Assert):
                yield f"{module.at(node)} assert is no guard: it vanishes under python -O"


def _classes(module: house.Module, node: ast.ClassDef) -> Iterator[str]:
    if node.name.endswith("Service"):
        yield f"{module.at(node)} {node.name}: a deed is a function"
    hides = any(getattr(part, "name", "") == "get_queryset" for part in node.body)
    if hides and any(ast.unparse(base).split("[")[0].endswith("Manager") for base in node.bases):
        yield f"{module.at(node)} {node.name} hides rows"


def flags(modules: list[house.Module]) -> Iterator[str]:
    """Parameters that are true or false and may be given without their name."""
    for module in modules:
        methods = house.methods(module)
        for node in house.functions(module):
            framework = node in methods and methods[node].bases and node.name in DJANGOS
            for name in () if framework else _positional_flags(node.args):
                yield f"{module.at(node)} {node.name}({name}) takes true or false by position"


def _positional_flags(args: ast.arguments) -> list[str]:
    positional = [*args.posonlyargs, *args.args]
    defaults = [*[None] * (len(positional) - len(args.defaults)), *args.defaults]
    return [
        argument.arg
        for argument, default in zip(positional, defaults, strict=True)
        if isinstance(getattr(default, "value", None), bool)
        or (argument.annotation is not None and ast.unparse(argument.annotation) in {"bool", "bool | None"})
    ]


# -- Our own house -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BUDGETS)
def test_everything_keeps_to_its_budget(kind):
    sizes = {
        "file": lambda: files(house.modules()),
        "function": lambda: function_sizes(house.modules()),
        "view": lambda: views(house.modules()),
        "template": templates,
        "test": lambda: lengths_of_tests(house.modules(packages=("tests",))),
        "parameters": lambda: parameters(house.modules()),
    }
    house.clean(over(kind, sizes[kind]()))


def test_test_files_are_short_too():
    sizes = files(house.modules(packages=("tests", "benchmarks")))
    house.clean(f"{name}: {size}" for name, size in sizes.items() if size > BUDGETS["file"][2])


def test_the_house_holds_nothing_that_it_does_without():
    house.clean(forbidden(house.modules()))


def test_nothing_is_true_or_false_by_position():
    house.clean(flags(house.modules()))


# -- Each rule bites -----------------------------------------------------------------------------------------------


def bad(tmp_path, text, name="articles/page.py"):
    return house.write(tmp_path, {name: text})


def test_it_sees_one_that_is_too_long():
    assert over("function", {"a": 46, "b": 45}) == ["a: 46 is above 45"]


def test_it_sees_a_kind_that_grows():
    assert over("test", dict.fromkeys("abcdefghij", 10)) == ["median test: 10.0 is above 9"]
    assert over("test", {**dict.fromkeys("abcdefgh", 5), "i": 19, "j": 20}) == ["p90 test: 19 is above 18"]


def test_it_measures_functions_methods_and_parameters(tmp_path):
    found = bad(tmp_path, "class A:\n    def f(self, a, *, b):\n        x = 1\n        return x\n")
    assert function_sizes(found) == {"articles/page.py:2 f": 3}
    assert parameters(found) == {"articles/page.py:2 f": 2}


def test_it_knows_a_view_by_its_request(tmp_path):
    found = bad(tmp_path, "def page(request, slug):\n    return slug\n\ndef plain(slug):\n    return slug\n")
    assert list(views(found)) == ["articles/page.py:1 page"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("def f(x):\n    assert x", "articles/page.py:2 assert is no guard: it vanishes under python -O"),
        ("class PublishService: ...", "articles/page.py:1 PublishService: a deed is a function"),
        ("from django.db.models.signals import post_save", "articles/page.py:1 signal post_save"),
        ("from django.db.models import signals", "articles/page.py:1 signal signals"),
        ("class M(models.Manager):\n    def get_queryset(self): ...", "articles/page.py:1 M hides rows"),
    ],
)
def test_it_sees_what_the_house_does_without(tmp_path, text, complaint):
    assert list(forbidden(bad(tmp_path, text))) == [complaint]


@pytest.mark.parametrize("name", sorted(DRAWERS))
def test_it_sees_a_drawer(tmp_path, name):
    assert list(forbidden(bad(tmp_path, "", f"references/{name}.py"))) == [f"references.{name} is a drawer, not a name"]


def test_it_lets_post_migrate_pass(tmp_path):
    assert list(forbidden(bad(tmp_path, "from django.db.models.signals import post_migrate"))) == []


@pytest.mark.parametrize("signature", ["x, flag=True", "flag: bool", "x, flag: bool | None = None"])
def test_it_sees_a_flag_by_position(tmp_path, signature):
    found = list(flags(bad(tmp_path, f"def f({signature}): ...")))
    assert found == ["articles/page.py:1 f(flag) takes true or false by position"]


def test_it_lets_named_flags_and_djangos_own_signatures_pass(tmp_path):
    good = "def f(x, *, flag=True): ...\nclass F(Field):\n    def pre_save(self, instance, add: bool): ...\n"
    assert list(flags(bad(tmp_path, good))) == []
