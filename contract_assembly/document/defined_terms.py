"""Defined terms in running text: where they are defined, and where they are used. Pure.

The longest term is looked for first, so that "Client Data" is not a use of "Client". Singular, plural and, before a noun,
hyphenated forms count ("a Business-Day count").
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from contract_assembly.core.text import plural
from contract_assembly.document.tree import Definition, Paragraph, Text

_OF = re.compile(r"( (?:of|for|to|in) )")
_BLANK = re.compile("[ \u00a0-]")
_MEANS = (" means", " has the meaning", " mean ")


def is_definition(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an entry of the definitions: a term, then its meaning."""
    match paragraph.children:
        case (Definition(), Text(text=text), *_):
            return text.startswith(_MEANS)
    return False


def term_of(paragraph: object) -> str:
    """The term that a definition paragraph defines; "" for anything else."""
    if isinstance(paragraph, Paragraph) and paragraph.children and isinstance(paragraph.children[0], Definition):
        return paragraph.children[0].term
    return ""


class Terms(Struct, frozen=True, eq=False):
    """A set of terms to search for: the pattern, and the term for each form that the pattern finds. There is one object for
    each set of terms, so that results can be cached by it."""

    pattern: re.Pattern[str]
    by_form: Mapping[str, str]


def compile_terms(terms: Iterable[str]) -> Terms:
    """A set of terms, ready to be searched for."""
    return _terms(frozenset(terms))


@lru_cache(maxsize=4_096)  # lines of a few hundred letters; most words of a clause are the same for many clients
def uses(text: str, terms: Terms) -> frozenset[str]:
    """Which of the terms a text uses."""
    return frozenset(terms.by_form[_key(match[0])] for match in terms.pattern.finditer(text))


@lru_cache(maxsize=4_096)  # as many lines as `uses` remembers
def without_uses(text: str, terms: Terms) -> str:
    """The text with every use of a term replaced by as many characters that are not letters, so that all other characters keep
    their positions."""
    return terms.pattern.sub(lambda match: "·" * len(match[0]), text)


def forms(term: str) -> tuple[str, ...]:
    """The forms in which a term is recognised: itself, its plural, and its singular if the term is a plural.

    The counted noun comes before "of" and the like: the plural of "Statement of Work" is "Statements of Work"."""
    noun, *rest = _OF.split(term, maxsplit=1)
    cut = (noun.removesuffix("s"), noun.removesuffix("es"), noun.removesuffix("ies") + "y")
    nouns = (noun, plural(noun), *(each for each in cut if plural(each) == noun))
    return tuple(dict.fromkeys("".join((each, *rest)) for each in nouns))


@lru_cache(maxsize=64)  # contracts of one kind define much the same terms
def _terms(terms: frozenset[str]) -> Terms:
    by_form: dict[str, str] = {}
    for term in sorted(terms):
        for form in forms(term.replace("\u00a0", " ")):
            by_form.setdefault(form, term)
    by_form |= {term.replace("\u00a0", " "): term for term in terms}
    if not by_form:
        return Terms(re.compile("(?!)"), {})
    longest_first = sorted(by_form, key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", _BLANK.pattern) for form in longest_first)
    first = "".join(sorted({re.escape(form[0]) for form in longest_first}))  # a quick look before the long one
    pattern = re.compile(rf"(?=[{first}])(?<!\w)(?:{joined})(?!\w)")
    return Terms(pattern, {_key(form): term for form, term in by_form.items()})


def _key(form: str) -> str:
    return _BLANK.sub(" ", form)
