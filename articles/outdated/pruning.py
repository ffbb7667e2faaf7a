"""The log forgets: whoever has not asked for a day begins anew anyway."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from articles.models import ReaderChange, ReaderCounter

KEPT = timedelta(days=1)
AT_LEAST = 10_000  # changes that stay, however old


def forget(*, at: datetime) -> int:
    """Delete what is old. Returns how many changes."""
    with transaction.atomic():
        numbers = ReaderChange.objects.filter(number__isnull=False).order_by("-number").values_list("number", flat=True)
        edge = numbers[AT_LEAST : AT_LEAST + 1]
        old = ReaderChange.objects.filter(number__lte=edge[0] if edge else 0, at__lt=at - KEPT)
        upto = old.aggregate(upto=Max("number"))["upto"]
        if upto is None:
            return 0
        count, _by_model = ReaderChange.objects.filter(number__lte=upto).delete()
        # Last, for every commit that readers see waits for this row.
        ReaderCounter.objects.filter(floor__lt=upto).update(floor=upto)
    return count
