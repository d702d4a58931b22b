"""What comes back from an e-sign service: filed as `status --set signed` files it, and refused as it refuses."""

import json

import pytest

from tests.actions import test_send
from tests.actions.test_send import LINE, refused, well
from tests.helpers import esign_services, signing
from tests.helpers.corpus import REPOSITORY, run, state
from tests.helpers.esign_services import CERTIFICATE, stamped
from tests.helpers.living import FOLDER

samples, service, root = test_send.samples, test_send.service, test_send.root
FETCH = ("fetch", "acme")


@pytest.fixture
def out(root):
    """A contract that was sent for signature."""
    well(root, *LINE)
    return root


def signed_record(root):
    return json.loads((root / FOLDER / "record.json").read_bytes())["documents"]["contract"]["signed"]


def test_the_signed_file_and_its_certificate_are_filed(out, service, tmp_path):
    service.complete(back := stamped(service.only.sent, tmp_path))
    said = well(out, *FETCH)
    assert (out / FOLDER / "contract-signed.pdf").read_bytes() == back
    assert (out / FOLDER / "contract-certificate.pdf").read_bytes() == CERTIFICATE
    assert signed_record(out)["on"] == "2026-11-24"  # in New York; it was the next day in London
    assert signed_record(out)["countersigned"]["certificate"] == "contract-certificate.pdf"
    assert "signed by Dana Whitfield and Robert Okafor" in said.out
    before, calls = state(out), len(service.calls)
    assert "nothing to do" in well(out, *FETCH).out
    assert (state(out), len(service.calls)) == (before, calls)


def test_real_signatures_are_verified(out, service, tmp_path):
    both = signing.signed(signing.signed(service.only.sent, "Provider", tmp_path), "Client", tmp_path)
    service.complete(both)
    well(out, *FETCH, "--on", "2026-11-30")
    assert signed_record(out)["countersigned"]["kind"] == "electronic"


def test_while_one_signature_is_missing_nothing_is_filed(out, service):
    service.only.signed = {"Dana Whitfield"}
    before = state(out)
    said = run(out, *FETCH)
    assert (said.code, state(out)) == (1, before)
    assert "signed by Dana Whitfield\nnot signed by Robert Okafor" in said.out
    assert json.loads(run(out, *FETCH, "--json").out)["waiting"] == ["Robert Okafor"]


def test_a_service_that_calls_a_file_complete_that_only_one_has_signed_is_not_believed(out, service, tmp_path):
    service.complete(signing.signed(service.only.sent, "Provider", tmp_path))
    before = state(out)
    assert "the place of the Client is not signed" in refused(out, "empty-place", *FETCH)
    assert state(out) == before


def test_the_file_of_another_document_is_refused(out, service):
    service.complete((REPOSITORY / "agreements/brookfield/2026-support/contract.pdf").read_bytes())
    before = state(out)
    refused(out, "another-document", *FETCH)
    assert state(out) == before


def test_our_own_file_without_a_signature_is_refused(out, service):
    service.complete(service.only.sent)
    refused(out, "not-signed", *FETCH)


@pytest.mark.parametrize(
    ("fault", "rule"), [("cut", "esign-answer"), ("500", "esign-failed"), ("huge", "esign-answer")]
)
def test_a_file_that_does_not_arrive_whole_is_not_filed(out, service, monkeypatch, tmp_path, fault, rule):
    monkeypatch.setattr("contract_assembly.actions.esign.connection.MOST_FILE", 1_000_000)
    service.complete(stamped(service.only.sent, tmp_path))
    service.faults.append(("GET /file" if service.name == "docuseal" else "GET /envelope/item", fault))
    before = state(out)
    refused(out, rule, *FETCH)
    assert state(out) == before
    well(out, *FETCH)


def test_a_declined_request_is_reported(out, service):
    service.only.state = "declined"
    assert "has ended without every signature" in refused(out, "esign-ended", *FETCH)


def test_a_dry_run_shows_what_would_be_filed_and_writes_nothing(out, service, tmp_path):
    service.complete(stamped(service.only.sent, tmp_path))
    before = state(out)
    said = well(out, *FETCH, "--dry-run")
    assert state(out) == before
    assert "contract-signed.pdf" in said.out


def test_nothing_is_fetched_that_was_not_sent_or_was_built_again(root, service):
    refused(root, "nothing-sent", *FETCH)
    well(root, *LINE)
    with (root / FOLDER / "contract.pdf").open("ab") as file:
        file.write(b"\n%%EOF\n")
    refused(root, "esign-other", *FETCH)
    assert esign_services.KEY not in (root / FOLDER / "signing/contract.yaml").read_text()
