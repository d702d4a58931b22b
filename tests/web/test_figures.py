"""The data of the portfolio."""

import json
from datetime import date
from decimal import Decimal

import pytest
from msgspec import to_builtins
from msgspec.json import decode

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Money
from contract_assembly.web.figures import AgreementFigures, BetterPlan, ClientFigures, HoursLeft, Stake

FEE = Money(Decimal("62.00"), "USD")
PROBLEM = Problem("unknown-plan", "there is no plan", Origin("agreements/a/b/agreement.yaml", 3), "write it", "warning")


@pytest.mark.parametrize(
    "found",
    [
        ClientFigures("a", "A", problems=(PROBLEM,)),
        ClientFigures("a", "A", (AgreementFigures("a", "A", "b", monthly=FEE, renewal=Stake(date(2027, 1, 1), None, FEE)),)),
        ClientFigures("a", "A", (AgreementFigures("a", "A", "b", hours=HoursLeft(Decimal("0.5"), None, date(2027, 1, 1))),)),
        ClientFigures("a", "A", (AgreementFigures("a", "A", "b", better=BetterPlan("basic", FEE, FEE), letters=("x",)),)),
        ClientFigures("a", "A", plans=(("basic", FEE, FEE),), months=((date(2027, 1, 31), FEE),), charged=(("once", FEE),)),
    ],
)  # fmt: skip
def test_figures_are_the_same_after_they_were_kept(found):
    assert decode(json.dumps(to_builtins(found)), type=ClientFigures) == found
