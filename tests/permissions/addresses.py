"""Role by admin address: who may look (GET), and who may send (POST, without the button). Letters: see people.py.

A row is a real address below /admin/, in which # is a row of the model that the address names. "Looks" and "sends"
mean that the answer is no 403, no 404, no 405 and no way to the sign-in page.
"""

from tests.permissions.people import AT_THE_DESK, EVERYBODY, STAFF_ROLES

ALL, NONE = AT_THE_DESK, ""
ROLES = STAFF_ROLES
WRITE, SOURCES, PEOPLE, DATES = "WEU", "WEMSU", "SAU", "PSU"


def of_model(place: str, *, see: str, add: str = "", change: str = "", delete: str = "") -> dict[str, tuple[str, str]]:
    """What Django's admin gives every model. Who may look at a row may send a search to the list."""
    return {
        f"{place}/": (see, see),
        f"{place}/add/": (add, add),
        f"{place}/#/change/": (see, change),
        f"{place}/#/delete/": (delete, delete),
        f"{place}/#/history/": (see, see),
        f"{place}/#/": (ALL, ALL),  # leads to change/
    }


ADDRESSES: dict[str, tuple[str, str]] = {
    # The site
    "": (ALL, ALL),
    "login/": (EVERYBODY, EVERYBODY),
    "logout/": ("CRV", EVERYBODY),
    "password_change/": (ALL, ALL),
    "password_change/done/": (ALL, NONE),
    "autocomplete/?app_label=articles&model_name=article&field_name=condition": (ROLES, NONE),
    "jsi18n/": (ALL, NONE),
    "r/1/1/": (NONE, NONE),
    "articles/": (ROLES, ROLES),
    "nowhere/": (NONE, NONE),
    # Accounts
    **of_model("auth/group", see="AU", add="U", change="U", delete="U"),
    **of_model("auth/user", see="AU", add="AU", change="AU"),
    "auth/user/#/password/": ("U", "U"),  # who knows another's password can sign in that name
    "auth/user/#/invite/": (NONE, "AU"),
    "auth/user/#/left/": ("AU", "AU"),
    "password_reset/": (EVERYBODY, EVERYBODY),
    "password_reset/sent/": (EVERYBODY, NONE),
    "password_reset/x/x/": (EVERYBODY, EVERYBODY),
    "password_reset/done/": (EVERYBODY, NONE),
    # Records to choose from
    **of_model("references/source", see=ROLES, add=SOURCES, change=SOURCES, delete="U"),
    "references/source/import/": (SOURCES, SOURCES),
    "references/source/import/file/": (NONE, SOURCES),
    "references/source/#/examine/": (NONE, SOURCES),
    **of_model("articles/condition", see=ROLES, add=WRITE, change=WRITE, delete="U"),
    **of_model("articles/reviewer", see=ROLES, add=PEOPLE, change=PEOPLE),
    **of_model("articles/signoff", see=ROLES, add="AU", change="AU", delete="AU"),
    # What is kept for ever
    **of_model("articles/schedule", see=ROLES),
    **of_model("articles/message", see="AU"),
    **of_model("articles/edition", see=ROLES),
    **of_model("articles/review", see=ROLES),
    **of_model("articles/timelineentry", see=ROLES),
    **of_model("articles/redaction", see=ROLES),
    "articles/timelineentry/export.csv": (ROLES, ROLES),
    "articles/timelineentry/export.json": (ROLES, ROLES),
    # Reviews
    "articles/review/#/read/": (ROLES, "MU"),
    "articles/review/#/page/": (ROLES, ROLES),
    "articles/review/#/correct/": ("MU", "MU"),
    "articles/review/#/corrections/": (ROLES, WRITE),
    "articles/review/#/recall/": (WRITE, WRITE),
    "articles/review/#/hand-on/": (ROLES, ROLES),  # the deed asks whose request it is
    "articles/review/#/reassign/": ("ESU", "ESU"),
    # Articles
    **of_model("articles/article", see=ROLES, add=WRITE, change=WRITE),
    "articles/article/#/history/": (ROLES, ROLES),
    "articles/article/x/history/": (ALL, ALL),  # Django's own, behind ours: leads to the index
    "articles/article/sources/": (ROLES, NONE),
    "articles/article/sources/new/": (SOURCES, SOURCES),
    "articles/article/import/": (WRITE, WRITE),
    "articles/article/import/create/": (NONE, WRITE),
    "articles/article/#/preview/": (ROLES, ROLES),
    "articles/article/#/request-review/": (WRITE, WRITE),
    "articles/article/#/publish/": ("PU", "PU"),
    "articles/article/#/withdraw/": ("PU", "PU"),
    "articles/article/#/redact/": ("PU", "PU"),
    "articles/article/#/evidence/": (ROLES, ROLES),
    "articles/article/#/editions/": (ROLES, WRITE),
    "articles/article/editions/#/": (ROLES, WRITE),
    "articles/article/#/emergency/": ("PU", "PU"),
    "articles/article/#/unschedule/": ("PU", "PU"),
    "articles/article/#/bin/": (WRITE, WRITE),
    "articles/article/#/unbin/": (WRITE, WRITE),
    "articles/article/#/earlier/": (ROLES, WRITE),
    "articles/article/#/earlier/look/": (ROLES, WRITE),
    "articles/article/#/earlier/compare/": (ROLES, WRITE),
    "articles/article/#/earlier/bring-back/": (WRITE, WRITE),
    "articles/article/#/presence/": (NONE, WRITE),
    "articles/article/#/unsaved/keep/": (NONE, WRITE),
    "articles/article/unsaved/keep/": (NONE, WRITE),
    "articles/article/unsaved/#/": (NONE, NONE),  # somebody else's
    "articles/article/#/comments/": (ROLES, ROLES),  # the deed asks who may comment
    "articles/redaction/#/confirm/": (ROLES, "AU"),
    # Dates
    "articles/article/#/dates/": (ROLES, NONE),
    "articles/article/#/dates/record/": (NONE, "SU"),
    "articles/article/#/dates/prior/": (NONE, "SU"),
    "articles/article/#/dates/defer/": (NONE, DATES),
    "articles/article/#/dates/cadence/": (NONE, DATES),
    "articles/article/dates/record/": ("SU", "SU"),
    "articles/article/dates/defer/": (DATES, DATES),
    "articles/article/dates/cadence/": (DATES, DATES),
}

# Actions of the lists, by model: who is offered them, and whose POST is heard.
ACTIONS: dict[str, dict[str, str]] = {
    "auth.user": {"left": "AU"},
    "articles.message": {"try_again": "AU"},
    "references.source": dict.fromkeys(("export_ris", "export_nbib", "export_bibtex", "export_csl"), ROLES),
    "articles.signoff": {"delete_selected": "AU"},
    "auth.group": {"delete_selected": "U"},
    "articles.condition": {"delete_selected": "U"},
    "articles.article": {"record_reviews": "SU", "change_cadences": DATES, "defer_dates": DATES},
}
