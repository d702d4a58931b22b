"""PDF files from anywhere."""

from io import BytesIO

import pikepdf
import pytest

from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.pdf_file import opened


def saved(**how):
    file = pikepdf.new()
    file.add_blank_page()
    data = BytesIO()
    file.save(data, **how)
    return data.getvalue()


def test_a_sound_file_is_opened():
    with opened(saved()) as file:
        assert len(file.pages) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a PDF", saved()[:200]])
def test_a_damaged_file_is_unreadable(data):
    with pytest.raises(UnreadableError, match="damaged"), opened(data):
        pass


def test_a_locked_file_is_unreadable():
    locked = saved(encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadableError, match="password"), opened(locked):
        pass


def test_a_fault_that_shows_only_when_the_file_is_used_is_unreadable_too():
    with pytest.raises(UnreadableError, match="damaged"), opened(saved()) as file:
        file.pages[7]
