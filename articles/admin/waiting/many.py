"""Work on many articles that somebody began and that is not at its end."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import roles
from articles.admin.desk import day
from articles.admin.many.forms import FORMS
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut
from articles.bulk.deeds import DEEDS
from articles.models import BulkRun


def unfinished(user: Any) -> Pile | None:
    """Nothing, where all of it is. One query, of those who may do any."""
    if not any(roles.may(user, deed.permission) for deed in DEEDS.values()):
        return None
    began = BulkRun.objects.annotate(who=Coalesce(F("undone_by"), F("by")))
    everything = reverse("admin:articles_article_bulk")
    runs, rest = cut(began.filter(who=user.pk, finished_at=None, deed__in=FORMS)[: LIMIT + 1], everything)
    rows = [
        Waiting(str(FORMS[run.deed].title), reverse("admin:articles_article_bulk_run", args=[run.pk]), _said(run))
        for run in runs
    ]
    return Pile(_("Work on many articles"), rows, "", rest) if rows else None


def _said(run: BulkRun) -> str:
    if not run.started_at:
        return _("prepared on %(day)s, and not confirmed: nothing was done") % {"day": day(run.at)}
    return _("confirmed on %(day)s, and not at its end: timed work goes on with it") % {"day": day(run.started_at)}
