"""The collected static files, as WhiteNoise serves them."""

from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # it ships no types
    """It looks at the files when the first of them is asked for: there are thousands, and to look at them takes a sixth
    of the time in which a process starts."""

    def __init__(self, get_response: Any) -> None:
        self._folders: list[tuple[str, str]] = []
        self._looking = Lock()
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._folders and request.path_info.startswith(self.static_prefix):
            self._look()
        answer: HttpResponseBase = super().__call__(request)
        return answer

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        """Remember where to look."""
        self._folders.append((root, prefix))

    def _look(self) -> None:
        with self._looking:
            while self._folders:
                super().update_files_dictionary(*self._folders[0])
                del self._folders[0]  # only now: whoever comes meanwhile waits
