"""Options that `diff` and `impact` share."""

import pytest

from tests.helpers.changed import changed, sample
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed

ACME = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return changed(sample(tmp_path_factory.mktemp("changed")))


def said(root, *arguments: str, code: int = 0) -> str:
    found = run(root, *arguments)
    assert found.code == code, found
    return found.out if code == 0 else found.err


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
