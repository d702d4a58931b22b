"""Where the common e-sign services put their fields: text anchors in a document, by service. The table ESIGN; pure data.

An anchor holds `{{` and `}}`, which a fact may not hold, so no name can plant a field. Where a service lets the sender name a
field, the name is one that no label of the document has ("ClientDate", not "Date"): DocuSeal takes the text of a field's name
out of the page, and it would take the label "Date:" with it.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

Service = Literal["none", "docuseal", "documenso", "adobe-sign"]
Sending = Literal["docuseal", "documenso"]
SENDING: tuple[Sending, ...] = get_args(Sending)  # those to which `build.py send` sends


class Anchors(Struct, frozen=True):
    """The text that a service looks for at the place to sign and at the place for the date; `{role}` is "Client", `{number}` is
    1 for the first to sign."""

    signature: str
    date: str


ESIGN: Mapping[Service, Anchors] = {
    "none": Anchors("", ""),
    "docuseal": Anchors(
        "{{{{{role}Signature;role={role};type=signature}}}}", "{{{{{role}Date;role={role};type=date}}}}"
    ),
    "documenso": Anchors("{{{{SIGNATURE, r{number}}}}}", "{{{{DATE, r{number}}}}}"),
    "adobe-sign": Anchors("{{{{Sig_es_:signer{number}:signature}}}}", "{{{{Dte_es_:signer{number}:date}}}}"),
}


def anchors(service: Service, role: str, number: int) -> tuple[str, str]:
    """The anchors of one signatory, for the signature and for the date; empty for a service that needs none."""
    found = ESIGN[service]
    return tuple(each.format(role=role, number=number) for each in (found.signature, found.date))  # type: ignore[return-value]
