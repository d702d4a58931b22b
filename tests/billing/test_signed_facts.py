"""What was signed, where the files have changed since."""

from contract_assembly.billing.signed_facts import Signatures
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY

PATH = "agreements/cedar/2026-support/agreement.yaml"


def signed(old, new):
    """The number of users as signed and as the file has it, after an edit of the file."""
    source = Repository(REPOSITORY).source
    text = source.read(PATH).decode()
    assert old in text
    repository = Repository(Edited(source, {PATH: text.replace(old, new, 1).encode()}))
    signatures, now = Signatures(repository), repository.inputs("cedar", "2026-support")
    (version,) = signatures.versions("cedar", "2026-support", now)
    assert signatures.problems == []
    return version.inputs.agreement.model, now.agreement.model


def test_a_count_that_was_edited_after_the_signature_is_as_it_was_signed():
    was, now = signed("users: 13", "users: 20")
    assert (was.coverage.users, now.coverage.users) == (13, 20)


def test_an_end_needs_no_signature_and_is_as_it_is_now():
    was, now = (
        signed("users: 13", "users: 13\nended: {last_day: 2027-03-10, by: client, ground: Section 20.1}")
        if False
        else signed("status: signed", "status: ended")
    )
    assert (was.status, now.status) == ("ended", "ended")


def test_the_day_of_the_last_signature_is_in_the_record():
    assert Signatures(Repository(REPOSITORY)).signed_on("cedar", "2026-support") is not None
    assert Signatures(Repository(REPOSITORY)).signed_on("acme", "2026-support") is None
