"""Write our answer to the last round of a negotiation: a Word file, and a mail draft that lists the open points. Reads and writes
through `store`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.answer import letter, reply_files
from contract_assembly.actions.negotiation.compared_round import read_round, report_of
from contract_assembly.actions.negotiation.report import Report
from contract_assembly.compare.figures import worded
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.letters.mail import Mail, Mailbox, eml
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.store import Store


def reply(
    store: Store, client: str, agreement: str, *, day: date, number: int = 0, to: str = ""
) -> tuple[Report, tuple[str, ...]]:
    """Write the answer to a round, by default the last one; the names of the files that changed. `to` is the address of the
    reader, by default that of the client's contact. Raises RefusedError unless the decisions were carried out."""
    root = Path(store.root)
    one, looked = read_round(root, client, agreement, number)
    report = report_of(looked, root, client, agreement, one.model)
    if not one.model.applied:
        what = f"the decisions of round {one.model.round} were not carried out"
        hint = f"build.py negotiate {client}/{agreement} --apply"
        raise RefusedError([Problem("not-applied", what, one.at("applied"), hint)])
    name = f"negotiation/{one.model.round}-reply"
    file, ours = reply_files(root, client, agreement, looked=looked, report=report, day=day)
    values = {tag: worded(fact.value, str(fact.value)) for tag, fact in looked.ours.facts.items()}
    mail = _mail(root, client, agreement, report=report, values=values, day=day, to=to)
    own = f"negotiation/{rounds.ours_name(one.model.round)}"
    files = {
        own: ours,
        f"{name}.docx": file,
        f"{name}.eml": eml(mail, {f"{agreement}-round-{one.model.round}.docx": file}),
    }
    return report, store.put(folder_of(client, agreement), files)


def _mail(
    root: Path, client: str, agreement: str, report: Report, values: Mapping[str, str], day: date, to: str
) -> Mail:
    inputs = Repository(root).inputs(client, agreement)
    contacts = inputs.agreement.model.contacts
    ours = next(each for each in inputs.provider.model.people if each.id == contacts.provider.primary)
    theirs = next(each for each in inputs.client.model.people if each.id == contacts.client.primary)
    at = inputs.agreement.at("contacts")
    reader = (report.sender or theirs.name) if to else theirs.name
    box = Mailbox(reader, to or theirs.email, Origin("--to") if to else at)
    words = letter(report, reader, ours.name, values)
    return Mail(
        key=f"{report.folder}/negotiation/{report.number}",
        sender=Mailbox(ours.name, ours.email, at),
        to=(box,),
        copies=(),
        day=day,
        subject=f"{report.title}: our answer, round {report.number}",
        words=words,
    )
