"""All steps of one document, on one page: load > fill > parse > number > resolve > check > write. Writes no file.
The steps up to the tree are in `assessment`.

inputs ─context─▶ facts ─┐
clauses, outline ────────┴─assemble──▶ tree ──with_used_definitions──▶ numbered ──▶ resolved ──check──▶ FORMATS
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.build.assessment import Assessed, assemble_and_assess
from contract_assembly.build.deviations import outdated
from contract_assembly.build.payload import enclosures
from contract_assembly.clauses import law_rules
from contract_assembly.clauses.approval import approval_problems
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.problems import Problem, RefusedError, errors, in_order
from contract_assembly.document.draft_marks import finished, marked
from contract_assembly.document.engines import Engine
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.document.tree import Document
from contract_assembly.document.writer_extras import NO_EXTRAS, Enclosure, WriterExtras
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.facts.parties import Provider
from contract_assembly.facts.template_values import Fact, leaves
from contract_assembly.letters.mail import Mail, eml
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord, Judged
from contract_assembly.repository.record_file import carried
from contract_assembly.repository.record_writer import MAIL, Keys, file_name, ingredients
from contract_assembly.rules import facts as consistency
from contract_assembly.rules.document import check
from contract_assembly.writers.formats import FORMATS, engine_warnings, write
from contract_assembly.writers.plain_text import plain, plain_line

Pages: TypeAlias = Mapping[str, int]


class Draft(Struct, frozen=True, dict=True):
    """A finished document that is not yet written in any format, with the facts available to it and its inputs.
    `ingredients` is its record without outputs, so it can be embedded in them. `name` is that of its files."""

    folder: str
    name: str
    status: str
    document: Document
    clauses: tuple[Clause, ...]
    sources: tuple[str, ...]
    warnings: tuple[Problem, ...]
    key: str
    provider: Located[Provider]
    facts: tuple[Fact, ...]
    ingredients: DocumentRecord
    mail: Mail | None = None

    @cached_property
    def record(self) -> bytes:
        """`record.json` as it is embedded in the document: for this document alone, and without outputs."""
        return carried(self.folder, self.name, self.ingredients)

    @cached_property
    def made_from(self) -> str:
        """A digest of all inputs. It may change when the tree's key does not, for example with a comment in a file."""
        return hashlib.sha256(self.record).hexdigest()


def draft(
    repository: Repository,
    client: str,
    agreement: str,
    name: str = CONTRACT,
    *,
    final: bool = False,
    engine: Engine | None = None,
) -> Draft:
    """Take all steps up to the finished tree. Raises RefusedError with every problem that prevents a build.

    `engine` will lay out the PDF; without one, that of the house.

    A document that is neither final nor sent is marked as a draft and shows its open points. Any other document must
    have none."""
    _, made = examined(repository, client, agreement, name, final=final, engine=engine)
    if errors(made.warnings):
        raise RefusedError(made.warnings)
    return made


def examined(
    repository: Repository,
    client: str,
    agreement: str,
    name: str = CONTRACT,
    *,
    final: bool = False,
    engine: Engine | None = None,
) -> tuple[Assessed, Draft]:
    """The finished tree, to look at, even where problems prevent a build: they are among the warnings of the draft.

    Raises RefusedError with every problem for which there is no tree: those of the facts, of the clauses and of the
    house style."""
    try:
        found = assemble_and_assess(repository, client, agreement, name)
        engine = engine or repository.engine_of(found.inputs.provider)
    except RefusedError as error:
        raise RefusedError(in_order((*error.problems, *repository.brand_problems(client, agreement)))) from error
    return found, completed(repository, found, name, final=final, engine=engine)


def completed(
    repository: Repository, found: Assessed, name: str = CONTRACT, *, final: bool = False, engine: Engine | None = None
) -> Draft:
    """The finished tree of a document that was assembled before, as `examined` returns it. Raises RefusedError with all problems
    of the house style."""
    _, client, agreement = found.assembled.document.meta.inputs.split("/")
    brand_problems = repository.brand_problems(client, agreement)
    engine = engine or repository.engine_of(found.inputs.provider)
    final = final or found.about.status == "sent"
    strangers = repository.names_of_others(client) if final else ()
    document, unresolved = _numbered(found, found.assembled.document, strangers, final=final)
    document = replace(document, parts=(*document.parts, *found.about.content.parts))
    mail, unfit = _mailed(found, strangers, final=final)
    of_law = law_rules.problems(found.about.law, found.inputs.agreement.at("law"), final=final)
    problems = in_order(
        (
            *(consistency.of_final(found.warnings) if final else found.warnings),
            *found.about.content.warnings,
            *unresolved,
            *check(document),
            *unfit,
            *of_law,
            *(_still_open(found) if final else ()),
            *(
                outdated(repository, zip(found.assembled.clauses, found.approvals, strict=True), client, agreement)
                if final
                else ()
            ),
            *brand_problems,
            *engine_warnings(engine),
        )
    )
    if errors(brand_problems):
        raise RefusedError(problems)
    provider = found.inputs.provider
    keys = Keys(repository.house(provider))
    if final:
        document = finished(document, keys.of(document))
    judged = _judged(found, _missing(found), final=final)
    made = _draft(
        repository,
        found,
        name,
        document=document,
        problems=problems,
        judged=judged,
        key=keys.of(document),
        engine=engine,
    )
    return replace(made, mail=mail)


def _missing(found: Assessed) -> int:
    """The number of clauses that are not approved."""
    return sum(each.state != "approved" for each in found.approvals)


def _numbered(
    found: Assessed, tree: Document, strangers: tuple[str, ...], *, final: bool
) -> tuple[Document, tuple[Problem, ...]]:
    """The tree with its numbers and references, marked if it is a draft; and the references that could not be
    resolved."""
    tree = replace(tree, meta=replace(tree.meta, dated=found.about.day.isoformat(), strangers=strangers))
    gates = (*law_rules.open_gates(found.about.law), *found.about.open)
    tree = tree if final else marked(tree, _missing(found), gates)
    document, unresolved = resolved(numbered(with_used_definitions(tree)), found.assembled.elsewhere)
    return document, tuple(unresolved)


def _mailed(found: Assessed, strangers: tuple[str, ...], *, final: bool) -> tuple[Mail | None, tuple[Problem, ...]]:
    """The email with its subject and words, if there is one, and the problems that the rules found in them."""
    mail, tree = found.about.content.mail, found.assembled.mail
    if mail is None or tree is None:
        return None, ()
    document, unresolved = _numbered(found, tree, strangers, final=final)
    (part,) = document.parts
    words = replace(mail, subject=plain_line(part.heading), words=plain(part.children))
    return words, (*unresolved, *check(document))


def _draft(
    repository: Repository,
    found: Assessed,
    name: str,
    document: Document,
    problems: tuple[Problem, ...],
    judged: Judged,
    key: str,
    engine: Engine,
) -> Draft:
    clauses, sources = found.assembled.clauses, found.sources
    went_in = ingredients(
        repository,
        clauses,
        sources,
        status=found.about.status,
        reference=" ".join(document.meta.footer.split()),
        tree=key,
        judged=judged,
        pinned=found.about.content.pinned,
        engine=engine,
    )
    facts = (*leaves(found.about.facts), *found.assembled.parameters)
    return Draft(
        folder=document.meta.inputs,
        name=name,
        status=found.about.status,
        document=document,
        clauses=clauses,
        sources=sources,
        warnings=problems,
        key=key,
        provider=found.inputs.provider,
        facts=facts,
        ingredients=went_in,
    )


def _judged(found: Assessed, unapproved: int, *, final: bool) -> Judged:
    use = found.inputs.use
    return Judged(
        kind=use.kind,
        law=use.law,
        place=use.place,
        day=found.about.day,
        final=final,
        unapproved=unapproved,
        history=found.about.content.history,
    )


def _still_open(found: Assessed) -> Iterator[Problem]:
    at = found.inputs.agreement.at
    for n, what in enumerate(found.about.open):
        yield Problem("open-fact", f"still open: {what}", at(f"open.{n}"), "put it right, then remove this line")
    yield from approval_problems(zip(found.approvals, found.assembled.clauses, strict=True), found.about.day)


def enclosed(made: Draft, review: bytes) -> tuple[Enclosure, ...]:
    """The files that travel inside every file of a draft; `review` is its review text."""
    return enclosures(made.document, made.facts, made.record, review)


def render(
    repository: Repository, made: Draft, formats: Iterable[str], pages: Pages | None = None
) -> tuple[dict[str, bytes], Pages | None]:
    """The files of a draft, by name, without its record, and the pages of its headings. `pages` come from an earlier
    layout of the same tree; writing a PDF replaces them. Raises RefusedError if a format cannot be written."""
    house = replace(repository.house(made.provider), engine=made.ingredients.laid_out_by)
    review = FORMATS["md"](made.document, house, NO_EXTRAS)
    wanted = tuple(formats)
    others = [suffix for suffix in wanted if suffix != "md"]
    beside = WriterExtras(enclosed(made, review) if others else (), pages)
    faces, pages = write(made.document, house, others, beside)
    faces["md"] = review
    files = {file_name(made.name, suffix): faces[suffix] for suffix in wanted}
    if made.mail and "pdf" in faces:
        own = file_name(made.name, "pdf")
        attached = {path.split("/", 2)[2].replace("/", "-"): repository.read(path) for path in made.mail.attached}
        files[file_name(made.name, MAIL)] = eml(made.mail, {own: files[own], **attached})
    return files, pages
