"""Drafts of mails: what a mail program and a mail server take them for, the same bytes each time, and nothing planted in them."""

import email
import json
import smtplib
from datetime import date
from email import policy

import pypdfium2
import pytest
from aiosmtpd.controller import Controller
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.letters.mail import Mail, Mailbox, eml, problems
from tests.helpers.corpus import run
from tests.helpers.renewal_documents import ACME, LETTER, add, change, line_of, made, office, refused

FACTS = f"{ACME}/documents/{LETTER}.yaml"
AT = Origin("agreements/acme/client.yaml", 7)
PDF = b"%PDF-1.7\nnot a real one\n"


def mail(**changes):
    known = {
        "key": "agreements/acme/2026-support/letter",
        "sender": Mailbox("Priya Raman", "priya@northlight.example", AT),
        "to": (Mailbox("Søren Ødegård, Jr.", "soren@acme.example", AT),),
        "copies": (),
        "day": date(2027, 5, 5),
        "subject": "Renewal – “Agreement” NL-1",
        "words": "Dear Søren:\n\n.A line that begins with a stop\nFrom here on\n" + "long " * 300 + "\n",
    }
    return Mail(**{**known, **changes})


def parsed(data):
    found = email.message_from_bytes(data, policy=policy.strict)
    assert found.defects == []
    return found


@pytest.fixture
def built(tmp_path):
    root = office(tmp_path)
    said = run(root, "--client", "acme/2026-support", "--document", LETTER)
    assert said.code == 0, said.err
    return root


# ---- a mail by itself


def test_a_parser_that_is_not_ours_reads_what_was_meant():
    found = parsed(eml(mail(), {"letter.pdf": PDF, "2027-support-contract.pdf": PDF}))
    assert str(found["To"]) == '"Søren Ødegård, Jr." <soren@acme.example>'
    assert str(found["Subject"]) == "Renewal – “Agreement” NL-1"
    assert found["X-Unsent"] == "1"
    assert found["Date"].datetime.date() == date(2027, 5, 5)
    assert found.get_body().get_content().replace("\r\n", "\n") == mail().words
    attached = [(each.get_filename(), each.get_content_type(), each.get_content()) for each in found.iter_attachments()]
    assert attached == [("letter.pdf", "application/pdf", PDF), ("2027-support-contract.pdf", "application/pdf", PDF)]


def test_no_line_is_longer_than_a_mail_may_have_and_all_is_ascii():
    data = eml(mail(), {"letter.pdf": PDF})
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_server_takes_it_and_delivers_the_same_words():
    class Kept:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd calls it so
            self.envelope = envelope
            return "250 OK"

    kept, data = Kept(), eml(mail(), {"letter.pdf": PDF})
    controller = Controller(kept, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", controller.port) as server:
            server.sendmail("priya@northlight.example", ["soren@acme.example"], data)
    finally:
        controller.stop()
    assert parsed(kept.envelope.content).get_body().get_content().replace("\r\n", "\n") == mail().words
    assert kept.envelope.content == data


def _free_port():
    import socket

    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return each.getsockname()[1]


def test_the_same_facts_give_the_same_bytes_and_others_another_id():
    assert eml(mail(), {"letter.pdf": PDF}) == eml(mail(), {"letter.pdf": PDF})
    ids = {parsed(eml(each, {}))["Message-ID"] for each in (mail(), mail(key="other"), mail(day=date(2027, 5, 6)))}
    assert len(ids) == 3


def test_a_subject_cannot_plant_a_header():
    with pytest.raises(ValueError, match="a header holds a line break"):
        eml(mail(subject="Renewal\r\nBcc: everybody@example.com"), {})


@settings(deadline=None)
@given(
    st.text(max_size=60).filter(lambda text: refusal(text) is None),
    st.text(max_size=60).filter(lambda text: refusal(text) is None),
    st.text(st.characters(exclude_categories=("Cc", "Cs"))).map(lambda text: f"{text}\n"),
)
def test_a_parser_gets_exactly_the_facts_back_and_exactly_our_headers(name, subject, words):
    sent = mail(sender=Mailbox(name, "priya@northlight.example", AT), subject=subject, words=words)
    alone, attached = parsed(eml(sent, {})), parsed(eml(sent, {"letter.pdf": PDF}))
    first = ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent"]
    assert alone.keys() == [*first, "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    assert attached.keys() == [*first, "MIME-Version", "Content-Type"]
    for found in (alone, attached):
        assert str(found["Subject"]) == subject
        assert found["From"].addresses[0].addr_spec == "priya@northlight.example"
        assert found.get_body().get_payload(decode=True).decode().replace("\r\n", "\n") == words
    assert [each.get_content() for each in attached.iter_attachments()] == [PDF]


PLANTED = "=?utf-8?q?Support=0D=0ABcc:_everybody@example.com=0D=0A?="


def test_an_encoded_word_in_an_id_or_a_name_adds_no_header(tmp_path):
    root = office(tmp_path)
    change(root, f"{ACME}/agreement.yaml", ("id: NL-2026-0042", f'id: "{PLANTED}"'))
    change(root, "agreements/acme/client.yaml", ("name: Robert Okafor", f'name: "{PLANTED}"'))
    run(root, "--client", "acme/2026-support", "--document", LETTER)
    found = parsed((root / ACME / f"{LETTER}.eml").read_bytes())
    assert found.keys()[:7] == ["From", "To", "Cc", "Subject", "Date", "Message-ID", "X-Unsent"]
    assert "Bcc" not in found
    assert PLANTED in str(found["Subject"])


def test_a_subject_with_accents_keeps_its_blanks(tmp_path):
    root = office(tmp_path)
    number = "Comprehensive IT Services Agreement, Café Zürich"
    change(root, f"{ACME}/agreement.yaml", ("id: NL-2026-0042", f'id: "{number}"'))
    run(root, "--client", "acme/2026-support", "--document", LETTER)
    assert number in str(parsed((root / ACME / f"{LETTER}.eml").read_bytes())["Subject"])


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?=0D=0ABcc=3A_eve?=@acme.example",
        "søren@acme.example",
        "a,b@acme.example",
        "a@b@acme.example",
        "@acme.example",
        "a b@acme.example",
    ],
)
def test_an_invalid_address_is_reported_with_its_line(address):
    wrong = mail(to=(Mailbox("Søren", address, AT),))
    ((rule, place),) = [(each.rule, str(each.origin)) for each in problems(wrong)]
    assert (rule, place) == ("email-address", "agreements/acme/client.yaml:7")
    with pytest.raises(RefusedError):
        eml(wrong, {})


# ---- a mail of a document


def test_it_lands_beside_the_letter_and_carries_it(built):
    folder = built / ACME
    found = parsed((folder / f"{LETTER}.eml").read_bytes())
    assert str(found["From"]) == "Priya Raman <priya.raman@northlight.example>"
    assert str(found["To"]) == "Robert Okafor <robert.okafor@acme-instruments.example>"
    assert str(found["Subject"]).startswith("Renewal of NL-2026-0042: please reply by Friday, June 18, 2027")
    (attached,) = found.iter_attachments()
    assert attached.get_content() == (folder / f"{LETTER}.pdf").read_bytes()
    assert len(pypdfium2.PdfDocument(attached.get_content())) > 1
    assert "The last day to decline is Friday, July 30, 2027." in found.get_body().get_content()


def test_a_notice_goes_to_the_address_for_notices_too_and_another_letter_does_not(built):
    assert made(built).mail.copies[0].email == "legal@acme-instruments.example"
    change(built, FACTS, ("price_notice: yes\n", ""))
    assert made(built).mail.copies == ()


def test_the_record_knows_it_and_a_second_build_has_nothing_to_do(built):
    record = json.loads((built / ACME / "record.json").read_bytes())["documents"][LETTER]
    assert f"{LETTER}.eml" in record["outputs"]
    again = run(built, "--client", "acme/2026-support", "--document", LETTER)
    assert again.out == f"{ACME}: nothing to do\n"
    (built / ACME / f"{LETTER}.eml").unlink()
    said = run(built, "--client", "acme/2026-support", "--document", LETTER)
    assert f"{LETTER}.eml" in said.out


def test_other_words_of_the_mail_alone_write_it_anew(built):
    path = "clauses/letters/renewal-letter-mail.md"
    change(
        built,
        path,
        (
            "The attached letter shows what the year has brought you so far, the new price, and your options.",
            "A letter is attached.",
        ),
    )
    before = (built / ACME / f"{LETTER}.eml").read_bytes()
    run(built, "--client", "acme/2026-support", "--document", LETTER)
    after = (built / ACME / f"{LETTER}.eml").read_bytes()
    assert after != before
    assert "A letter is attached." in parsed(after).get_body().get_content()


def test_it_needs_the_pdf_and_is_not_written_without(tmp_path):
    root = office(tmp_path)
    run(root, "--client", "acme/2026-support", "--document", LETTER, "--format", "md")
    assert not (root / ACME / f"{LETTER}.eml").exists()


def test_the_contract_of_the_next_term_can_go_with_it(tmp_path):
    root = office(tmp_path)
    add(root, FACTS, "attached: [2027-support/contract.pdf]\n")
    assert refused(root)[0][:2] == ("attachment", line_of(root, FACTS, "attached:"))
    (root / "agreements/acme/2027-support").mkdir()
    (root / "agreements/acme/2027-support/contract.pdf").write_bytes(PDF)
    assert "agreements/acme/2027-support/contract.pdf" in made(root).sources
    run(root, "--client", "acme/2026-support", "--document", LETTER)
    names = [each.get_filename() for each in parsed((root / ACME / f"{LETTER}.eml").read_bytes()).iter_attachments()]
    assert names == [f"{LETTER}.pdf", "2027-support-contract.pdf"]


@pytest.mark.parametrize(
    "path", ["../brookfield/2026-support/contract.pdf", "/etc/passwd", "2026-support/agreement.yaml"]
)
def test_nothing_else_goes_with_it(tmp_path, path):
    root = office(tmp_path, "acme", "brookfield")
    add(root, FACTS, f'attached: ["{path}"]\n')
    assert [each[0] for each in refused(root)] == ["attachment"]


def test_without_a_mail_nothing_is_attached(tmp_path):
    root = office(tmp_path)
    change(root, FACTS, ("mail: yes\n", "attached: [2027-support/contract.pdf]\n"))
    assert [each[0] for each in refused(root)] == ["no-mail"]


def test_a_document_without_words_for_a_mail_says_so(tmp_path):
    root = office(tmp_path)
    change(root, "templates/renewal-letter/outline.yaml", ("mail: [renewal-letter-mail]\n", ""))
    assert [each[0] for each in refused(root)] == ["no-mail"]
