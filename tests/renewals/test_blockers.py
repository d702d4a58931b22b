"""What blocks a renewal or needs attention, each with its cure."""

from decimal import Decimal

from contract_assembly.facts.renewal_terms import Increase, Renewal
from contract_assembly.renewals.plan import renewal
from tests.helpers.matters import matter
from tests.helpers.next_fees import series
from tests.helpers.renewal_plans import EARLY, FOUR, d, notice, plan, rules


def test_only_a_signed_agreement_is_renewed():
    for status in ("draft", "sent"):
        found = plan(agreement__status=status)
        assert (rules(found), found.state, found.status) == ({"not-signed"}, "not signed yet", status)


def test_a_wrong_row_of_a_shared_index_is_a_warning_to_who_does_not_need_it():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(d("2027-06-20"), **rule, more={"series": series(*["100"] * 8, "1OO", *["100"] * 7, "103")})
    assert found.fees.rise.percent == Decimal("3.0")
    assert rules(found, "warning") == {"index-row", "index-gap"}
    assert rules(found) == set()


def test_a_missed_statutory_notice_blocks_and_says_what_remains():
    found = plan(d("2027-07-20"))
    assert rules(found) == {"notice-missed"}
    assert "have the next term signed by both parties" in found.remains
    assert any("30 days" in each for each in found.remains)  # the client may leave, as the clause says
    sent = (notice("reminder", "2027-07-06", rule="AR-NY"), notice("reminder", "2027-07-06"))
    assert rules(plan(d("2027-07-20"), agreement__notices=sent)) == set()


def test_on_other_paper_a_missed_notice_blocks_nothing_because_the_next_term_is_signed():
    found = plan(d("2027-07-20"), agreement__origin="elsewhere", agreement__renewal=Renewal(plan="essential"))
    assert "notice-missed" in rules(found, "warning")
    assert "notice-missed" not in rules(found)
    assert any("binds only once both parties have signed it" in each.hint for each in found.problems)


def test_after_the_decision_day_neither_party_can_decline():
    assert "decision-passed" in rules(plan(d("2027-08-02")), "warning")


def test_who_leaves_before_the_next_term_is_told():
    people = matter().inputs.client.model.people
    gone = tuple(
        each.model_copy(update={"until": d("2027-08-31")}) if each.id == "lena-fischer" else each for each in people
    )
    assert rules(plan(client__people=gone)) == {"person-left"}


def test_a_price_list_that_changed_after_signing_makes_old_prices_unsure():
    found = plan(more={"changed": ("provider/plans/business.yaml",)})
    assert rules(found) == {"prices-changed"}
    assert "users" not in found.problems[0].what.partition("prices of")[2]  # that line has a price of its own


def test_service_data_of_another_year_blocks():
    found = matter().service
    other = type(found)(found.model.model_copy(update={"term": d("2025-10-01")}), found.origins)
    assert rules(plan(more={"service": other})) == {"service-period"}
    assert "no-service" in rules(plan(more={"service": None}), "warning")


def test_every_obstacle_is_told_at_once():
    found = plan(d("2027-07-20"), agreement__status="draft", agreement__renewal=FOUR, more={"plans": {}})
    assert rules(found) == {"not-signed", "notice-missed", "unknown-plan"}


def test_own_closing_days_that_stop_before_the_year_are_told():
    assert "closed-days-missing" in rules(plan(d("2028-05-03")), "warning")


def test_a_line_that_ended_while_the_contract_ran_does_not_come_back_unasked():
    running = matter()
    lines = tuple(each for each in running.inputs.plan.model.prices if each.id != "servers")
    assert len(lines) == len(running.inputs.plan.model.prices) - 1
    ended = matter(plan__prices=lines)
    (found,) = (each for each in renewal(ended, EARLY).problems if each.rule == "line-returns")
    assert found.what == "servers ended while the contract ran, and plan business would charge it again"
    assert "line-returns" not in rules(plan(plan__prices=lines, agreement__renewal=Renewal(ended=("servers",))))
    assert "line-returns" not in rules(renewal(running, EARLY))
