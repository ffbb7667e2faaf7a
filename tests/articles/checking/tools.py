"""Two verbs for rules, so that a case is only words and what is said of them."""

from types import ModuleType
from typing import Any

from articles import checking
from articles.checking import Beside, Finding
from articles.content import FIGURE, CitedSource, Content, SectionContent


def page(*sections: SectionContent, **other: Any) -> Content:
    """A page that no rule has anything to say about, but for what the case puts in."""
    plain = {"title": "Leukemia", "summary": "<p>A cancer of the blood.</p>"}
    return Content(**plain | other, sections=sections or (section(),))


def section(body: str = "<p>Blood is made in the marrow.</p>", **other: Any) -> SectionContent:
    """One section with this text."""
    return SectionContent(**{"anchor": "about", "heading": "About"} | other, body=body)


def figure(**other: Any) -> SectionContent:
    """A figure that is complete."""
    words = {"alt": "Three kinds of blood cells leave a bone.", "body": "<p>Where blood is made.</p>"}
    return section(**{"form": FIGURE, "figure": "a" * 64, "size": "900x600", **words} | other)


def cite(key: str = "roe2020") -> str:
    """A citation mark."""
    return f'<cite data-source="{key}"></cite>'


def source(key: str = "roe2020", **other: Any) -> CitedSource:
    """A source that is complete."""
    return CitedSource(**{"title": "On blood", "accessed": "2026-01-02"} | other, key=key)


def silent_on(rule: ModuleType, content: Content, beside: Beside | None = None) -> None:
    """The rule has nothing to say."""
    assert list(_found(rule, content, beside)) == []


def speaks_on(
    rule: ModuleType, content: Content, *wheres: str, says: str = "", beside: Beside | None = None
) -> list[Finding]:
    """The rule speaks once at each of these places, in this order, under its own name, and `check` passes it on."""
    found = list(_found(rule, content, beside))
    assert [finding.where for finding in found] == list(wheres or [""])
    assert {finding.rule for finding in found} == {rule.__name__.rsplit(".", 1)[-1]}
    assert all(says in finding.message for finding in found)
    assert set(found) <= set(checking.check(content, beside))
    return found


def _found(rule: ModuleType, content: Content, beside: Beside | None) -> Any:
    return rule.find(content, beside) if beside else rule.find(content)
