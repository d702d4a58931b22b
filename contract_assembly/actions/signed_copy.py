"""Judge a countersigned PDF: whether it is a copy of the document that was sent, and how it was signed."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from contract_assembly.build.embedded_files import carried
from contract_assembly.build.word_differences import alike, compared, count
from contract_assembly.compare.words import cut, likeness, word_counts
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.pdf.signatures import signatures_of
from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.pdf_pages import page_texts
from contract_assembly.writers.returned.read_words import Words

LEAST = 0.6  # of the words: text recognition gets some wrong in a scan; another document differs in most
FEW = 40  # words that an e-sign service may print on a scan without other readable text


class Copy(Struct, frozen=True):
    """A countersigned PDF: signed electronically, so that it begins with our bytes, or a scan; the day of the last electronic
    signature; and notes for people."""

    kind: Literal["electronic", "scan"]
    note: str = ""
    day: date | None = None


def judged(data: bytes, ours: bytes, folder: str, name: str, *, looked_at_by: str = "", complete: bool = True) -> Copy:
    """Judge a PDF against ours, the document `name` of an agreement's folder. Unless it is `complete`, places to sign
    may be empty.

    Raises RefusedError unless it is a copy of it, if a signature in it does not fit, and if it cannot be compared and no one has
    read it against ours."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise _refused("not-a-pdf", "the countersigned file is not a complete PDF", "scan paper to PDF")
    if data == ours:
        raise _refused(
            "not-signed", "the countersigned file is our own, without a signature", "give the file that came back"
        )
    if data.startswith(ours):
        note, day = _signatures(data, complete=complete) if b"/ByteRange" in data[len(ours) :] else ("", None)
        return Copy("electronic", "; ".join(filter(None, (note, _words(data, ours, strict=True)))), day)
    return Copy("scan", _words(data, ours, strict=_is_ours(data, folder, name), looked_at_by=looked_at_by))


def _signatures(data: bytes, *, complete: bool) -> tuple[str, date | None]:
    """Who signed and when, and the day of the last signature. Raises RefusedError for a signature that does not fit, and for a
    place that is empty."""
    try:
        found = signatures_of(data)
    except UnreadableError as error:
        raise _refused("broken-signature", str(error), "ask for the file again") from None
    for each in found.signatures:
        if not each.is_sound:
            why = (
                "the file was changed after it"
                if each.intact and each.valid
                else "the bytes that were signed are not those of the file"
            )
            what = f"the signature of {each.by} in the place of the {each.field} does not fit: {why}"
            raise _refused("broken-signature", what, "ask for the file as it was signed")
    if found.empty and complete:
        places = " and ".join(found.empty)
        hint = f"have it signed, or sign it: build.py sign CLIENT --as {found.empty[0].lower()} --p12 FILE"
        raise _refused("empty-place", f"the place of the {places} is not signed", hint)
    days = [each.day for each in found.signatures if each.day]
    note = ", ".join(f"{each.field}: {each.by}, {each.day or 'no day'}" for each in found.signatures)
    return f"signed by {note}" if note else "", max(days, default=None)


def _is_ours(data: bytes, folder: str, name: str) -> bool:
    """Whether a PDF is this document by its own record. Raises RefusedError if it is another."""
    try:
        found = carried(data)
    except RefusedError:
        return False
    if (found.folder, found.name) != (folder, name):
        what = f"the countersigned file is the {found.name} of {found.folder}, not the {name} of {folder}"
        raise _refused("another-document", what, "give the signed copy of this document")
    return True


def _words(data: bytes, ours: bytes, *, strict: bool, looked_at_by: str = "") -> str:
    try:
        sent, back = words_of(ours), words_of(data)
        pages = page_texts(ours), page_texts(data)
    except UnreadableError as error:
        if strict:
            raise _refused(
                "another-document", f"the countersigned file cannot be compared: {error}", "ask for it again"
            ) from None
        return _looked_at(looked_at_by, f"its words cannot be read ({error})")
    if strict:
        return _added(sent, back, pages)
    if count(back) < FEW:
        return _looked_at(looked_at_by, "it is a picture without words")
    if alike(sent, back) < LEAST:
        what = "the countersigned file has the words of another document"
        raise _refused("another-document", what, "give the signed copy of this document")
    if unlike := _unlike(*pages):
        what = f"the countersigned file differs from what was sent on {unlike}"
        raise _refused("another-document", what, "give a complete scan of this document, its pages in order")
    return "its words are alike on every page; read it against what was sent, because a scan cannot be compared word by word"


def _looked_at(by: str, why: str) -> str:
    """A note for a file that cannot be compared. Raises RefusedError unless a person has read it."""
    if not by:
        hint = "read every page against what was sent, then give your name: --looked-at-by NAME"
        raise _refused("not-compared", f"{why}, so it was not compared with what was sent", hint)
    return f"{why}; {by} read it against what was sent"


def _unlike(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """The pages of a scan whose words are not those of ours, as text; empty if there are none. A scan may have more pages."""
    bags = [[word_counts([token.text for token in cut(page)]) for page in side] for side in (ours, theirs)]
    wrong = [
        n
        for n, bag in enumerate(bags[0], 1)
        if bag.total() >= FEW and (n > len(bags[1]) or likeness(bag, bags[1][n - 1]) < LEAST)
    ]
    return f"page{'s' * (len(wrong) > 1)} {', '.join(map(str, wrong[:5]))}{' …' * (len(wrong) > 5)}" if wrong else ""


def _added(sent: Words, back: Words, pages: tuple[Sequence[str], Sequence[str]]) -> str:
    """Words that were added to pages, such as those of an e-sign service. Raises RefusedError if words of ours are
    missing."""
    changes = compared(sent, back, None)
    if gone := [each for each in changes if each.old]:
        page = next((n for n, (a, b) in enumerate(zip(*pages, strict=False), 1) if not _has(b, a)), 0)
        where = f" on page {page}" if page else ""
        what = f"the countersigned file does not say what was sent{where}: {gone[0]}"
        raise _refused(
            "another-document", what, "build.py verify FILE lists every place; agree on one text, and send that"
        )
    added = "; ".join(each.new for each in changes[:3])
    return f"words were added to it: {added}" if changes else ""


def _has(page: str, words: str) -> bool:
    """Whether a page has all words of another."""
    own, wanted = (word_counts([token.text for token in cut(each)]) for each in (page, words))
    return wanted <= own


def _refused(rule: str, what: str, hint: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, hint)])
