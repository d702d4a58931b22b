"""The negotiated clauses that carry out a round: words of theirs or ours in a clause, clauses of the agreement's own, and clauses
in another place. Writes nothing; what a clause would print is checked by assembling it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from contract_assembly.actions.negotiation import own_clauses
from contract_assembly.actions.negotiation.clause_source import CannotCarryError, WordEdit, carried, taken_from
from contract_assembly.actions.negotiation.our_side import printed_words
from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.actions.negotiation.plan import BY_HAND, Piece, RoundCase, RoundPlan
from contract_assembly.actions.negotiation.returned_words import Word
from contract_assembly.actions.negotiation.typed_references import PLACE, compared_words, difference
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.negotiation import Entry
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited

_CAPTIONED = re.compile(r"^## ", re.MULTILINE)
_RUNG = re.compile(r"^rung: .*$", re.MULTILINE)
_PURPOSE = re.compile(r"^purpose: .*$", re.MULTILINE)
_ROUNDS = re.compile(r"(Negotiated in round [^;\n]+(?:; round [^;\n]+)*)")
_PLACE = re.compile(r"^after: .*\n", re.MULTILINE)
_CURES = {"text-after-list": "write place: end of SLOT at that change, or counter it with your own words"}
_SLOT = re.compile(r"^slot: .*\n", re.MULTILINE)


def clause_files(case: RoundCase, plan: RoundPlan) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The clause files that a plan writes, by their path, and those that go. What is in the way is added to the plan."""
    files: dict[str, bytes] = {}
    wanted: dict[str, tuple[tuple[str, ...], Sequence[Entry]]] = {}  # by the id of the clause
    for tag in dict.fromkeys((*plan.words, *plan.moved)):
        clause, pieces = case.clauses[tag], plan.words.get(tag, [])
        entries = [each.entry for each in pieces] + [entry for each, (_, entry) in plan.moved.items() if each == tag]
        try:
            body, words = _worded(case, clause, tag, pieces) if pieces else (clause.body, ())
        except CannotCarryError as error:
            plan.problems.append(_not_carried(case, entries, clause.body_at.path, str(error)))
            continue
        front = _front(case, clause, entries, plan.moved[tag][0] if tag in plan.moved else "")
        files[f"{case.folder}/clauses/{clause.head.id}.md"] = (front + body).encode()
        if words:
            wanted[clause.head.id] = words, entries
    for change, entry, after in plan.own:
        try:
            own = own_clauses.written(case, change, entry, after, {each.rpartition("/")[2] for each in files})
        except CannotCarryError as error:
            plan.problems.append(_not_carried(case, [entry], "a clause of the agreement’s own", str(error)))
            continue
        files[f"{case.folder}/clauses/{own.name}.md"] = own.text.encode()
        wanted[own.name] = own.words, [entry]
    plan.problems.extend(_misprints(case, files, wanted))
    chosen = [each for each in case.clauses.values() if each.is_negotiated and each.head.slot in plan.chosen]
    return files, tuple(each.body_at.path for each in chosen)


def _not_carried(case: RoundCase, entries: Sequence[Entry], where: str, why: str) -> Problem:
    what = f"the words of {_named(entries)} cannot be carried into {where}: {why}"
    return case.problem(entries[0], "not-carried", what, BY_HAND)


def _named(entries: Sequence[Entry]) -> str:
    """The numbers of changes, as in "changes 2 and 5"."""
    ids = [str(each) for each in dict.fromkeys(entry.id for entry in entries)]
    return f"change{'s' * (len(ids) > 1)} {' and '.join(filter(None, (', '.join(ids[:-1]), ids[-1])))}"


def _front(case: RoundCase, clause: Clause, entries: Sequence[Entry], after: str) -> str:
    """The front matter of a negotiated clause; `after` is the slot that it was moved behind."""
    whole = case.repository.text(clause.body_at.path)
    front = whole[: len(whole) - len(clause.body)]
    when = f"round {case.one.model.round}, {_named(entries)}"
    if is_clients(clause.body_at.path):
        front = negotiated_again(front, when)
    else:
        why = f"Negotiated in {when}; based on {clause.body_at.path}."
        front = _PURPOSE.sub(lambda _: f"purpose: {why}", front, count=1)
        front = _RUNG.sub("rung: acceptable", front, count=1) if clause.head.rung == "preferred" else front
    if after:
        front = _SLOT.sub(lambda match: f"{match[0]}after: {after}\n", _PLACE.sub("", front, count=1), count=1)
    return front


def negotiated_again(front: str, when: str) -> str:
    """The front matter of a clause of the agreement's own, whose purpose names one more round."""
    return _ROUNDS.sub(lambda match: f"{match[1]}; {when}", front, count=1)


# ---- words in a clause


def _worded(case: RoundCase, clause: Clause, tag: str, pieces: Sequence[Piece]) -> tuple[str, tuple[str, ...]]:
    """The body of a negotiated clause, and the words that it must print."""
    body = case.looked.found.body
    own = [n for n, each in enumerate(body) if each.sent is not None and each.word.clause == tag]
    extent = range(own[0], own[-1] + 1)
    inside = {n for n in extent if body[n].sent is None or body[n].word.clause == tag}
    of = {n: piece for piece in pieces for n in piece.spots}
    placed = {n for n, piece in of.items() if piece.side}  # the place is written, wherever they are in the file
    outside = sorted(placed | {n for n in of if n not in inside and not body[n].word.is_end})
    title = next((k for k, n in enumerate(own) if body[n].word.is_end), 0)
    first = [n for n in outside if of[n].side == "start"]
    spots = [*own[: title + 1], *first] if first else []
    spots += [n for n in sorted(inside - placed) if n not in spots]
    spots += [n for n in outside if n not in first]
    printed = [body[n].word for n in spots if body[n].sent is not None and not body[n].word.is_end]
    edits = list(_edits(case, spots, of))
    sections = case.looked.sections
    return carried(clause.body, printed, edits, sections), tuple(_expected_words(edits, printed, sections))


def _edits(case: RoundCase, spots: Sequence[int], of: Mapping[int, Piece]) -> Iterator[WordEdit]:
    """The steps over the printed words of a clause. A counter's words come where the first word of the change is."""
    body = case.looked.found.body
    number = 0
    countered: set[int] = set()
    for taken, group in groupby(spots, key=lambda n: of[n].entry.id if n in of else 0):
        inside = list(group)
        new: list[int] = []
        for n in inside:
            each = body[n]
            if each.sent is not None and not each.word.is_end:
                if new:
                    yield _incoming(case, of[new[0]], new)
                    new = []
                yield WordEdit(number, keep=not (taken and each.fate == "removed"))
                number += 1
            elif taken and each.fate == "added" and not of[n].entry.counter:
                new.append(n)
        if new:
            yield _incoming(case, of[new[0]], new)
        if taken and (text := of[inside[0]].entry.counter) and taken not in countered:
            countered.add(taken)
            side = of[inside[0]].side
            lead = " " if not side and (text[0].isalnum() or text[0] in "(“") else ""
            yield WordEdit(None, text=f"{lead}{text}", side=side)


def _incoming(case: RoundCase, piece: Piece, spots: Sequence[int]) -> WordEdit:
    """Words that come in: new ones, or those that were moved, with their Markdown."""
    body = case.looked.found.body
    text = _text([body[n] for n in spots])
    if piece.origin:
        source, side = _moved_source(case, piece)
        return WordEdit(None, text=text, source=source, side=piece.side or side)
    texts = own_clauses.paragraphs(body, spots)
    plain = "\n".join(each.words for each in texts)
    if piece.side:
        return WordEdit(None, text=plain, source=own_clauses.markdown_of(texts, case.looked.sections), side=piece.side)
    if texts and (text.startswith("\n") or text.endswith("\n")):
        if all(each.is_item for each in texts):
            return WordEdit(None, text=plain, source=own_clauses.markdown_of(texts, case.looked.sections), side="item")
        if any(each.is_numbered for each in texts):
            captioned = bool(_CAPTIONED.search(case.clauses[piece.change.clause].body))
            source = own_clauses.in_clause(texts, case.looked.sections, captioned=captioned)
            return WordEdit(None, text=plain, source=source, side="line")
    return WordEdit(None, text=text)


def _moved_source(case: RoundCase, piece: Piece) -> tuple[str, str]:
    """The Markdown of moved words in the clause that they come from."""
    body, clause = case.looked.found.body, case.clauses[piece.origin]
    own = [n for n, each in enumerate(body) if each.sent is not None and each.word.clause == piece.origin]
    solid = [n for n in own if not body[n].word.is_end]
    taken = set(piece.taken)
    source, side = taken_from(
        clause.body, [body[n].word for n in solid], [k for k, n in enumerate(solid) if n in taken]
    )
    if piece.spots and not all(body[n].word.clause == piece.origin for n in piece.spots):
        for name in clause.head.params:
            if re.search(rf"\{{[{{%][^}}]*\b{name}\b", source):
                raise CannotCarryError(f"the words print {name}, a parameter of {clause.head.id} alone")
    return source, side


def _text(words: Sequence[Aligned]) -> str:
    return "".join("\n" if e.word.is_end else f"{' ' * e.word.blank}{e.word.text}" for e in words)


def _expected_words(edits: Sequence[WordEdit], printed: Sequence[Word], sections: Mapping[str, str]) -> Iterator[str]:
    """The words that a clause must print, with `PLACE` for each reference: its number follows from where its section is then."""
    target = ""
    for each in edits:
        if each.at is None:
            yield from compared_words(each.text, {} if each.source and not each.side else sections)
        elif each.keep:
            word, before = printed[each.at], target
            target = word.target
            if not target:
                yield word.text
            elif target != before:
                yield PLACE


# ---- what the clauses would print


def _misprints(
    case: RoundCase, files: Mapping[str, bytes], wanted: Mapping[str, tuple[tuple[str, ...], Sequence[Entry]]]
) -> Iterator[Problem]:
    """What clauses would print otherwise than decided, with all files of the round in place."""
    after = Repository(Edited(case.repository.source, dict(files)))
    for clause, (words, entries) in wanted.items():
        try:
            made = printed_words(after, case.client, case.agreement, clause)
        except RefusedError as error:
            for each in dict.fromkeys((each.rule, each.what, each.hint) for each in error.problems):
                what = f"{clause} cannot be built with the words of {_named(entries)}: {each[1]}"
                yield case.problem(entries[0], "not-carried", what, _CURES.get(each[0], each[2]) or BY_HAND)
            return
        ours, theirs = ([each for each in side if any(map(str.isalnum, each))] for side in (made, words))
        if (at := difference(ours, theirs)) is not None:
            instead = f"{shown(' '.join(ours[at : at + 6]))} instead of {shown(' '.join(theirs[at : at + 6]))}"
            what = f"{clause} would not print the words that were decided: {instead}"
            yield case.problem(entries[0], "not-carried", what, BY_HAND)
