"""The sample letter, walked as far as its finished tree, for tests of letters."""

from functools import cache
from pathlib import Path

from contract_assembly.check import check
from contract_assembly.document import Document
from contract_assembly.house import House
from contract_assembly.number import numbered
from contract_assembly.parties import Provider
from contract_assembly.pipeline import judged
from contract_assembly.problems import Problem
from contract_assembly.repository import Repository
from contract_assembly.resolve import resolved, with_used_definitions
from contract_assembly.typed import Located

ROOT = Path(__file__).parent.parent
COVER_LETTER = ("acme", "2026-support", "cover-letter")


@cache
def letter(root: Path = ROOT) -> tuple[Document, tuple[Problem, ...]]:
    """The cover letter of acme's support contract as sent, whoever has approved it, and what is wrong with it."""
    made = judged(Repository(root), *COVER_LETTER).assembled
    tree, unresolved = resolved(numbered(with_used_definitions(made.document)), made.elsewhere)
    return tree, (*unresolved, *check(tree))


def branded_with(logo: str) -> House:
    """The sample provider's house, with this file of `provider/` as its logo."""
    repository = Repository(ROOT)
    file = repository.load(Provider, "provider/provider.yaml")
    assert file.model.brand
    model = file.model.model_copy(update={"brand": file.model.brand.model_copy(update={"logo": logo})})
    return repository.house(Located(model, file.origins))
