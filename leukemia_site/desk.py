"""The admin's site, which finds out what somebody may open only where that is shown. Django does on every screen, for
a bar at the side that ours do not have, and twice on the first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

_KNOWN = "_listed"  # what is remembered of a request


class Desk(AdminSite):
    """As Django's."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """What they may open, found out when somebody looks at it, and once."""
        known = vars(request).setdefault(_KNOWN, {})
        if app_label not in known:
            known[app_label] = SimpleLazyObject(lambda: super(Desk, self).get_app_list(request, app_label))
        return known[app_label]
