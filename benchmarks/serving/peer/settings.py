"""A site as `wagtail start` makes it, without pictures and documents. Runs in the environment of the peer, not in ours.

PEER_DATABASE is Django's description of the database as JSON; with PEER_CACHE=on whole pages are kept by wagtail-cache.
"""

import json
import os

CACHED = os.environ.get("PEER_CACHE") == "on"
SECRET_KEY = "only for a measurement"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
INSTALLED_APPS = [
    "pages",
    *(
        f"wagtail.{app}"
        for app in "contrib.redirects embeds sites users snippets documents images search admin".split()
    ),
    *("wagtail", "modelcluster", "taggit", "django_filters"),
    *(f"django.contrib.{app}" for app in "auth contenttypes sessions messages staticfiles".split()),
    *(["wagtailcache"] if CACHED else []),
]
MIDDLEWARE = [
    *(["wagtailcache.cache.UpdateCacheMiddleware"] if CACHED else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    *(["wagtailcache.cache.FetchFromCacheMiddleware"] if CACHED else []),
]
ROOT_URLCONF = "urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": json.loads(os.environ["PEER_DATABASE"])}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
LANGUAGE_CODE, TIME_ZONE, USE_TZ = "en-us", "UTC", True
WAGTAIL_SITE_NAME = "peer"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
