"""`build.py change --from`: options that contradict each other are wrong use, before anything is read or written."""

import pytest

from tests.helpers.corpus import based, run

COMPARE = ("change", "--from", "counts.csv", "--mapping", "devices", "--asked", "2026-12-14")
REQUEST = ("change", "acme", "users=36", "--on", "2027-01-17", "--asked-by", "lena")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ((*COMPARE, "--on", "2027-01-15"), "begins on the first day of a later month: --on 2027-01-01, or later"),
        ((*COMPARE, "--on", "2026-12-01"), "begins on the first day of a later month"),
        ((*COMPARE, "--asked-by", "lena"), "leave out WHAT=VALUE and the options of a request"),
        ((*COMPARE, "--how", "amendment-1"), "leave out WHAT=VALUE"),
        (("change", "acme", "users=3", *COMPARE[1:]), "leave out WHAT=VALUE"),
        ((*COMPARE, "--take", "acme/users", "--output", "x.csv"), "--take and --output cannot be combined"),
        (COMPARE[:3], "name the mapping of this export"),
        (("change", "--from", "list.csv", "--on", "2027-01-01"), "a list that was ticked says by itself what to enter"),
        (("change", "--from", "nothing.csv"), "does not exist"),
        (REQUEST[:-2], "Missing option '--asked-by'"),
        ((*REQUEST[:3], *REQUEST[5:]), "Missing option '--on'"),
        ((*REQUEST, "--take", "acme/users"), "--mapping, --output and --take need --from"),
        (("change",), "or give an export with --from"),
        (("change", "acme"), "or give an export with --from"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_use(tmp_path, monkeypatch, line, says):
    root = based(tmp_path / "root")
    monkeypatch.chdir(root)
    (root / "counts.csv").write_text("Site,Type\nAcme,Server\n")
    (root / "list.csv").write_text("take,client,agreement,what,agreed,counted,first_day,source\n")
    found = run(root, *line)
    assert (found.code, found.out) == (2, "")
    assert says in found.err


def test_a_list_on_which_nothing_is_ticked_says_so(tmp_path, monkeypatch):
    root = based(tmp_path / "root")
    monkeypatch.chdir(root)
    (root / "list.csv").write_text("take,client,agreement,what,agreed,counted,first_day,source\n")
    found = run(root, "change", "--from", "list.csv")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("nothing is ticked")
