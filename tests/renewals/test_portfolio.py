"""Every agreement of a firm as a matter: what follows what, and one bad client among many."""

import json
import shutil
from datetime import date

import pytest

from contract_assembly.actions.json_schema import SCHEMAS
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.facts.price_index import Index
from contract_assembly.facts.renewal_terms import Ending, SentNotice
from contract_assembly.facts.service_record import Service
from contract_assembly.renewals.duties.upcoming import renewals, upcoming
from contract_assembly.renewals.portfolio import Portfolio, _is_over
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from tests.helpers.firms import changed
from tests.helpers.matters import matter

DAYS = DateRange(date(2027, 5, 3), date(2027, 12, 31))


def renewed(firm, name="2027-support", first="2027-10-01"):
    """A second agreement of acme that renews the first."""
    folder = firm / "agreements/acme" / name
    folder.mkdir()
    shutil.copy(firm / "agreements/acme/2026-support/agreement.yaml", folder)
    changed(folder / "agreement.yaml", ("plan: business", "plan: business\nrenews: 2026-support"), ("  first_day: 2026-10-01", f"  first_day: {first}"))  # fmt: skip
    return folder / "agreement.yaml"


def refused(firm, name="2026-support"):
    with pytest.raises(RefusedError) as found:
        Portfolio(Repository(firm)).context("acme", name)
    return [each.rule for each in found.value.problems]


def test_an_agreement_knows_what_renews_it(firm):
    renewed(firm)
    found = Portfolio(Repository(firm)).context("acme", "2026-support")
    assert (found.successor.name, found.successor.first_day) == ("2027-support", date(2027, 10, 1))
    after = Portfolio(Repository(firm)).context("acme", "2027-support")
    assert after.inputs.before.model.id == "NL-2026-0042"
    assert after.successor is None


def test_a_term_is_renewed_once(firm):
    renewed(firm)
    renewed(firm, "2027-again")
    assert refused(firm) == ["renewed-twice"]


def test_what_is_renewed_is_another_support_contract_of_the_same_client(firm):
    path = renewed(firm)
    changed(path, ("renews: 2026-support", "renews: 2027-support"))
    assert refused(firm, "2027-support") == ["unknown-agreement"]
    changed(path, ("renews: 2027-support", "renews: 2025-support"))
    assert refused(firm, "2027-support") == ["unknown-agreement"]
    shutil.copytree(firm / "agreements/hudson/2026-block", firm / "agreements/acme/2026-block")
    changed(path, ("renews: 2025-support", "renews: 2026-block"))
    assert refused(firm, "2027-support") == ["unknown-agreement"]


def test_the_agreement_before_is_an_input_of_the_build(firm):
    renewed(firm)
    paths = Repository(firm).inputs("acme", "2027-support").paths()
    assert "agreements/acme/2026-support/agreement.yaml" in paths


def test_prices_of_a_signed_contract_are_unsure_once_the_plan_changed(firm):
    changed(firm / "agreements/acme/2026-support/agreement.yaml", ("status: sent", "status: signed"))
    record = firm / "agreements/acme/2026-support/record.json"
    plan = "provider/plans/business.yaml"
    data = json.loads(record.read_text("utf-8"))
    data["documents"]["contract"]["inputs"][plan]["sha256"] = Repository(firm).digests(plan).sha256
    record.write_text(json.dumps(data), "utf-8")
    assert Portfolio(Repository(firm)).context("acme", "2026-support").changed == ()
    changed(firm / plan, ("65.00 USD", "69.00 USD"))
    assert Portfolio(Repository(firm)).context("acme", "2026-support").changed == (plan,)
    record.write_text("{}", "utf-8")
    assert Portfolio(Repository(firm)).context("acme", "2026-support").changed == (plan,)


def test_an_index_is_a_file_of_the_firm(firm):
    path = firm / "agreements/acme/2026-support/agreement.yaml"
    changed(
        path,
        ("  increase_notice: 90 days", "  increase_notice: 90 days\n  increase: {rule: index, series: example-cpi}"),
    )
    found = Portfolio(Repository(firm)).context("acme", "2026-support")
    assert found.series.at(date(2026, 7, 1)).published == date(2026, 8, 15)
    assert found.inputs.index.model.name == "Example Consumer Price Index"
    (firm / "provider/indices/example-cpi.csv").unlink()
    assert refused(firm) == ["unknown-index"]
    (firm / "provider/indices/example-cpi.yaml").unlink()
    assert refused(firm) == ["unknown-index"]


def test_an_index_with_a_gap_in_a_month_that_is_not_needed_is_a_warning(firm):
    path = firm / "agreements/acme/2026-support/agreement.yaml"
    changed(path, ("\nstatus: sent\n", "\nstatus: signed\n"))
    index = "  increase_notice: 90 days\n  increase: {rule: index, series: example-cpi}"
    changed(path, ("  increase_notice: 90 days", index), ("renewal:\n  increase: 3 %", "renewal:"))
    csv = firm / "provider/indices/example-cpi.csv"
    lines = csv.read_text("utf-8").splitlines(keepends=True)
    csv.write_text("".join(lines[:3] + lines[4:]), "utf-8")
    found = upcoming(Repository(firm), [("acme", "2026-support")], DAYS, firm=False)
    assert found.problems == ()
    assert "decision" in {each.kind for each in found.duties}
    ((plan,), problems) = renewals(Repository(firm), [("acme", "2026-support")], DAYS)
    assert (plan.state, problems) == ("to do", ())
    (gap,) = [each for each in plan.problems if each.rule == "index-gap"]
    assert (gap.level, gap.origin.path) == ("warning", "provider/indices/example-cpi.csv")


def test_what_was_read_of_a_client_is_let_go(firm):
    repository = Repository(firm)
    upcoming(repository, selected(repository)[0], DAYS)
    kept = {path.split("/")[1] for path in repository._bytes if path.startswith("agreements/")}
    assert len(kept) <= 1


def test_editors_know_the_new_files():
    assert SCHEMAS["service"] is Service
    assert SCHEMAS["index"] is Index


def test_an_agreement_that_ended_is_over_a_year_after_its_last_day():
    ended = Ending(last_day=date(2027, 2, 28), by="client", ground="Section 20.1")
    agreed = matter(agreement__status="ended", agreement__ended=ended).agreed
    assert [_is_over(agreed, date(2028, 2, each)) for each in (28, 29)] == [False, True]


def test_an_agreement_that_was_declined_is_over_a_year_after_the_day_on_which_the_next_term_would_have_begun():
    declined = SentNotice(says="decline", term=date(2027, 10, 1), sent=date(2027, 5, 1), by="email")
    reminded = SentNotice(says="reminder", term=date(2028, 10, 1), sent=date(2027, 5, 1), by="email")
    agreed = matter(agreement__status="ended", agreement__notices=(declined, reminded)).agreed
    assert [_is_over(agreed, date(2028, *each)) for each in ((9, 29), (9, 30), (10, 1))] == [False, True, True]
    assert not _is_over(matter(agreement__status="signed").agreed, date(2099, 1, 1))
