"""The key terms of a contract on other paper and of ours that follows it, side by side, as Markdown. Pure.

A redline would need the words of the old contract, which only its PDF has; these are the facts that both state."""

from contract_assembly.core.text import plural
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.term_dates import initial_term

_RENEWS = {"automatic": "by itself, unless a party declines", "by-agreement": "only if both parties agree"}


def terms_compared(old: Inputs, new: Inputs) -> str:
    """A table with a row for each key term, and what stays to be read in the PDF."""
    before, after = _terms(old), _terms(new)
    rows = "".join(f"| {name} | {before[name]} | {after[name]} |\n" for name in before)
    client = old.client.model.party.short
    return (
        f"# {client}: the contract that ends, and the one that we offer\n\n"
        "| | until now | next |\n|---|---|---|\n"
        f"{rows}\n"
        f"“Until now” is what was taken over from {old.agreement.model.id}. Read its PDF for what this table does not show: "
        "liability, warranties, service levels, and special terms.\n"
    )


def _terms(inputs: Inputs) -> dict[str, str]:
    agreed = inputs.agreement.model
    days, fee = initial_term(agreed), monthly_total(inputs)
    assets = [_counted(each.kind, each.count) for each in agreed.coverage.assets if each.count]
    return {
        "Paper": "their own, or other paper" if agreed.origin == "elsewhere" else "ours",
        "Plan": inputs.plan.model.name,
        "Term": f"{days.first} to {days.last}",
        "Renewal": _RENEWS[agreed.term.renewal],
        "Notice to end it": agreed.term.notice.text,
        "Fee a month": f"{fee.amount:,.2f} {fee.currency}",
        "Invoices": agreed.fees.billing,
        "Payment within": agreed.fees.due.text,
        "Covered": ", ".join([f"{agreed.coverage.users:,} users", *assets]),
        "Law": inputs.law.model.full,
    }  # fmt: skip


def _counted(kind: str, count: int) -> str:
    noun = kind.replace("-", " ")
    return f"{count:,} {noun if count == 1 else plural(noun)}"
