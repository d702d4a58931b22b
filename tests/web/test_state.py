"""The current state of a repository that is served."""

from datetime import date

from contract_assembly.web.state import SiteState
from tests.helpers.corpus import based

ON = date(2026, 11, 30)


def test_a_state_has_one_snapshot_until_a_file_or_the_day_changes(tmp_path):
    days = [ON]
    state = SiteState(based(tmp_path / "root"), lambda: days[-1])
    first = state.snapshot()
    assert state.snapshot() is first
    state.changed(["agreements/acme/2026-support/agreement.yaml"])
    second = state.snapshot()
    assert (second.number, second.memo) == (first.number + 1, first.memo)
    days.append(date(2026, 12, 1))
    assert state.snapshot().on == date(2026, 12, 1)


def test_a_changed_price_discards_the_figures_of_earlier_runs(tmp_path):
    root = based(tmp_path / "root")
    state = SiteState(root, lambda: ON)
    state.snapshot()
    state.cache().figures("acme", ON, lambda: "figures")
    state.changed(["agreements/acme/2026-support/agreement.yaml"])
    state.snapshot()
    assert state.cache().latest("acme") == "figures"
    state.changed(["provider/rates.yaml"])
    state.snapshot()
    assert state.cache().latest("acme") is None
