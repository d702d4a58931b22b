"""A kind of document: the model of its facts, and a function that derives what it can print. Data only."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from contract_assembly.clauses.clause import Clause
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.document.tree import Block, Part
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import View, person
from contract_assembly.letters.mail import Mail
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import Pinned

Side: TypeAlias = Literal["provider", "client"]


class Content(Struct, frozen=True):
    """What a kind of document adds to the facts of the agreement: its own facts by name, and the files from which they
    were read.

    `blocks` replace a paragraph that contains only a reference to their name; `parts`, already numbered, follow those
    of the outline; `clauses` are the sources of both, and must be approved like the document's own. `history` is true
    if states from git history were read, which no digest of a file covers. `warnings` do not prevent a build; `mail` is
    the email to draft, still without words. `pinned` are files that keep growing, each with how much of it was read,
    which the record keeps."""

    facts: Mapping[str, View] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    clauses: tuple[Clause, ...] = ()
    history: bool = False
    warnings: tuple[Problem, ...] = ()
    mail: Mail | None = None
    pinned: Pinned = field(default_factory=dict)


class Kind(Struct, frozen=True):
    """A kind of document. `content` raises RefusedError with every problem in what it reads; `is_notice` says whether the mail
    of a document is a formal notice, which also goes to the address for notices. A `formal` document is a notice and nothing
    else, so its letterhead and its greeting name the client's contact for notices."""

    model: type[Issued]
    content: Callable[[Repository, AnyInputs[Any], Located[Any]], Content]
    is_notice: Callable[[Any], bool] = lambda _: False
    formal: bool = False


SIDES: Mapping[str, Side] = {"writer": "provider", "reader": "client"}


def person_of(inputs: AnyInputs[Any], issued: Located[Issued], role: str) -> View:
    """The writer, one of the provider's people, or the reader, one of the client's. Raises RefusedError for a person
    who is unknown or who had left by the day of the document."""
    side = SIDES[role]
    file, contact = getattr(inputs, side), getattr(inputs.agreement.model.contacts, side).primary
    name, known = getattr(issued.model, role) or contact, {each.id: each for each in file.model.people}
    if name not in known:
        what, hint = f"{role}: {name} is not one of the {side}'s people", did_you_mean(name, known)
        raise RefusedError([Problem("unknown-person", what, issued.at(role), hint)])
    if (until := known[name].until) and until < issued.model.date:
        what = f"{role}: {known[name].name} left on {until}, before the day of the document"
        raise RefusedError([Problem("person-left", what, issued.at(role), "name the successor")])
    return person(file, name, f"document.{role}")
