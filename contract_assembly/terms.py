"""Defined terms in running text: where they are defined, and where they are used. Pure.

A use is found by the longest term first, so that "Client Data" is no use of "Client", and in singular and plural.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from contract_assembly.document import Definition, Paragraph, Text
from contract_assembly.wordings import plural

_MEANS = (" means", " has the meaning", " mean ")


def is_definition(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an entry of the definitions: a term, then what it means."""
    match paragraph.children:
        case (Definition(), Text(text=text), *_):
            return text.startswith(_MEANS)
    return False


def term_of(paragraph: object) -> str:
    """The term that a definition paragraph defines; "" for anything else."""
    if isinstance(paragraph, Paragraph) and paragraph.children and isinstance(paragraph.children[0], Definition):
        return paragraph.children[0].term
    return ""


def uses(text: str, terms: Iterable[str]) -> set[str]:
    """Which of the terms a text uses."""
    pattern, by_form = _pattern(frozenset(terms))
    return {by_form[match[0].replace("\u00a0", " ")] for match in pattern.finditer(text)} if by_form else set()


def without_uses(text: str, terms: Iterable[str]) -> str:
    """The text with every use of a term blanked out by a character that is no letter, so that the rest can be looked at."""
    pattern, by_form = _pattern(frozenset(terms))
    return pattern.sub("·", text) if by_form else text


def forms(term: str) -> tuple[str, ...]:
    """The forms under which a term is recognised: itself, its plural, and its singular where it is written in the plural."""
    singular = (
        re.sub(r"ies$", "y", term)
        if term.endswith("ies")
        else term.removesuffix("s")
        if not term.endswith("ss")
        else term
    )
    return tuple(dict.fromkeys((term, plural(term), singular)))


@lru_cache(maxsize=64)
def _pattern(terms: frozenset[str]) -> tuple[re.Pattern[str], dict[str, str]]:
    by_form: dict[str, str] = {}
    for term in sorted(terms):
        for form in forms(term):
            by_form.setdefault(form, term)
    by_form |= {term: term for term in terms}
    longest_first = sorted(by_form, key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", "[ \u00a0]") for form in longest_first)
    return re.compile(rf"(?<![\w])(?:{joined})(?![\w])"), by_form
