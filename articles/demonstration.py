"""The demonstration: our own manuscripts, imported, mended, signed and published by the deeds that users use."""

import json
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from articles import drafting, importing, intake, publishing, reviewing
from articles.importing.manuscript import Manuscript
from articles.models import Article, Condition, ConditionCode, ConditionName, Edition, Reviewer


def load(folder: Path, *, at: datetime) -> tuple[dict[str, str], list[Article]]:
    """Load what is not there yet. Returns new accounts with their passwords, and the articles made now."""
    plan = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    passwords = {name: word for name, row in plan["accounts"].items() if (word := _account(name, row))}
    made = []
    for entry in plan["manuscripts"]:
        try:
            made.append(_article(folder / entry["file"], entry, at=at))
        except drafting.AlreadyStarted:
            continue
    return passwords, made


def _account(name: str, row: list[str]) -> str:
    """The new account's password, or "" where the account was there."""
    first, last, role = row
    user, created = User.objects.get_or_create(
        username=name,
        defaults={"first_name": first, "last_name": last, "is_staff": True},
    )
    if not created:
        return ""
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return password


def _reviewer(username: str, manuscript: Manuscript) -> Reviewer:
    """The fictional person whom the manuscript names, with an account to sign from."""
    account = User.objects.get(username=username)
    person = manuscript.review.reviewer if manuscript.review else None
    if person is None:
        raise ValueError(f"{manuscript.file_name} names no reviewer")
    details = {part: getattr(person, part) for part in ("role", "department", "institution")}
    reviewer, _created = Reviewer.objects.get_or_create(
        account=account,
        defaults={
            "name": person.name,
            "slug": slugify(person.name),
            "credentials": ", ".join(person.credentials),
            **details,
        },
    )
    return reviewer


def _article(path: Path, entry: dict[str, Any], *, at: datetime) -> Article:
    writer = User.objects.get(username="demo-writer")
    manuscript = importing.read(path.read_bytes(), path.name, today=at.date())
    article = intake.draft(manuscript, by=writer, at=at, is_demo=True)
    _describe(article, entry)
    _mend(article, by=writer, at=at)
    doctor = _reviewer(entry["reviewer"], manuscript)
    review = reviewing.request(article, reviewer=doctor, by=writer, at=at)
    reviewing.attest(review, by=User.objects.get(username=entry["reviewer"]), at=at, digest=review.digest)
    publishing.publish(
        article,
        by=User.objects.get(username="demo-publisher"),
        at=at,
        change_class=Edition.Change.FIRST,
        change_note="First publication of this demonstration page.",
    )
    return article


def _mend(article: Article, *, by: User, at: datetime) -> None:
    """What a writer does after an import: confirm the proposed headings, delete the blocks that came in empty."""
    drafting.confirm_headings(article, by=by)
    words = article.content()
    filled = replace(words, sections=tuple(section for section in words.sections if section.body))
    drafting.revise(article, filled, by=by, at=at, base_revision=article.revision)


def _describe(article: Article, entry: dict[str, Any]) -> None:
    condition, _created = Condition.objects.get_or_create(slug=article.slug, defaults={"name": article.title})
    for name, kind in entry["names"]:
        if not condition.names.filter(name__iexact=name).exists():
            ConditionName.objects.create(condition=condition, name=name, kind=kind)
    for system, code in entry["codes"]:
        ConditionCode.objects.get_or_create(condition=condition, system=system, code=code)
    article.condition, article.risk_tier = condition, entry["tier"]
    article.save(update_fields=["condition", "risk_tier"])
