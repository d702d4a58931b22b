"""The figures that are kept from one run of the server to the next."""

from datetime import date

import pytest

from contract_assembly.repository.inputs import Repository
from contract_assembly.web import figure_cache
from contract_assembly.web.counting import figures_of
from contract_assembly.web.figure_cache import NAME, FigureCache
from tests.helpers.corpus import REPOSITORY, based

ON = date(2026, 11, 30)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(figure_cache, "LEAST", 1)
    return based(tmp_path / "root")


def worked(root):
    return figures_of(Repository(root), "acme", ON)


def refuse():
    pytest.fail("this was to be kept")


def test_a_later_run_has_the_same_figures_without_the_work(root):
    first = FigureCache.opened(root)
    found = first.figures("acme", ON, lambda: worked(root))
    first.save()
    assert FigureCache.opened(root).figures("acme", ON, refuse) == found == worked(root)


@pytest.mark.parametrize("client", ["cedar", "hudson", "thames", "acme"])
def test_every_kind_of_figure_survives_the_file(client, tmp_path, monkeypatch):
    monkeypatch.setattr(figure_cache, "LEAST", 1)
    cache = FigureCache(tmp_path)
    found = cache.figures(client, ON, lambda: figures_of(Repository(REPOSITORY), client, ON))
    cache.firm = FigureCache.opened(tmp_path).firm
    cache.save()
    assert FigureCache.opened(tmp_path).latest(client) == found


@pytest.mark.parametrize("path", ["agreements/acme/2026-support/agreement.yaml", "provider/rates.yaml"])
def test_a_changed_file_has_the_work_done_again(root, path):
    cache = FigureCache.opened(root)
    cache.figures("acme", ON, lambda: worked(root))
    cache.save()
    (root / path).write_text((root / path).read_text("utf-8") + "# later\n", "utf-8")
    assert FigureCache.opened(root).figures("acme", ON, lambda: "of now") == "of now"


def test_figures_of_yesterday_are_the_latest_until_those_of_today_are_there(root):
    cache = FigureCache.opened(root)
    found = cache.figures("acme", ON, lambda: worked(root))
    assert cache.latest("acme") == found
    assert cache.figures("acme", date(2026, 12, 1), lambda: "of today") == "of today"
    assert cache.latest("acme") == "of today"
    assert cache.latest("hudson") is None


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"program": 1}', b"\xff\xfe", b'{"x":' + b"[" * 100_000], ids=range(6)
)
def test_a_damaged_file_is_no_cache_and_no_fault(root, damage):
    (root / ".build").mkdir()
    (root / ".build" / NAME).write_bytes(damage)
    assert FigureCache.opened(root).entries == {}


def test_nothing_is_written_for_a_small_firm_nor_when_nothing_is_new(tmp_path):
    root = based(tmp_path / "root")
    cache = FigureCache.opened(root)
    cache.figures("acme", ON, lambda: worked(root))
    cache.save()
    assert not (root / ".build").exists()


def test_a_disk_that_cannot_be_written_is_no_fault(root):
    (root / ".build").write_text("in the way")
    cache = FigureCache.opened(root)
    cache.figures("acme", ON, lambda: worked(root))
    cache.save()
    assert (root / ".build").read_text() == "in the way"
