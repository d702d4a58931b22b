"""Our answer to a round: a Word file with our new state tracked over their words, and the words of a letter. Writes nothing."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from contract_assembly.actions.negotiation.compared_round import Looked
from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.actions.negotiation.report import Report, ReportPoint
from contract_assembly.build.difference_formats import enclosed_in
from contract_assembly.build.revisions import AgreementVersion, state, working_tree
from contract_assembly.core.text import shortened
from contract_assembly.document.tree import Document
from contract_assembly.document.writer_extras import Enclosure, WriterExtras
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.source import Edited
from contract_assembly.writers.docx.redline.comments import Comment, with_comments
from contract_assembly.writers.docx.redline.their_words import Paragraph, with_their_words
from contract_assembly.writers.docx.redline.writer import merged
from contract_assembly.writers.docx.writer import packed, parts

_MAIN = "word/document.xml"


def reply_files(
    root: Path, client: str, agreement: str, looked: Looked, report: Report, day: date
) -> tuple[bytes, bytes]:
    """The Word file with our answer, and our new state as a Word file of its own, with which the next round is compared.

    Rejecting all changes of the first gives their words, accepting all gives our new state. Raises RefusedError if the contract
    cannot be assembled."""
    now = working_tree(root)
    ours = state(now, client, agreement)
    house = Repository(root).house(ours.found.inputs.provider)
    document = _document(ours)
    pages = recorded(now.repository, ours.folder).of(CONTRACT).pages or None
    after = parts(document, house, WriterExtras(_enclosed(ours), pages))
    with zipfile.ZipFile(io.BytesIO(looked.sent.data)) as package:
        sent = {name: package.read(name) for name in package.namelist()}
    before = {**sent, _MAIN: with_their_words(sent[_MAIN], list(their_paragraphs(looked.found.body)))}
    made = merged(before, after, author=document.meta.author, day=day)
    answer = packed(with_comments(made, list(_comments(looked, report, document.meta.author)), day))
    return answer, packed(after)


def _enclosed(ours: AgreementVersion) -> tuple[Enclosure, ...]:
    """The record that travels inside our answer, so that the next round is compared with it. While negotiated clauses await
    approval, a contract that was sent cannot be built; then it is the record of a draft."""
    if found := enclosed_in(ours):
        return found
    repository, agreement = ours.version.repository, ours.found.inputs.agreement
    path = agreement.at().path
    text = yaml_editor.set_value(repository.text(path), agreement.at("status"), "status", "draft")
    edited = Repository(Edited(repository.source, {path: text.encode()}))
    return enclosed_in(state(replace(ours.version, repository=edited), ours.client, ours.agreement))


def _document(ours: AgreementVersion) -> Document:
    """Our new state without the notes of a draft, but with its watermark, so that no one signs it by mistake."""
    mark = ours.as_draft().meta.watermark if ours.is_open else ""
    return replace(ours.document, meta=replace(ours.document.meta, watermark=mark))


def their_paragraphs(body: Sequence[Aligned]) -> Iterator[Paragraph]:
    """The paragraphs of the body as the other side has them."""
    numbers = _paragraph_numbers(body)
    words: list[int] = []
    for n, each in enumerate(body):
        if each.fate == "removed":
            continue
        words.append(n)
        if each.word.is_end:
            yield from _paragraph(body, words, numbers)
            words = []
    yield from _paragraph(body, words, numbers)


def _paragraph_numbers(body: Sequence[Aligned]) -> dict[int, int]:
    """For each word that was sent, by its position among these, the number of its paragraph."""
    number = 0
    found: dict[int, int] = {}
    for each in sorted((e for e in body if e.sent is not None), key=lambda e: e.sent or 0):
        found[each.sent or 0] = number
        number += each.word.is_end
    return found


def _paragraph(body: Sequence[Aligned], words: Sequence[int], numbers: dict[int, int]) -> Iterator[Paragraph]:
    text = "".join(f"{' ' * body[n].word.blank}{body[n].word.text}" for n in words if not body[n].word.is_end).strip()
    if not text:
        return
    kept = [numbers[body[n].sent or 0] for n in words if body[n].fate == "kept"]
    inner = [numbers[body[n].sent or 0] for n in words if body[n].fate == "kept" and not body[n].word.is_end]
    yield Paragraph(text, next(iter(inner or kept), None), body[words[-1]].table or body[words[0]].word.table)


# ---- comments

_DECIDED = {"refuse": "Not agreed.", "counter": "Our proposal.", "take": "Agreed."}


def _comments(looked: Looked, report: Report, author: str) -> Iterator[Comment]:
    """A comment of ours at each refusal and counter, with its reason, and an answer to each comment of theirs."""
    body = looked.found.body
    number = 0
    for each in report.points:
        if (
            each.change.kind == "renumbered"
            or each.entry.is_open
            or (each.entry.decision == "take" and not each.entry.reason)
        ):
            continue
        at = _at(body, each.change.spots)
        if each.change.kind == "comment":
            yield Comment(at, each.change.by, each.change.new)
            yield Comment(at, author, each.entry.reason or "", answers=number)
            number += 2
        else:
            words = _DECIDED[each.entry.decision]
            yield Comment(at, author, f"{words} {each.entry.reason or ''}".strip())
            number += 1


def _at(body: Sequence[Aligned], spots: Sequence[int]) -> int:
    """The number of their paragraph that a change is in or, if none is left, of the one before it."""
    if not spots:
        return 0
    count, has_words = 0, False
    for each in body[: spots[0]]:
        if each.fate != "removed":
            count += each.word.is_end and has_words
            has_words = not each.word.is_end
    return count


# ---- the letter

_ASKED = {
    "fact": "you ask for {new}", "reworded": "you ask for “{new}”", "inserted": "you add “{new}”",
    "deleted": "you delete “{old}”", "moved": "you move “{old}”",
}  # fmt: skip
_KEPT = {
    "fact": "we keep {old}", "reworded": "we keep “{old}”", "inserted": "we do not accept it", "deleted": "we keep it",
    "moved": "we leave it where it is",
}  # fmt: skip
_TAKEN = {
    "fact": "{new}", "reworded": "“{new}” in the place of “{old}”", "inserted": "“{new}”", "deleted": "without “{old}”",
    "moved": "“{old}” in its new place",
}  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LONGEST = 200  # characters of a quotation: the file has all of it


def letter(report: Report, reader: str, writer: str, ours: Mapping[str, str] | None = None) -> str:
    """The words of the letter that goes with the file: what is open, what is settled, and our answers to their comments. `ours`
    are the values of facts in our new state, by their tags."""
    comments = [each for each in report.points if each.change.kind == "comment"]
    settled = [each for each in report.points if each.entry.decision == "take"]
    others = [each for each in report.points if each not in settled and each.change.kind in _ASKED]
    groups = (
        ("These points are open:", [_open(each, ours or {}) for each in others]),
        ("We accept these changes of yours:", [f"{_name(each)}: {_said(_TAKEN, each)}" for each in settled]),
        ("On your comments:", [f"“{_quoted(each.change.new)}”: {each.entry.reason}" for each in comments]),
    )
    done = "If nothing else is open for you, we will send the contract for signature."
    thanks = (
        f"Thank you for your comments on the {report.title}. Our answer is attached: tracked changes over your words"
    )
    lines = [
        f"Dear {reader},",
        "",
        f"{thanks}{', and a comment at each point that we see differently' if others else ''}.",
        *(line for title, points in groups if points for line in ("", title, "", *(f"- {each}" for each in points))),
        "",
        "Please let us know what you think." if others else done,
        "",
        "Kind regards,",
        writer,
    ]
    return "\n".join(lines)


def _open(point: ReportPoint, ours: Mapping[str, str]) -> str:
    """What they ask for, what we keep or propose, and why."""
    counter = point.entry.counter or ""
    if point.entry.decision != "counter":
        own = _said(_KEPT, point)
    elif counter:
        own = "we propose other words" if _ID.fullmatch(counter) else f"we propose “{_quoted(counter)}”"
    else:
        own = f"we propose {ours.get(point.change.facts[0], 'another value') if point.change.facts else 'other values'}"
    return f"{_name(point)}: {_said(_ASKED, point)}, and {own}. {point.entry.reason or ''}".strip()


def _name(point: ReportPoint) -> str:
    return point.label or ("A new clause" if point.change.title else point.title)


def _said(words: Mapping[str, str], point: ReportPoint) -> str:
    old, new = _quoted(point.change.old), _quoted(point.change.new)
    if point.change.kind == "fact":
        old, new = (f"“{each}”" if each[:1].isalpha() else each for each in (old, new))
    return words[point.change.kind].format(old=old, new=new)


def _quoted(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST).removesuffix(".")
