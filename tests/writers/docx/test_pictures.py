"""Chart bars as pictures in a Word file."""

import re

from contract_assembly.writers.charts import Bar
from contract_assembly.writers.docx.pictures import FIRST, NUMBERED, RELATIONS, TYPES, counted, picture, with_pictures

PARTS = {
    TYPES: b'<Types><Default Extension="xml" ContentType="a"/></Types>',
    RELATIONS: b"<Relationships></Relationships>",
}
BAR = Bar(500, None, "50 % of A & B")


def test_a_picture_says_in_words_what_it_shows():
    assert 'descr="50 % of A &amp; B"' in picture(BAR)


def test_pictures_are_numbered_in_reading_order_above_the_numbers_of_logos():
    body = counted(picture(BAR) + picture(BAR))
    assert re.findall(r'<wp:docPr id="(\d+)"', body) == [str(FIRST), str(FIRST + 1)]
    assert NUMBERED not in body


def test_the_package_gets_each_picture_once_and_a_package_without_bars_stays_as_it_is():
    found = with_pictures(PARTS, {BAR.name: BAR})
    assert found[f"word/media/{BAR.name}.png"].startswith(b"\x89PNG")
    assert found[RELATIONS].count(b"<Relationship ") == 1
    assert found[TYPES].count(b'Extension="png"') == 1
    assert with_pictures(found, {})[TYPES] == found[TYPES]
    assert with_pictures(PARTS, {}) is PARTS


def test_a_package_that_knows_png_files_already_does_not_name_the_type_twice():
    again = with_pictures(with_pictures(PARTS, {BAR.name: BAR}), {"other": BAR})
    assert again[TYPES].count(b'Extension="png"') == 1
