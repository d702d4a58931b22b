"""Judge what the other side changed: is a value within what is approved, are words those of one of our fallbacks, and what money
and which dates move. Pure, apart from the clauses that `Ours` has already filled."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.actions.negotiation import playbook_advice
from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.insertion_places import proposed
from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.clauses.clause import Clause
from contract_assembly.clauses.parameter import PARAM_TYPES, Param
from contract_assembly.compare.align import ALIKE
from contract_assembly.compare.figures import difference, label
from contract_assembly.compare.words import cut, likeness
from contract_assembly.core.paths import is_clients
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.playbook import Point
from contract_assembly.facts.template_values import Fact

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PERIOD = re.compile(r"(\w+)\s+((?:business )?(?:minute|hour|day|week|month|quarter|year))s?", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:\.\d{1,2})?)\s*(?:%|percent)")


class FilledClause(Struct, frozen=True):
    """A clause of ours, filled with the facts of the agreement, as its words."""

    clause: str
    rung: str
    words: tuple[str, ...]


class Ours(Struct, frozen=True):
    """Our side: the facts by their tag, the clauses of the contract by the tag of their id, and the other clauses of their
    slots, filled. `empty` are the slots that the contract may have and has not; their clauses are among the fallbacks, by the
    slot. `sections` are the bookmarks of the sections in its standard terms, with their ids; `points` are those of our
    playbook; `names` are those of facts for users, by tag."""

    facts: Mapping[str, Fact]
    clauses: Mapping[str, Clause]
    fallbacks: Mapping[str, Sequence[FilledClause]]
    empty: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def label(self, tag: str) -> str:
        """The name of a fact for users."""
        return self.names.get(tag) or label(self.facts[tag].key if tag in self.facts else tag)


class Judgement(Struct, frozen=True):
    """What we can say of a change: a sentence, the clause of ours that its words equal (`rung`), and the value of a changed
    fact as text that a file of facts takes, empty if it is not known; `leaf` is the tag of the fact that has it, one of several
    that are printed as one, like a town in an address. `place` is where an insertion between two clauses would go; `answers`
    are those of our playbook, drafts of a reason."""

    says: str
    rung: str = ""
    value: str = ""
    by: str = ""
    place: str = ""
    answers: tuple[str, ...] = ()
    leaf: str = ""


def judged(change: ReturnedChange, texts: Mapping[str, "ClauseWords"], ours: Ours) -> Judgement:
    """Judge one change; `texts` are those of the clauses. What cannot be judged is new."""
    found = _judged(change, texts, ours)
    if change.kind in {"comment", "renumbered", "moved"}:
        return found
    fact = ours.facts.get(change.facts[0]) if change.kind == "fact" else None
    slot = ours.clauses[change.clause].head.slot if change.clause in ours.clauses else ""
    return replace(found, answers=playbook_advice.answers(change, fact.key if fact else "", slot, ours.points))


def _judged(change: ReturnedChange, texts: Mapping[str, "ClauseWords"], ours: Ours) -> Judgement:
    if change.kind == "comment":
        return Judgement("a comment, to be answered")
    if change.kind == "fact":
        return _of_fact(change, ours)
    if change.kind == "renumbered":
        return Judgement("only numbers: ours are automatic, so there is nothing to decide")
    if any(change.between):
        return _of_paragraphs(change, ours)
    if change.kind == "moved":
        return Judgement("the same words in another place")
    if not change.clause:
        return Judgement("not placed in any clause: read it")
    return _of_words(change, texts, ours)


# ---- facts


def _of_fact(change: ReturnedChange, ours: Ours) -> Judgement:
    leaf, text = leaf_of(change, ours.facts)
    if fact := ours.facts.get(leaf):
        return replace(_of_value(fact, text, ours), leaf=leaf)
    if any(each.startswith(f"{leaf}.") for each in ours.facts):
        return Judgement("several facts at once: read it")
    return Judgement("a fact that the agreement does not have any more")


def leaf_of(change: ReturnedChange, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """The tag of the fact that a change is about, and its new text. Of several facts that are printed as one, it is the only one
    whose text differs; where that is not certain, the tag is that of them all."""
    group = change.facts[0]
    found = []
    for tag, fact in facts.items():
        if not tag.startswith(f"{group}.") or not isinstance(fact.value, str) or change.old.count(fact.value) != 1:
            continue
        before, _, after = change.old.partition(fact.value)
        new = change.new.removeprefix(before).removesuffix(after)
        if new and f"{before}{new}{after}" == change.new:
            found.append((tag, new))
    return found[0] if len(found) == 1 and group not in facts else (group, change.new)


def _of_value(fact: Fact, new: str, ours: Ours) -> Judgement:
    value = read_as(fact.value, new)
    if value is None:
        return Judgement("not a value of this fact: read it")
    by = difference(fact.value, value)
    text = as_fact(value)
    slot, _, name = fact.key.rpartition(".")
    clause = next((each for each in ours.clauses.values() if each.head.slot == slot and name in each.head.params), None)
    if clause:
        return Judgement(_within(text, clause.head.params[name]), value=text, by=by)
    if not is_clients(fact.origin.path):
        return Judgement(f"ours for every client ({fact.origin.path})", value=text, by=by)
    return Judgement(
        playbook_advice.of_fact(fact.key, value, ours.points) or "a fact of the agreement", value=text, by=by
    )


def _within(text: str, param: Param) -> str:
    if param.choices and text not in param.choices:
        return f"outside the choices of the clause: {', '.join(param.choices)}"
    if param.approved and _between(text, param.approved, param):
        return f"within what is approved: {' to '.join(param.approved)}"
    bounds = tuple(each for each in (param.min, param.max) if each)
    if len(bounds) == 2 and not _between(text, bounds, param):
        return f"outside the limits of the clause: {' to '.join(bounds)}"
    if param.approved:
        return f"outside what is approved: {' to '.join(param.approved)}"
    return "within the limits of the clause"


def _between(text: str, ends: Sequence[str], param: Param) -> bool:
    kind = PARAM_TYPES[param.type]
    if kind.order is None or len(ends) != 2:
        return text in ends
    try:
        low, value, high = (kind.order(kind.read(each)) for each in (ends[0], text, ends[1]))
    except ValueError:
        return False
    return low[0] == value[0] == high[0] and low[1] <= value[1] <= high[1]


def read_as(old: Any, text: str) -> Any:
    """A printed text as a value of the same type as `old`; None if it is none."""
    try:
        return _READERS[type(old)](old, " ".join(text.split())) if type(old) in _READERS else None
    except (ValueError, ArithmeticError, IndexError):
        return None


def _money(old: Money, text: str) -> Money | None:
    found = _AMOUNT.findall(text)
    return Money(Decimal(found[0].replace(",", "")), old.currency) if len(found) == 1 else None


def _count(word: str) -> int:
    return _NUMBERS.index(word.lower()) if word.lower() in _NUMBERS else int(word.replace(",", ""))


def _duration(_old: Duration, text: str) -> Duration | None:
    found = _PERIOD.findall(text)
    return Duration(_count(found[0][0]), found[0][1].lower()) if len(found) == 1 else None


def _date(_old: date, text: str) -> date | None:
    words = re.findall(r"\w+", text.lower())
    month = next((_MONTHS.index(each) + 1 for each in words if each in _MONTHS), 0)
    numbers = [int(each) for each in words if each.isdigit()]
    if not month or len(numbers) != 2:
        return None
    day, year = sorted(numbers)
    return date(year, month, day)


_READERS: Mapping[type, Callable[[Any, str], Any]] = {
    Money: _money,
    Duration: _duration,
    Percent: lambda _, text: Percent(Decimal(_PERCENT.findall(text)[0])) if len(_PERCENT.findall(text)) == 1 else None,
    int: lambda _, text: _count(text),
    Decimal: lambda _, text: Decimal(text.replace(",", "")),
    date: _date,
    str: lambda _, text: text,
}


def as_fact(value: Any) -> str:
    """A value as a file of facts has it."""
    match value:
        case Money():
            return f"{value.rounded().amount} {value.currency}"
        case Percent():
            return f"{value.value.normalize():f} %"
        case Duration():
            return value.text
    return str(value)


# ---- words


class ClauseWords(Struct, frozen=True):
    """The words of a clause, without symbols, as they were sent and as they came back."""

    sent: tuple[str, ...]
    back: tuple[str, ...]


def clause_texts(body: Sequence[Aligned]) -> dict[str, ClauseWords]:
    """The text of each clause, by its tag. What was added between its first and its last word belongs to it."""
    extents: dict[str, tuple[int, int]] = {}
    for n, each in enumerate(body):
        if each.sent is not None and each.word.clause:
            extents[each.word.clause] = (extents.get(each.word.clause, (n, n))[0], n)
    found: dict[str, ClauseWords] = {}
    for clause, (first, last) in extents.items():
        inside = body[first : last + 1]
        sent = _solid(each.word.text for each in inside if each.fate != "added")
        found[clause] = ClauseWords(
            tuple(sent), tuple(_solid(each.word.text for each in inside if each.fate != "removed"))
        )
    return found


def _of_paragraphs(change: ReturnedChange, ours: Ours) -> Judgement:
    """Judge whole paragraphs that came in between two clauses, or were moved there."""
    place = proposed(change.between, change.title, {tag: each.head.slot for tag, each in ours.clauses.items()})
    where = str(place or "")
    if change.kind == "moved":
        return Judgement(
            f"the same words in another place ({where})" if where else "the same words in another place", place=where
        )
    how = (
        f"taken, they become a clause of their own, “{change.title}”"
        if change.title
        else "taken, they go into a clause"
    )
    says = f"{how} ({where})" if place else "between two clauses, neither of which is ours: read it"
    theirs = Counter(_solid(change.added))
    rungs = [each for slot in ours.empty for each in ours.fallbacks.get(slot, ())]
    for each in rungs:
        if tuple(_solid(change.added)) == tuple(_solid(each.words)):
            return Judgement(f"equals our clause {each.clause} ({each.rung})", rung=each.clause, place=where)
    near = max(rungs, key=lambda each: likeness(theirs, Counter(_solid(each.words))), default=None)
    if near and likeness(theirs, Counter(_solid(near.words))) >= ALIKE:
        return Judgement(f"new words, nearest to our clause {near.clause} ({near.rung}); {says}", place=where)
    return Judgement(f"new words; {says}", place=where)


def _of_words(change: ReturnedChange, texts: Mapping[str, ClauseWords], ours: Ours) -> Judgement:
    rungs = ours.fallbacks.get(change.clause, ())
    what = "new words" if change.added else "words deleted"
    if not rungs or change.clause not in texts:
        return Judgement(what)
    text = texts[change.clause]
    theirs, was = Counter(text.back), Counter(text.sent)
    for each in rungs:
        if text.back == tuple(_solid(each.words)):
            return Judgement(f"equals our clause {each.clause} ({each.rung})", rung=each.clause)
    near = max(rungs, key=lambda each: likeness(theirs, Counter(_solid(each.words))))
    close = Counter(_solid(near.words))
    if likeness(theirs, close) > likeness(was, close):
        apart = (theirs - close).total() + (close - theirs).total()
        return Judgement(f"new words, nearest to our clause {near.clause} ({near.rung}), {apart} words apart")
    return Judgement(what)


def _solid(words: Any) -> list[str]:
    return [each for each in words if any(map(str.isalnum, each))]


def words_of_text(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(each.text for each in cut(text) if not each.text.isspace())
