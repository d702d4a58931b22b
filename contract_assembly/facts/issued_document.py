"""Documents issued under an agreement besides its contract: what every `documents/<name>.yaml` states. Models only."""

from typing import Literal

from contract_assembly.facts.fields import DateFact, Model, SlugFact, TextFact, TruthFact


class Issued(Model):
    """One document: `document` names its outline in `templates/`, `date` is the day it bears, `writer` who signs it for the
    provider, and `reader` to whom at the client's it goes, by person id; each side's point of contact where nobody is named.
    What is `sent` is final, and stays.

    With `mail`, a mail is drafted too, with the document's PDF; `attached` are further PDFs of this client that go with it,
    each as "2027-support/contract.pdf"."""

    document: SlugFact
    status: Literal["draft", "sent"] = "draft"
    date: DateFact
    writer: SlugFact | None = None
    reader: SlugFact | None = None
    mail: TruthFact = False
    attached: tuple[TextFact, ...] = ()
