"""Rules about size: words, tables and documents that are too long to be laid out on pages. Pure.

The bounds are counts, so the same document is refused on every machine. They are set so that a document at all of them at once
is a PDF within 5 seconds and 512 MB on a machine of 2023; the contracts of the samples have a quarter of each.
"""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import every, inlines, plain_lines

MAX_WORD = 400  # as long as a fact may be; the longest of the samples has 37 characters
MAX_ROWS = 1_000
MAX_LINES = 5_000  # a contract of the samples has about 1,000
MAX_CHARACTERS = 250_000  # and about 65,000
_LONG_WORD = re.compile(rf"[^ \n]{{{MAX_WORD + 1},}}")


def long_words(document: d.Document) -> Iterator[Problem]:
    """A word of more than 400 characters.

    **Why it is bad.** No line can hold it, and laying out the page takes minutes. **Example.** A line of 1,000 underscores, or
    a loop that prints names without a space between them. **Fix.** Shorten it, or put spaces between its words.
    """
    for line, text in zip(inlines(document), plain_lines(document), strict=True):
        if found := _LONG_WORD.search(text):
            what = f"a word of {len(found[0]):,} characters: {shown(found[0])}"
            yield Problem("long-word", what, line[0].origin, f"shorten it: {MAX_WORD} characters at most")


def long_tables(document: d.Document) -> Iterator[Problem]:
    """A table of more than 1,000 rows.

    **Why it is bad.** It fills fifty pages that no one reads, and laying them out takes long. **Example.** A row for each
    file of a backup. **Fix.** Group the rows and print counts, or attach the list as a separate file.
    """
    for table in every(d.Table, document):
        if len(table.rows) > MAX_ROWS:
            what = f"a table of {len(table.rows):,} rows"
            yield Problem("long-table", what, table.origin, f"group the rows: {MAX_ROWS:,} at most")


def long_documents(document: d.Document) -> Iterator[Problem]:
    """A document of more than 5,000 lines (paragraphs, list items, table cells) or 250,000 characters.

    **Why it is bad.** It is over a hundred pages long, and writing it takes long. **Example.** A loop inside a loop that
    prints every user once for each device. **Fix.** Print less, or make several documents.
    """
    lines = plain_lines(document)
    characters = sum(map(len, lines))
    if len(lines) > MAX_LINES or characters > MAX_CHARACTERS:
        what = f"the document has {len(lines):,} lines and {characters:,} characters"
        hint = f"print less, or split it: {MAX_LINES:,} lines and {MAX_CHARACTERS:,} characters at most"
        yield Problem("document-size", what, document.origin, hint)
