"""An email ready for a person to send: RFC 5322, with attachments, the same bytes for the same facts. Pure.

Nothing is sent. `X-Unsent: 1` makes a mail program open it as a draft. The date, the Message-ID and the boundary come
from facts, never from the clock or the machine. The lines are written here, so they do not depend on the version of
Python."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.letters.mail_headers import address_header, is_address, text_header

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_BODY_WIDTH = 78  # columns of a line of the body, with the "=" that continues it
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


class Mailbox(Struct, frozen=True):
    """A person's name and address, and their origin."""

    name: str
    email: str
    origin: Origin


class Mail(Struct, frozen=True):
    """Sender, recipients, subject, day and words of an email, and the paths of the attached files in the repository.
    `key` identifies it permanently, such as "agreements/acme/2026-support/renewal-letter-2027"."""

    key: str
    sender: Mailbox
    to: tuple[Mailbox, ...]
    copies: tuple[Mailbox, ...]
    day: date
    subject: str = ""
    words: str = ""
    attached: tuple[str, ...] = ()


def problems(mail: Mail) -> tuple[Problem, ...]:
    """Problems with addresses that mail programs do not accept, each at its line."""
    hint = "write it like jo@client.example, in ASCII"
    return tuple(
        Problem("email-address", f"{each.email} is not a valid mail address", each.origin, hint)
        for each in (mail.sender, *mail.to, *mail.copies)
        if not is_address(each.email)
    )


def eml(mail: Mail, files: Mapping[str, bytes]) -> bytes:
    """The email as the bytes of an `.eml` file; `files` are PDFs and Word files to attach, by name, in order.

    Raises RefusedError for an invalid address, and ValueError for a subject or a name with a line break."""
    if wrong := problems(mail):
        raise RefusedError(wrong)
    parts = [_text_part(mail.words), *(_attachment(name, data) for name, data in files.items())]
    return "".join((*_headers(mail), *_body(parts, f"=_{_digest(mail)}"))).encode("ascii")


def _headers(mail: Mail) -> Iterator[str]:
    yield address_header("From", _pairs((mail.sender,)))
    yield address_header("To", _pairs(mail.to))
    if mail.copies:
        yield address_header("Cc", _pairs(mail.copies))
    yield text_header("Subject", mail.subject)
    yield text_header("Date", _date(mail.day))
    yield f"Message-ID: <{_digest(mail)}@{mail.sender.email.rpartition('@')[2]}>\r\n"
    yield "X-Unsent: 1\r\n"


def _pairs(boxes: tuple[Mailbox, ...]) -> list[tuple[str, str]]:
    return [(each.name, each.email) for each in boxes]


def _date(day: date) -> str:
    """Noon UTC, which falls on the same day nearly everywhere."""
    return f"{_DAYS[day.weekday()]}, {day.day:02d} {_MONTHS[day.month - 1]} {day.year:04d} 12:00:00 +0000"


def _digest(mail: Mail) -> str:
    """An identifier that no other email has."""
    return hashlib.sha256(f"{mail.key} {mail.day} {mail.to[0].email}".encode()).hexdigest()[:32]


# ---- the body


def _body(parts: list[str], boundary: str) -> Iterator[str]:
    """A single part, or each of several after a line with the boundary. A "_" after "=" occurs in neither encoding."""
    if len(parts) == 1:
        head, _, content = parts[0].partition("\r\n\r\n")
        yield f"{head}\r\nMIME-Version: 1.0\r\n\r\n{content}"
        return
    yield f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    yield from (f"--{boundary}\r\n{each}\r\n" for each in parts)
    yield f"--{boundary}--\r\n"


def _text_part(words: str) -> str:
    head = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    return f"{head}\r\n{''.join(_quoted_printable(words))}"


def _quoted_printable(words: str) -> Iterator[str]:
    """RFC 2045, 6.7: ASCII as it is, other bytes as "=" and two digits, long lines continued after "="."""
    for line in words.removesuffix("\n").split("\n"):
        *inner, last = [_quoted_byte(each) for each in line.encode()] or [""]
        last = {" ": "=20", "\t": "=09"}.get(last, last)  # a space at the end of a line would be lost
        written = ""
        for each in inner:
            if len(written) + len(each) > _BODY_WIDTH - 1:
                yield f"{written}=\r\n"
                written = ""
            written += each
        yield f"{written}{last}\r\n" if len(written) + len(last) <= _BODY_WIDTH else f"{written}=\r\n{last}\r\n"


def _quoted_byte(byte: int) -> str:
    return chr(byte) if byte in b"\t" or (0x20 <= byte <= 0x7E and byte != 0x3D) else f"={byte:02X}"


def _attachment(name: str, data: bytes) -> str:
    if not _FILE_NAME.fullmatch(name):
        raise ValueError(f"not a file name for a mail: {shown(name)}")
    head = f'Content-Disposition: attachment; filename="{name}"\r\n'
    if len(head) > _BODY_WIDTH:
        head = f'Content-Disposition: attachment;\r\n filename="{name}"\r\n'
    text = base64.b64encode(data).decode("ascii")
    lines = "".join(f"{text[n : n + 76]}\r\n" for n in range(0, len(text), 76))
    kind = _TYPES.get(name.rpartition(".")[2], _TYPES["pdf"])
    lead = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
    return f"{lead}{head}MIME-Version: 1.0\r\n\r\n{lines}"
