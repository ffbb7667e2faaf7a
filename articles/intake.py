"""From a file that was read to a draft: the one way in for the command, the admin and the demo."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from articles import drafting
from articles.importing.manuscript import Manuscript
from articles.models import Article


def draft(manuscript: Manuscript, *, by: User, at: datetime, is_demo: bool = False) -> Article:
    """Start an article from a manuscript. Raises what drafting.start raises."""
    facts = drafting.ManuscriptFacts(
        file_name=manuscript.file_name,
        sha256=manuscript.sha256,
        said=said(manuscript),
        aliases=tuple((alias.name, alias.kind) for alias in manuscript.aliases),
        uncited=manuscript.uncited,
        proposed_headings=manuscript.proposed_headings,
    )
    return drafting.start(manuscript.content, by=by, at=at, manuscript=facts, is_demo=is_demo)


def said(manuscript: Manuscript) -> dict[str, Any]:
    """What the document says about itself, and what no rule claimed: kept with the draft, word for word."""
    review = manuscript.review
    return {
        "dates": [
            {
                "value": day.value,
                "as_printed": day.as_printed,
                "label": day.label,
                "line": day.line,
                "statement": day.statement,
            }
            for day in manuscript.printed_dates
        ],
        "review": {"statement": review.statement, "reviewed_on": review.reviewed_on} if review else None,
        "reference_heading": manuscript.references.heading,
        "references": [entry.raw for entry in manuscript.references.entries],
        "leftovers": [{"line": rest.line, "text": rest.text} for rest in manuscript.leftovers],
        "notes": list(manuscript.notes),
    }
