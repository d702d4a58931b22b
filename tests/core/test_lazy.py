"""Tables that load an entry, and functions whose module is loaded, when they are asked for, and not before."""

import sys

import pytest

from contract_assembly.core.lazy import Later, OnDemand, table


def counting():
    loaded = []
    return OnDemand(("docx", "pdf"), lambda name: loaded.append(name) or name.upper()), loaded


def test_names_are_listed_in_order_without_loading_anything():
    entries, loaded = counting()
    assert (list(entries), len(entries), "pdf" in entries, "html" in entries) == (["docx", "pdf"], 2, True, False)
    assert loaded == []


def test_only_the_entry_that_is_asked_for_is_loaded():
    entries, loaded = counting()
    assert (entries["pdf"], loaded) == ("PDF", ["pdf"])


def test_an_unknown_name_is_a_missing_key_and_loads_nothing():
    entries, loaded = counting()
    with pytest.raises(KeyError, match="html"):
        entries["html"]
    assert (entries.get("html", "none"), loaded) == ("none", [])


def test_a_table_finds_objects_by_module_and_name():
    found = table({"decimals": "contract_assembly.core.values:decimals"})
    assert found["decimals"]("JPY") == 0


def test_a_wrong_module_is_noticed_on_first_use_only():
    found = table({"lost": "contract_assembly.core.nowhere:NAME"})
    assert "lost" in found
    with pytest.raises(ModuleNotFoundError):
        found["lost"]


def test_a_module_is_imported_when_its_function_is_called(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    later = Later("colorsys:rgb_to_hsv")
    assert "colorsys" not in sys.modules
    assert later(1.0, 1.0, 1.0) == (0.0, 0.0, 1.0)
    assert "colorsys" in sys.modules


def test_a_function_that_is_not_there_is_an_error_when_it_is_loaded():
    with pytest.raises(AttributeError):
        Later("colorsys:no_such_function").load()
