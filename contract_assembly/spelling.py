"""American spelling of words that clauses spell the British way. Pure; a table.

British English tells "licence" (the thing) from "to license", and more often keeps apart what American spelling
merges, so clauses are written in it, and the way to American spelling is one word for one word.
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
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, AMERICAN), key=len, reverse=True))})\b", re.IGNORECASE)


@lru_cache(maxsize=65536)  # the words of clauses are the same for every client
def spelled(text: str, locale: str) -> str:
    """The words as a locale spells them ("en-US" changes them, others leave them), with capitals kept."""
    return _WORD.sub(_american, text) if locale == "en-US" else text


def _american(match: re.Match[str]) -> str:
    word = AMERICAN[match[0].lower()]
    return word.capitalize() if match[0][0].isupper() else word
