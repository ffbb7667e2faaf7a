"""A source as a person types it in. A work that is in the library already is named, never filed twice."""

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references import identifiers
from references.models import Source

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Source]
else:
    _ModelForm = forms.ModelForm


class SourceForm(_ModelForm):
    """`already` is the library's record of the same work, by DOI, PMID or web address, when there is one.

    `opened_on` is a hash of the record as it stood when this form was opened; a save on any other is refused, once.
    """

    already: Source | None = None
    # Longer than the column, because people paste "PMID: 12345" or an address.
    pmid = forms.CharField(label=_("PMID"), max_length=100, required=False)
    opened_on = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Source
        fields = (
            *("kind", "title", "organization", "authors", "container", "publisher", "published"),
            *("edition", "volume", "issue", "pages", "url", "doi", "pmid", "accessed"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["opened_on"].initial = self._hash(self.instance)
        else:
            del self.fields["opened_on"]  # nobody else has a new record open

    def clean_opened_on(self) -> str:
        """Locks the record: the admin asks inside its transaction, so that two saves come one after the other."""
        opened: str = self.cleaned_data["opened_on"]
        now = Source.objects.select_for_update().filter(pk=self.instance.pk).first() if opened else None
        if now and self._hash(now) != opened:
            self.data = {**dict(self.data.items()), "opened_on": self._hash(now)}  # seen from here on
            self.add_error(None, self._meanwhile(now))
        return opened

    def _hash(self, source: Source) -> str:
        return hashlib.sha256(json.dumps(list(self._stored(source).values())).encode()).hexdigest()

    def _stored(self, source: Source) -> dict[str, str]:
        """Every field of this form as the form would send it: another record by its number."""
        names = (field.name for field in Source._meta.concrete_fields if field.name in self.fields)
        return {name: str(source.serializable_value(name) or "") for name in names}

    def _meanwhile(self, now: Source) -> ValidationError:
        stored = self._stored(now)
        other = [name for name, value in stored.items() if value.split() != self.data.get(name, "").split()]
        differing = [f"{self.fields[name].label}: {getattr(now, name) or '–'}" for name in other]
        return ValidationError(
            _(
                "Somebody else changed this record after you opened it. Nothing was saved. What is stored and differs"
                " from this form: %(differing)s. Save again to put yours in its place."
            ),
            code="stale",
            params={"differing": "; ".join(differing) or "–"},
        )

    def clean_doi(self) -> str:
        return self._recognized("doi", identifiers.normalize_doi, _("This is no DOI. One looks like 10.1000/xyz123."))

    def clean_pmid(self) -> str:
        return self._recognized("pmid", identifiers.normalize_pmid, _("This is no PMID. One is up to eight digits."))

    def clean_accessed(self) -> date | None:
        day: date | None = self.cleaned_data["accessed"]
        # Somebody may be a day ahead of the server.
        if day and day > timezone.localdate() + timedelta(days=1):
            raise ValidationError(_("Nobody can have read it on a day that has not come yet."), code="future")
        return day

    def _recognized(self, name: str, normalize: Any, message: Any) -> str:
        typed: str = self.cleaned_data[name]
        value: str = normalize(typed)
        if typed and not value:
            # The model would drop it in silence.
            raise ValidationError(message, code="unrecognized")
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        others = Source.objects.exclude(pk=self.instance.pk)
        for name in ("doi", "pmid", "url"):
            wanted = {"doi": "", "pmid": "", "url": "", name: data.get(name) or ""}
            self._name(name, others.same_work(**wanted).first())
        if not any(data.get(name) for name in ("doi", "pmid", "url")) and data.get("title"):
            named = {name: data.get(name) or "" for name in ("title", "published", "container")}
            self._name("title", others.same_title(**named).first())
        return data

    def _name(self, field: str, found: Source | None) -> None:
        if found and found.kept() != self.instance:  # what was merged into this record is no other work
            self.already = found.kept()
            self.add_error(field, self._refusal(self.already))

    def _refusal(self, found: Source) -> ValidationError:
        return ValidationError(
            _("This work is already in the library: %(source)s (key %(key)s). Use that record."),
            code="already",
            params={"source": found, "key": found.key},
        )


class RecordForm(SourceForm):
    """The whole record, as the library's own screen shows it."""

    class Meta(SourceForm.Meta):
        fields = (*SourceForm.Meta.fields, "superseded_by", "archived")  # type: ignore[assignment]  # more than there

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "_look_up" in self.data:
            self.add_error(None, ValidationError(_("Nothing is saved yet."), code="looking"))
        return data

    def clean_superseded_by(self) -> Source | None:
        newer: Source | None = self.cleaned_data["superseded_by"]
        if newer and self.instance in (newer, newer.kept(), newer.successor()):
            raise ValidationError(_("A source does not take its own place."), code="itself")
        return newer
