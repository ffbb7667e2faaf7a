"""Why nothing was exported."""


class Refused(Exception):
    """An export or a check that can not begin, or that stopped; the message says what, where, and what to do."""


class Busy(Refused):
    """Another process is exporting to the same folder."""
