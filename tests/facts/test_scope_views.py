"""The scope of an agreement as clauses print it."""

from datetime import date

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.facts.scope_views import (
    backup_view,
    coverage_view,
    levels_view,
    licences_view,
    plan_view,
    term_view,
)
from contract_assembly.facts.template_values import bare
from tests.helpers.inputs_base import inputs


def values(view, *names):
    return [bare(view.entries[name]) for name in names]


@pytest.mark.parametrize(
    ("first_day", "last_day", "calendar_months"),
    [("2026-10-01", "2027-09-30", True), ("2026-10-15", "2027-10-14", False), ("2026-12-31", "2027-12-30", False)],
)
def test_a_term_of_whole_calendar_months_is_told_from_others(first_day, last_day, calendar_months):
    found = term_view(inputs(agreement__term__first_day=date.fromisoformat(first_day)))
    last, calendar = values(found, "last_day", "calendar_months")
    assert (last.isoformat(), calendar) == (last_day, calendar_months)


def test_a_renewal_begins_on_the_day_after_the_last():
    last, first = values(
        term_view(inputs(agreement__term__length=Duration(24, "month"))), "last_day", "renewal_first_day"
    )
    assert (first - last).days == 1


def test_each_class_of_devices_has_its_label():
    labels = [values(each, "label")[0] for each in coverage_view(inputs()).entries["assets"].items]
    assert labels
    assert all(label[0].isupper() for label in labels)


def test_services_are_listed_by_pillar_and_restore_tests_only_where_something_is_backed_up():
    def tasks(**changes):
        services = plan_view(inputs(**changes)).entries["services"].entries
        return sum(len(each.items) for each in services.values())

    plan = inputs().plan.model
    assert tasks(agreement__backup=None) <= len(plan.services)


def test_the_matrix_has_a_row_for_each_impact_and_priorities_have_names():
    found = levels_view(inputs())
    assert len(found.entries["matrix"].items) == 3
    names = [values(each, "name")[0] for each in found.entries["priorities"].items]
    assert names == [f"Priority\u00a0{number}" for number in range(1, len(names) + 1)]


def test_each_licence_says_who_holds_it():
    for each in licences_view(inputs()).items:
        assert values(each, "holder_label")[0] in {"Client", "Provider", "Provider\u2019s tenant"}


def test_without_backup_there_is_a_fact_without_a_value():
    assert backup_view(inputs(agreement__backup=None)).value is None


def test_a_term_and_its_renewals_have_their_own_lengths():
    found = term_view(inputs(agreement__term__length=Duration(24, "month")))
    assert values(found, "months", "renewal_months") == [24, 12]


def test_a_row_of_the_matrix_goes_from_high_to_low_urgency():
    levels = inputs().plan.model.service_levels
    shown = [values(each, "high", "medium", "low") for each in levels_view(inputs()).entries["matrix"].items]
    assert shown == [list(each) for each in levels.matrix]
