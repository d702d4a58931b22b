"""A signed agreement with real git history, and its first amendment, for tests of amendments."""

import shutil
from functools import cache

import pytest

from contract_assembly.letters.amendment import amendments, steps_of
from contract_assembly.letters.amendments.states import states
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed
from tests.helpers.living import FOLDER, NAMED, change, firm

FACTS = f"{FOLDER}/agreement.yaml"
ASK = ("amend", "acme", "--on", "2027-01-04", "--effective", "2027-02-01")
NBSP = "\u00a0"


def well(root, *words):
    said = run(root, *words)
    assert (said.code, said.err) == (0, "")
    return said.out


def step(root, document, to, *more):
    return well(root, "status", *NAMED, "--document", document, "--set", to, *more)


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    return _signed(tmp_path_factory.getbasetemp())


@cache
def _signed(base):
    """Made once in a process: tests change copies only."""
    root = firm(base / "amending-signed")
    change(root / FACTS, "status: sent", "status: draft")
    (root / "provider/approvals.yaml").unlink()
    well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01")
    step(root, "contract", "sent")
    step(root, "contract", "signed", "--on", "2026-09-21")
    committed(root, "Signed")
    return root


@pytest.fixture(scope="module")
def once_amended(tmp_path_factory):
    """The first amendment is signed, and all of it is in history."""
    return _amended(tmp_path_factory.getbasetemp())


@cache
def _amended(base):
    root = shutil.copytree(_signed(base), base / "amending-amended")
    first_changes(root)
    well(root, *ASK)
    well(root, "approve", f"{FOLDER}/clauses/general.md", "--by", "A Lawyer", "--on", "2027-01-02")
    step(root, "amendment-1", "sent")
    step(root, "amendment-1", "signed", "--on", "2027-01-10")
    committed(root, "Amendment 1 signed")
    return root


@pytest.fixture
def signed(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


@pytest.fixture
def amended(once_amended, tmp_path):
    return shutil.copytree(once_amended, tmp_path / "root")


def first_changes(root):
    """A fee, a contact, a site more, and a negotiated clause with a word changed and a subsection more."""
    change(root / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    change(root / FACTS, "primary: lena-fischer", "primary: robert-okafor")
    change(root / FACTS, "  assets:\n", '    - {name: Warehouse, address: "9 Mill Road, Utica, NY 13501"}\n  assets:\n')
    words = (root / "clauses/general/general.md").read_text()
    words = words.replace("Delay is not a waiver.", "Delay alone is not a waiver.")
    words = words.replace(
        "## Other rules", "## Language {#general-language}\n\nNotices are in English.\n\n## Other rules"
    )
    (root / FOLDER / "clauses").mkdir()
    (root / FOLDER / "clauses/general.md").write_text(words)


def second_changes(root):
    """The fee again, a clause of a schedule out, and a whole clause in: both are in the outline, which is taken anew."""
    change(root / FACTS, "price: 64.00 USD", "price: 66.00 USD")
    change(root / "templates/contract/outline.yaml", "      - levels-improvement\n", "")
    change(
        root / "templates/contract/outline.yaml", "      - assignment\n", "      - assignment\n      - holidays-gift\n"
    )
    (root / "clauses/general/holidays-gift.md").write_text(
        '---\nid: holidays-gift\ntitle: Seasonal gifts\nslot: holidays-gift\nkinds: [support]\nlaws: ["*"]\nrung: preferred\n'
        "purpose: Keeps gifts small.\n---\nNeither party shall give the other party's staff a gift of value.\n"
    )
    return ("--take", "templates/contract/outline.yaml", "--take", "clauses/general/holidays-gift.md")


def words(root, name="amendment-1"):
    return (root / FOLDER / f"{name}.md").read_text().replace(NBSP, " ")


def said(root, *more):
    """The changes that a dry run lists; its last line says what would be written."""
    *changes, last = well(root, *ASK, "--dry-run", *more).replace(NBSP, " ").splitlines()
    assert last.startswith(f"{FOLDER}: would write amendment-")
    return changes


def reached(root):
    repository = Repository(root)
    return [
        each.document
        for each in states(repository, "acme", "2026-support", steps_of(amendments(repository, "acme", "2026-support")))
    ]
