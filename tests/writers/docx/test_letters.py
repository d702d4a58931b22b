"""Letters as Word files."""

import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.letters import ROOT, letter

HOUSE = Repository(ROOT).house()


@pytest.fixture(scope="module")
def tree() -> d.Document:
    return letter()[0]


@pytest.fixture(scope="module")
def formats(tree):
    return {name: write(tree, HOUSE, NO_EXTRAS) for name, write in FORMATS.items()}


def test_the_word_file_is_valid(formats, tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(formats["docx"])
    assert OpenXmlValidator().validate(str(path)).errors == []
