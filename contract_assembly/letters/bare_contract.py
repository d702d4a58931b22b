"""The contract of one agreement as a bare tree: its clauses and facts, not yet numbered, without checks and without marks.

Comparisons and amendments use this tree, because the same facts and words give the same tree, draft or final.
"""

from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.clauses.assemble import Assembled, assemble
from contract_assembly.core.paths import folder_of
from contract_assembly.document import tree as d
from contract_assembly.document.references import with_used_definitions
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.facts.template_context import template_context
from contract_assembly.facts.template_values import Record, extended
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.facts import checked


class Bare(Struct, frozen=True):
    """A contract without numbers, its sources, and the facts that its clauses print."""

    document: d.Document
    assembled: Assembled
    facts: Record


def bare_contract(
    repository: Repository, client: str, agreement: str, facts: AnyInputs[Any] | None = None, since: date | None = None
) -> Bare:
    """The contract as a state of the repository has it, or with other facts; `since` is the day from which its coverage applies,
    where that is not the first. Raises RefusedError with every problem of its facts and clauses."""
    inputs = facts or repository.inputs(client, agreement)
    outline = repository.outline(OUTLINES[inputs.agreement.model.kind])
    library, folder = repository.library(client, agreement), folder_of(client, agreement)
    checked(inputs)
    context = _context(inputs, since)
    assembled = assemble(inputs, context, outline, library, folder)
    return Bare(with_used_definitions(assembled.document), assembled, context)


def _context(inputs: AnyInputs[Any], since: date | None) -> Record:
    context = template_context(inputs)
    return extended(context, coverage=extended(context.entries["coverage"], since=since)) if since else context
