"""`build.py mapping`."""

import json

from tests.helpers.client_tables import table
from tests.helpers.corpus import based, run


def test_a_guess_is_written_once_and_never_over_another(tmp_path):
    root = based(tmp_path / "root")
    (root / "Our Clients.csv").write_text(table())
    file = str(root / "Our Clients.csv")
    dry = run(root, "mapping", "--guess", file, "--dry-run")
    assert (dry.code, (root / "provider/mappings").exists()) == (0, False), dry.err
    assert "kind: clients" in dry.out
    said = run(root, "mapping", "--guess", file)
    assert said.out.startswith("provider/mappings: wrote our-clients.yaml; kind: clients, columns: ")
    before = (root / "provider/mappings/our-clients.yaml").read_bytes()
    again = run(root, "mapping", "--guess", file)
    assert (again.code, "[exists-already]" in again.err) == (1, True)
    assert (root / "provider/mappings/our-clients.yaml").read_bytes() == before
    found = json.loads(run(root, "mapping", "--guess", file, "--name", "other", "--json").out)
    assert (found["wrote"], found["kind"], found["problems"]) == (["provider/mappings/other.yaml"], "clients", [])
