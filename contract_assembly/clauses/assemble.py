"""Clauses and facts into one document tree, not yet numbered: choose, fill, parse and group, part by part. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.clauses.between_clauses import elsewhere, requirements, unused_choices
from contract_assembly.clauses.choice import choose, parameters
from contract_assembly.clauses.clause import Clause
from contract_assembly.clauses.fill import compiled, fill, holds
from contract_assembly.clauses.grouping import GROUPINGS
from contract_assembly.clauses.letterhead import closing, letterhead, running_head, salutation
from contract_assembly.clauses.own_places import moved, with_own, without_place
from contract_assembly.clauses.parse import opened, parse, parse_inline
from contract_assembly.clauses.rungs import is_taken, rungs
from contract_assembly.clauses.spelling import in_spelling
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document import tree as d
from contract_assembly.document.placeholders import with_survivors
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.esign_anchors import anchors
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import Entry, Outline, PartOutline
from contract_assembly.facts.template_values import Fact, Record, View, bare

_BRITISH = ("Signature:", "Name:", "Position:", "Date:")
_AMERICAN = ("By:", "Name:", "Title:", "Date:")
SIGNATURE_LABELS = {"en-US": _AMERICAN, "en-CA": _AMERICAN, "en-GB": _BRITISH, "en-IE": _BRITISH, "en-AU": _BRITISH}
INITIALS = "Initials:\u00a0____\u00a0____"
T = TypeVar("T")
LETTER_COUNTRIES = {"US", "CA", "MX", "PH"}


class Assembled(Struct, frozen=True):
    """An unnumbered document, its clauses and their parameters, the ids of the library that it does not have, each with the
    reason, and the words of the mail that it is sent with, if there is one."""

    document: d.Document
    clauses: tuple[Clause, ...]
    parameters: tuple[Fact, ...]
    elsewhere: Mapping[str, str]
    mail: d.Document | None = None


class _Assembly(Struct):
    """The inputs of one assembly, and the results it collects."""

    inputs: AnyInputs[Any]
    facts: Mapping[str, View]
    library: tuple[Clause, ...]
    by_slot: Mapping[str, list[Clause]]
    own: Mapping[str, list[Clause]]
    slots: dict[str, Origin] = field(default_factory=dict)
    taken: list[Clause] = field(default_factory=list)
    parameters: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def agreement(self) -> Agreed:
        agreed: Agreed = self.inputs.agreement.model
        return agreed

    def collect(self, work: Callable[[], T]) -> T | None:
        """Do one piece of the work. Its problems are kept, so that the rest can go on."""
        try:
            return work()
        except RefusedError as error:
            self.problems.extend(error.problems)
            return None


def assemble(
    inputs: AnyInputs[Any],
    facts: Record,
    outline: Located[Outline],
    library: Iterable[Clause],
    folder: str,
    *,
    contract: bool = True,
    mail: bool = False,
) -> Assembled:
    """Assemble a document. Raises RefusedError with every problem of every clause.

    In a contract, every parameter and choice of the agreement must belong to one of its clauses."""
    library = tuple(library)
    by_slot = _by_slot(library)
    taken = rungs(inputs.agreement.model, outline.model, by_slot, inputs.agreement.at("choose"))
    work = _Assembly(inputs, {**facts.entries, "rungs": taken}, library, by_slot, moved(library))
    parts = [
        part
        for position, each in enumerate(outline.model.parts)
        if (part := work.collect(lambda n=position, p=each: _part(work, p, outline, f"parts.{n}"))) is not None  # type: ignore[misc]
    ]
    words = work.collect(lambda: _mail(work, outline)) if mail else None
    work.problems.extend(requirements(work.taken, work.slots))
    work.problems.extend(
        (*unused_choices(work.inputs.agreement, work.slots), *without_place(work.own, work.slots)) if contract else ()
    )
    if work.problems:
        raise RefusedError(work.problems)
    meta = _as_letter(_meta(work, outline, folder), parts, work.agreement.id)
    tree = d.Document(meta, tuple(parts), outline.at())
    document = in_spelling(
        with_survivors(tree, {each.head.id for each in work.taken if each.head.survives}), work.agreement.locale
    )
    mailed = in_spelling(d.Document(meta, (words,), outline.at("mail")), work.agreement.locale) if words else None
    return Assembled(
        document, tuple(work.taken), tuple(work.parameters), elsewhere(document, work.taken, work.library), mailed
    )


def _by_slot(library: Iterable[Clause]) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = {}
    for clause in library:
        found.setdefault(clause.head.slot, []).append(clause)
    return found


def _meta(work: _Assembly, outline: Located[Outline], folder: str) -> d.Meta:
    agreement, provider, client = work.agreement, work.inputs.provider.model.party, work.inputs.client.model.party
    own = outline.model.title
    title = d.plain(_line(work, own, outline.at("title"))) if own else agreement.title
    asked = work.inputs.provider.model.initials if agreement.initials is None else agreement.initials
    return d.Meta(
        title=title,
        subject=client.name,
        author=provider.name,
        language=agreement.locale,
        head=f"{title} · {client.short}",
        footer=agreement.id if own else f"{agreement.id} · version\u00a0{agreement.version}",
        inputs=folder,
        paper="letter" if client.address.country in LETTER_COUNTRIES else "a4",
        initials=INITIALS if asked and not own else "",
    )


def _as_letter(meta: d.Meta, parts: Sequence[d.Part], agreement: str) -> d.Meta:
    """The metadata of a document that begins with a letter: its subject is the title, and later pages name both sides."""
    if not parts or not parts[0].opening:
        return meta
    return replace(meta, title=d.plain(parts[0].heading), head=running_head(parts[0].opening[0]), footer=agreement)


# ---- parts and clauses


def _part(work: _Assembly, part: PartOutline, outline: Located[Outline], path: str) -> d.Part | None:
    origin = outline.at(path)
    if not _is_included(work, part.condition, outline.at(f"{path}.if")):
        return None
    heading = _line(work, part.title, outline.at(f"{path}.title"))
    children: list[d.Block] = [*_clauses(work, part.kind, part.clauses, outline, f"{path}.clauses")]
    if part.signatures:
        lead = _line(work, part.signatures, outline.at(f"{path}.signatures"))
        children.append(_signatures(work, lead, origin))
    made = d.Part(part.kind, part.id, heading=heading, children=tuple(children), number="", origin=origin)
    return _letter(work, made, part, outline, path) if part.kind == "letter" else made


def _letter(work: _Assembly, made: d.Part, part: PartOutline, outline: Located[Outline], path: str) -> d.Part:
    """A part in the form of a letter. It is the first of its document: only a first page has a letterhead and no running head."""
    if path != "parts.0":
        hint = "move it to the top of the outline, or make it a separate document"
        raise RefusedError(
            [Problem("letter-first", "a letter must be the first part of its document", made.origin, hint)]
        )
    facts, locale = work.facts, work.agreement.locale
    opening = (letterhead(facts, locale, made.origin),)
    if not part.greeting:
        return replace(made, opening=opening)
    enclosed = _line(work, part.enclosed, outline.at(f"{path}.enclosed")) if part.enclosed else ()
    apart = _clauses(work, part.kind, part.apart, outline, f"{path}.apart")
    children = (salutation(facts, locale, made.origin), *made.children, closing(facts, locale, enclosed, made.origin))
    return replace(made, children=(*children, *apart), opening=opening)


def _mail(work: _Assembly, outline: Located[Outline]) -> d.Part:
    """The words of the mail that a document is sent with: greeting, clauses, close."""
    facts, locale, origin = work.facts, work.agreement.locale, outline.at("mail")
    if not outline.model.mail:
        hint = "name a clause for it below mail: of the outline, or leave mail: out of the document"
        raise RefusedError([Problem("no-mail", "this document has no words for a mail", origin, hint)])
    subject = _line(work, outline.model.parts[0].title, outline.at("parts.0.title"))
    words = _clauses(work, "letter", outline.model.mail, outline, "mail")
    around = salutation(facts, locale, origin, of_mail=True), closing(facts, locale, (), origin)
    return d.Part("letter", "mail", heading=subject, children=(around[0], *words, around[1]), number="", origin=origin)


def _clauses(
    work: _Assembly, kind: d.PartKind, entries: Iterable[Entry], outline: Located[Outline], path: str
) -> list[d.Section]:
    """The sections of the clauses that an outline names, with those that the agreement adds. The problems of one are kept, so
    that the rest can go on."""
    found: list[d.Section] = []
    named = [(entry, outline.at(f"{path}.{position}")) for position, entry in enumerate(entries)]
    for entry, where in with_own(named, work.own) if work.own else named:
        found += work.collect(lambda e=entry, w=where: _sections(work, kind, e, w)) or ()  # type: ignore[misc]
    return found


def _is_included(work: _Assembly, condition: str | None, origin: Origin) -> bool:
    return condition is None or holds(condition, work.facts, origin, work.agreement.locale)


def _line(work: _Assembly, text: str, origin: Origin) -> tuple[d.Inline, ...]:
    filled = fill(compiled(text, origin), work.facts, work.agreement.locale)
    inlines, problems = parse_inline(filled.text, origin)
    if problems:
        raise RefusedError(problems)
    paragraph = opened(d.Paragraph(inlines), filled.values)
    assert isinstance(paragraph, d.Paragraph)  # noqa: S101  # opening changes only values
    return paragraph.children


def _sections(work: _Assembly, kind: d.PartKind, entry: Entry, where: Origin) -> tuple[d.Section, ...]:
    if not is_taken(entry, work.agreement, work.by_slot) or not _is_included(work, entry.condition, where):
        return ()
    if entry.slot in work.slots:
        what = f"slot {entry.slot} is already in this document, at {work.slots[entry.slot]}"
        raise RefusedError([Problem("doubled-slot", what, where, "remove one of them")])
    work.slots[entry.slot] = where
    agreement = work.agreement
    asked = agreement.choose.get(entry.slot)
    chosen_at = work.inputs.agreement.at(f"choose.{entry.slot}") if asked else where
    variants = work.by_slot.get(entry.slot, work.library)
    clause = choose(entry.slot, variants, work.inputs.use, asked, chosen_at)
    work.taken.append(clause)
    own = agreement.parameters.get(entry.slot, {})
    values = parameters(clause, own, lambda name: work.inputs.agreement.at(f"parameters.{entry.slot}.{name}"))
    work.parameters.extend(values.values())
    filled = fill(compiled(clause.body, clause.body_at), {**work.facts, **values}, agreement.locale)
    parsed = parse(filled.text, clause.body_at)
    if parsed.problems:
        raise RefusedError(parsed.problems)
    head = clause.head
    title = (d.Text(head.title, clause.located.at("title")),)
    empty = d.Section(head.slot, 1, heading=title, children=(), clause=head.id, number="", origin=clause.located.at())
    sections, problems = GROUPINGS[kind](empty, parsed.blocks, filled.values)
    if problems:
        raise RefusedError(problems)
    return sections


def _signatures(work: _Assembly, lead: tuple[d.Inline, ...], origin: Origin) -> d.Signatures:
    service = work.inputs.provider.model.anchored
    signatories = (
        replace(_signatory(work.facts, side, work.agreement.locale), anchors=anchors(service, side.title(), number))
        for number, side in enumerate(("provider", "client"), 1)
    )
    return d.Signatures(lead, tuple(signatories), origin)


def _signatory(facts: Mapping[str, View], side: str, locale: str) -> d.Signatory:
    party, people = facts[side], facts["signatories"]
    assert isinstance(party, Record)  # noqa: S101  # template_context makes it one
    assert isinstance(people, Record)  # noqa: S101
    person = people.entries[side]
    assert isinstance(person, Record)  # noqa: S101
    entity, name, title = (
        _value(view) for view in (party.entries["name"], *(person.entries[each] for each in ("name", "role")))
    )
    return d.Signatory(side.title(), entity, name, title, SIGNATURE_LABELS[locale])


def _value(view: View) -> d.Value:
    assert isinstance(view, Fact)  # noqa: S101
    return d.Value(str(bare(view)), view.key, view.origin)
