"""What is not written under a contract that was signed on other paper, because it would rest on clauses of ours: the reason, and
what to do instead. Pure."""

from collections.abc import Mapping
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement_files import AnyInputs

_AGREE = (
    "agree on the change as that paper provides, and have both sign it; then write what applies into its agreement.yaml. "
    "Or offer your own agreement: build.py renew"
)
_REPORT = (
    "it would measure the work by promises that are not in the contract",
    "send the figures in words of your own; reports are built under your own agreement, which 'build.py renew' offers",
)
_INSTEAD: Mapping[str, tuple[str, str]] = {
    "amendment": ("an amendment of ours changes clauses of ours", _AGREE),
    "annual-report": _REPORT,
    "change-confirmation": ("no clause of ours says how its numbers and its fee change", _AGREE),
    "consolidated": ("its text is not ours", "read its PDF"),
    "cover-letter": ("the letter sends an agreement of ours", "make it for the next term, which is on your paper"),
    "price-notice": (
        "no clause of ours says how its prices rise",
        "write to the client in the way that its own paper requires, or offer your agreement with 'build.py renew'",
    ),
    "quarterly-review": _REPORT,
}


def refuse_other_paper(inputs: AnyInputs[Any], document: str, at: Origin | None = None) -> None:
    """Raise RefusedError for a document that is not written under a contract on other paper. `at` is where the document is asked
    for; default: where the agreement says what paper it is on."""
    agreed = inputs.agreement.model
    if agreed.origin == "elsewhere" and document in _INSTEAD:
        reason, instead = _INSTEAD[document]
        what = f"{agreed.id} was signed on other paper: {reason}"
        raise RefusedError([Problem("other-paper", what, at or inputs.agreement.at("origin"), instead)])
