"""Files of the house style as answers."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web.contract.house_pages import every_house_file, house_of, house_page, style_page
from tests.helpers.corpus import REPOSITORY
from tests.helpers.shown_firm import asked


def test_files_of_the_house_style_are_served_and_nothing_else():
    assert house_page(asked(REPOSITORY, {"house": "provider", "name": "paper.css"})).media == "text/css"
    for house, name in (("provider", "../provider.yaml"), ("../x", "paper.css"), ("provider", "rates.yaml")):
        with pytest.raises(RefusedError):
            house_page(asked(REPOSITORY, {"house": house, "name": name}))
    assert b".paper" in style_page(asked(REPOSITORY)).data


def test_each_agreement_has_the_house_of_its_entity():
    snapshot = asked(REPOSITORY).snapshot
    houses = {each["house"] for each in every_house_file(snapshot)}
    assert {house_of(snapshot.repository, *pair) for pair in snapshot.repository.every_agreement()[0]} <= houses
    assert "provider" in houses
