"""Why nothing was done."""


class Refused(Exception):
    """A backup or a restore that can not begin, or that stopped; the message says why and what to do."""
