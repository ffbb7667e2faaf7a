"""The demonstration: our own manuscripts, imported, mended, signed and published by the deeds that users use."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from articles import (
    addresses,
    dates,
    drafting,
    facts,
    figures,
    importing,
    intake,
    keeping,
    markup,
    publishing,
    reviewing,
    stories,
)
from articles.blocks import usual_heading
from articles.content import FIGURE, HELP, INSTITUTIONAL, MEDICAL, STORY, CitedSource, SectionContent
from articles.importing.manuscript import Manuscript
from articles.models import (
    Article,
    Condition,
    ConditionCode,
    ConditionName,
    Edition,
    Fact,
    Message,
    Reviewer,
    story_heading,
)
from articles.told import Told
from references.models import Source


def load(folder: Path, *, at: datetime) -> tuple[dict[str, str], list[Article]]:
    """Load what is not there yet. Returns new accounts with their passwords, and the articles made now."""
    plan, blocks = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("demo.json", "blocks.json"))
    passwords = {name: word for name, row in plan["accounts"].items() if (word := _account(name, row))}
    before, made = Message.objects.aggregate(last=Max("pk"))["last"] or 0, []
    for entry in plan["manuscripts"]:
        try:
            made.append(_article(folder / entry["file"], entry | blocks[entry["file"]], at=at))
        except drafting.AlreadyStarted:
            continue
    Message.objects.filter(pk__gt=before).delete()  # nobody waits for mail about what invented people did just now
    return passwords, made


def _account(name: str, row: list[str]) -> str:
    """The new account's password, or "" where the account was there."""
    first, last, role = row
    user, created = User.objects.get_or_create(
        username=name,
        # An address that can never be anybody's, and not none: then whatever is tried would open with failed mail.
        defaults={"first_name": first, "last_name": last, "email": f"{name}@demo.invalid", "is_staff": True},
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
            "is_demo": True,
            **details,
        },
    )
    return reviewer


def _article(path: Path, entry: dict[str, Any], *, at: datetime) -> Article:
    writer = User.objects.get(username="demo-writer")
    manuscript = importing.read(path.read_bytes(), path.name, today=at.date())
    article = intake.draft(manuscript, by=writer, at=at, is_demo=True)
    _describe(article, entry)
    _mend(article, entry, [source.title for source in manuscript.content.sources], by=writer, at=at)
    if "fact" in entry:
        _date_figure(article, entry["fact"], manuscript.content.sources, by=writer, at=at)
    if "figure" in entry:
        _illustrate(article, entry["figure"], path.parent, by=writer, at=at)
    if "story" in entry:
        _tell(article, entry["story"], by=writer, at=at)
    doctor = _reviewer(entry["reviewer"], manuscript)
    keeping.assign(article, reviewer=doctor, by=User.objects.get(username="demo-steward"), at=at)
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


def _mend(article: Article, entry: dict[str, Any], titles: list[str], *, by: User, at: datetime) -> None:
    """What a writer does after an import: confirm the proposed headings, delete what came in empty, add blocks.

    `titles` are those of the references, as numbered in the manuscript; [2] in a block cites the second.
    """
    drafting.confirm_headings(article, by=by)
    words = article.content()
    keys = {titles.index(source.title) + 1: source.key for source in words.sources if source.title in titles}
    kept = [section for section in words.sections if section.body and section.heading not in entry["without"]]
    medical = [section for section in kept if section.kind == MEDICAL]
    ours = [section for section in kept if section.kind != MEDICAL]
    made = [_block(block, keys) for block in entry["blocks"]]
    help_first = [block for block in made if block.form in HELP]  # behind the symptoms that they speak of
    behind = next(place for place, one in enumerate(medical, start=1) if one.heading.startswith("Symptoms"))
    medical[behind:behind] = help_first
    filled = replace(words, sections=(*medical, *(one for one in made if one not in help_first), *ours))
    drafting.revise(article, filled, by=by, at=at, base_revision=article.revision)


def _date_figure(
    article: Article, said: dict[str, Any], cited: Sequence[CitedSource], *, by: User, at: datetime
) -> None:
    """Put a fact in the place of a figure that was typed, good for a year from today."""
    article.refresh_from_db()
    words = article.content()
    key = next(one.key for one in words.sources if one.title == cited[said["source"] - 1].title)
    fact = Fact.objects.filter(name__iexact=said["name"]).first() or facts.add(
        said["name"],
        facts.Said(
            value=said["value"],
            unit=said["unit"],
            as_of=date.fromisoformat(said["as_of"]),
            expires=dates.add_months(timezone.localdate(at), 12),
            source=Source.objects.get(key=key),
        ),
        condition=article.condition,
        by=by,
        at=at,
    )
    value = facts.value_of(fact.values.newest().get())
    mark = f'<data value="{value.ref}">{value.words}</data><cite data-source="{value.sources[0]}"></cite>'
    new = said["before"] + mark
    sections = tuple(replace(one, body=one.body.replace(said["instead"], new)) for one in words.sections)
    drafting.revise(article, replace(words, sections=sections), by=by, at=at, base_revision=article.revision)


def _tell(article: Article, entry: dict[str, str], *, by: User, at: datetime) -> None:
    """An invented story, with an invented consent that ends."""
    told = Told(title=entry["title"], name=entry["name"], body=entry["body"])
    today = timezone.localdate(at)
    ends, nobody = dates.add_months(today, 12 * settings.STORY_YEARS), "None: nobody is behind this story."
    agreed = stories.Agreed(given_on=today, ends_on=ends, covers=entry["covers"], evidence=nobody)
    story = stories.add(told, agreed, by=by, at=at)
    named = {"form": STORY, "kind": INSTITUTIONAL, "story": story.key, "story_hash": story.text_hash}
    section = SectionContent(anchor="", heading=story_heading(), body="", **named)
    article.refresh_from_db()
    words = article.content()
    wanted = replace(words, sections=(*words.sections, section))
    drafting.revise(article, wanted, by=by, at=at, base_revision=article.revision)


def _block(block: dict[str, str], keys: dict[int, str]) -> SectionContent:
    body = re.sub(r"\[(\d)\]", lambda mark: f'<cite data-source="{keys[int(mark[1])]}"></cite>', block["body"])
    heading = block.get("heading") or usual_heading(block["form"])
    return SectionContent(anchor="", heading=heading, body=markup.clean(body), form=block["form"])


def _illustrate(article: Article, said: dict[str, str], folder: Path, *, by: User, at: datetime) -> None:
    """Put a picture behind a section. Its caption leans on what that section cites first."""
    article.refresh_from_db()
    data = (folder / said["file"]).read_bytes()
    figure, _moved = figures.add(data, name=said["file"], by=by, at=at)
    words = article.content()
    place = next(number for number, one in enumerate(words.sections, start=1) if one.anchor == said["after"])
    cited = next(iter(markup.citations(words.sections[place - 1].body)))
    shown = SectionContent(
        anchor=slugify(said["heading"]),
        heading=said["heading"],
        body=f'<p>{said["caption"]}<cite data-source="{cited.key}"></cite></p>',
        form=FIGURE,
        figure=figure.pk,
        size=figure.size,
        alt=said["alt"],
        credit=said["credit"],
    )
    illustrated = replace(words, sections=(*words.sections[:place], shown, *words.sections[place:]))
    drafting.revise(article, illustrated, by=by, at=at, base_revision=article.revision)


def _describe(article: Article, entry: dict[str, Any]) -> None:
    condition, _created = Condition.objects.get_or_create(slug=article.slug, defaults={"name": article.title})
    for name, kind in entry["names"]:
        if not condition.names.filter(name__iexact=name).exists():
            ConditionName.objects.create(condition=condition, name=name, kind=kind)
    for system, code in entry["codes"]:
        ConditionCode.objects.get_or_create(condition=condition, system=system, code=code)
    addresses.follow(condition)
    article.condition, article.risk_tier = condition, entry["tier"]
    article.save(update_fields=["condition", "risk_tier"])
