from django.db import migrations, models


def fill(apps, schema_editor):
    """What the deeds would have written, had they known these columns."""
    Published = apps.get_model("articles", "Published")
    rows = Published.objects.filter(moved_to=None).select_related("article__condition", "review", "edition")
    for row in rows.defer("edition__content", "review__content").iterator(500):
        condition = row.article.condition
        if condition and condition.name == row.condition_name:
            row.condition = {
                "id": condition.pk,
                "names": list(condition.names.order_by("kind", "name").values_list("name", flat=True)),
                "codes": [list(pair) for pair in condition.codes.order_by("system", "code").values_list("system", "code")],
            }
        row.reaffirmed_at = _reaffirmed(row, apps.get_model("articles", "Edition")) if row.review else None
        row.save(update_fields=["condition", "reaffirmed_at"])


def _reaffirmed(row, Edition):
    at = row.review.answered_at
    seen = Edition.objects.filter(article_id=row.article_id, digest=row.review.digest, published_at__lt=at)
    return at if seen.filter(models.Q(closed_at=None) | models.Q(closed_at__gt=at)).exists() else None


class Migration(migrations.Migration):

    dependencies = [("articles", "0012_profiles_and_pages")]

    operations = [
        migrations.AddField("published", "condition", models.JSONField(blank=True, default=dict)),
        migrations.AddField("published", "reaffirmed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex("published", models.Index(fields=["reaffirmed_at"], name="published_reaffirmed")),
        migrations.AddIndex("edition", models.Index(fields=["closed_how", "closed_at"], name="edition_closed")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
