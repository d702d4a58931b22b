"""Options that `diff` and `impact` share."""

from tests.helpers import two_states
from tests.helpers.changed import sample
from tests.helpers.git_repositories import committed
from tests.helpers.two_states import ACME, said

before = two_states.before
root = two_states.root


def test_a_page_or_a_word_file_is_of_one_agreement(tmp_path):
    root = sample(tmp_path)
    (root / "agreements/acme/other").mkdir()
    (root / "agreements/acme/other/agreement.yaml").write_bytes((root / ACME / "agreement.yaml").read_bytes())
    committed(root, "Two agreements")
    told = said(root, "diff", "acme", "--format", "html", code=2)
    assert "acme has 2 agreements: name one, acme/2026-support or acme/other" in told
    assert said(root, "diff", "acme").count("nothing changed") == 2


def test_options_that_contradict_each_other_are_refused(before):
    said(before, "diff", "acme/2026-support", "--between", "a", "b", code=2)
