"""`build.py words` and git's diff show the current text of a file, and something for any bytes."""

import random

import pytest

from contract_assembly.writers.textconv import words
from tests.helpers.word_packages import body, package, says, story


def test_comments_come_last_with_their_authors():
    comments = story("comments", f'<w:comment w:author="Jane Roe">{says("Too long")}</w:comment>')
    assert words(package(body(says("Body")), comments=comments), "x") == "Body\n[comment by Jane Roe: Too long]\n"


def test_moved_words_are_shown_once_at_their_new_place():
    moved = (
        "<w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:r><w:t>Stays.</w:t></w:r></w:p><w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>"
    )
    assert words(package(body(moved)), "x") == "Stays.\nMoved.\n"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.7\n", b"", b"\xd0\xcf\x11\xe0"])
def test_any_bytes_give_a_line(start):
    for seed in range(20):
        data = start + random.Random(seed).randbytes(2_000)  # noqa: S311
        assert words(data, "strange").startswith("[no words of strange: ")


def test_a_package_with_any_byte_changed_gives_a_line():
    whole = package(body(says("words " * 50)))
    for seed in range(60):
        chosen = random.Random(seed)  # noqa: S311
        data = bytearray(whole)
        data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
        assert words(bytes(data), "x")
