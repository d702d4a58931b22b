"""The sample letter as a finished tree, for tests of letters."""

from functools import cache
from pathlib import Path

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.core.problems import Problem
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document import check

ROOT = Path(__file__).parents[2]
COVER_LETTER = ("acme", "2026-support", "cover-letter")


@cache
def letter(root: Path = ROOT) -> tuple[Document, tuple[Problem, ...]]:
    """The cover letter of acme's support contract, without regard to approvals, and its problems."""
    made = assemble_and_assess(Repository(root), *COVER_LETTER).assembled
    tree, unresolved = resolved(numbered(with_used_definitions(made.document)), made.elsewhere)
    return tree, (*unresolved, *check(tree))


def branded_with(logo: str) -> HouseStyle:
    """The sample provider's house style, with this file of `provider/` as its logo."""
    repository = Repository(ROOT)
    file = repository.load(Provider, "provider/provider.yaml")
    assert file.model.brand
    model = file.model.model_copy(update={"brand": file.model.brand.model_copy(update={"logo": logo})})
    return repository.house(Located(model, file.origins))
