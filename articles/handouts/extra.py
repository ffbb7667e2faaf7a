"""Whether this machine has what handouts need: an optional extra (README, "PDF"), of which nothing is loaded here."""

import ctypes.util
import importlib.util
from functools import cache
from typing import Any

from django.core import checks

from articles.handouts.sheet import TYPESETTERS

LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")


@cache
def missing() -> tuple[str, ...]:
    """What this machine lacks to make handouts; all of it may be."""
    packages = tuple(name for name in TYPESETTERS if importlib.util.find_spec(name) is None)
    if packages == TYPESETTERS:
        return packages  # looking for libraries in vain is slow, and they would not help
    return (*packages, *(f"lib{name}" for name in LIBRARIES if ctypes.util.find_library(name) is None))


def there() -> bool:
    """Whether this machine can make handouts at all."""
    return not missing()


def half_there(app_configs: Any, **_options: Any) -> list[checks.CheckMessage]:
    """A system check: who installed one half of the extra wanted the whole."""
    lacking = missing()
    if not lacking or lacking == TYPESETTERS:
        return []
    message = f"Pages can not be had as PDF: the optional extra is there by half, without {', '.join(lacking)}."
    hint = "See “PDF” in the README: pip install -r requirements-pdf.txt, and the system's Pango."
    return [checks.Warning(message, hint=hint, id="articles.W001")]
