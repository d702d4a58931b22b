"""American spelling of words that clauses spell the British way. Pure; a table.

Clauses are written in British English because it distinguishes more: "a licence" but "to license". So the change to American
spelling is one word for one word.
"""

import re
from functools import lru_cache

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


@lru_cache(maxsize=65536)  # the words of clauses are the same for every client
def spelled(text: str, locale: str) -> str:
    """The text in the spelling of a locale: "en-US" changes words and keeps their capitals, other locales change nothing."""
    if locale != "en-US" or AMERICAN.keys().isdisjoint(_WORD.findall(text.lower())):
        return text
    return _WORD.sub(_american, text)


def _american(match: re.Match[str]) -> str:
    as_written = match[0]
    word = AMERICAN.get(as_written.lower())
    if word is None:
        return as_written
    return word.upper() if as_written.isupper() else word.capitalize() if as_written[0].isupper() else word
