"""A mail ready to be sent by a person: RFC 5322, with its files attached, the same bytes for the same facts. Pure.

Nothing is sent. `X-Unsent: 1` lets a mail program open it for a last look. The day, the Message-ID and the boundary come from
facts, never from the clock or the machine."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.errors import HeaderParseError
from typing import TYPE_CHECKING

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

if TYPE_CHECKING:
    from email.headerregistry import Address

NOON = time(12, tzinfo=UTC)  # the same day nearly everywhere


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name and address, and where they were written."""

    name: str
    email: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Mail:
    """Who writes to whom, about what, on which day, in which words, and the paths of files of the repository that go with it.
    `key` names it for good, such as "agreements/acme/2026-support/renewal-letter-2027"."""

    key: str
    sender: Mailbox
    to: tuple[Mailbox, ...]
    copies: tuple[Mailbox, ...]
    day: date
    subject: str = ""
    words: str = ""
    attached: tuple[str, ...] = ()


def problems(mail: Mail) -> tuple[Problem, ...]:
    """Addresses that no mail program would take, each at its line."""
    found = []
    for each in (mail.sender, *mail.to, *mail.copies):
        try:
            _address(each)
        except (ValueError, IndexError, HeaderParseError):
            what = f"{each.email} is no address that a mail can go to"
            found.append(Problem("email-address", what, each.origin, "write it like jo@client.example, in ASCII"))
    return tuple(found)


def eml(mail: Mail, files: Mapping[str, bytes]) -> bytes:
    """The mail as the bytes of an `.eml` file; `files` are PDFs to attach, by name, in order. Raises RefusedError for an address
    that is none."""
    from email.message import EmailMessage  # slow to import, and few documents go by mail
    from email.policy import SMTP

    if wrong := problems(mail):
        raise RefusedError(wrong)
    message = EmailMessage(SMTP)
    message["From"] = _address(mail.sender)
    message["To"] = tuple(map(_address, mail.to))
    if mail.copies:
        message["Cc"] = tuple(map(_address, mail.copies))
    message["Subject"] = mail.subject
    message["Date"] = datetime.combine(mail.day, NOON)
    message["Message-ID"] = f"<{_digest(mail)}@{mail.sender.email.rpartition('@')[2]}>"
    message["X-Unsent"] = "1"
    message.set_content(mail.words, cte="quoted-printable")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    if files:
        message.set_boundary(f"=_{_digest(mail)}")
    return message.as_bytes()


def _address(box: Mailbox) -> "Address":
    from email.headerregistry import Address

    return Address(box.name, addr_spec=box.email)


def _digest(mail: Mail) -> str:
    """A name for the mail that no other one has."""
    return hashlib.sha256(f"{mail.key} {mail.day} {mail.to[0].email}".encode()).hexdigest()[:32]
