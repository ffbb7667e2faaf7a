"""Regular expressions that are compiled when somebody first needs them: those of printed references take a third of the
time in which a web process starts, and most processes never read a reference."""

import re
from typing import Any, cast

_METHODS = "match fullmatch search finditer findall split sub subn pattern".split()


class _Later:
    """Becomes the expression when the first of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = re.compile(*self._source)
        self.__dict__ |= {method: getattr(found, method) for method in _METHODS}  # from then on nobody comes here
        return getattr(found, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression. Its mistakes are found when it is first used."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
