"""A source as a person types it in. A work that is in the library already is named, never filed twice."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from references import identifiers
from references.models import Source

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Source]
else:
    _ModelForm = forms.ModelForm


class SourceForm(_ModelForm):
    """`already` is the library's record of the same work, by DOI, PMID or web address, when there is one."""

    already: Source | None = None
    # Longer than the column, because people paste "PMID: 12345" or an address.
    pmid = forms.CharField(label=_("PMID"), max_length=100, required=False)

    class Meta:
        model = Source
        fields = (
            *("kind", "title", "organization", "authors", "container", "publisher", "published"),
            *("edition", "volume", "issue", "pages", "url", "doi", "pmid", "accessed"),
        )

    def clean_doi(self) -> str:
        return self._recognized("doi", identifiers.normalize_doi, _("This is no DOI. One looks like 10.1000/xyz123."))

    def clean_pmid(self) -> str:
        return self._recognized("pmid", identifiers.normalize_pmid, _("This is no PMID. One is up to eight digits."))

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
            named = {name: data.get(name) or "" for name in ("published", "container")}
            self._name("title", others.filter(title__iexact=data["title"], **named).first())
        return data

    def _name(self, field: str, found: Source | None) -> None:
        if found:
            self.already = found
            self.add_error(field, self._refusal(found))

    def _refusal(self, found: Source) -> ValidationError:
        return ValidationError(
            _("This work is already in the library: %(source)s (key %(key)s). Use that record."),
            code="already",
            params={"source": found, "key": found.key},
        )
