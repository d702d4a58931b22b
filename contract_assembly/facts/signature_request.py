"""The record of a request for signature: the model of `signing/<document>.yaml`, which `build.py send` writes. Models only."""

from typing import Literal

from contract_assembly.facts.esign_anchors import Sending
from contract_assembly.facts.fields import DateFact, EmailFact, Model, TextFact, UrlFact, WholeFact

FOLDER = "signing"


class Asked(Model):
    """A person who was asked to sign."""

    side: Literal["provider", "client"]
    name: TextFact
    email: EmailFact


class SignatureRequest(Model):
    """`signing/<document>.yaml`: the service and its API, the id of the request there, the day, and the digest of the PDF that
    was sent. `attempt` counts the requests for the same PDF: a request that was declined can be made again."""

    service: Sending
    url: UrlFact
    request: TextFact
    attempt: WholeFact
    sent: DateFact
    sha256: TextFact
    signatories: tuple[Asked, ...]
