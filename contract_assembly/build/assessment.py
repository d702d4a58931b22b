"""The first half of the pipeline: a document's facts and clauses, assembled into a tree that is not yet numbered, and the
status of each clause's approval."""

from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.clauses import law_rules
from contract_assembly.clauses.approval import ApprovalStatus, approval_status
from contract_assembly.clauses.assemble import Assembled, assemble
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem
from contract_assembly.document.placeholders import with_blocks
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.outline import CONTRACT, OUTLINES, Outline
from contract_assembly.facts.template_context import template_context
from contract_assembly.facts.template_values import Record
from contract_assembly.facts.term_dates import days_in_force
from contract_assembly.letters import kinds
from contract_assembly.letters.kind import Content
from contract_assembly.repository import brand
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules import facts as consistency


class Subject(Struct, frozen=True):
    """The subject of a document: its status, the day as of which it is judged, its outline and facts, its law, its open
    points, and what its kind adds."""

    status: str
    day: date
    outline: Located[Outline]
    facts: Record
    law: tuple[law_rules.LawFinding, ...] = ()
    open: tuple[str, ...] = ()
    content: Content = field(default_factory=Content)


class Assessed(Struct, frozen=True):
    """A document's clauses in a tree, not yet numbered, with the status of their approvals on its day, and the warnings
    about its facts."""

    inputs: AnyInputs[Any]
    about: Subject
    assembled: Assembled
    approvals: tuple[ApprovalStatus, ...]
    sources: tuple[str, ...]
    warnings: tuple[Problem, ...]


def assemble_and_assess(repository: Repository, client: str, agreement: str, name: str = CONTRACT) -> Assessed:
    """Assemble and check a document. Raises RefusedError with every problem of the facts and clauses."""
    inputs = repository.inputs(client, agreement)
    issued = None if name == CONTRACT else repository.issued(client, agreement, name, kinds.MODELS)
    warnings = consistency.checked(inputs)
    about = _issued(repository, inputs, issued) if issued else _contract(repository, inputs)
    library, folder = repository.library(client, agreement), folder_of(client, agreement)
    found = assemble(
        inputs,
        about.facts,
        about.outline,
        library,
        folder,
        contract=name == CONTRACT,
        mail=about.content.mail is not None,
    )
    tree = with_blocks(found.document, about.content.blocks)
    assembled = replace(found, document=tree, clauses=(*found.clauses, *about.content.clauses))
    approvals = repository.approvals().by_clause
    judged = tuple(
        approval_status(
            clause,
            repository.approvable(clause.body_at.path),
            approvals.get(clause.head.id, ()),
            inputs.use,
            about.day,
        )
        for clause in assembled.clauses
    )
    content, brands = about.content, brand.files(inputs.provider.model.brand)
    read = (*inputs.paths(), *inputs.absent(), about.outline.at().path, *content.sources, *brands)
    sources = tuple(dict.fromkeys(read))
    return Assessed(
        inputs=inputs, about=about, assembled=assembled, approvals=judged, sources=sources, warnings=warnings
    )


def _contract(repository: Repository, inputs: AnyInputs[Any]) -> Subject:
    """The contract is judged as of its first day."""
    agreed, facts = inputs.agreement.model, template_context(inputs)
    outline = repository.outline(OUTLINES[agreed.kind])
    return Subject(
        status=agreed.status,
        day=days_in_force(inputs).first,
        outline=outline,
        facts=facts,
        law=law_rules.findings(inputs, facts),
        open=agreed.open,
    )


def _issued(repository: Repository, inputs: AnyInputs[Any], issued: Located[Issued]) -> Subject:
    """Any other document is judged as of its date."""
    facts, outline = template_context(inputs), repository.outline(issued.model.document, inputs.agreement.model.origin)
    content = kinds.content_of(repository, inputs, issued)
    facts = replace(facts, entries={**facts.entries, **content.facts})
    return Subject(
        issued.model.status, issued.model.date, outline, facts, tuple(law_rules.unverified(inputs)), content=content
    )
