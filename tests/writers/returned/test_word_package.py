"""Word packages that could harm a reader are refused with a message, by limits that are the same on every machine."""

import tracemalloc
import zipfile

import pytest

from contract_assembly.writers.returned import limits, words_of
from contract_assembly.writers.returned.limits import UnreadableError
from tests.helpers.word_packages import body, package, says, story


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        words_of(data)
    return str(caught.value)


def encoded(name: str, text: str) -> bytes:
    return text.replace("UTF-8", name).encode(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(encoding):
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    bomb = f'{head}<!DOCTYPE w [<!ENTITY a "b">]>{body(says("&a;"), head="")}'
    data = bomb.encode(encoding) if encoding == "utf-8" else ("\ufeff" + bomb.replace("UTF-8", "UTF-16")).encode(
        encoding if encoding != "utf-16" else "utf-16-le"
    )  # fmt: skip
    assert "document type" in refused(package(data))


def test_utf_16_is_read_as_word_reads_it():
    data = package(("\ufeff" + body(says("Größe")).replace("UTF-8", "UTF-16")).encode("utf-16-le"))
    assert words_of(data).lines[0].text == "Größe"


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "punycode", "zlib", "no-such", "iso-8859-1"])
def test_an_encoding_that_word_does_not_use_is_refused(encoding):
    assert refused(package(body(says("x")).replace("UTF-8", encoding)))


@pytest.mark.parametrize("how", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_compression_that_word_does_not_use_is_refused(how):
    assert "compressed in a way" in refused(package(body(says("x")), how))


def test_parts_that_unpack_to_too_much_are_refused_in_little_memory():
    parts = {f"header{n}": story("hdr", " " * (limits.MAX_TEXT // 4)) for n in range(8)}
    data = package(body(says("x")), **parts)
    tracemalloc.start()
    message = refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more" in message
    assert peak < 30_000_000


def test_more_elements_than_any_contract_has_are_refused():
    assert "too many" in refused(package(body("<w:p/>" * (limits.MAX_ELEMENTS + 1))))


def test_elements_nested_too_deeply_are_refused():
    deep = limits.MAX_DEPTH + 1
    assert "too many" in refused(package(body("<w:p>" * deep + "</w:p>" * deep)))


def test_a_directory_with_too_many_entries_is_not_listed():
    assert "more than 4,096 parts" in refused(package(body(says("x"))) + b"PK\x01\x02" * (limits.MAX_PARTS + 1))


@pytest.mark.parametrize("cut", [30, 200, -30])
def test_half_a_package_is_damaged(cut):
    assert "damaged" in refused(package(body(says("words " * 200)))[:cut])
