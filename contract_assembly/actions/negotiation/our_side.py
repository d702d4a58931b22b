"""Our side of a negotiation: the facts and clauses of the contract, and the fallbacks of its slots filled with its facts."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from contract_assembly.actions.negotiation.judgement import FilledClause, Ours, words_of_text
from contract_assembly.clauses.choice import fit
from contract_assembly.clauses.clause import RUNGS, Clause
from contract_assembly.compare.figures import names_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.facts.playbook import PLAYBOOK, Playbook
from contract_assembly.facts.template_context import template_context
from contract_assembly.facts.template_values import leaves
from contract_assembly.letters.bare_contract import Bare, bare_contract
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.runs import bookmark, tag


def our_side(
    repository: Repository, client: str, agreement: str, reworded: Collection[str] = (), *, between: bool = False
) -> Ours:
    """The facts and clauses of a contract. For the clauses whose tags are `reworded`, also the other clauses of their slots; with
    `between`, also those of slots that are empty. Raises RefusedError if the contract cannot be assembled."""
    inputs = repository.inputs(client, agreement)
    bare = bare_contract(repository, client, agreement, inputs)
    clauses = {tag(each.head.id): each for each in bare.assembled.clauses}
    context = template_context(inputs)
    facts = {tag(each.key): each for each in (*leaves(context), *bare.assembled.parameters)}
    slots = {name: (clauses[name].head.slot, clauses[name].head.id) for name in reworded if name in clauses}
    taken = {each.head.slot for each in clauses.values()}
    outline = repository.outline(OUTLINES[inputs.agreement.model.kind]).model
    optional = [entry.slot for part in outline.parts for entry in part.clauses if entry.optional]
    empty = tuple(each for each in optional if each not in taken)
    slots |= {each: (each, "") for each in empty if between}
    fallbacks = _fallbacks(repository, client, agreement, inputs, slots)
    points = repository.load(Playbook, PLAYBOOK).model.points if repository.source.has(PLAYBOOK) else ()
    names = {tag(key): name for key, name in names_of(context).items()}
    sections = _sections(bare.document)
    return Ours(facts, clauses, fallbacks, empty, sections=sections, points=points, names=names)


def _sections(document: d.Document) -> dict[str, str]:
    """The ids of the sections of the standard terms, by their bookmarks in a Word file."""
    terms = (part for part in document.parts if part.kind == "terms")
    return {bookmark(each.id): each.id for part in terms for each in d.every(d.Section, part) if each.id}


def dangling(repository: Repository, client: str, agreement: str) -> tuple[Problem, ...]:
    """References of a contract to sections that it does not have. Raises RefusedError if it cannot be assembled."""
    bare = bare_contract(repository, client, agreement)
    return resolved(numbered(bare.document), bare.assembled.elsewhere)[1]


def _fallbacks(
    repository: Repository, client: str, agreement: str, inputs: AnyInputs[Any], wanted: Mapping[str, tuple[str, str]]
) -> dict[str, list[FilledClause]]:
    """The other clauses of these slots that fit the agreement; with each slot comes the id of the clause that the contract has
    there. One assembly fills a clause of each slot, so there are as many assemblies as the longest list of clauses."""
    use = inputs.use
    library = repository.library()
    others = {
        name: sorted(
            (
                each
                for each in library
                if each.head.slot == slot
                and each.head.id != own
                and not each.head.retired
                and use.kind in each.head.kinds
                and any(fit(each.head, use))
            ),
            key=lambda each: (RUNGS.index(each.head.rung), each.head.id),
        )
        for name, (slot, own) in wanted.items()
    }
    found: dict[str, list[FilledClause]] = {name: [] for name in others}
    for n in range(max(map(len, others.values()), default=0)):
        chosen = {name: each[n] for name, each in others.items() if n < len(each)}
        texts = _texts(repository, client, agreement, inputs, chosen)
        for name, clause in chosen.items():
            if words := texts.get(clause.head.id):
                found[name].append(FilledClause(clause.head.id, clause.head.rung, words))
    return found


def _texts(
    repository: Repository, client: str, agreement: str, inputs: AnyInputs[Any], chosen: Mapping[str, Clause]
) -> dict[str, tuple[str, ...]]:
    """The words of these clauses in the contract, by their ids. If they do not go together, each is tried alone."""
    try:
        return _assembled(repository, client, agreement, inputs, list(chosen.values()))
    except RefusedError:
        found: dict[str, tuple[str, ...]] = {}
        for each in chosen.values() if len(chosen) > 1 else ():
            try:
                found |= _assembled(repository, client, agreement, inputs, [each])
            except RefusedError:
                continue  # this contract cannot have it
        return found


def _assembled(
    repository: Repository, client: str, agreement: str, inputs: AnyInputs[Any], clauses: list[Clause]
) -> dict[str, tuple[str, ...]]:
    slots = {each.head.slot: each.head.id for each in clauses}
    model = inputs.agreement.model
    parameters = {slot: each for slot, each in model.parameters.items() if slot not in slots}
    other = model.model_copy(update={"choose": {**model.choose, **slots}, "parameters": parameters})
    changed = replace(inputs, agreement=replace(inputs.agreement, model=other))
    return _of_document(bare_contract(repository, client, agreement, changed), set(slots.values()))


def printed_words(repository: Repository, client: str, agreement: str, clause: str) -> tuple[str, ...]:
    """The words that a contract prints of one of its clauses. Raises RefusedError if it cannot be assembled."""
    return _of_document(bare_contract(repository, client, agreement), {clause}).get(clause, ())


def _of_document(bare: Bare, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    document, _ = resolved(numbered(bare.document), bare.assembled.elsewhere)
    found: dict[str, tuple[str, ...]] = {}
    for each in d.every(d.Section, document):
        if each.level == 1 and each.clause in ids:
            found[each.clause] = (*found.get(each.clause, ()), *words_of_text(_text(each)))
    return found


def _text(node: d.Node) -> str:
    """The text of a section, its lines apart."""
    pieces: list[str] = []
    for each in d.walk(node, frozenset({d.Section, d.Paragraph, d.Cell, d.Table})):
        if isinstance(each, d.Section):
            pieces.append(d.plain(each.heading) + ("." if each.level > 1 and each.heading else ""))
        elif isinstance(each, d.Paragraph | d.Cell):
            pieces.append(d.plain(each.children))
        elif isinstance(each, d.Table):
            pieces.append(d.plain(each.caption))
    return "\n".join(pieces)
