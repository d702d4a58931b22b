import io

import pikepdf

from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import HOUSE
from tests.writers.pdf.test_places_to_sign import fields, opened


def test_a_place_for_a_date_leaves_no_area_behind():
    with pikepdf.open(io.BytesIO(pdf(opened("docuseal"), HOUSE))) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        assert sum(note.Subtype == "/Widget" for note in notes) == len(fields(file)) == 2
        assert not any(str(note.get("/A", {}).get("/URI", "")).startswith("signature-") for note in notes)
