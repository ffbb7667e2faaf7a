"""What a screen reader is given: the accessibility tree of a page as lines, `role: name`, indented as it is nested."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

# Said within the line that they stand in.
WITHIN = {"StaticText", "link", "strong", "emphasis", "superscript", "subscript", "time", "code", "LineBreak", "mark"}
# Boxes that a reader does not announce.
SILENT = {"generic", "none", "InlineTextBox", "paragraph", "LayoutTableRow", "LayoutTableCell", "LayoutTable"}
NAMED_BY_WORDS = {"heading", "term", "caption", "columnheader", "rowheader", "cell", "gridcell"}
FACTS = ("level", "expanded", "checked", "required", "disabled")
Node = dict[str, Any]


def tree(page: Page) -> list[str]:
    """The whole page."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_lines(nodes[0], by_id, 0))


def _lines(node: Node, by_id: dict[str, Node], depth: int) -> Iterator[str]:
    children = [by_id[child] for child in node.get("childIds", ()) if child in by_id]
    role = _role(node)
    if role == "ListMarker":
        return
    if role in WITHIN or (role in SILENT and children and all(_is_within(child, by_id) for child in children)):
        if said := " ".join(_said(node, by_id).split()):
            yield f"{'  ' * depth}{said}"
        return
    if role not in SILENT:
        yield f"{'  ' * depth}{_named(node)}"
        depth += 1
    if not (role in NAMED_BY_WORDS and all(_is_within(child, by_id) for child in children)):
        yield from _together(children, by_id, depth)


def _together(children: list[Node], by_id: dict[str, Node], depth: int) -> Iterator[str]:
    """What stands in one line is one line."""
    line = ""
    for child in children:
        if _is_within(child, by_id):
            line += _said(child, by_id)
            continue
        yield from _spoken(line, depth)
        line = ""
        yield from _lines(child, by_id, depth)
    yield from _spoken(line, depth)


def _spoken(line: str, depth: int) -> Iterator[str]:
    if words := " ".join(line.split()):
        yield f"{'  ' * depth}{words}"


def _is_within(node: Node, by_id: dict[str, Node]) -> bool:
    role = _role(node)
    below = [by_id[child] for child in node.get("childIds", ()) if child in by_id]
    return role in WITHIN or (role in SILENT - {"paragraph"} and all(_is_within(child, by_id) for child in below))


def _said(node: Node, by_id: dict[str, Node]) -> str:
    role, name = _role(node), node.get("name", {}).get("value", "")
    if role == "StaticText":
        return str(name)
    if role == "LineBreak":
        return " "
    below = "".join(_said(by_id[child], by_id) for child in node.get("childIds", ()) if child in by_id)
    return f"[link: {name}]" if role == "link" else below


def _named(node: Node) -> str:
    role, name = _role(node), " ".join(str(node.get("name", {}).get("value", "")).split())
    facts = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    said = [f"{fact} {facts[fact]}" for fact in FACTS if facts.get(fact) not in (None, False, "false")]
    label = role if role == "listitem" else " ".join([role, *(f"({one})" for one in said)])
    described = node.get("description", {}).get("value", "")
    return (
        label.replace("listitem (level 1)", "listitem")
        + (f": {name}" if name else "")
        + (f" ({described})" if described else "")
    )


def _role(node: Node) -> str:
    return "none" if node.get("ignored") else str(node.get("role", {}).get("value", "none"))
