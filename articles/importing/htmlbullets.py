"""Paragraphs that begin with a printed bullet, as word processors write them, put together as lists."""

import re
from collections.abc import Sequence

from articles.importing.manuscript import Block, Item

# A hyphen or a dash may begin a sentence or a quotation; these can only be bullets.
_BULLET = re.compile(r"[•·▪◦●○‣\uf0b7\uf0a7]\s*")
_IN_HTML = re.compile(r"(<p>(?:<(?:strong|em)>)*)\s*[•·▪◦●○‣\uf0b7\uf0a7](?:\s|&nbsp;|\xa0)*")


def begins_with_bullet(text: str) -> bool:
    return bool(_BULLET.match(text))


def gathered(blocks: Sequence[Block]) -> list[Block]:
    """Runs of at least two bulleted paragraphs as one list; everything else as it is."""
    out: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if block.kind == "paragraph" and begins_with_bullet(block.text):
            run.append(block)
            continue
        out += _as_list(run)
        run = []
        out.append(block)
    return [*out, *_as_list(run)]


def _as_list(run: Sequence[Block]) -> list[Block]:
    if len(run) < 2:
        return list(run)
    items = tuple(Item(_BULLET.sub("", block.text, count=1), block.line) for block in run)
    written = (_IN_HTML.sub(r"\1", block.html).removeprefix("<p>").removesuffix("</p>") for block in run)
    return [
        Block(
            kind="list",
            line=run[0].line,
            text="\n".join(item.text for item in items),
            html=f"<ul>{''.join(f'<li>{item}</li>' for item in written)}</ul>",
            items=items,
        )
    ]
