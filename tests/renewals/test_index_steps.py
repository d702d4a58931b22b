"""Price steps that follow an index: known once the figures are published, within cap and floor."""

from datetime import date

from contract_assembly.core.values import Percent
from contract_assembly.facts.fees import fee_lines
from contract_assembly.facts.price_index import read_series
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.renewals.index_steps import waiting, with_index
from tests.helpers.fee_facts import fees
from tests.helpers.inputs_base import inputs

DAY = date(2027, 10, 1)
RULE = Increase.model_validate({"rule": "index", "series": "cpi"})  # three months before, to one decimal


def facts():
    return inputs(agreement__fees__increase=RULE, **fees(steps=[{"year": "2", "index": "yes"}]))


def series(now):
    rows = ["month,value,published_on", "2026-07,100,2026-08-14"]
    rows += [
        f"{2026 + n // 12}-{n % 12 + 1:02d},none,{2026 + (n + 1) // 12}-{(n + 1) % 12 + 1:02d}-14" for n in range(7, 18)
    ]
    return read_series("\n".join([*rows, f"2027-07,{now},2027-08-14"]) + "\n", "provider/indices/cpi.csv")


def prices(found):
    return [str(each.price.amount) for each in fee_lines(found, DAY)]


def test_the_figure_of_the_reference_month_is_compared_with_the_year_before():
    found = with_index(facts(), series("102.5"))
    assert prices(found) == ["63.55", "112.75"]  # 62.00 and 110.00, plus 2.5 %
    assert list(waiting(found, DAY)) == []


def test_the_step_stays_within_the_cap():
    (step,) = with_index(facts(), series("109")).agreement.model.fees.steps
    assert step.percent == Percent.parse("5 %")


def test_without_a_figure_prices_stay_and_a_warning_says_so():
    found = with_index(facts(), None)
    assert prices(found) == ["62.00", "110.00"]
    assert [(each.rule, each.level) for each in waiting(found, DAY)] == [("index-step", "warning")]
    assert list(waiting(found, date(2027, 9, 30))) == []


def test_facts_without_such_a_step_are_the_same():
    found = inputs()
    assert with_index(found, None) is found
