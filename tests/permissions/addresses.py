"""Role by admin address: who may look (GET), and who may send (POST, without the button). Letters: see people.py.

A row is a real address below /admin/, in which # is a row of the model that the address names. "Looks" and "sends"
mean that the answer is no 403, no 404, no 405 and no way to the sign-in page.
"""

from tests.permissions.people import AT_THE_DESK, EVERYBODY, STAFF_ROLES

ALL, NONE = AT_THE_DESK, ""
ROLES = STAFF_ROLES
WRITE, SOURCES, PEOPLE, DATES, MERGES, TELL = "WEU", "WEMSU", "SAU", "PSU", "ESU", "WEPU"
FACTS, ASK = "WEPSU", "WESU"


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
    "references/source/import/more/": (NONE, SOURCES),
    "references/source/#/examine/": (NONE, SOURCES),
    "references/source/#/used/": (ROLES, NONE),
    "references/source/merge/": (MERGES, MERGES),
    "references/source/merge/#/undo/": (MERGES, MERGES),
    "references/source/apart/": (NONE, MERGES),
    **of_model("articles/condition", see=ROLES, add=WRITE, change=WRITE, delete="U"),
    **of_model("articles/reviewer", see=ROLES, add=PEOPLE, change=PEOPLE),
    "articles/reviewer/#/preview/": (NONE, PEOPLE),
    **of_model("articles/sitetext", see=ROLES),
    "articles/sitetext/privacy/": (ROLES, NONE),
    "articles/sitetext/privacy/edit/": ("PAU", "PAU"),
    **of_model("articles/signoff", see=ROLES, add="AU", change="AU", delete="AU"),
    **of_model("articles/figure", see=ROLES),
    "articles/figure/#-120.jpg": (ROLES, ROLES),
    "articles/article/figures/upload/": (NONE, WRITE),
    **of_model("articles/fact", see=ROLES, add=FACTS),
    "articles/fact/#/value/": (FACTS, FACTS),
    "articles/fact/#/renew/": (ROLES, WRITE),
    "articles/article/facts/": (ROLES, NONE),
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
    "articles/review/#/recall/": (ASK, ASK),  # the deed asks whose request it is
    "articles/review/#/hand-on/": (ROLES, ROLES),  # the deed asks whose request it is
    "articles/review/#/reassign/": ("ESU", "ESU"),
    "articles/review/#/not-so/": (ROLES, ROLES),  # the deed asks whom the record names
    "articles/review/paper/#/": (ROLES, NONE),
    "articles/article/#/confirm/": ("MU", "MU"),
    "articles/article/#/confirm/page/": ("MU", NONE),
    # Articles
    **of_model("articles/article", see=ROLES, add=WRITE, change=WRITE),
    "articles/article/#/history/": (ROLES, ROLES),
    "articles/article/x/history/": (ALL, ALL),  # Django's own, behind ours: leads to the index
    "articles/article/sources/": (ROLES, NONE),
    "articles/article/sources/new/": (SOURCES, SOURCES),
    "articles/article/import/": (WRITE, WRITE),
    "articles/article/import/create/": (NONE, WRITE),
    "articles/article/#/preview/": (ROLES, ROLES),
    "articles/article/#/request-review/": (ASK, ASK),  # the deed asks whether readers see the words
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
    "articles/article/hints/": (NONE, WRITE),
    "articles/article/#/hints/": (NONE, WRITE),
    "articles/article/#/hints/answer/": (NONE, WRITE),
    "articles/article/#/hints/take-back/": (NONE, WRITE),
    "articles/article/#/comments/": (ROLES, ROLES),  # the deed asks who may comment
    "articles/article/news/": (ROLES, NONE),
    "articles/article/news/addresses/": (ROLES, "PU"),
    "articles/article/news/#/": (ROLES, "EMPSU"),
    "articles/article/news/report/": ("WEMPSU", "WEMPSU"),
    "articles/article/news/alert/#/": (ROLES, "EMPSU"),
    "articles/article/news/alert/#/pages/": ("WEMPSU", "WEMPSU"),
    "articles/article/news/fact/#/": (ROLES, "EMPSU"),
    "articles/article/#/news/": (ROLES, "EMPSU"),
    "articles/redaction/#/confirm/": (ROLES, "AU"),
    # Patient stories and their consents: nobody else's business
    **of_model("articles/patientstory", see=TELL, add=TELL, change=TELL),
    "articles/patientstory/#/withdraw/": (TELL, TELL),
    "articles/patientstory/#/preview/": (TELL, NONE),
    "articles/patientstory/consent/#/": (TELL, NONE),
    # Dates
    **of_model("articles/reviewpolicy", see=ROLES),
    "articles/reviewpolicy/set/": (DATES, DATES),
    "articles/reviewpolicy/set/pages/?maximum_months=36": (NONE, NONE),  # no whole policy: not found
    "articles/article/due/": (ROLES, NONE),
    "articles/article/due/desk/": (ROLES, NONE),
    "articles/article/due/reviewers/": (ROLES, NONE),
    "articles/article/due/conditions/": (ROLES, NONE),
    "articles/article/due/export.csv": (ROLES, NONE),
    "articles/article/due/reviewers.csv": (ROLES, NONE),
    "articles/article/due/counts.csv": (ROLES, NONE),
    "articles/article/due/troubles.csv": (ROLES, NONE),
    "articles/article/due/news.csv": (ROLES, NONE),
    "articles/article/due/do/": (NONE, NONE),  # names a deed, whose sheet asks for its permission
    "articles/article/due/filters/": (NONE, ROLES),
    "articles/article/due/filters/#/": (NONE, NONE),  # somebody else's
    "articles/article/due/calendar/": (ROLES, ROLES),
    "articles/article/#/dates/": (ROLES, NONE),
    "articles/article/#/dates/record/": (NONE, "SU"),
    "articles/article/#/dates/prior/": (NONE, "SU"),
    "articles/article/#/dates/defer/": (NONE, DATES),
    "articles/article/#/dates/cadence/": (NONE, DATES),
    "articles/article/#/dates/snooze/": (NONE, ROLES),  # the deed asks whose page it is
    "articles/article/#/dates/wake/": (NONE, ROLES),
    "articles/article/#/dates/assign/": (NONE, DATES),
    # Many at once
    "articles/article/bulk/": ("WEPSU", NONE),
    "articles/article/bulk/assign/": (DATES, DATES),
    "articles/article/bulk/request/": (ASK, ASK),
    "articles/article/bulk/record/": ("SU", "SU"),
    "articles/article/bulk/cadence/": (DATES, DATES),
    "articles/article/bulk/defer/": (DATES, DATES),
    "articles/article/bulk/#/": (DATES, DATES),
    "articles/article/bulk/#/results.csv": (DATES, NONE),
}

# Actions of the lists, by model: who is offered them, and whose POST is heard.
ACTIONS: dict[str, dict[str, str]] = {
    "auth.user": {"left": "AU"},
    "articles.message": {"try_again": "AU"},
    "references.source": {
        "merge": MERGES,
        **dict.fromkeys(("export_ris", "export_nbib", "export_bibtex", "export_csl"), ROLES),
    },
    "articles.signoff": {"delete_selected": "AU"},
    "auth.group": {"delete_selected": "U"},
    "articles.condition": {"delete_selected": "U"},
    "articles.article": {
        "record_reviews": "SU",
        "request_reviews": ASK,
        **dict.fromkeys(("assign_reviewers", "change_cadences", "defer_dates"), DATES),
    },
}
