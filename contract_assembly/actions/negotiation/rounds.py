"""The rounds of a negotiation in an agreement's folder: `negotiation/1.yaml` with the decisions, `negotiation/1.docx` as it came,
and `negotiation/1-sent.docx`, which it answers."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.judgement import Judgement
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal, shortened
from contract_assembly.facts.fields import Located
from contract_assembly.facts.negotiation import FOLDER, Round
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, quoted, schema_line

_ROUND = re.compile(r"([1-9]\d{0,3})\.yaml")
_LONG = 300  # characters of a changed text that an entry shows; all of it is in the file that came back


class Received(Struct, frozen=True):
    """What a round is made of: the file that came back, from whom and when, and the digest of what was sent."""

    number: int
    sender: str
    day: date
    data: bytes
    sent: bytes


def numbers(repository: Repository, client: str, agreement: str) -> tuple[int, ...]:
    """The numbers of the rounds of an agreement, in order."""
    names = repository.source.names(f"{folder_of(client, agreement)}/{FOLDER}")
    return tuple(sorted(int(match[1]) for name in names if (match := _ROUND.fullmatch(name))))


def load(repository: Repository, client: str, agreement: str, number: int = 0) -> Located[Round]:
    """A round, by default the last one. Raises RefusedError if there is none, or with every problem of its file."""
    known = numbers(repository, client, agreement)
    if not known or (number and number not in known):
        what = (
            f"{client}/{agreement} has no round {number}"
            if number
            else f"nothing was received for {client}/{agreement}"
        )
        raise RefusedError([Problem("no-round", what, None, f"build.py receive {client}/{agreement} FILE.docx")])
    path = f"{folder_of(client, agreement)}/{FOLDER}/{number or known[-1]}.yaml"
    found = repository.load(Round, path)
    problems = [
        Problem("decision", f"change {each.id} is countered, but with what?", found.at(f"changes.{n}"),
                "add counter: with the id of a clause or the words, or facts: with the values")
        for n, each in enumerate(found.model.changes)
        if each.decision == "counter" and not (each.counter or each.facts)
    ]  # fmt: skip
    problems += [
        Problem("decision", f"change {each.id} is {each.decision}, which cannot have a counter", found.at(f"changes.{n}.counter"),
                "write decision: counter, or leave counter: out")
        for n, each in enumerate(found.model.changes)
        if each.decision in {"take", "refuse"} and each.counter
    ]  # fmt: skip
    if problems:
        raise RefusedError(problems)
    return found


def sent_name(number: int) -> str:
    """The name of the file that was sent, beside the round that answers it."""
    return f"{number}-sent.docx"


def ours_name(number: int) -> str:
    """The name of our state as a file of its own, which the answer to a round is made from."""
    return f"{number}-ours.docx"


def comments_before(repository: Repository, client: str, agreement: str, number: int) -> set[tuple[str, str]]:
    """The authors and words of the comments that came in the rounds before this one: our answer holds them still."""
    earlier = [each for each in numbers(repository, client, agreement) if each < number]
    entries = (e for each in earlier for e in load(repository, client, agreement, each).model.changes)
    return {(each.by or "", each.new or "") for each in entries if each.what == "comment"}


def mark_of(change: ReturnedChange) -> str:
    """Identifies a change in the file that came back, so that a decision is never taken for another one."""
    parts = (change.kind, change.clause, change.where, change.old, change.new, *map(str, change.spots))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def files_of(
    received: Received, judged: Sequence[tuple[ReturnedChange, Judgement]], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """The files of a new round, by their names in the agreement's folder. `labels` are names of facts, by tag."""
    name = f"{FOLDER}/{received.number}"
    head = [
        schema_line("negotiation", DOCUMENT_DEPTH).rstrip(),
        "# What came back, change by change. Write a decision at each: take, refuse, or counter with counter: CLAUSE or words.",
        "# Then: build.py negotiate CLIENT --apply",
        f"round: {received.number}",
        *([f"from: {_text(received.sender)}"] if received.sender else []),
        f"received: {received.day.isoformat()}",
        f"file: {received.number}.docx",
        f"sha256: {hashlib.sha256(received.data).hexdigest()}",
        f"sent: {hashlib.sha256(received.sent).hexdigest()}",
        "applied: no",
        "changes:" if judged else "changes: []",
    ]
    lines = [line for n, each in enumerate(judged, 1) for line in _entry(n, *each, labels)]
    return {
        f"{name}.yaml": "\n".join([*head, *lines, ""]).encode(),
        f"{name}.docx": received.data,
        f"{FOLDER}/{sent_name(received.number)}": received.sent,
    }


def _entry(number: int, change: ReturnedChange, judgement: Judgement, labels: Mapping[str, str]) -> list[str]:
    where = "" if change.where == "body" else change.where
    facts = {
        "id": str(number),
        "mark": _text(mark_of(change)),
        "what": change.kind,
        "clause": change.clause and _text(change.clause),
        "fact": _text(labels.get(change.facts[0], change.facts[0])) if change.kind == "fact" else "",
        "old": change.old and _text(change.old),
        "new": change.new and _text(change.new),
        "by": change.by and _text(change.by),
        "tracked": "yes" if change.tracked else "no",
        "judged": _text("; ".join(filter(None, (where, judgement.says, judgement.by)))),
        "place": judgement.place,
        **({} if change.kind in {"comment", "renumbered"} else {"decision": "open"}),
    }
    kept = [f"{name}: {each}" for name, each in facts.items() if each]
    drafts = [f"# {as_kept(each)}" for each in judgement.answers]
    drafts = ["# Our playbook, as drafts of a reason:", *drafts] if drafts else []
    return ["", f"  - {kept[0]}", *(f"    {each}" for each in (*kept[1:], *drafts))]


def _text(text: str) -> str:
    """A text from a file of others as a quoted value: on one line, not too long, and without characters that facts may
    not hold."""
    return quoted(as_kept(text))


def as_kept(text: str) -> str:
    """A text of others as an entry keeps it."""
    line = shortened(" ¶ ".join(text.split("\n")), _LONG).replace("{{", "{ {").replace("}}", "} }")
    return "".join(each if refusal(each) is None else "\ufffd" for each in line)
