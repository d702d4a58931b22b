"""Limits on what is read of a document from elsewhere."""

import pytest

from contract_assembly.writers import returned
from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError


def test_a_file_over_the_limit_is_refused_with_the_limit_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(returned, "MAX_FILE", 1_000)
    with pytest.raises(UnreadableError, match="this file is over 1,000 bytes"):
        words_of(b"PK\x03\x04" + b"x" * 997)
    with pytest.raises(UnreadableError, match="damaged"):
        words_of(b"PK\x03\x04" + b"x" * 996)
