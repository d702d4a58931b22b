"""The reader of the user's files: nothing outside the root, every fault with its place, the same on every machine."""

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError, errors
from contract_assembly.facts.template_context import template_context
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules import facts
from tests.helpers.inputs_base import BASE, ROOT
from tests.helpers.refusals import refused

AGREEMENT = "agreements/acme/2026-support/agreement.yaml"
YAML = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml") if "templates" not in path.parts)


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BASE, tmp_path / "root")


# ---- what a build reads


def test_the_problems_of_all_files_are_told_together(root):
    for path in ("provider/calendar.yaml", "provider/rates.yaml", AGREEMENT):
        (root / path).write_text((root / path).read_text() + "extra: 1\n")
    found = refused(lambda: Repository(root).inputs("acme", "2026-support"))
    assert [rule for rule, _ in found] == ["unknown-key"] * 3
    assert len({place for _, place in found}) == 3


def test_a_plan_and_a_law_that_are_not_there_are_told_where_they_are_named(root):
    text = (root / AGREEMENT).read_text().replace("plan: basic", "plan: basik").replace("law: US-NY", "law: US-NJ")
    (root / AGREEMENT).write_text(text)
    lines = {name: str(Origin(AGREEMENT, text.splitlines().index(line) + 1)) for name, line in (
        ("unknown-plan", "plan: basik"), ("unknown-law", "law: US-NJ"))}  # fmt: skip
    assert set(refused(lambda: Repository(root).inputs("acme", "2026-support"))) >= set(lines.items())


def test_a_negotiated_clause_takes_the_place_of_the_librarys_for_this_agreement_alone(root):
    own = root / "agreements/acme/2026-support/clauses"
    own.mkdir()
    (own / "our-fees.md").write_text((root / "clauses/fees.md").read_text().replace("id: fees", "id: our-fees"))
    repository = Repository(root)

    def of_slot(library):
        return [clause.head.id for clause in library if clause.head.slot == "fees"]

    assert of_slot(repository.library("acme", "2026-support")) == ["our-fees"]
    assert of_slot(repository.library("acme", "2027-support")) == ["fees"]
    assert of_slot(repository.library()) == ["fees"]


@pytest.mark.parametrize(
    ("of_firm", "of_entity", "expected"),
    [
        ("", "", "weasyprint"),
        ("typst", "", "typst"),
        ("typst", "weasyprint", "weasyprint"),
        ("", "typst", "typst"),
    ],
)
def test_an_entity_without_an_engine_has_that_of_the_firm(root, of_firm, of_entity, expected):
    _entity(root, of_firm, of_entity)
    shutil.copytree(ROOT / "templates/house", root / "templates/house", dirs_exist_ok=True)
    repository = Repository(root)
    provider = repository.inputs("acme", "2026-support").provider
    assert provider.at().path == "provider/entities/ours.yaml"
    assert repository.engine("acme", "2026-support") == repository.house(provider).engine == expected


def test_an_entity_with_an_engine_of_its_own_needs_nothing_of_the_firm(root):
    _entity(root, "", "typst")
    (root / "provider/provider.yaml").write_text("party: none\n")
    assert Repository(root).engine("acme", "2026-support") == "typst"


def test_an_entity_that_takes_the_engine_of_a_firm_that_cannot_be_read_is_refused_there(root):
    _entity(root, "word", "")
    line = len((root / "provider/provider.yaml").read_text().splitlines())
    found = refused(lambda: Repository(root).engine("acme", "2026-support"))
    assert found == [("ill-typed", f"provider/provider.yaml:{line}")]


def test_a_firm_of_entities_alone_has_a_usual_engine(root):
    _entity(root, "", "")
    (root / "provider/provider.yaml").unlink()
    assert Repository(root).engine("acme", "2026-support") == "weasyprint"


def _entity(root, of_firm, of_entity):
    """Have another entity of the firm agree with acme, with these engines, or none, in the files of both."""
    firm = (root / "provider/provider.yaml").read_text()
    (root / "provider/entities").mkdir(exist_ok=True)
    for path, engine in (("provider/provider.yaml", of_firm), ("provider/entities/ours.yaml", of_entity)):
        (root / path).write_text(f"{firm}pdf: {engine}\n" if engine else firm)
    agreement = root / AGREEMENT
    agreement.write_text(f"{agreement.read_text()}provider: ours\n")


def test_the_problems_of_all_clauses_are_told_together(root):
    for name in ("fees", "notes"):
        (root / f"clauses/{name}.md").write_text("No head.\n")
    assert refused(lambda: Repository(root).library()) == [
        ("front-matter", "clauses/fees.md:1"),
        ("front-matter", "clauses/notes.md:1"),
    ]


# ---- any file

BLOCK = "agreements/hudson/2026-block/agreement.yaml"
FILES = [("acme/2026-support", BASE, path) for path in YAML] + [("hudson/2026-block", ROOT, BLOCK)]


def problems(agreement, root, path, lines):
    """What is wrong when one file says something else; a refusal says at least one thing."""
    try:
        inputs = Repository(root, {path: "\n".join(lines).encode()}).inputs(*agreement.split("/"))
        if found := errors(facts.problems(inputs)):  # as a build does, before anything is derived
            return found
        template_context(inputs)
    except RefusedError as error:
        return error.problems or ["a refusal without a reason"]
    return []


JUNK = st.one_of(
    st.sampled_from(["", "~", "[]", "{}", "[[a]]", "{a: b}", "-1", "1e9", "2026-02-30", "999999999", "0 USD", "0 days", "x" * 401]),
    st.text(max_size=12),
    st.recursive(
        st.integers() | st.text(max_size=4), lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside)
    ).map(json.dumps),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 10**6), JUNK)
def test_any_fact_in_place_of_another_is_taken_or_refused_with_a_place(file, position, junk):
    _, root, path = file
    lines = (root / path).read_text("utf-8").splitlines()
    line = position % len(lines)
    key, colon, _ = lines[line].partition(": ")
    lines[line] = f"{key}{colon}{junk}"
    assert all(problem.origin and problem.origin.path and problem.hint for problem in problems(*file, lines))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 10**6), st.integers(1, 4))
def test_any_lines_left_out_are_missed_or_told(file, position, count):
    _, root, path = file
    lines = (root / path).read_text("utf-8").splitlines()
    start = position % len(lines)
    left = lines[:start] + lines[start + count :]
    assert all(problem.origin and problem.origin.path and problem.hint for problem in problems(*file, left))
