"""The house style knows itself by one digest, so that a change of any of its files builds every document anew."""

import pytest
from msgspec.structs import replace

from contract_assembly.document.style import HouseStyle

HOUSE = HouseStyle("p {}", {"word/styles.xml": b"<a/>"}, {"A.ttf": b"font"}, {"draft.svg": b"<svg/>"})


def test_the_same_files_in_another_order_are_the_same_house():
    one = replace(HOUSE, fonts={"A.ttf": b"font", "B.ttf": b"more"})
    assert one.digest == replace(HOUSE, fonts={"B.ttf": b"more", "A.ttf": b"font"}).digest


@pytest.mark.parametrize(
    "change",
    [
        {"css": "p { color: red }"},
        {"word": {"word/styles.xml": b"<b/>"}},
        {"fonts": {"B.ttf": b"font"}},
        {"pictures": {"draft.svg": b"<svg></svg>"}},
        {"pictures": {}},
    ],
)
def test_a_change_of_any_file_or_name_is_another_house(change):
    assert replace(HOUSE, **change).digest != HOUSE.digest
