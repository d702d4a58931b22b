"""Where a fact is written."""

import pytest

from contract_assembly.actions.negotiation.fact_paths import written_at
from contract_assembly.actions.negotiation.our_side import our_side
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY

ACME = ("acme", "2026-support")
AGREEMENT, CLIENT = "agreements/acme/2026-support/agreement.yaml", "agreements/acme/client.yaml"


@pytest.fixture(scope="module")
def side():
    repository = Repository(REPOSITORY)
    return repository.inputs(*ACME), our_side(repository, *ACME).facts


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("fees.due", (AGREEMENT, ("fees", "due"))),
        ("agreement.courts", (AGREEMENT, ("courts",))),
        ("coverage.assets.1.count", (AGREEMENT, ("coverage", "assets", 1, "count"))),
        ("fees.lines.0.price", (AGREEMENT, ("fees", "prices", 0, "price"))),
        ("client.notices.email", (CLIENT, ("party", "notices", "email"))),
        ("late-payment.rate", (AGREEMENT, ("parameters", "late-payment", "rate"))),
        ("fees.monthly", None),
        ("provider.name", None),
    ],
)
def test_a_fact_is_written_in_one_place_or_follows_from_others(side, key, place):
    inputs, facts = side
    assert written_at(facts[key], inputs, {"late-payment.rate": None}) == place
