import pytest

from contract_assembly.actions.start_repository import answers_of, begun_with, example
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.catalogue import BlockPrices, Calendar, Plan, Rates
from contract_assembly.facts.parties import Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from contract_assembly.repository.source import Edited


def begun(*changes):
    text = example()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return begun_with(answers_of(text, "answers.yaml"))


def files(found):
    return Repository(Edited(own_source(), dict(found.own)))


def refused(*changes):
    with pytest.raises(RefusedError) as caught:
        begun(*changes)
    return [f"{each.origin.line}: {each.what}" for each in caught.value.problems]


def test_one_person_is_enough_and_the_facts_are_as_answered():
    found = files(begun())
    provider = found.load(Provider, "provider/provider.yaml").model
    assert provider.party.name == "Harbor IT LLC"
    assert provider.party.address.postcode == "12207"
    assert [each.id for each in provider.people] == ["jo-harbor"]
    calendar = found.load(Calendar, "provider/calendar.yaml").model
    assert (calendar.timezone, calendar.holidays) == ("America/New_York", "US")


def test_the_price_of_a_user_is_as_answered_and_the_others_keep_their_proportion():
    plan = files(begun(("business: 65.00", "business: 130.00"))).load(Plan, "provider/plans/business.yaml").model
    prices = {line.id: [str(each.amount) for each in line.price] for line in plan.prices}
    assert prices["users"] == ["130.00"]
    assert prices["servers"] == ["220.00"]
    assert prices["network-devices"] == ["30.00"]


def test_hourly_rates_and_blocks_follow_the_rate_that_was_given():
    found = files(begun(("hourly: 100.00", "hourly: 110.00")))
    assert str(found.load(Rates, "provider/rates.yaml").model.roles[0].rate[0].amount) == "110.00"
    assert str(found.load(BlockPrices, "provider/blocks.yaml").model.sizes[0].rate[0].amount) == "99.00"


def test_a_firm_in_england_gets_pounds_its_vat_number_and_its_holidays():
    in_england = [("US-NY ", "England and Wales "), ("  region: NY                         # state or province, as on an envelope\n", ""),
                  ("# tax_id: GB 000 0000 00", "tax_id: GB 417 2296 00"), (" USD", " GBP"), ("# currency: GBP", "# currency: GBP")]  # fmt: skip
    in_england = [each for each in in_england if each[0] != "# currency: GBP"]
    found = files(begun(*in_england))
    party = found.load(Provider, "provider/provider.yaml").model.party
    assert (party.address.country, party.tax_id, party.address.region) == ("GB", "GB 417 2296 00", None)
    assert found.load(Calendar, "provider/calendar.yaml").model.holidays == "GB-ENG"
    plan = found.load(Plan, "provider/plans/essential.yaml").model
    assert {each.currency for line in plan.prices for each in line.price} == {"GBP"}


def test_another_tax_than_that_of_the_place_is_where_new_agreements_begin():
    own = begun(("# tax: us-sales ", "tax: none ")).own
    assert b"tax: {regime: none}" in own["templates/start/support.yaml"]
    assert "templates/start/support.yaml" not in begun().own


def test_words_with_marks_of_yaml_stay_words():
    name = '"Harbor: {IT} @NAME@ #1, LLC"'
    party = files(begun(("Harbor IT LLC ", f"{name} "))).load(Provider, "provider/provider.yaml").model.party
    assert party.name == "Harbor: {IT} @NAME@ #1, LLC"


def test_no_approval_client_or_second_entity_comes_with_it():
    found = begun()
    paths = {*found.library, *found.own}
    assert not [each for each in paths if each.startswith(("agreements/", "provider/entities/", "provider/approvals"))]
    assert not [each for each in paths if "@INSTALL@" in {**found.library, **found.own}[each].decode("latin-1")]


def test_everything_that_is_wrong_is_said_at_once_at_its_line():
    said = refused(("business: 65.00 USD", "business: 65.00 EUR"), ("complete: 95.00", "complete: 0.00"), ("closes: 18:00", "closes: 07:00"),
                   ("America/New_York", "America/Albany"), ("people:                              # one", "people:  # one"))  # fmt: skip
    assert [each.partition(": ")[2] for each in said] == [
        "prices.business is in EUR, and the firm's currency is USD", "prices.complete is not above zero",
        "the desk closes at 07:00, which is not after 08:00", "America/Albany is not a time zone",
    ]  # fmt: skip


def test_two_people_of_one_id_are_told_apart_by_the_firm():
    twice = "  - {name: Jo Harbor, role: Owner, email: jo@harbor.example, phone: +1 518 555 0151}\n"
    assert refused((twice, twice + twice.replace("Jo Harbor", "Jo  Harbor")))[0].endswith(
        "Jo  Harbor and Jo Harbor would have one id"
    )


def test_a_place_without_clauses_is_refused_at_its_line():
    assert refused(("US-NY ", "Quebec "))[0].startswith("5: ")


def test_a_currency_without_a_price_list_is_refused():
    assert any("no price list in CHF" in each for each in refused(("# currency: USD ", "currency: CHF ")))
