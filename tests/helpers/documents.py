"""A letter in a small repository: its outline, its only clause, and its facts."""

from pathlib import Path

from tests.helpers.corpus import AGREEMENT

OUTLINE = """document: letter
kinds: [support]
title: "Your agreement for signature"
parts:
  - {kind: terms, id: words, title: "Your agreement for signature", clauses: [letter-words]}
"""
_HEAD = """---
id: letter-words
title: About this letter
slot: letter-words
kinds: [support]
laws: ["*"]
rung: preferred
purpose: Words for a test.
---
"""


def clause_file(words: str) -> str:
    """The file of the letter's only clause."""
    return f"{_HEAD}{words}\n"


def lay_out(root: Path, name: str, facts: str, words: str) -> None:
    """Put the document `name` with these facts, and the file of its clause, into the repository."""
    (root / "templates/cover-letter").mkdir()
    (root / "templates/cover-letter/outline.yaml").write_text(OUTLINE)
    (root / "clauses/letter-words.md").write_text(words)
    (root / AGREEMENT / "documents").mkdir()
    (root / AGREEMENT / f"documents/{name}.yaml").write_text(facts)
