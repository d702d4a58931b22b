"""Limits on what is read of a document from elsewhere."""

import io

import pytest

from contract_assembly.writers.returned.limits import UnreadableError, bounded


@pytest.mark.parametrize("size", [0, 9, 10])
def test_a_file_up_to_the_limit_is_read_whole(size):
    assert bounded(io.BytesIO(b"x" * size), 10) == b"x" * size


def test_one_byte_more_is_refused_with_the_limit_in_words():
    with pytest.raises(UnreadableError, match="unpacks to more than 1,000 bytes"):
        bounded(io.BytesIO(b"x" * 1_001), 1_000)


def test_no_more_than_one_byte_over_the_limit_is_ever_read():
    file = io.BytesIO(b"x" * 100)
    with pytest.raises(UnreadableError):
        bounded(file, 10)
    assert file.tell() == 11
