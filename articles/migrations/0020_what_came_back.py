from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0019_whose_page_it_is"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["requested_by", "answer"], name="review_asked_by"),
        ),
    ]
