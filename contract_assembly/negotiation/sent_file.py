"""Find the file that was sent, with which a returned file is compared: by the record inside it, or the one that is named."""

from dataclasses import dataclass
from pathlib import Path

from contract_assembly.build.embedded_files import Carried, carried
from contract_assembly.build.verify import original_of
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_marks import MarkedWords, marked_words


@dataclass(frozen=True, slots=True)
class SentFile:
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
    inside = _record(data) or (_record(named) if named else None)
    if inside is None:
        what = "this file does not say what it was made from: another program has left out the record inside it"
        raise _refused("no-record", what, f"name what you sent: --sent {folder}/contract.docx")
    if (inside.folder, inside.name) != (folder, CONTRACT):
        what = f"this file is {inside.name} of {inside.folder}, not {CONTRACT} of {folder}"
        raise _refused("another-document", what, "give the client and agreement that it belongs to")
    found = original_of(root, inside)
    if found is None:
        what = "this file was made from a version of the contract that is not in this repository or its history"
        raise _refused("unknown-version", what, "name what you sent: --sent FILE, or fetch the branch it was built on")
    state, original = found
    try:
        return SentFile(original, state, marked_words(original))
    except UnreadableError as error:  # a file of ours that was damaged on the disk
        raise _refused("unreadable-document", f"what was sent cannot be read: {error}", "restore it from git") from None


def _record(data: bytes) -> Carried | None:
    try:
        found = carried(data)
    except RefusedError:
        return None
    return found if found.format == "docx" else None


def _refused(rule: str, what: str, hint: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, hint)])
