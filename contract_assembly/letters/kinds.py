"""Documents other than the contract, by the name of their outline: the table KINDS. Each has a module for its facts.

A kind's module, and the models that it brings, are loaded when the first document of that kind is read: a contract needs none.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contract_assembly.core.lazy import OnDemand, table
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import View, extended, whole
from contract_assembly.letters.envelope import attachments, drafted
from contract_assembly.letters.kind import SIDES, Kind, Said, person_of
from contract_assembly.repository.inputs import Repository

KINDS: Mapping[str, Kind] = table(
    {
        "amendment": "contract_assembly.letters.amendment:PAPER",
        "annual-report": "contract_assembly.letters.annual_report:PAPER",
        "block-notice": "contract_assembly.letters.block_notice:PAPER",
        "block-order": "contract_assembly.letters.block_order:PAPER",
        "change-confirmation": "contract_assembly.letters.change_confirmation:PAPER",
        "consolidated": "contract_assembly.letters.consolidated:PAPER",
        "cover-letter": "contract_assembly.letters.cover_letter:PAPER",
        "last-reminder": "contract_assembly.letters.notices:REMINDER",
        "non-renewal": "contract_assembly.letters.notices:NON_RENEWAL",
        "price-notice": "contract_assembly.letters.notices:PRICE",
        "proposal": "contract_assembly.letters.proposal:PAPER",
        "quarterly-review": "contract_assembly.letters.quarterly_review:PAPER",
        "renewal-letter": "contract_assembly.letters.renewal_letter:PAPER",
        "statement": "contract_assembly.letters.statement:PAPER",
        "statutory-notice": "contract_assembly.letters.notices:STATUTORY",
    }
)
MODELS: Mapping[str, type[Issued]] = OnDemand(KINDS, lambda name: KINDS[name].model)


def facts_for(repository: Repository, inputs: AnyInputs[Any], issued: Located[Issued]) -> Said:
    """What a document may say in addition to the facts of its agreement: its own, as `document`, and those of its kind."""
    people = {role: person_of(inputs, issued, role) for role in SIDES}
    own: Mapping[str, View] = {"document": extended(whole(issued, "document"), **people)}
    kind = KINDS[issued.model.document]
    more = kind.said(repository, inputs, issued)
    mail = drafted(inputs, issued, people, notice=kind.is_notice(issued.model)) if issued.model.mail else None
    attached = attachments(repository, issued, mail)
    sources = (issued.at().path, *more.sources, *attached)
    mail = replace(mail, attached=attached) if mail else None
    return replace(more, facts={**own, **more.facts}, sources=sources, mail=mail)
