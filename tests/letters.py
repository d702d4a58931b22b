"""The sample letter, walked as far as its finished tree, for tests of letters."""

from functools import cache
from pathlib import Path

from contract_assembly.check import check
from contract_assembly.document import Document
from contract_assembly.number import numbered
from contract_assembly.pipeline import judged
from contract_assembly.problems import Problem
from contract_assembly.repository import Repository
from contract_assembly.resolve import resolved, with_used_definitions

ROOT = Path(__file__).parent.parent
COVER_LETTER = ("acme", "2026-support", "cover-letter")


@cache
def letter(root: Path = ROOT) -> tuple[Document, tuple[Problem, ...]]:
    """The cover letter of acme's support contract as sent, whoever has approved it, and what is wrong with it."""
    made = judged(Repository(root), *COVER_LETTER).assembled
    tree, unresolved = resolved(numbered(with_used_definitions(made.document)), made.elsewhere)
    return tree, (*unresolved, *check(tree))
