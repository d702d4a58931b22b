"""The consolidated text: a signed contract with its amendments applied, for reading. Reads git history."""

from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document import tree as d
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import CommitFact, Located, WholeFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.letters.amendment import amendments, steps_of
from contract_assembly.letters.amendments.states import states
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.repository.inputs import Repository


class Consolidated(Issued):
    """The contract with its first `amendments` amendments; `base` is the commit with the state after the last of
    them."""

    document: Literal["consolidated"]
    amendments: WholeFact
    base: CommitFact


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[Consolidated]) -> Content:
    _, client, agreement, _ = inputs.agreement.at().path.split("/")
    row = amendments(repository, client, agreement)[: issued.model.amendments]
    if len(row) != issued.model.amendments or not row:
        hint = "build.py amend --consolidate writes a new file"
        what = f"there are {len(row)} amendments, not {issued.model.amendments}"
        raise RefusedError([Problem("amendment-number", what, issued.at("amendments"), hint)])
    reached = states(repository, client, agreement, steps_of(row), end=(issued.model.base, issued.at("base")))
    return Content(parts=tuple(map(_unsigned, reached[-1].document.parts)), history=True)


def _unsigned(part: d.Part) -> d.Part:
    """A part without its signature block: the consolidated text is not signed."""
    return d.rewrite(part, lambda _: (), {d.Signatures})


KIND = Kind(Consolidated, _content)
