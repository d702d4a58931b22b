import shutil

from contract_assembly.actions.renew.terms_compared import terms_compared
from contract_assembly.repository.inputs import Repository
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, based, run


def test_old_and_new_terms_are_side_by_side(tmp_path):
    root = based(tmp_path / "root")
    shutil.rmtree(root / "clauses/law")
    shutil.copytree(REPOSITORY / "clauses/law", root / "clauses/law")
    shutil.copytree(REPOSITORY / "templates/start", root / "templates/start")
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/clients.yaml", root / "provider/mappings")
    (root / "clients.csv").write_text(table({"servers": "1"}))
    assert run(root, "import", str(root / "clients.csv")).code == 0
    files = Repository(root)
    old, new = files.inputs("elm-street", "2026-support"), files.inputs("acme", "2026-support")
    said = terms_compared(old, new)
    assert "| Paper | their own, or other paper | ours |" in said
    assert "| Fee a month | 1,480.00 USD |" in said
    assert "| Term | 2026-04-01 to 2027-03-31 | 2026-10-01 to 2027-09-30 |" in said
    assert "22 users, 20 workstations, 1 server |" in said
