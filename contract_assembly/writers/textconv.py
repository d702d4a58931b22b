"""The words of a Word file or a PDF, line by line, for `git diff` and `git log -p`. Any bytes are answered with words."""

from collections.abc import Iterator

from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.read_words import Line, Words


def words(data: bytes, name: str) -> str:
    """The words of a file, as with all tracked changes accepted: body, headers, footers, notes, then comments with their authors.

    Where the file is neither DOCX nor PDF, or damaged, one line in brackets that says so."""
    try:
        return "".join(f"{line}\n" for line in shown(words_of(data)))
    except UnreadableError as error:
        return f"[no words of {name}: {error}]\n"


def shown(found: Words) -> Iterator[str]:
    """The lines of a file as people read them; comments are marked as such."""
    for line in found.lines:
        if line.text:
            yield comment(line) if line.story == "comment" and line.by else line.text


def comment(line: Line) -> str:
    """A comment with who wrote it."""
    return f"[comment by {line.by or 'somebody'}: {line.text}]"
