"""Who may do what: roles are groups, deeds ask here."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission, User
from django.utils.translation import gettext as _

from articles.refusals import Refused

WRITER = "Writer"
EDITOR = "Editor"
MEDICAL_REVIEWER = "Medical reviewer"
PUBLISHER = "Publisher"
RECORDS_STEWARD = "Records steward"
ADMINISTRATOR = "Administrator"

_READ = ["view_article", "view_section", "view_review", "view_edition", "view_reviewer", "view_condition"]
_RECORDS = "comment schedule signoff redaction timelineentry published revision manuscript decision".split()
_RECORDS += ["figure", "sitetext", "fact", "factvalue", "alert", "reviewpolicy"]
_LOOK = [*_READ, "view_source", *(f"view_{model}" for model in _RECORDS)]
_WRITE = ["add_article", "change_article", "add_section", "change_section", "delete_section", "request_review"]
_SOURCES = ["add_source", "change_source"]
_CONDITIONS = [
    f"{verb}_{model}" for verb in ("add", "change") for model in ("condition", "conditionname", "conditioncode")
]
_SITE = ["add_sitetext"]
_MERGES = ["merge_sources"]
_PEOPLE = ["add_reviewer", "change_reviewer"]
_ACCOUNTS = ["add_user", "change_user", "view_user", "view_group", "view_permission"]
_STORIES = ["keep_stories"]
_SIGNOFFS = ["add_signoff", "change_signoff", "delete_signoff"]

ROLES: dict[str, list[str]] = {
    WRITER: [*_LOOK, *_WRITE, *_SOURCES, *_CONDITIONS, *_STORIES, "accept_corrections", "keep_facts"],
    EDITOR: [
        *_LOOK,
        *_WRITE,
        *_SOURCES,
        *_CONDITIONS,
        *_MERGES,
        *_STORIES,
        "accept_corrections",
        "sign_language",
        "keep_facts",
        "reassign_review",
        "decide_news",
    ],
    MEDICAL_REVIEWER: [*_LOOK, *_SOURCES, "attest_article"],
    PUBLISHER: [
        *(*_LOOK, *_STORIES, *_SITE),
        *("publish_article", "withdraw_article", "keep_dates", "set_policy"),
        *("keep_facts", "ask_redaction", "decide_news"),
    ],
    RECORDS_STEWARD: [
        *(*_LOOK, *_SOURCES, *_MERGES, *_PEOPLE),
        "request_review",  # of what readers see and no more: see articles/asking.py
        *("keep_dates", "set_policy", "keep_facts", "record_review", "reassign_review", "decide_news"),
    ],
    ADMINISTRATOR: [
        *_LOOK,
        *_PEOPLE,
        *_ACCOUNTS,
        *_SIGNOFFS,
        *_SITE,
        "keep_people",
        "confirm_redaction",
        "view_message",
    ],
}


class NotAllowed(Refused):
    """This person's role does not include this deed."""


def require(by: AbstractBaseUser | AnonymousUser, permission: str) -> None:
    """Refuse unless `by` is active and holds articles.`permission`. Raises NotAllowed."""
    if not getattr(by, "is_active", False) or not by.has_perm(f"articles.{permission}"):  # type: ignore[union-attr]
        raise NotAllowed(_("Your role does not allow this."))


def may(by: Any, permission: str) -> bool:
    """Whether `by` holds articles.`permission`, for showing or hiding a button."""
    return bool(by.is_active and by.has_perm(f"articles.{permission}"))


def install(using: str) -> None:
    """Bring the groups in line with ROLES; other groups and members are left alone."""
    known = {p.codename: p for p in Permission.objects.using(using).filter(content_type__app_label__in=APPS)}
    for name, codenames in ROLES.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(known[codename] for codename in codenames if codename in known)


APPS = ("articles", "references", "auth")


def people_of(role: str) -> list[User]:
    """Active accounts in a role."""
    return list(User.objects.filter(groups__name=role, is_active=True).order_by("username"))
