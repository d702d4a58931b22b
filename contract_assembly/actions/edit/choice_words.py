"""What coded values of facts are called in forms. A table; a value that is not in it is written as words."""

from contract_assembly.facts.labels import ASSET_LABELS

WORDS = {
    **ASSET_LABELS,
    "any-day": "On any day",
    "month-end": "With the end of a calendar month",
    "automatic": "It renews by itself",
    "by-agreement": "It renews only if both agree",
    "client": "The client",
    "provider": "Us",
    "provider-tenant": "Us, in our tenant",
    "us-sales": "US sales tax",
    "uk-vat": "UK VAT",
    "eu-vat": "EU VAT",
    "ca-gst": "Canadian GST or HST",
    "au-gst": "Australian GST",
    "none": "None",
    "eu": "The GDPR",
    "uk": "The UK GDPR",
    "us-state": "Law of a US state",
    "ca": "Canadian law",
    "au": "Australian law",
    "en-US": "American English",
    "en-GB": "British English",
    "en-IE": "Irish English",
    "en-CA": "Canadian English",
    "en-AU": "Australian English",
    "month": "Each month",
    "year": "Each year",
    "once": "Once",
    "unit": "One price for every unit",
    "volume": "All units at the price of the tier reached",
    "graduated": "The units of each tier at its own price",
    "on-notice": "We may raise them with notice",
    "fixed": "They rise by a fixed percentage",
    "index": "They follow an index",
    "round-then-multiply": "Round first, then multiply",
    "multiply-then-round": "Multiply first, then round",
    "stop": "Work stops",
    "list-rate": "Work continues at the list price",
    "block-rate": "Work continues at the price of the block",
    "on-topup": "Carried over if the client buys again",
    "percent": "A share is carried over",
    "pro-rata": "What is left is refunded",
    "provider-breach": "Refunded only if we break the contract",
}


def words(value: str) -> str:
    """A coded value for people."""
    return WORDS.get(value) or value.replace("-", " ").capitalize()


# What one row of a list is called, by the key of the list.
ROWS = {
    "sites": "site",
    "assets": "item",
    "people": "person",
    "sectors": "sector",
    "escalation": "step",
    "prices": "price",
    "discounts": "discount",
    "steps": "price change",
    "tiers": "tier",
    "invoice_addresses": "address",
    "licences": "licence",
    "sets": "backup set",
    "subprocessors": "firm",
    "transfers": "transfer",
    "special_terms": "term",
    "confirmations": "confirmation",
    "open": "point",
    "categories": "kind of data",
    "subjects": "group of people",
    "allowed_work": "kind of work",
    "not_included": "item",
    "not_covered": "item",
}


def row_words(key: str) -> str:
    """One row of a list, in a sentence: "site"."""
    return ROWS.get(key, "line")
