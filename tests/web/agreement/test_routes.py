"""The addresses of the pages of a client and of an agreement."""

from contract_assembly.web.agreement.routes import ROUTES
from tests.helpers.shown_firm import NAMES, asked, sent_then_changed


def test_site_knows_every_client_and_agreement(tmp_path_factory):
    root = sent_then_changed(tmp_path_factory.getbasetemp() / "shown")
    lists = {route.path: list(route.every(asked(root).snapshot)) for route in ROUTES if route.every}
    assert lists["/agreements/{client}"] == [{"client": "acme"}]
    assert lists["/agreements/{client}/{agreement}"] == [NAMES]
    assert not any("history" in path for path in lists)  # its pages have no end
