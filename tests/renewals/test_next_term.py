"""The agreement of the next term: made from the one that ends, and valid; the days of its letters."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange, Duration, Money, Percent, total
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fees import fee_lines
from contract_assembly.facts.fields import located
from contract_assembly.facts.renewal_terms import Increase, NextCount, NextPrice, Renewal
from contract_assembly.facts.term_dates import terms
from contract_assembly.renewals.next_term import _next_id, next_agreement
from contract_assembly.renewals.plan import renewal
from tests.helpers.firms import as_signed
from tests.helpers.inputs_base import ROOT
from tests.helpers.matters import matter
from tests.helpers.next_fees import series

ON = date(2027, 5, 3)
FOUR = Renewal(increase=Percent(Decimal(4)))
PATH = "agreements/acme/2026-support/agreement.yaml"
TEXT = as_signed((ROOT / PATH).read_text("utf-8"))


def following(text=TEXT, on=ON, more=None, service=True, **changes):
    """The plan of acme's renewal, the text of the next agreement, and that as a model; without `service`, no record of it."""
    subject = matter(more=more, **changes)
    subject = subject if service else replace(subject, service=None)
    plan = renewal(subject, on)
    made = next_agreement(text, subject, plan)
    return plan, made, located(Agreement, strict_yaml.load(made, PATH)).model


def month(subject, agreed):
    """What a month costs by the contract's own arithmetic."""
    plan = replace(subject.inputs.plan, model=subject.plans[agreed.plan])
    inputs: Inputs = replace(subject.inputs, agreement=replace(subject.inputs.agreement, model=agreed), plan=plan)
    return total((line.amount for line in fee_lines(inputs)), agreed.currency)


def refused(**changes):
    with pytest.raises(RefusedError) as found:
        following(**changes)
    return {each.rule: each for each in found.value.problems}


def test_the_next_term_begins_the_day_after_and_follows_the_old_agreement():
    plan, _, agreed = following()
    assert agreed.term.first_day == date(2027, 10, 1) == plan.next_term.first
    assert (agreed.id, agreed.status, agreed.version, agreed.renews) == ("NL-2027-0042", "draft", 1, "2026-support")


def test_only_what_belongs_to_the_next_term_is_another_line():
    _, made, _ = following()
    removed = [each for each in TEXT.splitlines() if each not in made.splitlines()]
    assert removed == ["id: NL-2026-0042", "status: sent", "  first_day: 2026-10-01", "  setup: 1500.00 USD"]
    added = [each for each in made.splitlines() if each not in TEXT.splitlines()]
    assert [each.split(":")[0].strip() for each in added] == ["id", "status", "renews", "first_day", "# users"]


def test_what_belongs_to_one_term_is_left_out():
    more = """
# What we sent.
notices:
  - {says: increase, term: 2027-10-01, sent: 2027-05-01, by: email}
confirmations:
  - {gate: fees-checked, by: A Lawyer, on: 2026-09-01}
renewal: {increase: 4 %}
"""
    _, made, agreed = following(text=TEXT + more, agreement__renewal=FOUR)
    assert "What we sent" not in made
    assert (agreed.notices, agreed.confirmations, agreed.renewal, agreed.fees.setup) == ((), (), None, None)


def test_the_credit_for_hours_of_a_prepaid_block_is_not_given_again():
    credit = "fees:\n  credit: {amount: 416.25 USD, hours: 4.625, block: NL-2026-B017, as_of: 2026-09-10}\n"
    _, made, agreed = following(text=TEXT.replace("fees:\n", credit) + "converts: 2026-block\n")
    assert (agreed.converts, agreed.fees.credit) == (None, None)
    assert "B017" not in made
    assert "2026-block" not in made


MEANT = {
    "nothing": Renewal(),
    "a rise": FOUR,
    "other counts": Renewal(users=36, assets=(NextCount(kind="server", count=2), NextCount(kind="virtual-server", count=4))),
    "a price": Renewal(prices=(NextPrice(line="users", price=Money(Decimal("63.00"), "USD")),)),
    "a line that ends": Renewal(increase=Percent(Decimal(2)), ended=("firewalls",)),
    "another plan": Renewal(plan="complete", users=40),
    "a smaller plan": Renewal(plan="essential"),
}  # fmt: skip


@pytest.mark.parametrize("meant", MEANT.values(), ids=MEANT)
@pytest.mark.parametrize("commitment", [None, "36 months"])
def test_the_next_agreement_costs_what_was_announced(meant, commitment):
    more = {}
    if commitment:
        from contract_assembly.core.values import Duration

        more["agreement__fees__commitment"] = Duration.parse(commitment)
    plan, _, agreed = following(agreement__renewal=meant, **more)
    subject = matter(agreement__renewal=meant, **more)
    if commitment:
        agreed = agreed.model_copy(update={"fees": agreed.fees.model_copy(update={"commitment": more["agreement__fees__commitment"]})})  # fmt: skip
    assert month(subject, agreed) == plan.fees.new


@pytest.mark.parametrize("more", [{}, {"plan": "complete"}, {"users": 36}, {"increase": Percent(Decimal(4))}])
def test_a_longer_commitment_makes_the_next_term_as_long_and_as_cheap_as_announced(more):
    meant = Renewal(commitment=Duration(36, "month"), **more)
    plan, made, agreed = following(agreement__renewal=meant)
    assert plan.next_term == DateRange(date(2027, 10, 1), date(2030, 9, 30))
    assert (agreed.term.length, agreed.fees.commitment) == (Duration(36, "month"), Duration(36, "month"))
    assert month(matter(agreement__renewal=meant), agreed) == plan.fees.new
    assert plan.fees.new.amount < following(agreement__renewal=Renewal(**more))[0].fees.new.amount
    assert plan.signature, "no renewal brings it without one"
    assert "  commitment: 36 months" in made.splitlines()


def test_a_commitment_that_was_agreed_before_is_replaced():
    text = TEXT.replace("  billing: monthly", "  commitment: 12 months\n  billing: monthly")
    before = {"agreement__fees__commitment": Duration(12, "month")}
    meant = Renewal(commitment=Duration(24, "month"))
    plan, made, agreed = following(text, agreement__renewal=meant, **before)
    assert made.count("commitment:") == 1
    assert month(matter(agreement__renewal=meant, **before), agreed) == plan.fees.new
    assert [each.discount for each in plan.fees.lines] == [None, *[Percent(Decimal(5))] * 4]


def test_each_price_says_what_it_was_and_why():
    known = series(*(f"{100 + n / 4:.2f}" for n in range(16)))
    increase = Increase(rule="index", series="example-cpi", lag=6)
    _, made, agreed = following(on=date(2027, 6, 1), agreement__fees__increase=increase, more={"series": known})
    (said,) = [each for each in made.splitlines() if "# users:" in each]
    assert "62.00 USD before" in said
    assert "reference month April 2027" in said
    assert "compared with April 2026" in said
    assert "percent change, rounded to 1 decimal: 3.0 %" in said
    assert next(each.price for each in agreed.fees.prices if each.line == "users").amount > 62


def test_a_price_that_stays_is_pinned_only_if_it_was():
    _, made, agreed = following()
    assert [each.line for each in agreed.fees.prices] == ["users"]
    assert "# users: 62.00 USD before, unchanged" in made


def test_a_line_that_shares_its_count_cannot_end_alone():
    found = refused(agreement__renewal=Renewal(ended=("users",)))
    assert "counts it by user, which stays" in found["line-stays"].what
    assert found["line-stays"].hint.startswith("choose a plan without that line")


def test_a_term_that_no_whole_months_make_is_written_with_its_last_day():
    """The second half year of a term from 31 August begins on 1 March and ends on 30 August, six months to the day before."""
    half = Duration.parse("6 months")
    _, made, agreed = following(
        text=TEXT.replace("length: 12 months", "length: 6 months"),
        on=date(2026, 10, 1),
        service=False,
        agreement__term__first_day=date(2026, 8, 31),
        agreement__term__length=half,
        agreement__term__renewal_length=half,
    )
    assert (agreed.term.first_day, agreed.term.last_day) == (date(2027, 3, 1), date(2027, 8, 30))
    assert agreed.term.length is None
    assert "  last_day: 2027-08-30\n" in made
    assert terms(agreed.term).days(1) == DateRange(date(2027, 8, 31), date(2028, 2, 29))


def test_a_term_with_a_chosen_last_day_is_followed_by_one_with_a_length():
    text = TEXT.replace("  length: 12 months", "  last_day: 2027-09-30").replace("2026-10-01", "2026-11-16")
    _, _, agreed = following(
        text=text,
        service=False,
        agreement__term__first_day=date(2026, 11, 16),
        agreement__term__length=None,
        agreement__term__last_day=date(2027, 9, 30),
    )
    assert (agreed.term.first_day, agreed.term.length) == (date(2027, 10, 1), Duration(12, "month"))
    assert agreed.term.last_day is None


def test_parts_in_brackets_are_told_and_a_list_in_brackets_is_laid_out():
    lines = TEXT.splitlines(keepends=True)
    at = lines.index("fees:\n")
    inner = [each.strip() for each in lines[at + 3 : at + 8]]
    braces = "".join([*lines[:at], "fees: {" + ", ".join(inner) + "}\n", *lines[at + 8 :]])
    with pytest.raises(RefusedError) as found:
        following(text=braces)
    assert [each.rule for each in found.value.problems] == ["line-form"]
    one = TEXT.replace(
        "  prices:\n    - {line: users, price: 62.00 USD}      # the list price is 65.00\n",
        "  prices: [{line: users, price: 62.00 USD}]\n",
    )
    assert one != TEXT
    assert len(following(text=one, agreement__renewal=FOUR)[2].fees.prices) == 5


def test_an_id_without_a_year_gets_one():
    assert following(text=TEXT.replace("NL-2026-0042", "ACME"), agreement__id="ACME")[2].id == "ACME-2027"


def test_a_plan_that_is_withdrawn_has_no_next_agreement():
    plans = {name: Plan.model_construct(**{**each.__dict__, "withdrawn": date(2027, 1, 1)}) for name, each in matter().plans.items()}  # fmt: skip
    found = refused(more={"plans": plans})
    assert found["plan-withdrawn"].hint.startswith("name another below renewal: plan:")


def test_only_the_first_year_of_an_id_becomes_the_next():
    assert _next_id("NL-2026-2026", 2026, 2027) == "NL-2027-2026"
    assert _next_id("NL-0042", 2026, 2027) == "NL-0042-2027"
