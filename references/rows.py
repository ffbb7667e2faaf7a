"""What was found in a paste or file, as rows of a form that a person looks through: tick, mend, look up, file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references import lookups
from references.forms import SourceForm
from references.models import Source
from references.reading import bylines
from references.reading.records import Found, Record

LISTED = 500  # records with a row of their own on the screen
DAY = 24 * 3600  # seconds
SALT = "references.rows"
NAMES = tuple(field.name for field in fields(Record))


class RowForm(SourceForm):
    """One record that was found: whether to file it, and every field of it. What is not ticked may be as it is.

    Whether the library has the work is asked for all rows at once, when they are filed.
    """

    take = forms.BooleanField(label=gettext_lazy("File it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].widget.attrs["class"] = "vTextField"
        self.fields["authors"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("take"):
            self.errors.clear()
        elif not data.get("title") and "title" not in self.errors:
            self.add_error("title", _("The title is missing. Fill it in, or untick this source."))
        return data

    def _post_clean(self) -> None:
        """Field by field, as the record has them; nothing is asked of the library."""
        for name, value in list(self.cleaned_data.items()):
            if value and name != "take" and self.cleaned_data.get("take"):
                try:
                    Source._meta.get_field(name).run_validators(value)  # type: ignore[union-attr]
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def further(self) -> list[Any]:
        """The fields that stand behind a fold."""
        return [field for field in self.visible_fields() if field.name not in {"take", "kind", "title"}]


Rows: Any = forms.formset_factory(RowForm, extra=0, max_num=LISTED, absolute_max=LISTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One record on the screen, whether it is ticked, and what there is to say of it."""

    found: Found
    take: bool = True
    said: tuple[str, ...] = ()

    @property
    def initial(self) -> dict[str, Any]:
        return {**asdict(self.found.record), "authors": "\n".join(self.found.record.authors), "take": self.take}

    @property
    def is_thin(self) -> bool:
        """Whether a look-up could add what a reference cannot do without."""
        record = self.found.record
        lacks = record.is_bare or not (record.authors or record.organization) or not record.published
        return lacks and bool(record.doi or record.pmid)

    @property
    def whole_names(self) -> str:
        """People of whom a file does not say which name is the surname, so that no initials can be printed."""
        names = (name for name in self.found.record.authors if " " in name and bylines.split(name).whole)
        return "; ".join(name for name in names if not bylines.is_group(name) and name.lower() != "et al")


def in_order(found: Sequence[Found]) -> list[Found]:
    """Those that nobody can file without looking at them come first, where not all have a row."""
    return sorted(found, key=lambda one: not one.record.is_bare) if len(found) > LISTED else list(found)


def to_token(found: Iterable[Found]) -> str:
    """Carries records from one step to the next; nothing is stored of a file that nobody files."""
    values = [
        [one.line, {name: value for name, value in asdict(one.record).items() if value}, one.raw] for one in found
    ]
    return signing.dumps(values, salt=SALT, compress=True)


def from_token(token: str) -> tuple[Found, ...]:
    """Raises signing.BadSignature for a token that is not ours or a day old."""
    values = signing.loads(token, salt=SALT, max_age=DAY)
    return tuple(
        Found(line, Record(**{**record, "authors": tuple(record.get("authors", ()))}), raw)
        for line, record, raw in values
    )


def mended(found: Sequence[Found], rows: Any) -> tuple[Found, ...]:
    """The records that stay ticked, as they were mended; and those that had no row."""
    pairs = zip(found, (row.cleaned_data for row in rows), strict=False)
    ticked = (replace(one, record=record_of(data)) for one, data in pairs if data["take"])
    return (*ticked, *(one for one in found[LISTED:] if not one.record.is_bare))


def typed(found: Sequence[Found], rows: Any) -> list[Row]:
    """Every record with whatever was typed into its row, right or wrong; nothing is refused on the way to a look-up."""
    listed = []
    for one, row in zip(found, rows, strict=False):
        record = record_of({name: row[name].value() for name in NAMES}, kinds=set(Source.Kind.values))
        listed.append(Row(replace(one, record=record), take=bool(row["take"].value())))
    return [*listed, *map(Row, found[LISTED:])]


def looked_up(rows: Sequence[Row]) -> list[Row]:
    """The same rows; those that are ticked and thin with what a service knows in their empty fields."""
    thin = [row for row in rows if row.take and row.is_thin]
    known = iter(lookups.look_up([row.found.record for row in thin]))
    return [_completed(row, next(known)) if row.take and row.is_thin else row for row in rows]


def names_of(filled: Iterable[str]) -> str:
    """Fields as the form calls them, in a row."""
    return ", ".join(str(SourceForm.base_fields[name].label) for name in filled)


def _completed(row: Row, known: lookups.Lookup) -> Row:
    if known.record is None:
        return replace(row, said=known.said)
    record, names = lookups.filled(row.found.record, known.record)
    filled = _("Filled in from %(service)s: %(fields)s.") % {"service": known.service, "fields": names_of(names)}
    return replace(row, found=replace(row.found, record=record), said=(filled, *known.said))


def record_of(values: Mapping[str, Any], *, kinds: set[str] | None = None) -> Record:
    """The record of a row's values, on one line each."""
    plain = {name: " ".join(str(values[name] or "").split()) for name in NAMES if name not in {"authors", "accessed"}}
    if kinds is not None and plain["kind"] not in kinds:
        plain["kind"] = Source.Kind.WEB.value
    accessed = values["accessed"]
    return Record(
        authors=tuple(name for line in str(values["authors"] or "").splitlines() if (name := " ".join(line.split()))),
        accessed=accessed.isoformat() if isinstance(accessed, date) else str(accessed or ""),
        **plain,
    )
