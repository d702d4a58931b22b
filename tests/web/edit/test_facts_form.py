"""The form of a part of a file of facts: which part, which fields, and what it asks besides."""

import pytest

from contract_assembly.actions.edit.facts_file import facts_file
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, together
from contract_assembly.web.edit.facts_form import at_line, form_page, part_asked, refused_form, with_rows
from contract_assembly.web.edit.submitted_form import Way, begun, sent
from tests.helpers.corpus import based
from tests.helpers.forms import form_of

ASKS = together("", "", together("amendment", "The amendment", ask("on", "Date", "date")))
WAY = Way("amend", "amend.html", ASKS, leaves_out=("counts", "open"))


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return Repository(based(tmp_path_factory.mktemp("form") / "root"))


@pytest.fixture(scope="module")
def file(repository):
    return facts_file(repository, "acme", "2026-support")


def test_a_line_leads_to_the_part_that_has_it(file):
    line = file.lines["coverage.users"]
    assert part_asked(file, {"line": str(line)}).name == "counts"
    assert at_line(file, str(line)) == "coverage.users"


def test_without_a_name_it_is_the_first_part_of_the_way(file):
    assert part_asked(file, {}).name == "counts"
    assert part_asked(file, {}, WAY).name == "fees"


@pytest.mark.parametrize(("way", "name"), [(WAY, "open"), (WAY, "counts"), (WAY, "nothing")])
def test_a_part_that_the_way_leaves_out_is_not_there(file, way, name):
    with pytest.raises(RefusedError, match=f"has no part '{name}'"):
        part_asked(file, {"part": name}, way)


def test_what_a_way_asks_stands_before_the_facts_and_keeps_what_was_sent(repository, file):
    work = begun(repository, file, part_asked(file, {}, WAY), WAY, {"amendment": {"on": "2027-01-12"}})
    page = form_page(work, {**work.base}, {})
    assert [each.value for each in page.values["asks"].all() if each.path == "amendment.on"] == ["2027-01-12"]
    again = sent(repository, file, form_of(page, amendment__on="soon"), WAY)
    assert again.address == "/agreements/acme/2026-support/amend"
    refused = refused_form(again, {"amendment.on": ("It is no day.",)})
    assert [(each.path, what) for each, what in refused.values["wrong"]] == [("amendment.on", "It is no day.")]
    assert refused_form(again) is None


def test_a_row_more_is_judged_only_when_it_is_looked_at(repository, file):
    work = begun(repository, file, part_asked(file, {}))
    form = form_of(form_page(work, {**work.base}, {}))
    page = with_rows(sent(repository, file, form), "add", "coverage.sites")
    rows = [each for each in page.values["form"].all() if each.path.startswith("coverage.sites.") and each.number]
    assert len(rows) == len(file.data["coverage"]["sites"]) + 1
    assert page.values["wrong"] == []
