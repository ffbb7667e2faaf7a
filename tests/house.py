"""Reads our own source as text: modules, imports, functions. What the tests of the house's rules stand on."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("articles", "references", "leukemia_site")
# Modules and folders that know no Django: words in, words out.
PURE = (
    "articles.blocks articles.content articles.dates articles.identities articles.jsonld articles.languages "
    "articles.ladder articles.leaning articles.merging articles.page articles.prose articles.seals articles.told "
    "articles.markup articles.importing "
    "articles.checking articles.redline references.reading references.writing references.identifiers "
    "references.formatting references.fetching references.looking references.visible references.health "
    "references.signs references.phrases references.background references.apart references.pasting "
    "leukemia_site.branding leukemia_site.contrast leukemia_site.front "
    "leukemia_site.mirror.entries leukemia_site.mirror.headers leukemia_site.mirror.links "
    "leukemia_site.mirror.manifests leukemia_site.mirror.outdated leukemia_site.mirror.packing "
    "leukemia_site.mirror.places leukemia_site.mirror.servers leukemia_site.mirror.trees "
    "leukemia_site.observing.counting leukemia_site.observing.failures "
    "leukemia_site.observing.lines leukemia_site.observing.request_ids leukemia_site.observing.routes "
    "leukemia_site.observing.sharing leukemia_site.observing.store"
).split()
BY_NAME = {"import_string", "import_module", "__import__"}  # imports that are calls

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python: its dotted name and its syntax tree."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as `articles/content.py:12`."""
        return f"{self.path.relative_to(self.path.parents[self.name.count('.') + self.is_package])}:{node.lineno}"


@dataclass(frozen=True)
class Import:
    """`from module import name`, or `import module` with an empty name."""

    module: str
    name: str
    node: ast.AST
    in_function: bool


@cache  # many tests read the same files, and read them only
def modules(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> list[Module]:
    """Every module of the packages, migrations apart."""
    found = (path for package in packages for path in sorted((root / package).rglob("*.py")))
    return [Module(_dotted(path.relative_to(root)), path) for path in found if "migrations" not in path.parts]


def is_pure(name: str) -> bool:
    """Whether this module, or one that holds it, is pure. `a.b_c` goes with `a.b`: tests are named like this."""
    return any(name == pure or name.startswith((f"{pure}.", f"{pure}_")) for pure in PURE)


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(module: Module) -> Iterator[Function]:
    """Every function and method, inner ones too."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def methods(module: Module) -> dict[Function, ast.ClassDef]:
    """Which functions are methods, and of which class."""
    classes = (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
    return {node: cls for cls in classes for node in cls.body if isinstance(node, Function)}


def imports(module: Module) -> list[Import]:
    """Every import of a module, also those in functions, for type checkers only, and by a name in a string."""
    inside = {node for function in functions(module) for node in ast.walk(function)}
    return [found for node in ast.walk(module.tree) for found in _imported(module, node, in_function=node in inside)]


def _imported(module: Module, node: ast.AST, *, in_function: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, "", node, in_function) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            here = module.name.split(".")[: (None if module.is_package else -1)]
            base = ".".join([*here[: len(here) - node.level + 1], *filter(None, [node.module])])
        yield from (Import(base, alias.name, node, in_function) for alias in node.names)
    elif isinstance(node, ast.Call) and called(node) in BY_NAME:
        for name in [getattr(argument, "value", None) for argument in node.args[:1]]:
            head, _, last = name.rpartition(".") if isinstance(name, str) else ("", "", "")
            yield Import(head, last, node, in_function)


def called(node: ast.Call) -> str:
    """The last name of what is called: `c` of `a.b.c()`."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def first_party(found: Import, known: set[str]) -> str | None:
    """The module of ours that an import leads to, or None."""
    whole = f"{found.module}.{found.name}"
    if whole in known:
        return whole
    return found.module if found.module in known else None


def write(root: Path, files: dict[str, str]) -> list[Module]:
    """A made-up house, to show that a rule bites: file names and their text."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for folder in path.relative_to(root).parents[:-1]:
            (root / folder / "__init__.py").touch()
    return modules(root)


def clean(complaints: Iterable[object]) -> None:
    """Fail the test with every complaint on a line of its own."""
    if found := list(map(str, complaints)):
        pytest.fail("\n".join(found), pytrace=False)
