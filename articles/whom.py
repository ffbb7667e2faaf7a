"""Who hears of a page: its reviewer, or somebody else who is there, and why it is them. Never nobody, if there is
anybody at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Reviewer, ReviewPolicy

# Who is told in the place of a reviewer who can not be: the first of these roles in which somebody is there. The
# lead of the policy stands behind the editors, its mailbox behind all.
FIRST, THEN = (roles.RECORDS_STEWARD, roles.EDITOR), (roles.PUBLISHER, roles.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """One person, by number of the account; or, with 0, a mailbox."""

    person: int = 0
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told, and, if they are not whose page it is, why."""

    to: tuple[Recipient, ...]
    instead: str = ""


@dataclass(slots=True)
class Directory:
    """Everybody who may have to be told, as they are on one day. Three queries, whatever the number of pages."""

    today: date
    policy: ReviewPolicy | None
    _doctors: dict[int, Reviewer] = field(init=False)
    _people: dict[str, list[User]] = field(init=False)
    _owners: dict[tuple[int | None, int | None], Told] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._doctors = {one.pk: one for one in Reviewer.objects.select_related("account")}
        self._people = {role: [] for role in (*FIRST, *THEN, roles.MEDICAL_REVIEWER)}
        rows: Any = User.objects.filter(Q(groups__name__in=self._people) | Q(is_superuser=True), is_active=True)
        for person in rows.exclude(email="").annotate(role=F("groups__name")).order_by("pk"):
            role = person.role if person.role in self._people else roles.ADMINISTRATOR  # a superuser without a role
            if person not in self._people[role]:
                self._people[role].append(person)

    def owner(self, assigned: int | None, signed: int | None) -> Told:
        """Of a page with this reviewer assigned, last signed by that one: by their numbers."""
        if (assigned, signed) not in self._owners:
            self._owners[assigned, signed] = self._find(assigned, signed)
        return self._owners[assigned, signed]

    def lead(self) -> tuple[Recipient, ...]:
        """Who hears of what has waited for too long: the lead; without one, publishers, then administrators."""
        return next(self._groups([self._leads(), *(self._people[role] for role in THEN)]), ())

    def mailbox(self) -> tuple[Recipient, ...]:
        """The mailbox of the policy, if it names one."""
        return (Recipient(mailbox=self.policy.mailbox),) if self.policy and self.policy.mailbox else ()

    def publishers(self) -> tuple[Recipient, ...]:
        """Publishers; without any, administrators."""
        return next(self._groups([self._people[role] for role in THEN]), ())

    def somebody(self) -> tuple[Recipient, ...]:
        """Who is told where no reviewer can be."""
        groups = [*(self._people[role] for role in FIRST), self._leads(), *(self._people[role] for role in THEN)]
        return next(self._groups(groups), ()) or self.mailbox()

    def _find(self, assigned: int | None, signed: int | None) -> Told:
        reasons: list[str] = []
        for number in dict.fromkeys(filter(None, (assigned, signed))):
            doctor = self._doctors[number]
            reason = why_not(doctor, self.today) or self._why_no_signature(doctor)
            if not reason and doctor.account_id:
                return Told((Recipient(doctor.account_id),), " ".join(reasons))
            reasons.append(reason)
        return Told(self.somebody(), " ".join(reasons) or _("No reviewer is assigned."))

    def _why_no_signature(self, doctor: Reviewer) -> str:
        """Why it would not help to tell a reviewer who can be told."""
        account = doctor.account
        if account and (account.is_superuser or account in self._people[roles.MEDICAL_REVIEWER]):
            return ""
        return _("The role of %(name)s does not allow signing reviews of this kind.") % {"name": doctor.name}

    def _leads(self) -> list[User]:
        lead = self.policy.lead if self.policy else None
        return [lead] if lead and lead.is_active and lead.email else []

    def _groups(self, groups: Iterable[list[User]]) -> Iterator[tuple[Recipient, ...]]:
        """Those who are there; and, where all are away, these rather than nobody."""
        groups = list(groups)
        away = {one.account_id for one in self._doctors.values() if one.is_away(self.today)}
        there = [[person for person in group if person.pk not in away] for group in groups]
        for group in filter(None, (*there, *groups)):
            yield tuple(Recipient(person.pk) for person in group)


def why_not(doctor: Reviewer, today: date) -> str:
    """Why this reviewer can not be told today, in one sentence; "" if they can."""
    account, facts = doctor.account, {"name": doctor.name}
    if not doctor.active or (account is not None and not account.is_active):
        return _("%(name)s has left.") % facts
    if account is None:
        return _("%(name)s has no account here.") % facts
    if not doctor.credentials:
        return _("%(name)s has no credentials on record, and without them nobody signs for the medicine.") % facts
    if not doctor.is_valid(today):
        return _("The credentials of %(name)s have lapsed.") % facts
    if doctor.is_away(today) and doctor.away_until:
        return _("%(name)s is away until %(day)s.") % {**facts, "day": date_format(doctor.away_until)}
    return "" if account.email else _("%(name)s has no mail address.") % facts
