"""An exception as a log may hold it: its kind, and where it came from. Not what it says, which may be somebody's data.

"Key (email)=(rosa@example.org) already exists" is what PostgreSQL says, and every library quotes what it can not read.
"""

import errno
import traceback
from collections.abc import Iterator

# What these say is about the program: a name that is not there, a template that can not be read.
OF_CODE = (NameError, AttributeError, ImportError, NotImplementedError)


def code(error: BaseException) -> str:
    """The number or name that the system, the database or the mail server gave the error; "" without one."""
    number = getattr(error, "errno", None)
    found = errno.errorcode.get(number) if isinstance(number, int) else None
    cause = error.__cause__  # Django's errors of the database wrap the driver's
    found = found or getattr(error, "pgcode", None) or getattr(cause, "pgcode", None) or getattr(error, "smtp_code", "")
    return str(found or "")


def named(error: BaseException) -> str:
    """One line: kind, code, and, where it is only about the program, what it says."""
    parts = [type(error).__name__, code(error)]
    said = f": {' '.join(str(error).split())}" if isinstance(error, OF_CODE) else ""
    return " ".join(filter(None, parts)) + said


def told(error: BaseException) -> str:
    """The error and those that led to it, the first one first, with the lines of code that they went through."""
    return "\n".join(_part(one) for one in reversed(list(_chain(error))))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen, found = set[int](), error if error else None
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _part(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__)) + named(error)
