from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_words_in_hand")]

    operations = [
        migrations.AddIndex("review", models.Index(fields=["signed_name"], name="review_signed_name")),
    ]
