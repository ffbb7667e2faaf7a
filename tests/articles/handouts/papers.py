"""A page with every kind of part, on paper."""

from datetime import date
from pathlib import Path

from articles import page
from articles.content import INSTITUTIONAL, CitedSource, Content, SectionContent
from articles.handouts import sheet

QUICK = Path(__file__).with_name("quick.py")  # stands in for the typesetter where what comes out does not matter
ON = date(2026, 11, 2)
TABLE = (
    "<table><caption>Doses</caption><thead><tr><th>Medicine</th><th>Dose</th></tr></thead>"
    "<tbody><tr><th>Examplin</th><td>5 mg</td></tr></tbody></table>"
)
WORDS = Content(
    title="Example disease",
    summary="<p>A rare disease of the blood.</p>",
    sections=(
        SectionContent(anchor="g", heading="", body="<p>A slow cancer.</p>", form="glance-what"),
        SectionContent(anchor="call", heading="Call 911", body="<p>If you can not breathe.</p>", form="emergency"),
        SectionContent(
            anchor="what",
            heading="What it is",
            body='<p>It begins in the marrow.<cite data-source="s-1"></cite> See <a href="#our-program">our program</a>'
            ' and <a href="#treatment"><strong>treatment</strong></a>.</p>',
        ),
        SectionContent(anchor="treatment", heading="Treatment", body=f"<h3>Dose</h3><ul><li>One</li></ul>{TABLE}"),
        SectionContent(anchor="ask", heading="Ask", body="<ul><li>How long?</li></ul>", form="questions"),
        SectionContent(
            anchor="our-program",
            heading="Our program",
            body='<p>We are here.<cite data-source="s-2"></cite></p>',
            kind=INSTITUTIONAL,
        ),
    ),
    sources=(
        CitedSource(key="s-1", organization="Example Society", title="What it is", url="https://example.org/what"),
        CitedSource(key="s-2", organization="Example Hospital", title="Our figures", url="https://example.org/ours"),
    ),
)


def facts(**more):
    signature = page.Signature(name="Rosa Example", credentials="MD", role="Chair")
    said = {"slug": "example-disease", "edition": 3, "signature": signature, "last_reviewed": ON}
    return page.Facts(**{"today": ON, "next_due": date(2027, 11, 2), **said, **more})


def paper(words=WORDS, **more):
    return sheet.of(page.build(words, facts(**more)), article=7, on=ON)
