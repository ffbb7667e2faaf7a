"""Two verbs for rules, so that a case is only words and what is said of them."""

from types import ModuleType
from typing import Any

from articles import checking
from articles.checking import Finding
from articles.content import CitedSource, Content, SectionContent


def page(*sections: SectionContent, **other: Any) -> Content:
    """A page that no rule has anything to say about, but for what the case puts in."""
    plain = {"title": "Leukemia", "summary": "<p>A cancer of the blood.</p>"}
    return Content(**plain | other, sections=sections or (section(),))


def section(body: str = "<p>Blood is made in the marrow.</p>", **other: Any) -> SectionContent:
    """One section with this text."""
    return SectionContent(**{"anchor": "about", "heading": "About"} | other, body=body)


def cite(key: str = "roe2020") -> str:
    """A citation mark."""
    return f'<cite data-source="{key}"></cite>'


def source(key: str = "roe2020", **other: Any) -> CitedSource:
    """A source that is complete."""
    return CitedSource(**{"title": "On blood", "accessed": "2026-01-02"} | other, key=key)


def silent_on(rule: ModuleType, content: Content) -> None:
    """The rule has nothing to say."""
    assert list(rule.find(content)) == []


def speaks_on(rule: ModuleType, content: Content, *wheres: str, says: str = "") -> list[Finding]:
    """The rule speaks once at each of these places, in this order, under its own name, and `check` passes it on."""
    found = list(rule.find(content))
    assert [finding.where for finding in found] == list(wheres or [""])
    assert {finding.rule for finding in found} == {rule.__name__.rsplit(".", 1)[-1]}
    assert all(says in finding.message for finding in found)
    assert set(found) <= set(checking.check(content))
    return found
