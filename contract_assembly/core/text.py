"""Characters and typography: what a fact may hold, curly quotes and dashes, lists in a sentence. Pure, stdlib only."""

import re
import unicodedata
from collections.abc import Iterable

from contract_assembly.core.sentinels import PRIVATE

NBSP = "\u00a0"
_MARKS = "[Ss]ections? [Pp]aragraphs? [Aa]rticles? Schedules? [Pp]arts? Priority Level"
_UNITS = (
    "Business Days?|Business Hours?|days?|hours?|minutes?|seconds?|months?|years?|weeks?|times|percent|users?|devices?|sites?|"
    "[KMGT]B|AM|PM|CFR|USD|EUR|GBP"
)
_JOINTS = re.compile(rf"(§|\b(?:[Nn]o\.|{_MARKS.replace(' ', '|')})) (?=\d|[A-Z]\b)|(?<=\d) (?=(?:{_UNITS})\b|%)")
_MAY_JOIN = re.compile(r"\d| [A-Z]\b")  # in every text with a joint
# Marks that reverse the direction of text, so that a line reads differently from how it is stored (CVE-2021-42574).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Soft hyphen, fillers and marks of no width, and the tag characters, which can spell out an invisible text.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc"
    "\U000e0000-\U000e007f]"
)


def refusal(text: str, *, template: bool = False) -> str | None:
    """Why this text cannot be a fact, as the end of a sentence ("holds …"), or None if it can. A `template` may hold {{ }}."""
    if text.isascii() and text.isprintable() and "{" not in text and "}" not in text:
        return None  # true of nearly every fact
    if "\n" in text:
        return "holds a line break"
    if any(unicodedata.category(c) in {"Cc", "Cs", "Cn"} for c in set(text)):
        return "holds a control or unassigned character"
    if _BIDI.search(text) or _INVISIBLE.search(text):
        return "holds an invisible character that changes how the line reads"
    if PRIVATE.search(text):
        return "holds a private-use character"
    if not template and ("{{" in text or "}}" in text):
        return "holds {{ or }}, which could plant a template or a signature field"
    return None


def curled(text: str, before: str = " ") -> str:
    """The text with straight quotes and typed dashes made typographic; `before` is the character that precedes it."""
    text = text.replace("---", "—").replace(" -- ", " – ")
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    previous = before
    for char in text:
        if char in "\"'":
            opening = previous.isspace() or previous in "([—–“‘"
            char = {'"': "“”", "'": "‘’"}[char][0 if opening else 1]
        out.append(char)
        previous = char
    return "".join(out)


def typeset(text: str, before: str = " ") -> str:
    """The text as it is printed: quotes curled, and no line break between a mark and its number ("section 5", "Priority 1") or
    between a number and its unit ("14 days", "45 CFR")."""
    found = curled(text, before)
    return _JOINTS.sub(rf"\g<1>{NBSP}", found) if _MAY_JOIN.search(found) else found


MAX_SHOWN = 80  # characters of a value in a message: enough to find it again
MAX_NAMES = 50  # names in a hint


def shortened(text: str, most: int = MAX_SHOWN) -> str:
    """A text for a message: its beginning and its end where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return f"{text[: most - most // 4].rstrip()} … {text[-(most // 4) :].lstrip()}"


def slug(text: str) -> str:
    """A text as a part of a file's name or an id: its letters, small and without accents, and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def cut(text: str, most: int) -> str:
    """A text for a column or a label: its beginning where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shown(value: object) -> str:
    """A value that a message quotes, in quotes and not longer than a line."""
    return repr(shortened(value)) if isinstance(value, str) else shortened(repr(value))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most similar to this one, if any is similar."""
    import difflib  # loaded for a mistake only

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown name: the nearest known one, or a list of them where none is near."""
    names = sorted(known)
    if near := nearest(word[:MAX_SHOWN], names):
        return f"did you mean {near}?"
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"known here: {', '.join(names[:MAX_NAMES]) or 'nothing'}{more}"


def joined(words: Iterable[str], conjunction: str = "and") -> str:
    """A list in a sentence: "a", "a and b", "a, b, and c"."""
    *init, last = list(words) or [""]
    if not init:
        return last
    comma = "," if len(init) > 1 else ""
    return f"{', '.join(init)}{comma} {conjunction} {last}"


def plural(noun: str) -> str:
    """The plural of a regular English noun; irregular plurals are the caller's business."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def with_count(count: int, noun: str) -> str:
    """A number with its noun: "1 row", "2 rows"."""
    return f"{count} {noun if count == 1 else plural(noun)}"


def mid_sentence(text: str) -> str:
    """A phrase inside a sentence: its first word without a capital, unless that is an abbreviation."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
