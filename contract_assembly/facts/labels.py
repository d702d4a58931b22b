"""Labels of coded facts, as documents print them. Pure."""

from contract_assembly.core.text import plural
from contract_assembly.facts.law import Law

# What one asset of a class is called inside a sentence.
ASSET_NOUNS = {
    "user": "user",
    "mailbox": "mailbox",
    "workstation": "workstation",
    "server": "server",
    "virtual-server": "virtual server",
    "network-device": "network device",
    "firewall": "firewall",
    "mobile": "mobile device",
    "printer": "printer",
    "site": "site",
    "saas-tenant": "cloud tenant",
}
ASSET_LABELS = {kind: plural(noun).capitalize() for kind, noun in ASSET_NOUNS.items()}
TREATMENT_LABELS = {
    "quoted": "Quoted on request",
    "rate-card": "Charged under the Rate Card",
    "refused": "Not supplied",
}
NATURE_LABELS = {
    "support": "Support",
    "security": "Security",
    "backup": "Backup and data",
    "hardware": "Hardware",
    "software": "Software",
    "planning": "Planning and advice",
}
TREATED = {"taxed": ", taxed", "not-taxed": ", not taxed", "to-confirm": ""}
TAX_NAMES = {
    "us-sales": "sales tax",
    "uk-vat": "VAT",
    "eu-vat": "VAT",
    "ca-gst": "GST or HST and provincial sales tax",
    "au-gst": "GST",
    "none": "tax",
}
TAX_ON_TOP = {"us-sales": "sales tax where it is due", "none": "any tax"}
# What a payment that the payee collects is called, by the client's country.
DEBITS = {"US": "ACH debit", "CA": "pre-authorized debit"}
HOLDER_LABELS = {"client": "Client", "provider": "Provider", "provider-tenant": "Provider\u2019s tenant"}


def asset_words(kind: str, count: int) -> str:
    """What a class of assets is called in a sentence after a number: "server" after one, otherwise "servers"."""
    return ASSET_NOUNS[kind] if count == 1 else plural(ASSET_NOUNS[kind])


def tax_name(regime: str, law: Law) -> str:
    """What the tax is called in the client's place: "HST" in Ontario, "GST" in Australia, "VAT"."""
    return (law.tax_name if regime == "ca-gst" else None) or TAX_NAMES[regime]


def tax_label(nature: str, law: Law) -> str:
    """The tax class of a fee line in the client's state: its nature, and whether the state taxes that, as far as it is known:
    "Security, taxed"."""
    return NATURE_LABELS[nature] + (TREATED[getattr(law.taxes, nature)] if law.taxes else "")
