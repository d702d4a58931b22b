"""Find the file that was sent, with which a returned file is compared: by the record inside it, or the one that is named."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from contract_assembly.actions.negotiation import rounds
from contract_assembly.build.embedded_files import Carried, carried
from contract_assembly.build.verify import original_of
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.negotiation import FOLDER
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_marks import MarkedWords, marked_words


class SentFile(Struct, frozen=True):
    """What was sent: its bytes, where they were found, and the words with the map of clauses and facts."""

    data: bytes
    found: str
    words: MarkedWords


def read_back(data: bytes) -> MarkedWords:
    """The words of a returned file. Raises RefusedError for anything but a Word file that has words."""
    try:
        words = marked_words(data)
    except UnreadableError as error:
        raise _refused(
            "not-a-word-file", str(error), "ask for the .docx; a scan can only be filed once it is signed"
        ) from None
    if not any(each.story == "body" for each in words.lines):
        what = "this Word file has no words; perhaps it is a scan"
        raise _refused("not-a-word-file", what, "ask for the .docx with the text")
    return words


def sent_for(root: Path, client: str, agreement: str, data: bytes, named: bytes | None = None) -> SentFile:
    """The contract that a returned file answers. Raises RefusedError if the file belongs to another agreement, if it does not say
    what it was made from and nothing is `named`, or if that cannot be found here."""
    folder = folder_of(client, agreement)
    for each in (data, named):
        _check_agreement(_record(each) if each else None, folder)
    if named:
        words = read_back(named)
        if not any(span.clause for line in words.lines for span in line.spans):
            what = "the file that is named as sent has no clauses of ours in it"
            raise _refused("no-record", what, f"give the contract as it was built, like {folder}/contract.docx")
        return SentFile(named, "the file that was named", words)
    inside = _record(data)
    if inside is None:
        what = "this file does not say what it was made from: another program has left out the record inside it"
        hint = f"name what you sent: --sent {folder}/contract.docx, or negotiation/N-ours.docx after an answer"
        raise _refused("no-record", what, hint)
    answers = list(_answers(root, client, agreement, inside))
    found = original_of(root, inside)
    if answers:
        return _nearest([*answers, *([_read(*found)] if found else [])], read_back(data))
    if found is None:
        what = "this file was made from a version of the contract that is not in this repository or its history"
        raise _refused("unknown-version", what, "name what you sent: --sent FILE, or fetch the branch it was built on")
    return _read(*found)


def _read(found: str, data: bytes) -> SentFile:
    return SentFile(data, found, read_back(data))


def _answers(root: Path, client: str, agreement: str, inside: Carried) -> Iterator[SentFile]:
    """Our answers to earlier rounds that carry the same record, the last one first: the contract may be built after them."""
    repository = Repository(root)
    for number in reversed(rounds.numbers(repository, client, agreement)):
        name = f"{FOLDER}/{rounds.ours_name(number)}"
        path = f"{folder_of(client, agreement)}/{name}"
        if (
            repository.source.has(path)
            and (own := _record(data := repository.read(path)))
            and own.record == inside.record
        ):
            yield _read(name, data)


def _nearest(sent: Sequence[SentFile], back: MarkedWords) -> SentFile:
    """Of several files with one record, which differ in the notes of a draft, the one that has most paragraphs in common."""
    came = _texts(back)
    return max(sent, key=lambda each: len(came & _texts(each.words)) - len(_texts(each.words) - came))


def _texts(words: MarkedWords) -> set[str]:
    return {"".join(span.text for span in line.spans if not span.removed) for line in words.lines}


def _check_agreement(inside: Carried | None, folder: str) -> None:
    if inside and (inside.folder, inside.name) != (folder, CONTRACT):
        what = f"this file is the {inside.name} of {inside.folder}, not the {CONTRACT} of {folder}"
        raise _refused("another-document", what, "give the client and agreement that it belongs to")


def _record(data: bytes) -> Carried | None:
    try:
        found = carried(data)
    except RefusedError:
        return None
    return found if found.format == "docx" else None


def _refused(rule: str, what: str, hint: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, hint)])
