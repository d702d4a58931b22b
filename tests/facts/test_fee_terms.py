"""Fees in `agreement.yaml`: what is read, and what is refused at which line."""

from contract_assembly.facts.fee_terms import Discount, OwnLine, OwnPrice
from tests.helpers.models import read, refused


def test_a_line_is_known_by_its_id_or_as_its_add_on():
    assert read(OwnLine, "{id: readers, name: Readers}\n").model.known_as == "readers"
    assert read(OwnLine, "{add_on: archive}\n").model.known_as == "archive"
    assert read(OwnLine, "{add_on: archive, id: old-mail}\n").model.known_as == "old-mail"


def test_a_line_is_charged_every_month_unless_it_says_otherwise():
    assert read(OwnLine, "{id: readers, name: Readers}\n").model.every == "month"
    assert refused(OwnLine, "id: readers\nevery: week\n") == [
        ("ill-typed", "every: 'week' is not one of the choices", 2)
    ]


def test_a_discount_has_a_name():
    assert refused(Discount, "percent: 10 %\n") == [("missing-key", "name is missing", 1)]


def test_a_price_names_its_line():
    assert refused(OwnPrice, "price: 60.00 USD\nfrom: 2027-01-01\n") == [
        ("missing-key", "line is missing", 1),
        ("unknown-key", "from is not known here", 2),
    ]
