"""A contract sent for signature, to services on this machine that hold to the published descriptions of their APIs."""

import shutil

import pytest

from contract_assembly.actions import send as sending
from contract_assembly.actions.esign import connection
from tests.helpers import esign_services
from tests.helpers.corpus import run
from tests.helpers.living import FOLDER, change

RECORD = f"{FOLDER}/signing/contract.yaml"
LINE = ("send", "acme", "--on", "2026-11-24")


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return esign_services.contract_alone(tmp_path_factory.mktemp("samples") / "root")


@pytest.fixture(params=["docuseal", "documenso"])
def service(request):
    with esign_services.running(request.param) as found:
        yield found


@pytest.fixture
def root(samples, service, tmp_path, monkeypatch):
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", esign_services.KEY)
    found = shutil.copytree(samples, tmp_path / "root")
    with (found / "provider/provider.yaml").open("a") as facts:
        facts.write(f"esign: {service.name}\nesign_url: {service.url}\n")
    return found


def well(root, *line):
    said = run(root, *line)
    assert (said.code, said.err) == (0, ""), said
    return said


def refused(root, rule, *line):
    said = run(root, *(line or LINE))
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert esign_services.KEY not in said.err + said.out
    return said.err


def test_the_pdf_that_was_sent_goes_to_both_signatories_in_the_order_of_the_contract(root, service):
    said = well(root, *LINE)
    case = service.only
    assert case.sent == (root / FOLDER / "contract.pdf").read_bytes()
    assert case.state == "open"
    assert [(each["name"], each["email"]) for each in case.people] == [
        ("Dana Whitfield", "dana.whitfield@northlight.example"),
        ("Robert Okafor", "robert.okafor@acme-instruments.example"),
    ]
    order = "order" if service.name == "docuseal" else "signingOrder"
    assert case.people[0][order] < case.people[1][order]
    assert "wrote signing/contract.yaml" in said.out
    assert f'request: "{case.id}"' in (root / RECORD).read_text()


def test_fields_are_where_the_pdf_has_its_places(root, service):
    well(root, *LINE)
    if service.name == "docuseal":
        fields = service.only.body["documents"][0]["fields"]
        found = [
            (each["role"], each["type"], *map(each["areas"][0].get, ("page", "x", "y", "w", "h"))) for each in fields
        ]
        scale = 1
    else:
        sides = ("page", "positionX", "positionY", "width", "height")
        found = [
            (role, each["type"].lower(), *map(each.get, sides))
            for role, one in zip(("Provider", "Client"), service.only.people, strict=True)
            for each in one["fields"]
        ]
        scale = 100
    # the widgets of the PDF, in points on a page of 612 by 792: 135.66 to 295.5, and 357.96 to 381.96 from below
    left, top = {"Provider": 135.66, "Client": 350.25}, {"signature": 792 - 381.96, "date": 792 - 301.6}
    assert [(role, kind, page) for role, kind, page, *_ in found] == [
        ("Provider", "signature", 2), ("Provider", "date", 2), ("Client", "signature", 2), ("Client", "date", 2),
    ]  # fmt: skip
    for role, kind, _, x, y, width, height in found:
        assert x / scale * 612 == pytest.approx(left[role], abs=0.1)
        assert y / scale * 792 == pytest.approx(top[kind], abs=0.5)
        assert (width / scale * 612, height / scale * 792) == pytest.approx((159.84, 24), abs=0.1)


def test_a_dry_run_opens_no_connection_and_needs_no_key(root, service, monkeypatch):
    monkeypatch.delenv("CONTRACTS_ESIGN_KEY")
    said = well(root, *LINE, "--dry-run")
    assert "would write signing/contract.yaml" in said.out
    assert "robert.okafor@acme-instruments.example" in said.out
    assert not service.calls
    assert not (root / RECORD).exists()
    assert run(root, *LINE).code == 2


def test_what_was_sent_is_not_sent_again(root, service):
    well(root, *LINE)
    assert "contract was sent for signature on 2026-11-24" in refused(root, "esign-sent")
    assert len(service.cases) == 1


@pytest.mark.parametrize("lost", ["the record", "the answer"])
def test_a_request_whose_record_is_lost_is_found_and_not_made_again(root, service, monkeypatch, lost):
    if lost == "the answer":
        monkeypatch.setattr(connection, "WAIT", 0.5)
        service.faults.append(("POST /submissions" if service.name == "docuseal" else "POST /envelope/create", "late"))
        assert "did not answer in time" in refused(root, "esign-unreachable")
    else:
        well(root, *LINE)
        (root / RECORD).unlink()
    assert "already existed" in well(root, *LINE).out
    assert len(service.cases) == 1
    assert service.only.state == "open"


def test_a_request_that_was_declined_can_be_made_again(root, service):
    well(root, *LINE)
    service.only.state = "declined"
    well(root, *LINE)
    assert len(service.cases) == 2
    assert "attempt: 2" in (root / RECORD).read_text()


def test_a_request_that_the_service_no_longer_has_can_be_made_again(root, service):
    well(root, *LINE)
    service.cases.clear()
    well(root, *LINE)
    assert len(service.cases) == 1


def test_an_earlier_version_must_be_cancelled_first(root, service):
    well(root, *LINE)
    change(root / RECORD, service.only.key.removesuffix("-provider"), "0" * 64)
    assert f"cancel request {service.only.id} in the service first" in refused(root, "esign-sent")


@pytest.mark.parametrize(
    ("fault", "rule", "says"),
    [
        ("401", "esign-key", "did not accept the key"),
        ("429", "esign-busy", "try again in 7 seconds"),
        ("500", "esign-failed", "failed (500)"),
        ("302", "esign-answer", "sends us to another address"),
        ("slow", "esign-unreachable", "did not answer in time"),
        ("cut", "esign-answer", "the answer was cut off"),
        ("huge", "esign-answer", "the answer is over 4,000,000 bytes"),
        ("html", "esign-answer", "the answer is not JSON"),
        ("odd", "esign-answer", "the answer has no"),
    ],
)
def test_what_goes_wrong_on_the_way_is_a_sentence_and_writes_nothing(root, service, monkeypatch, fault, rule, says):
    monkeypatch.setattr(connection, "WAIT", 0.5)
    service.faults.append(("GET", fault))
    assert says in refused(root, rule)
    assert not (root / FOLDER / "signing").exists()
    assert not service.cases
    well(root, *LINE)


def test_a_wrong_key_is_refused(root, service, monkeypatch):
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", "another")
    refused(root, "esign-key")
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", "a\nb")
    assert run(root, *LINE).code == 2


def test_without_a_service_or_with_anchors_nothing_is_sent(root, service, monkeypatch):
    monkeypatch.setattr(sending, "page_texts", lambda _data: ("", "{{ClientSignature;role=Client}}", ""))
    assert "has anchors" in refused(root, "esign-anchors")
    change(root / "provider/provider.yaml", f"esign_url: {service.url}\n", "")
    assert "esign_url: with the address of its API" in refused(root, "no-esign-url")
    assert not service.calls
