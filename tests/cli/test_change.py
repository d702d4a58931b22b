"""`build.py change`: how it is called. What a change does is tested with its action."""

import pytest

from tests.helpers.corpus import REPOSITORY, run

CEDAR = ("change", "cedar/2025-support")
ASKED = ("--asked", "2026-08-20", "--asked-by", "marcus-bell")
TWO_MORE = (*CEDAR, "users=15", "--on", "2026-09-17", *ASKED)


@pytest.mark.parametrize("values", ["users", "users=", "wings=2", "=2"])
def test_what_is_not_a_change_is_wrong_use(values):
    assert run(REPOSITORY, *CEDAR, values, "--on", "2026-09-17", *ASKED).code == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("change",), "name the client and the change, like acme users=36; or give an export with --from"),
        (CEDAR, "name the client and the change"),
        ((*CEDAR, "users=15", *ASKED), "Missing option '--on'"),
        ((*CEDAR, "users=15", "--on", "2026-09-17"), "Missing option '--asked-by'"),
        ((*TWO_MORE, "--mapping", "rmm-devices"), "--mapping, --output and --take need --from"),
    ],
)
def test_wrong_use_says_what_is_missing_or_does_not_belong(line, says):
    said = run(REPOSITORY, *line)
    assert (said.code, says in said.err) == (2, True)


def test_of_several_agreements_one_must_be_named():
    said = run(REPOSITORY, "change", "cedar", *TWO_MORE[2:])
    assert (said.code, "cedar/2025-support or cedar/2026-support" in said.err) == (2, True)
