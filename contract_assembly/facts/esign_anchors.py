"""Where the common e-sign services put their fields: text anchors in a document, by service. The table ESIGN; pure data.

An anchor holds `{{` and `}}`, which no fact may hold, so that nobody's name can plant a field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Service = Literal["none", "docuseal", "documenso", "adobe-sign"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a service looks for at the place to sign and at the place for the date; `{role}` is "Client", `{number}` is 1 for
    the first who signs."""

    signature: str
    date: str


ESIGN: Mapping[Service, Anchors] = {
    "none": Anchors("", ""),
    "docuseal": Anchors("{{{{Sign;role={role};type=signature}}}}", "{{{{Date;role={role};type=date}}}}"),
    "documenso": Anchors("{{{{SIGNATURE, r{number}}}}}", "{{{{DATE, r{number}}}}}"),
    "adobe-sign": Anchors("{{{{Sig_es_:signer{number}:signature}}}}", "{{{{Dte_es_:signer{number}:date}}}}"),
}


def anchors(service: Service, role: str, number: int) -> tuple[str, str]:
    """The anchors of one who signs: for the signature, for the date; empty for a service that needs none."""
    found = ESIGN[service]
    return tuple(each.format(role=role, number=number) for each in (found.signature, found.date))  # type: ignore[return-value]
