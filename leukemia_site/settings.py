"""All settings, read from the environment. Each reader refuses nonsense and says how to mend it (environment.py)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from leukemia_site import branding
from leukemia_site import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")  # everything the site writes to disk

# -- Who we are, and where -----------------------------------------------------------------------------------------

ORGANIZATION_NAME = env.text("ORGANIZATION_NAME", default="Example Hospital")
CONTACT_EMAIL = env.address("CONTACT_EMAIL", default="")  # where readers report mistakes; empty: nowhere by mail
# Who hears of a hole in this site's safety (/.well-known/security.txt); empty: nobody, and there is no such file.
SECURITY_CONTACT = env.address("SECURITY_CONTACT", default=CONTACT_EMAIL)
CONTACT_PHONE = branding.phone("CONTACT_PHONE")  # at the top and the end of every page
CONTACT_ADDRESS = env.text("CONTACT_ADDRESS", default="")  # on one line, at the end of every page
LOGO = branding.logo("LOGO")
ACCENT_COLOR = branding.color("ACCENT_COLOR", default=branding.ACCENT, papers=branding.LIGHT)
ACCENT_COLOR_DARK = branding.color("ACCENT_COLOR_DARK", default=branding.ACCENT_DARK, papers=branding.DARK)
SITE_URL = env.site_url("SITE_URL", default="http://127.0.0.1:8000")
TIME_ZONE = env.time_zone("TIME_ZONE", default="America/Los_Angeles")
LANGUAGE_CODE = "en-us"
USE_TZ = True

# What this site calls itself to the servers of sources that it looks at, with a way to complain.
EXAMINER_NAME = env.text(
    "EXAMINER_NAME",
    default=f"PatientInformationSourceCheck/1.0 (+{SITE_URL}{'; ' * bool(CONTACT_EMAIL)}{CONTACT_EMAIL})",
)
# Whether people may look up a DOI at Crossref and a PMID at PubMed. Both ask to be told whom to write to.
SOURCE_LOOKUPS = env.flag("SOURCE_LOOKUPS", default=bool(CONTACT_EMAIL))
CROSSREF_API = env.text("CROSSREF_API", default="https://api.crossref.org")
PUBMED_API = env.text("PUBMED_API", default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils")

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname or "", *LOOPBACK])
PUBLIC = not set(ALLOWED_HOSTS) <= set(LOOPBACK)  # it answers to more than this machine
HTTPS = SITE_URL.startswith("https://")
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)  # one that writes X-Forwarded-Proto and X-Forwarded-For itself

# -- The house's own rules -----------------------------------------------------------------------------------------

# How a review ages. Months by risk tier; an article may override its own.
REVIEW_CADENCE_MONTHS = env.whole_by_key(
    "REVIEW_CADENCE_MONTHS", default={"high": 6, "standard": 12, "low": 36}, least=1, most=120
)
# A signature older than this no longer lets words be published.
ATTESTATION_DAYS = env.whole("ATTESTATION_DAYS", default=90, least=1, most=3650)
# How often `manage.py run_due` is run, in minutes. When two of these have passed, every desk says so.
RUN_DUE_MINUTES = env.whole("RUN_DUE_MINUTES", default=5, least=1, most=1440)

# Where `manage.py run_due` keeps a static mirror of what readers see; empty: nowhere (docs/decisions/0049).
MIRROR_DIR = env.text("MIRROR_DIR", default="")

# The largest picture that can be uploaded. What has more pixels is not even opened.
FIGURE_MEGABYTES = env.whole("FIGURE_MEGABYTES", default=20, least=1, most=200)
FIGURE_MEGAPIXELS = env.whole("FIGURE_MEGAPIXELS", default=50, least=1, most=150)

# How grave each finding of the automatic checks is (docs/decisions/0027); what is not named here is as its rule says.
FINDING_SEVERITY = env.choice_by_key(
    "FINDING_SEVERITY",
    known=(
        *("uncited_dose", "uncited_guideline", "uncited_study", "uncited_figure", "uncited_superlative"),
        *("aged_source", "uncited_source", "other_audience", "undated_web_source", "bare_address", "link_text"),
        *("retracted_source", "doubted_source", "gone_source", "superseded_source", "expired_fact"),
        *("missing_summary", "missing_help", "repeated_glance", "repeated_heading", "heading_order", "ended_story"),
        *("poor_alternative", "repeated_alternative"),
    ),
    fixed=(
        *("missing_title", "no_medical_section", "missing_heading", "empty_section", "missing_source"),
        *("missing_picture", "missing_alternative", "missing_caption", "medical_claim", "unowned_claim"),
        "altered_fact",
    ),
    choices=("blocking", "warning", "hint", "off"),
)
# For how many years a source of each kind is good before somebody should look for a newer one.
SOURCE_YEARS = env.whole_by_key(
    "SOURCE_YEARS",
    default={"web": 5, "journal": 10, "guideline": 5, "book": 10, "report": 5, "data": 5},
    least=1,
    most=100,
)

# Patient stories (docs/decisions/0033): for how many years a consent can be given, how many days before its end staff
# hear of it, how many days after it the text is erased, and how many years longer the signed consent is kept as proof.
STORY_YEARS = env.whole("STORY_YEARS", default=3, least=1, most=20)
STORY_REMINDER_DAYS = env.whole("STORY_REMINDER_DAYS", default=30, least=1, most=365)
STORY_GRACE_DAYS = env.whole("STORY_GRACE_DAYS", default=30, least=0, most=365)
CONSENT_YEARS = env.whole("CONSENT_YEARS", default=6, least=0, most=30)

# The rich-text editor of the admin; "articles.admin.editor.PlainTextarea" does without the package.
CMS_EDITOR = env.text("CMS_EDITOR", default="articles.admin.editor.CKEditor4")

# -- Django --------------------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret_key("SECRET_KEY", debug=DEBUG, public=PUBLIC, kept=VAR_DIR / "secret_key")
# Signs the chain of seals over reviews and editions; kept apart from the database.
SEAL_KEY = env.seal_key("SEAL_KEY", public=PUBLIC, kept=VAR_DIR / "seal_key")
HEADS_FILE = VAR_DIR / "heads.jsonl"  # the chain's signed head, day by day; copy it to another machine

INSTALLED_APPS = [
    "leukemia_site.apps.DeskConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "leukemia_site.apps.StaticConfig",  # django.contrib.staticfiles without the editor's unused parts
    "leukemia_site.apps.SiteConfig",
    "axes",
    "ckeditor",
    "references",
    "articles",
]
MIDDLEWARE = [
    "leukemia_site.observing.middleware.ObservingMiddleware",
    "leukemia_site.csp.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "leukemia_site.collected.StaticMiddleware",
    "leukemia_site.limits.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "leukemia_site.limits.MethodMiddleware",
    "leukemia_site.outage.OutageMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
ROOT_URLCONF = "leukemia_site.urls"
WSGI_APPLICATION = "leukemia_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"desk": "articles.admin.tags"},  # tags of the admin's templates stand with the admin
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True  # "cancer.gov" typed into a form means https, as it will in Django 6
BODY_MEGABYTES = max(20, FIGURE_MEGABYTES) + 5  # of one request; nginx says it, too
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20  # of a form without its files: the lines of a large file come back in one
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article in the admin, or many selected ones
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # an end-of-life editor, locked down: docs/decisions/0002-editor.md
    # HSTS for sister hosts, and for good: only who owns the whole domain can promise that, not one site in it.
    "security.W005",
    "security.W021",
]

# -- What we lean on -----------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
DATABASES |= env.replicas("DATABASE_REPLICA_URL", primary=DATABASES["default"])
DATABASE_ROUTERS = ["leukemia_site.replicas.Router"] if len(DATABASES) > 1 else []
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
SHARES_CACHE = CACHES["default"]["BACKEND"].endswith("SharedCache")
# In the database always; and, where all processes share one, in the cache, where they are found sooner.
SESSION_ENGINE = "leukemia_site.sessions" if SHARES_CACHE else "django.contrib.sessions.backends.db"

# Published pages that each process keeps in memory, to answer before Django is asked (docs/decisions/0047); on disk it
# is 16 times as much. 0: none.
GONE_ROOT = VAR_DIR / "withdrawn"  # the pages of which this machine has heard that they are
PAGES_MEGABYTES = env.whole("PAGES_MEGABYTES", default=64, least=0, most=65_536)

_MAIL = env.email("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_HOST"] or "localhost", _MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"] or "", _MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.address("DEFAULT_FROM_EMAIL", default="Patient information <webmaster@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- Static files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": env.media("MEDIA_STORAGE"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
HANDOUTS_ROOT = MEDIA_ROOT / "handouts"  # beside what is uploaded, as every machine needs both; made anew at any time
# The editor asks for its parts by their plain names, so these stay (and are cached for a minute, not for ever).
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

# -- Safety --------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that a link in a mail is good for
# How people prove once more who they are before they sign, and how long that counts (docs/decisions/0011).
REAUTHENTICATION = "articles.admin.again.Password"
REAUTHENTICATION_MINUTES = 15

# Guessing passwords (django-axes). Nobody can lock somebody else out from elsewhere: it counts by name and address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying while locked out does not make it longer
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "leukemia_site.visitor.address"
AXES_USERNAME_CALLABLE = "leukemia_site.visitor.user_name"
AXES_LOCKOUT_CALLABLE = "articles.admin.passwords.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]  # never written down; nor is a password
AXES_DISABLE_ACCESS_LOG = True  # who works when is not ours to collect
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day, on machines that colleagues share
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # which illness somebody reads about is nobody else's business
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # who asks for these stands next to us, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Only behind a proxy that sets this header itself; otherwise anybody could claim to have come by https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# -- What is seen of a run: lines on stderr and numbers (docs/decisions/0050). Nothing of who reads, or what was sent --

LOG_FORMAT = env.choice("LOG_FORMAT", default="line", choices=("line", "json"))
LOG_LEVEL = env.choice("LOG_LEVEL", default="info", choices=("debug", "info", "warning", "error"))
# A question to the database that takes as many milliseconds is logged, without what stood in its placeholders. 0: none.
SLOW_QUERY_MS = env.whole("SLOW_QUERY_MS", default=500, least=0, most=600_000)
METRICS_TOKEN = env.token("METRICS_TOKEN")  # shown by who reads /metrics; empty: there is no such page
METRICS_ROOT = VAR_DIR / "metrics"  # what the web processes of this machine count together
DISK_FREE_MEGABYTES = env.whole("DISK_FREE_MEGABYTES", default=500, least=0, most=9_999_999)  # with less, not ready

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "leukemia_site.observing.lines.Line"},
        "json": {"()": "leukemia_site.observing.lines.Json"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page not found is no error of ours
        # The server of `runserver` writes whole addresses, with their questions; our own lines stand for its.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        **{name: {"level": LOG_LEVEL.upper()} for name in ("articles", "references", "leukemia_site")},
    },
}
