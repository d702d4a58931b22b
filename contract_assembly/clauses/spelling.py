"""American, Canadian and Australian spelling of words that clauses spell the British way. Pure; a table for each.

Clauses are written in British English because it distinguishes more: "a licence" but "to license". So the change to another
spelling is one word for one word. `in_spelling` makes it in a whole document.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from contract_assembly.document import tree as d

AMERICAN = {
    "licence": "license", "licences": "licenses", "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment",
    "wilful": "willful", "wilfully": "willfully", "organisation": "organization", "organisations": "organizations",
    "organisational": "organizational", "authorise": "authorize", "authorises": "authorizes", "authorised": "authorized",
    "authorisation": "authorization", "authorisations": "authorizations", "unauthorised": "unauthorized",
    "defence": "defense", "cancelled": "canceled", "cancelling": "canceling", "favour": "favor", "honour": "honor",
    "programme": "program", "programmes": "programs", "recognise": "recognize", "recognised": "recognized",
    "minimise": "minimize", "capitalised": "capitalized", "labour": "labor", "centre": "center", "centres": "centers",
    "towards": "toward", "behaviour": "behavior", "prioritise": "prioritize", "prioritised": "prioritized",
    "pseudonymise": "pseudonymize", "pseudonymised": "pseudonymized", "anonymise": "anonymize", "anonymised": "anonymized",
    "finalise": "finalize", "neighbour": "neighbor", "cheque": "check", "cheques": "checks", "instalment": "installment",
    "instalments": "installments", "judgement": "judgment", "practise": "practice", "enrol": "enroll", "skilful": "skillful",
    "categorise": "categorize", "summarise": "summarize", "synchronise": "synchronize", "virtualisation": "virtualization",
    "optimise": "optimize", "analyse": "analyze", "colour": "color",
    "grey": "gray", "labelled": "labeled", "travelling": "traveling",
    "upwards": "upward", "downwards": "downward", "afterwards": "afterward", "backwards": "backward",
    "offence": "offense", "offences": "offenses", "pretence": "pretense", "fulfilments": "fulfillments", "defences": "defenses",
    "authorising": "authorizing", "organise": "organize", "organises": "organizes", "organised": "organized",
    "organising": "organizing", "recognises": "recognizes", "recognising": "recognizing", "minimises": "minimizes",
    "minimised": "minimized", "minimising": "minimizing", "prioritises": "prioritizes", "prioritising": "prioritizing",
    "finalised": "finalized", "finalises": "finalizes", "categorised": "categorized", "categorises": "categorizes",
    "summarised": "summarized", "summarises": "summarizes", "synchronised": "synchronized", "optimised": "optimized",
    "analysed": "analyzed", "analysing": "analyzing", "utilise": "utilize", "utilised": "utilized",
    "customise": "customize", "customised": "customized", "standardise": "standardize", "standardised": "standardized",
    "initialise": "initialize", "initialised": "initialized", "centralise": "centralize", "centralised": "centralized",
    "itemise": "itemize", "itemised": "itemized", "penalise": "penalize", "realise": "realize", "realised": "realized",
    "emphasise": "emphasize", "specialise": "specialize", "specialised": "specialized", "monetise": "monetize",
    "pseudonymisation": "pseudonymization", "anonymisation": "anonymization", "optimisation": "optimization",
    "customisation": "customization", "standardisation": "standardization", "prioritisation": "prioritization",
    "synchronisation": "synchronization", "capitalise": "capitalize", "favours": "favors", "favoured": "favored",
    "favourable": "favorable", "honours": "honors", "honoured": "honored", "endeavour": "endeavor", "endeavours": "endeavors",
    "rumour": "rumor", "harbour": "harbor", "colours": "colors", "neighbours": "neighbors", "neighbouring": "neighboring",
    "catalogue": "catalog", "catalogues": "catalogs", "artefact": "artifact", "artefacts": "artifacts", "ageing": "aging",
    "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "judgements": "judgments",
    "practised": "practiced", "practising": "practicing", "enrols": "enrolls", "enrolment": "enrollment", "instil": "instill",
    "skilfully": "skillfully", "labelling": "labeling", "modelling": "modeling", "modelled": "modeled",
    "signalling": "signaling", "signalled": "signaled", "travelled": "traveled", "traveller": "traveler",
    "travellers": "travelers", "totalled": "totaled", "totalling": "totaling", "levelled": "leveled",
    "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments",
}  # fmt: skip
_WORD = re.compile(r"\w+")

# Canada writes -ize, and -our, -re, "defence" and "cancelled" as Britain does; a licence is held, and someone is licensed.
CANADIAN = {word: other for word, other in AMERICAN.items() if word.replace("is", "iz") == other} | {
    "programme": "program", "programmes": "programs", "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment",
    "enrol": "enroll", "enrols": "enrolls", "enrolment": "enrollment", "skilful": "skillful", "skilfully": "skillfully",
    "artefact": "artifact", "artefacts": "artifacts", "ageing": "aging", "analyse": "analyze", "analysed": "analyzed",
    "analysing": "analyzing", "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments",
    "judgement": "judgment", "judgements": "judgments",
}  # fmt: skip
# Australia writes as Britain does, but for a program and for what its courts hand down.
AUSTRALIAN = {"programme": "program", "programmes": "programs", "judgement": "judgment", "judgements": "judgments"}
SPELLINGS = {"en-US": AMERICAN, "en-CA": CANADIAN, "en-AU": AUSTRALIAN}
# What the provider wrote: plans and price lists, and the words of its letters and service figures.
_OUR_WORDS = re.compile(
    r"(plan|levels|fees\.lines|rates\.roles|offer|options|differences|year|review|report|events)\..*"
    r"|outlook\.(accepted|proposed|declined)\..*|document\.(opening|counts|reason|enclosed).*|.*noticed\.\d+\.finding"
)


@lru_cache(maxsize=65536)  # the words of clauses are the same for every client
def spelled(text: str, locale: str) -> str:
    """The text in the spelling of a locale: its table changes words and keeps their capitals. Britain and Ireland have none."""
    table = SPELLINGS.get(locale)
    if not table or table.keys().isdisjoint(_WORD.findall(text.lower())):
        return text
    return _WORD.sub(lambda match: _respelled(match[0], table), text)


def _respelled(as_written: str, table: Mapping[str, str]) -> str:
    word = table.get(as_written.lower())
    if word is None:
        return as_written
    return word.upper() if as_written.isupper() else word.capitalize() if as_written[0].isupper() else word


def in_spelling(tree: d.Document, locale: str) -> d.Document:
    """A document with the words of clauses, and facts in words of ours, in the spelling of a locale."""
    return d.rewrite(tree, lambda node: _spelled(node, locale), {d.Text, d.Value, d.Definition})


def _spelled(node: d.Node, locale: str) -> d.Node:
    """A node of a clause, or a fact in words of ours, in the spelling of the agreement; facts about others keep theirs."""
    match node:
        case d.Text(text=text) if (other := spelled(text, locale)) != text:
            return replace(node, text=other)
        case d.Value(text=text, key=key) if _OUR_WORDS.fullmatch(key) and (other := spelled(text, locale)) != text:
            return replace(node, text=other)
        case d.Definition(term=term) if (other := spelled(term, locale)) != term:
            return replace(node, term=other)
    return node
