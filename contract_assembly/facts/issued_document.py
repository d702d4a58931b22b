"""Documents issued under an agreement other than its contract: what every `documents/<name>.yaml` states. Models only."""

from typing import Literal

from contract_assembly.facts.fields import DateFact, Model, SlugFact, TextFact, TruthFact


class Issued(Model):
    """One document: `document` names its outline in `templates/`, `date` is its date, `writer` signs it for the provider, and
    `reader` receives it at the client's, by person id; the default is each side's point of contact. A `sent` document is final.

    With `mail`, an email with the document's PDF is drafted, too; `attached` lists further PDFs of this client that go with it,
    each as "2027-support/contract.pdf"."""

    document: SlugFact
    status: Literal["draft", "sent"] = "draft"
    date: DateFact
    writer: SlugFact | None = None
    reader: SlugFact | None = None
    mail: TruthFact = False
    attached: tuple[TextFact, ...] = ()
