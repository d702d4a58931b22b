"""The consolidated text of a contract with its signed amendments."""

from contract_assembly.writers.markdown import review_text
from tests.helpers import amending
from tests.helpers.amending import FACTS, NBSP, reached, well, words
from tests.helpers.corpus import run
from tests.helpers.living import change

signed_once = amending.signed_once
once_amended = amending.once_amended
signed = amending.signed
amended = amending.amended


def test_the_consolidated_text_says_that_the_signed_documents_prevail(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    found = words(amended, "consolidated")
    assert "as amended by one amendment, as of January 20, 2027." in found
    assert "**The signed documents prevail.**" in found
    assert "**34.1A Language.**" in found
    cover, _, rest = (
        review_text(reached(amended)[-1]).decode().replace(NBSP, " ").partition("\n\n")[2].partition("By signing")
    )
    assert cover in found
    assert found.endswith(rest[rest.index("# Standard terms") :])
    assert "Name: Dana Whitfield" not in found


def test_the_consolidated_text_is_not_moved_by_what_is_changed_later(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    before = words(amended, "consolidated")
    change(amended / FACTS, "price: 64.00 USD", "price: 70.00 USD")
    assert run(amended, "--client", "acme", "--format", "md").code == 0
    assert words(amended, "consolidated") == before
