"""The house style for the screen."""

import re
from pathlib import Path

from contract_assembly.repository.inputs import Repository
from contract_assembly.web.contract import house_files
from tests.helpers.corpus import REPOSITORY

HOUSE = Repository(Path(REPOSITORY)).house()


def test_its_rules_are_within_the_sheet_and_its_fonts_are_files_beside_it():
    found = house_files.files(HOUSE)
    css = found["paper.css"].decode()
    assert "house:" not in css
    assert "@page" not in css
    named = set(re.findall(r'url\("([^"]+)"\)', css))
    assert named == set(HOUSE.fonts)
    assert named <= set(found)
    outside = re.sub(r"@font-face \{[^}]*\}", "", css).strip()
    assert outside.startswith(".paper {")
    assert css.count("{") == css.count("}")


def test_a_rule_for_the_body_is_for_the_sheet_and_no_other_name_is_touched():
    css = house_files.files(HOUSE)["paper.css"].decode()
    assert "& {" in css
    assert "tbody tr" in css
    assert not re.search(r"(?<![\w-])body\s*\{", css)


def test_each_file_has_a_type():
    assert {house_files.media(name) for name in house_files.files(HOUSE)} <= {"text/css", "font/ttf", "image/svg+xml"}
