"""Seal what was written before there were seals, in the order in which it was written."""

from django.conf import settings
from django.db import migrations

from articles import seals

# Each frozen table of that time: when a row was made; and where it has one, its later change: the column that says
# when, and all of its columns.
_ANSWER = "answer answered_by answered_at reason scope interests reviewed_on signed_name signed_credentials signed_role"
TABLES = {
    "Manuscript": ("at", "", ""),
    "Revision": ("at", "thinned_at", "thinned_at"),
    "Review": ("requested_at", "answered_at", f"{_ANSWER} signed_department signed_institution"),
    "Acceptance": ("at", "", ""),
    "Edition": ("published_at", "closed_at", "closed_how closed_by closed_at closed_reason closed_instead"),
    "Deferral": ("at", "", ""),
    "TimelineEntry": ("at", "", ""),
}
TEXTS = {"Review": {"content"}, "Edition": {"content"}, "Revision": set()}
LEFT_OUT = {"Revision": {"content"}}


def unsigned_has_no_scope(apps, schema_editor):
    apps.get_model("articles", "Review").objects.exclude(answer="attested").update(scope="")


def seal(apps, schema_editor):
    """Every row, once for its making and once for its later change."""
    made = [event for name in TABLES for event in _events(apps.get_model("articles", name), name)]
    if not made:
        return
    model, last, rows = apps.get_model("articles", "Seal"), seals.GENESIS, []
    for number, (_at, _order, (table, pk, event), row_hash) in enumerate(sorted(made, key=lambda e: e[:2]), start=1):
        last = seals.link(last, number=number, row=(table, pk, event), row_hash=row_hash)
        rows.append(model(number=number, table=table, row=pk, event=event, row_hash=row_hash, seal=last))
    model.objects.bulk_create(rows, batch_size=1000)
    signature = seals.sign(settings.SEAL_KEY, count=len(rows), last=last)
    apps.get_model("articles", "Chain").objects.create(pk=1, count=len(rows), last=last, signature=signature)


def _events(model, name):
    made_at, filled_at, filled = TABLES[name]
    texts, left_out = frozenset(TEXTS.get(name, ())), LEFT_OUT.get(name, set())
    for order, row in enumerate(model.objects.order_by("pk")):
        values = {f.name: (f.attname, getattr(row, f.attname)) for f in model._meta.concrete_fields}
        for event, at, without in (("made", made_at, {*filled.split()}), ("filled", filled_at, set())):
            moment = getattr(row, at) if at else None
            if moment:
                shown = dict(pair for field, pair in values.items() if field not in {*left_out, *without})
                place = (name.lower(), row.pk, event)
                yield moment, (event == "filled", order), place, seals.row_hash(shown, texts)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_sign_off")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.RunPython(unsigned_has_no_scope, migrations.RunPython.noop),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
