"""What a writer gets besides the tree."""

import pytest

from contract_assembly.document.writer_extras import NO_EXTRAS


def test_without_extras_nothing_is_embedded_and_no_page_is_known():
    assert (NO_EXTRAS.enclosed, NO_EXTRAS.pages) == ((), None)


def test_extras_cannot_be_changed():
    with pytest.raises(AttributeError):
        NO_EXTRAS.pages = {}
