"""A renewal for its letters: the plan on the day of the letter, what stops the letter, and which files were read."""

from datetime import date

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import Fact, bare
from contract_assembly.letters.renewal_case import case_of, context_of, renewal_view
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.corpus import REPOSITORY

FOLDER = "agreements/acme/2026-support"
FACTS = f"{FOLDER}/agreement.yaml"
PATH = f"{FOLDER}/documents/renewal-letter-2027.yaml"


def letter(day="2027-05-03", status="draft", path=PATH):
    """A letter of this day."""
    model = Issued.model_validate({"document": "renewal-letter", "date": day, "status": status})
    return Located(model, {"": Origin(path, 1), "document": Origin(path, 1)})


def case(*changes, day="2027-05-03", status="draft"):
    """The renewal of the sample acme for a letter, with texts of its agreement replaced."""
    text = (REPOSITORY / FACTS).read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    repository = Repository(Edited(Folder(REPOSITORY), {FACTS: text.encode()}))
    return case_of(repository, repository.inputs("acme", "2026-support"), letter(day, status))


def refused(*arguments, **more):
    with pytest.raises(RefusedError) as error:
        case(*arguments, **more)
    return [each.rule for each in error.value.problems]


@pytest.fixture(scope="module")
def sample():
    return case(("status: sent", "status: signed"))


def test_the_plan_is_that_of_the_day_of_the_letter(sample):
    assert (sample.plan.state, sample.plan.next_name) == ("to do", "2027-support")
    assert (sample.term.number, sample.term.days.last) == (0, date(2027, 9, 30))
    assert not sample.needs_signature


@pytest.mark.parametrize("meant", [{"plan": "complete"}, {"plan": None, "ended": (), "users": None, "assets": ()}, {}])
def test_the_price_with_other_intentions_is_that_of_the_whole_plan_with_them(sample, meant):
    assert sample.fees_meaning(**meant) == sample.meaning(**meant).fees
    assert sample.fees_meaning(plan="complete") != sample.fees_meaning(plan="essential")


def test_the_files_that_decide_it_are_listed_even_if_they_do_not_exist(sample):
    assert f"{FOLDER}/changes.yaml" in sample.sources
    assert "agreements/acme/2027-support/agreement.yaml" in sample.sources
    assert any(each.startswith("clauses/term/renewal") for each in sample.sources)
    assert f"{FOLDER}/record.json" not in sample.sources


def test_the_facts_of_a_letter_say_what_happens_automatically_and_by_when_to_decide(sample):
    found = renewal_view(sample).entries
    assert {name: bare(found[name]) for name in ("automatic", "first_renewal", "needs_signature", "law_missed")} == {
        "automatic": True,
        "first_renewal": True,
        "needs_signature": False,
        "law_missed": False,
    }
    assert [bare(found[name]) for name in ("last_day", "next_first", "next_last")] == [
        date(2027, 9, 30),
        date(2027, 10, 1),
        date(2028, 9, 30),
    ]
    assert bare(found["decision_day"]) == sample.term.decide_by == date(2027, 7, 30)
    assert not isinstance(found["statutory"], Fact)  # New York sets a window, with a first and a last day


def test_another_intention_changes_the_plan_and_not_the_case(sample):
    before = sample.plan.fees.new
    assert sample.meaning(users=60).fees.new.amount > before.amount
    assert sample.plan.fees.new == before


def test_a_draft_may_be_read_before_the_contract_is_signed_and_is_not_sent_before():
    assert [each.rule for each in case().plan.problems if each.rule == "not-signed"] == ["not-signed"]
    assert "not-signed" not in {each.rule for each in case().warnings()}
    assert refused(status="sent") == ["not-signed"]


def test_what_does_not_renew_automatically_takes_a_signature():
    found = case(("status: sent", "status: signed"), ("renewal: automatic", "renewal: by-agreement"))
    assert found.needs_signature
    assert not bare(renewal_view(found).entries["automatic"])


def test_a_time_block_does_not_renew():
    repository = Repository(REPOSITORY)
    inputs = repository.inputs("hudson", "2026-block")
    with pytest.raises(RefusedError) as error:
        context_of(repository, inputs, letter(path="agreements/hudson/2026-block/documents/renewal-letter.yaml"))
    assert [each.rule for each in error.value.problems] == ["time-block"]


def test_a_next_term_at_another_price_than_announced_is_refused_at_its_fees():
    text = (REPOSITORY / FACTS).read_text("utf-8").replace("status: sent", "status: signed")
    following = text.replace("first_day: 2026-10-01", "first_day: 2027-10-01", 1)
    following = following.replace("kind: support\n", "kind: support\nrenews: 2026-support\n", 1)
    path = "agreements/acme/2027-support/agreement.yaml"
    repository = Repository(Edited(Folder(REPOSITORY), {FACTS: text.encode(), path: following.encode()}))
    with pytest.raises(RefusedError) as error:
        case_of(repository, repository.inputs("acme", "2026-support"), letter())
    (problem,) = error.value.problems
    assert (problem.rule, problem.origin.path) == ("letter-price", path)
