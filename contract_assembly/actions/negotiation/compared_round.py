"""A round as it is decided: its file compared again with what was sent, and each change with its entry. Reads only."""

import hashlib
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.changes import Compared, changes_of
from contract_assembly.actions.negotiation.judgement import Judgement, Ours, clause_texts, judged
from contract_assembly.actions.negotiation.our_side import our_side
from contract_assembly.actions.negotiation.report import Report, ReportPoint
from contract_assembly.actions.negotiation.sent_file import SentFile, read_back
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.negotiation import FOLDER, Entry, Round
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.returned.word_marks import MarkedWords

MAX_CHANGES = 2_000  # a heavily negotiated contract of 50 pages has a few hundred


class Looked(Struct, frozen=True):
    """A returned file, compared and judged."""

    sent: SentFile
    found: Compared
    ours: Ours
    judgements: tuple[Judgement, ...]

    @property
    def sections(self) -> dict[str, str]:
        """The ids of our sections, by the numbers that they have in the file that came back."""
        numbers = self.found.numbers
        return {numbers[mark]: each for mark, each in self.ours.sections.items() if numbers.get(mark)}

    @property
    def labels(self) -> dict[str, str]:
        """The names of the changed facts, by tag."""
        keys = {each.facts[0] for each in self.found.changes if each.kind == "fact"}
        return {key: self.ours.label(key) for key in keys}


def looked_at(root: Path, client: str, agreement: str, *, back: MarkedWords, sent: SentFile, number: int = 1) -> Looked:
    """Compare and judge the words of a returned file, which is that of round `number`: comments of earlier rounds are left out.
    Raises RefusedError if it has too many changes, and as `our_side` does."""
    repository = Repository(root)
    before = rounds.comments_before(repository, client, agreement, number)
    author = repository.inputs(client, agreement).provider.model.party.name
    compared = changes_of(sent.words, back, author)
    found = replace(compared, changes=tuple(each for each in compared.changes if not _is_old(each, before)))
    if len(found.changes) > MAX_CHANGES:
        what = f"this file has over {MAX_CHANGES:,} changes: it is hardly the contract that was sent"
        raise RefusedError(
            [Problem("another-document", what, None, "compare it by eye, and ask for changes to your text")]
        )
    reworded = {each.clause for each in found.changes if each.kind not in {"fact", "comment"} and each.clause}
    between = any(each.kind == "inserted" and any(each.between) for each in found.changes)
    ours = our_side(repository, client, agreement, reworded, between=between)
    texts = clause_texts(found.body)
    return Looked(sent, found, ours, tuple(judged(each, texts, ours) for each in found.changes))


def _is_old(change: ReturnedChange, before: set[tuple[str, str]]) -> bool:
    return change.kind == "comment" and (change.by, rounds.as_kept(change.new)) in before


def report_of(looked: Looked, root: Path, client: str, agreement: str, one: Round) -> Report:
    """A round for people."""
    model = Repository(root).inputs(client, agreement)
    entries = _entries(looked.found.changes, one)
    return Report(
        folder=folder_of(client, agreement),
        title=model.agreement.model.title,
        client=model.client.model.party.name,
        language=model.agreement.model.locale,
        number=one.round,
        sender=one.sender or "",
        sent=looked.sent.found,
        points=tuple(
            ReportPoint(change, judgement, entry, _place(looked.ours, change), _label(looked, change))
            for change, judgement, entry in zip(looked.found.changes, looked.judgements, entries, strict=True)
        ),
    )


def _label(looked: Looked, change: ReturnedChange) -> str:
    return looked.labels.get(change.facts[0], "") if change.kind == "fact" else ""


def _place(ours: Ours, change: ReturnedChange) -> str:
    """The title of the clause that a change is in, or of the two that it is between."""
    if change.kind == "renumbered":
        return "Numbers"
    if change.clause or not any(change.between):
        return _title(ours, change.clause)
    before, after = (_title(ours, each) if each else "" for each in change.between)
    return f"Between {before} and {after}" if before and after else f"After {before}" if before else f"Before {after}"


def _title(ours: Ours, clause: str) -> str:
    return ours.clauses[clause].head.title if clause in ours.clauses else clause or "Outside the clauses"


def _entries(changes: tuple[ReturnedChange, ...], one: Round) -> list[Entry]:
    by_mark = {each.mark: each for each in one.changes}
    return [by_mark[rounds.mark_of(each)] for each in changes]


def read_round(root: Path, client: str, agreement: str, number: int = 0) -> tuple[Located[Round], Looked]:
    """A round with its file compared again. Raises RefusedError if the file is not the one that was received, or if its changes
    are not those of the entries."""
    repository = Repository(root)
    one = rounds.load(repository, client, agreement, number)
    folder = f"{folder_of(client, agreement)}/{FOLDER}"
    data = repository.read(f"{folder}/{one.model.file}")
    if hashlib.sha256(data).hexdigest() != one.model.sha256:
        what = f"{one.model.file} is not the file that was received: its digest differs"
        raise RefusedError(
            [Problem("received-changed", what, one.at("sha256"), "git checkout it, or receive it again")]
        )
    looked = looked_at(
        root, client, agreement, back=read_back(data), sent=_sent(repository, folder, one), number=one.model.round
    )
    marks = {rounds.mark_of(each) for each in looked.found.changes}
    if marks != {each.mark for each in one.model.changes}:
        what = "the entries are not the changes of the file that was received"
        hint = "restore the entries from git; only decision, counter, facts and reason are yours to write"
        raise RefusedError([Problem("received-changed", what, one.at("changes"), hint)])
    return one, looked


def _sent(repository: Repository, folder: str, one: Located[Round]) -> SentFile:
    """What was sent, as it is kept with the round."""
    name = rounds.sent_name(one.model.round)
    data = repository.read(f"{folder}/{name}")
    if hashlib.sha256(data).hexdigest() != one.model.sent:
        what = f"{name} is not the file that was sent: its digest differs"
        raise RefusedError([Problem("received-changed", what, one.at("sent"), "git checkout it")])
    return SentFile(data, f"{FOLDER}/{name}", read_back(data))
