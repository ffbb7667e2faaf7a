from itertools import islice

from django.db import migrations

from references import titles
from references.models.likeness import pairs


def batched(rows, many):
    rows = iter(rows)
    while batch := list(islice(rows, many)):
        yield batch


def fill(apps, schema_editor):
    """What a save derives, for the records that are there already."""
    Source, Likeness = (apps.get_model("references", name) for name in ("Source", "Likeness"))
    library = Source.objects.using(schema_editor.connection.alias)
    for rows in batched(library.order_by("pk").iterator(2000), 400):
        for row in rows:
            printed = (row.title, row.authors, row.organization, row.publisher, row.container)
            suffix = titles.words(row.doi.partition("/")[2])
            named = (row.key, row.pmid, titles.squeezed(row.doi), titles.squeezed("".join(suffix)), *suffix)
            row.words = " ".join(dict.fromkeys((*titles.words(" ".join(printed)), *filter(None, named))))
            row.title_head, row.title_tail = titles.ends(row.title)
        library.bulk_update(rows, ["words", "title_head", "title_tail"], batch_size=100)
    for rows in batched(library.order_by("pk").iterator(2000), 400):
        found = pairs(rows, library.all())
        alike = (Likeness(one_id=one, other_id=other) for one, other in found)
        Likeness.objects.using(schema_editor.connection.alias).bulk_create(alike, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('references', '0005_merges_and_search'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
