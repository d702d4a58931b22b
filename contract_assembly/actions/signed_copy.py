"""Judge a countersigned PDF: whether it is a copy of the document that was sent, and how it was signed."""

from dataclasses import dataclass
from typing import Literal

from contract_assembly.build.embedded_files import carried
from contract_assembly.build.word_differences import alike, compared, count
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.read_words import Words

LEAST = 0.6  # of the words: text recognition gets some wrong in a scan; another document differs in most
FEW = 40  # words that an e-sign service may print on a scan without other readable text


@dataclass(frozen=True, slots=True)
class Copy:
    """A countersigned PDF: signed electronically, so that it begins with our bytes, or a scan; and notes for people."""

    kind: Literal["electronic", "scan"]
    note: str = ""


def judged(data: bytes, ours: bytes, folder: str, name: str) -> Copy:
    """Judge a PDF against ours, the document `name` of an agreement's folder. Raises RefusedError unless it is a copy of it."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise _refused("not-a-pdf", "the countersigned file is not a complete PDF", "scan paper to PDF")
    if data == ours:
        raise _refused(
            "not-signed", "the countersigned file is our own, without a signature", "give the file that came back"
        )
    if data.startswith(ours):
        return Copy("electronic", _words(data, ours, strict=True))
    return Copy("scan", _words(data, ours, strict=_is_ours(data, folder, name)))


def _is_ours(data: bytes, folder: str, name: str) -> bool:
    """Whether a PDF is this document by its own record. Raises RefusedError if it is another."""
    try:
        found = carried(data)
    except RefusedError:
        return False
    if (found.folder, found.name) != (folder, name):
        what = f"the countersigned file is {found.name} of {found.folder}, not {name} of {folder}"
        raise _refused("another-document", what, "give the signed copy of this document")
    return True


def _words(data: bytes, ours: bytes, *, strict: bool) -> str:
    try:
        sent, back = words_of(ours), words_of(data)
    except UnreadableError as error:
        if strict:
            raise _refused(
                "another-document", f"the countersigned file cannot be compared: {error}", "ask for it again"
            ) from None
        return f"its words cannot be read ({error}), so it was not compared with what was sent"
    if strict:
        return _added(sent, back)
    if count(back) < FEW:
        return "it is a picture without words, so it was not compared with what was sent"
    if alike(sent, back) < LEAST:
        what = "the countersigned file has the words of another document"
        raise _refused("another-document", what, "give the signed copy of this document")
    return "its words are alike; read it against what was sent, for a scan cannot be compared word by word"


def _added(sent: Words, back: Words) -> str:
    """Words that were added to pages, such as those of an e-sign service. Raises RefusedError if words of ours are
    missing."""
    changes = compared(sent, back, None)
    if gone := [each for each in changes if each.old]:
        what = f"the countersigned file does not say what was sent: {gone[0]}"
        raise _refused(
            "another-document", what, "build.py verify FILE lists every place; agree on one text, and send that"
        )
    added = "; ".join(each.new for each in changes[:3])
    return f"words were added to it: {added}" if changes else ""


def _refused(rule: str, what: str, hint: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, hint)])
