"""Telephone numbers: read as people write them, kept in one printed form. Pure.

Source: ITU-T E.164 (country code and number have at most 15 digits; the numbering plan decides how long a country code is) and
E.123 (groups are separated by spaces, "+" comes before the country code)."""

import re

from contract_assembly.core.text import NBSP, shown

_EXTENSION = re.compile(r"[ ,;]*(?:extension|ext\.?|x|;ext=)[ .:]*(\d{1,6})$", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\+[1-9][\d ().\-/]*", re.ASCII)
_HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u00a0\u2007\u202f", "-----   ")
_LONGEST_GROUP = 6
_NORTH_AMERICAN = 11

# The country codes of the places that contracts are written for.
CALLING_CODES = {"US": "1", "CA": "1", "GB": "44", "IE": "353", "AU": "61", "NZ": "64"}
# Country codes of two digits; 1 and 7 have one digit, all others three.
_OF_TWO = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 "
    "94 95 98"
)
_TWO_DIGITS = frozenset(_OF_TWO.split())
# How a national number is grouped that was written without spaces: the first pattern that fits, by country code.
_GROUPS: dict[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    "1": ((r"\d{10}", (3, 3, 4)),),
    "44": ((r"2\d{9}", (2, 4, 4)), (r"(11|1\d1|3|8)\d+", (3, 3, 4)), (r"\d{10}", (4, 6))),
    "353": ((r"1\d{7}", (1, 3, 4)), (r"\d{9}", (2, 3, 4))),
}


def telephone(text: str) -> str:
    """Read an international number and give its printed form, groups joined by no-break spaces: "+1 (585) 555-0160 x12" becomes
    "+1 585 555 0160 ext. 12". Groups that are written apart are kept. Raises ValueError with a sentence."""
    plain = text.translate(_HYPHENS).removeprefix("tel:").strip()
    found = _EXTENSION.search(plain)
    extension, number = (found[1], plain[: found.start()]) if found else ("", plain)
    number = number.replace("(0)", " ").strip()
    if not _NUMBER.fullmatch(number) or not _balanced(number):
        raise ValueError(f"{shown(text)} is not an international telephone number: write it like +1 518 555 0140")
    groups = re.findall(r"\d+", number)
    digits = "".join(groups)
    if not 7 <= len(digits) <= 15:
        raise ValueError(f"{shown(text)} has {len(digits)} digits; a number with its country code has 7 to 15")
    if digits[0] == "1" and len(digits) != _NORTH_AMERICAN:
        raise ValueError(f"{shown(text)} has {len(digits) - 1} digits after +1; a North American number has 10")
    if groups[0] != _country_code(digits) or max(len(each) for each in groups) > _LONGEST_GROUP or len(groups) == 1:
        groups = _grouped(digits)
    if groups[1].startswith("0") and groups[0] in _GROUPS:
        raise ValueError(f"{shown(text)}: leave out the 0 after the country code, as in +44 20 7946 0123")
    return NBSP.join([f"+{groups[0]}", *groups[1:], *(["ext.", extension] if extension else [])])


def at_home(text: str, country: str) -> str:
    """Read a number as people of a country (by its ISO code) write it at home, "(518) 555-0140" in the US or "020 7946 0123" in
    GB, or with a country code; and give its printed form. Raises ValueError with a sentence."""
    code, plain = CALLING_CODES.get(country, ""), text.translate(_HYPHENS).removeprefix("tel:").strip()
    if not code or plain.startswith("+"):
        return telephone(text)
    if plain.startswith("00"):
        return telephone(f"+{plain[2:]}")
    national = re.sub(r"^1[ .\-]+" if code == "1" else r"^(\(?)0(?!0)", "" if code == "1" else r"\1", plain)
    try:
        return telephone(f"+{code} {national}")
    except ValueError:
        raise ValueError(f"{shown(text)} is not a telephone number: write it like +1 518 555 0140") from None


def _balanced(number: str) -> bool:
    """Whether each bracket is closed before the next one opens."""
    return re.sub(r"[^()]", "", number) in {"", "()", "()()"}


def _country_code(digits: str) -> str:
    length = 1 if digits[0] in "17" else 2 if digits[:2] in _TWO_DIGITS else 3
    return digits[:length]


def _grouped(digits: str) -> list[str]:
    """Country code and groups: by the habit of the country where it is known, else threes, with two to four digits at the end."""
    code = _country_code(digits)
    rest = digits.removeprefix(code)
    lengths = next((sizes for pattern, sizes in _GROUPS.get(code, ()) if re.fullmatch(pattern, rest)), ())
    if sum(lengths) != len(rest):
        lengths = (3,) * (len(rest) // 3)
        left = len(rest) - sum(lengths)
        lengths = (*lengths[:-1], 4) if left == 1 else (*lengths, 2) if left else lengths
    ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    return [code, *(rest[end - size : end] for end, size in zip(ends, lengths, strict=True))]
