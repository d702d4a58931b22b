"""Our answer: over their words, with a comment where we differ."""

import email
import shutil

import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.build.revisions import state as state_of
from contract_assembly.build.revisions import working_tree
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.returned import words_of
from tests.actions.test_negotiate import DUE, LOSS, decide
from tests.actions.test_receive import CONTRACT, FOLDER, received, samples
from tests.helpers.corpus import run
from tests.helpers.returned import THEM, edited
from tests.helpers.tracked import accepted, rejected

__all__ = ["samples"]
MORE = (
    f'<w:p><w:pPr><w:rPr><w:ins w:id="911" w:author="{THEM}"/></w:rPr></w:pPr><w:ins w:id="910" w:author="{THEM}">'
    "<w:r><w:t>The Provider pays one Monthly Fee for each late task.</w:t></w:r></w:ins></w:p>"
)
LAST = "are the only remedies for these claims.</w:t></w:r></w:p>"
INSERTED = (LAST, f"{LAST}{MORE}")


@pytest.fixture(scope="module")
def answered(samples, tmp_path_factory):
    """A round with a fact that is taken, words that are taken, words that are countered, and a paragraph that is refused."""
    root = shutil.copytree(samples, tmp_path_factory.mktemp("reply") / "root")
    soft = ("Neither party shall settle in a way", "Neither party shall settle a claim in a way")
    data = edited(CONTRACT.read_bytes(), DUE, soft, LOSS, INSERTED)
    received(root, data, "--from", "Counsel of Acme")
    decide(
        root,
        "take",
        "counter\n    counter: lost profit, lost revenue, or lost goodwill\n    reason: Each loss is named.",
        "take",
        "refuse\n    reason: Service Credits are enough.",
    )
    early = run(root, "reply", "acme", "--on", "2026-12-01")
    assert "[not-applied]" in early.err
    assert run(root, "negotiate", "acme", "--apply").code == 0
    said = run(root, "reply", "acme", "--on", "2026-12-01")
    assert (said.code, said.err) == (0, "")
    return root, data, (root / FOLDER / "negotiation/1-reply.docx").read_bytes()


def test_rejecting_all_gives_their_words_and_accepting_all_gives_ours(answered):
    root, data, made = answered
    theirs = " ".join(each.folio for each in words_of(accepted(data)).lines if each.story == "body")
    back = " ".join(each.folio for each in words_of(rejected(made)).lines if each.story == "body")
    assert back == theirs
    now = state_of(working_tree(root), "acme", "2026-support")
    ours = docx(now.document, Repository(root).house(now.found.inputs.provider))
    new = [each.folio for each in words_of(accepted(made)).lines if each.story == "body"]
    assert [each for each in new if each] == [each.folio for each in words_of(ours).lines if each.story == "body"]


def test_the_reasons_are_comments_in_the_margin(answered):
    found = words_of(answered[2])
    assert [(each.by, each.text) for each in found.comments] == [
        ("Northlight IT Services LLC", "Our proposal. Each loss is named."),
        ("Northlight IT Services LLC", "Not agreed. Service Credits are enough."),
    ]


def test_the_next_round_is_compared_with_our_answer(answered):
    root, _, made = answered
    back = edited(made, ("Service Desk", "Help Desk"))
    said = received(root, back, "--dry-run")
    assert "round 2, compared with what was sent (negotiation/1-ours.docx)" in said.out, said.err
    assert "1 change, 1 undecided" in said.out, said.out


def test_the_mail_lists_what_is_open_and_what_is_settled(answered):
    mail = email.message_from_bytes((answered[0] / FOLDER / "negotiation/1-reply.eml").read_bytes())
    words, file = mail.get_payload()
    text = words.get_payload(decode=True).decode()
    assert (
        "- Liability: you delete “, revenue,”, and we propose “lost profit, lost revenue, or lost goodwill”. Each loss is named."
        in text
    )
    assert (
        "- Indemnity: you add “The Provider pays one Monthly Fee for each late task”, and we do not accept it. Service Credits"
        in text
    )
    assert "We accept these changes of yours:\r\n\r\n- Time to pay: 60 days\r\n- Indemnity: “a claim”" in text
    assert (file.get_filename(), file.get_payload(decode=True)) == ("2026-support-round-1.docx", answered[2])


def test_our_answer_and_our_state_are_valid_word_files(answered, tmp_path):
    for name in ("1-reply.docx", "1-ours.docx"):
        shutil.copy(answered[0] / FOLDER / "negotiation" / name, tmp_path / name)
        assert OpenXmlValidator().validate(str(tmp_path / name)).errors == []
