"""Header lines of an email, written here and not by Python's `email`, whose encoding and folding differ between
versions.

RFC 5322 and RFC 2047: printable ASCII is written unchanged and folded at single spaces. Any other text, and a text that
could be read as an encoded word, is encoded as a whole in base64, so that a reader that decodes it once gets exactly
the text. Pure."""

import base64
import re
from collections.abc import Iterator, Sequence

from contract_assembly.core.text import refusal, shown

WIDTH = 78  # columns of a line without its end (RFC 5322, 2.1.1)
_ENCODED_WIDTH = 75  # columns of one encoded word (RFC 2047, 2)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_ATOMS = re.compile(rf"{_ATOM}( {_ATOM})*", re.ASCII)


def is_address(address: str) -> bool:
    """Whether mail programs accept this address: ASCII, and nothing that could be read as an encoded word."""
    local, _, domain = address.rpartition("@")
    return bool(_ADDRESS.fullmatch(address)) and "=?" not in address and len(local) <= 64 and len(domain) <= 253


def text_header(name: str, text: str) -> str:
    """A header whose value is free text, such as the subject. Raises ValueError for a text that fits on no line."""
    _checked(text)
    words = text.split(" ") if _is_plain(text) else list(_encoded(text, len(name) + 2))
    return _folded(name, words)


def address_header(name: str, boxes: Sequence[tuple[str, str]]) -> str:
    """A header of mailboxes, each a displayed name and an address. Raises ValueError for an address that `is_address` refuses."""
    words: list[str] = []
    for display, address in boxes:
        if not is_address(address):
            raise ValueError(f"not an address: {shown(address)}")
        words += [*_phrase(display, len(name) + 2 if not words else 1), f"<{address}>,"]
    words[-1] = words[-1].removesuffix(",")
    return _folded(name, words)


def _phrase(text: str, before: int) -> Iterator[str]:
    """The words of a displayed name, in double quotes if it contains more than letters, digits and spaces."""
    _checked(text)
    quoted = re.sub(r'(["\\])', r"\\\1", text)
    if not _is_plain(text) or not _is_plain(quoted):
        yield from _encoded(text, before)
    elif text:
        yield from (text if _ATOMS.fullmatch(text) else f'"{quoted}"').split(" ")


def _checked(text: str) -> None:
    """Raises ValueError for a line break or a non-printing character, which is not allowed in facts or headers."""
    if why := refusal(text, template=True):
        raise ValueError(f"a header {why}")


def _is_plain(text: str) -> bool:
    """Whether a text can be written unchanged: folding needs single spaces, and words that fit on a line."""
    words = text.split(" ")
    return text.isascii() and "=?" not in text and (not text or all(words)) and max(map(len, words)) < WIDTH - 20


def _encoded(text: str, before: int) -> Iterator[str]:
    """Encoded words that decode to the text, none of them cut inside a character. `before` is the number of columns
    already used on the line."""
    room, part = _room(WIDTH - before), ""
    for char in text:
        if len((part + char).encode()) > room:
            yield _encoded_word(part)
            room, part = _room(_ENCODED_WIDTH), ""
        part += char
    yield _encoded_word(part)


def _room(columns: int) -> int:
    """The number of bytes that fit into an encoded word of `columns` characters."""
    return (min(columns, _ENCODED_WIDTH) - len(_encoded_word(""))) // 4 * 3


def _encoded_word(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode('ascii')}?="


def _folded(name: str, words: Sequence[str]) -> str:
    """The header with its line endings. Each line is as long as allowed, and each further line begins with the space at
    which it was folded."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "".join(f"{line}\r\n" for line in lines)
