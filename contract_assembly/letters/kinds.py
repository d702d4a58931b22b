"""Documents other than the contract, by the name of their outline: the table KINDS. Each has a module for its facts.

A kind's module, with its models, is loaded when the first document of that kind is read; a contract needs none.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from contract_assembly.core.lazy import OnDemand, table
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import View, extended, whole
from contract_assembly.letters.envelope import attachments, drafted
from contract_assembly.letters.kind import SIDES, Content, Kind, person_of
from contract_assembly.letters.other_paper import refuse_other_paper
from contract_assembly.repository.inputs import Repository

KINDS: Mapping[str, Kind] = table(
    {
        "amendment": "contract_assembly.letters.amendment:KIND",
        "annual-report": "contract_assembly.letters.annual_report:KIND",
        "block-notice": "contract_assembly.letters.block_notice:KIND",
        "block-order": "contract_assembly.letters.block_order:KIND",
        "change-confirmation": "contract_assembly.letters.change_confirmation:KIND",
        "consolidated": "contract_assembly.letters.consolidated:KIND",
        "cover-letter": "contract_assembly.letters.cover_letter:KIND",
        "last-reminder": "contract_assembly.letters.notices:REMINDER",
        "non-renewal": "contract_assembly.letters.notices:NON_RENEWAL",
        "price-notice": "contract_assembly.letters.notices:PRICE",
        "proposal": "contract_assembly.letters.proposal:KIND",
        "quarterly-review": "contract_assembly.letters.quarterly_review:KIND",
        "renewal-letter": "contract_assembly.letters.renewal_letter:KIND",
        "statement": "contract_assembly.letters.statement:KIND",
        "statutory-notice": "contract_assembly.letters.notices:STATUTORY",
    }
)
MODELS: Mapping[str, type[Issued]] = OnDemand(KINDS, lambda name: KINDS[name].model)


def content_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Issued]) -> Content:
    """What a document can print in addition to the facts of its agreement: its own facts, as `document`, and those of
    its kind. Raises RefusedError, also for what is not written under a contract on other paper."""
    refuse_other_paper(inputs, issued.model.document, issued.at("document"))
    people = {role: person_of(inputs, issued, role) for role in SIDES}
    kind = KINDS[issued.model.document]
    notices = whole(inputs.client, "client.notices", "party.notices") if kind.formal else None
    own: Mapping[str, View] = {"document": extended(whole(issued, "document"), **people, notice_to=notices)}
    more = kind.content(repository, inputs, issued)
    mail = drafted(inputs, issued, people, notice=kind.is_notice(issued.model)) if issued.model.mail else None
    attached = attachments(repository, issued, mail)
    sources = (issued.at().path, *more.sources, *attached)
    mail = replace(mail, attached=attached) if mail else None
    return replace(more, facts={**own, **more.facts}, sources=sources, mail=mail)
