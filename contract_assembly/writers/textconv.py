"""The words of a Word file or a PDF, line by line, for `git diff` and `git log -p`. Always returns text, whatever the bytes."""

from collections.abc import Iterator

from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.read_words import Line, Words


def words(data: bytes, name: str) -> str:
    """The words of a file with all tracked changes accepted: body, headers, footers, notes, then comments with their authors.

    If the file is neither DOCX nor PDF, or damaged, one line in brackets that says so."""
    try:
        return "".join(f"{line}\n" for line in shown(words_of(data)))
    except UnreadableError as error:
        return f"[no words of {name}: {error}]\n"


def shown(found: Words) -> Iterator[str]:
    """The lines of a file for readers; comments are marked as such."""
    for line in found.lines:
        if line.text:
            yield comment(line) if line.story == "comment" and line.by else line.text


def comment(line: Line) -> str:
    """A comment with its author."""
    return f"[comment by {line.by or 'an unnamed author'}: {line.text}]"
