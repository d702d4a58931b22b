"""The values between pages and the server."""

from datetime import date

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web.page import PageRequest, named, once
from contract_assembly.web.routes import ROUTES
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY

ON = date(2026, 11, 30)


def test_a_page_without_names_in_its_address_is_written_once(tmp_path):
    assert list(once(Snapshot(tmp_path, ON))) == [{}]


ABSENT = [("nobody", "2026-support", "{client}"), ("acme", "2099-support", "{agreement}")]


@pytest.mark.parametrize(
    ("client", "agreement", "path", "page"),
    [(*names, each.path, each.page) for *names, part in ABSENT for each in ROUTES if part in each.path],
)
def test_a_page_about_a_client_or_agreement_that_is_not_there_is_not_found(client, agreement, path, page):
    names = {"client": client, "agreement": agreement, "name": "contract.pdf", "number": "1"}
    used = {name: each for name, each in names.items() if f"{{{name}}}" in path}
    with pytest.raises(RefusedError) as refused:
        page(PageRequest(Snapshot(REPOSITORY, ON), used))
    assert {each.rule for each in refused.value.problems} <= {"unknown-client", "unknown-agreement"}


def test_the_names_of_an_address_are_those_of_an_agreement_on_disk():
    names = {"client": "acme", "agreement": "2026-support"}
    assert named(PageRequest(Snapshot(REPOSITORY, ON), names)) == ("acme", "2026-support")
