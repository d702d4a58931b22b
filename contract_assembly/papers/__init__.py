"""Documents besides the contract, by the name of their outline: the table PAPERS. Each has a module that knows its facts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contract_assembly.facts import View
from contract_assembly.inputs import AnyInputs
from contract_assembly.issued import Issued
from contract_assembly.papers import (
    amendment,
    annual_report,
    block_notice,
    block_order,
    consolidated,
    cover_letter,
    notices,
    proposal,
    quarterly_review,
    renewal_letter,
    statement,
)
from contract_assembly.papers.envelope import attachments, drafted
from contract_assembly.papers.paper import SIDES, Paper, Said, person_of
from contract_assembly.repository import Repository
from contract_assembly.typed import Located
from contract_assembly.views import extended, whole

PAPERS: Mapping[str, Paper] = {
    "amendment": amendment.PAPER,
    "annual-report": annual_report.PAPER,
    "block-notice": block_notice.PAPER,
    "block-order": block_order.PAPER,
    "consolidated": consolidated.PAPER,
    "cover-letter": cover_letter.PAPER,
    "last-reminder": notices.REMINDER,
    "non-renewal": notices.NON_RENEWAL,
    "price-notice": notices.PRICE,
    "proposal": proposal.PAPER,
    "quarterly-review": quarterly_review.PAPER,
    "renewal-letter": renewal_letter.PAPER,
    "statement": statement.PAPER,
    "statutory-notice": notices.STATUTORY,
}
MODELS: Mapping[str, type[Issued]] = {name: paper.model for name, paper in PAPERS.items()}


def said(repository: Repository, inputs: AnyInputs[Any], issued: Located[Issued]) -> Said:
    """What a document may say besides the facts of its agreement: its own, as `document`, and those of its kind."""
    people = {role: person_of(inputs, issued, role) for role in SIDES}
    own: Mapping[str, View] = {"document": extended(whole(issued, "document"), **people)}
    paper = PAPERS[issued.model.document]
    more = paper.said(repository, inputs, issued)
    mail = drafted(inputs, issued, people, notice=paper.is_notice(issued.model)) if issued.model.mail else None
    attached = attachments(repository, issued, mail)
    sources = (issued.at().path, *more.sources, *attached)
    mail = replace(mail, attached=attached) if mail else None
    return replace(more, facts={**own, **more.facts}, sources=sources, mail=mail)
