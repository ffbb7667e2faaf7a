"""ORCID and NPI: numbers that name one person, in one form, and held against their check digits. Pure."""

import re

_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/|ORCID(?: iD)?:?\s*)?(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dX])/?",
    re.IGNORECASE,
)
_NPI = re.compile(r"(?:NPI:?\s*)?([12]\d{9})", re.IGNORECASE)
_CARD_ISSUER = "80840"  # stands before an NPI when its check digit is computed: health, United States


def normalize_orcid(text: str) -> str:
    """`0000-0002-1825-0097` of an iD or its address; "" if it is none, or its last sign does not fit the others."""
    found = _ORCID.fullmatch(_ascii(text))
    if found is None:
        return ""
    signs = "".join(found.groups()).upper()
    return "-".join(found.groups()).upper() if _mod_11_2(signs[:-1]) == signs[-1] else ""


def normalize_npi(text: str) -> str:
    """The ten digits of a National Provider Identifier; "" if it is none, or its last digit does not fit the others."""
    found = _NPI.fullmatch(_ascii(text))
    return found[1] if found and _luhn(_CARD_ISSUER + found[1]) else ""


def _ascii(text: str) -> str:
    """Without what a word processor makes of hyphens; digits of other scripts stay, and fit no pattern."""
    joined = re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(text.split()))
    return joined if joined.isascii() else ""


def _mod_11_2(digits: str) -> str:
    """The check character of ISO 7064 MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _luhn(digits: str) -> bool:
    """Whether the last digit is the one that Luhn's rule asks for."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
