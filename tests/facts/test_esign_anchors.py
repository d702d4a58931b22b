"""Names of e-sign fields: a service may take the text of a field's name out of the page, so no label may be called like one."""

import re

import pytest

from contract_assembly.clauses.assemble import SIGNATURE_LABELS
from contract_assembly.facts.esign_anchors import anchors

LABELS = {label.rstrip(":").casefold() for labels in SIGNATURE_LABELS.values() for label in labels} | {
    "sign",
    "initials",
}


@pytest.mark.parametrize("role", ["Provider", "Client"])
def test_no_field_that_we_name_has_the_name_of_a_label_or_of_another_field(role):
    names = [re.match(r"\{\{(\w+);", anchor)[1] for anchor in anchors("docuseal", role, 1)]
    assert len(set(names)) == 2
    assert not {name.casefold() for name in names} & LABELS
    assert all(name.startswith(role) for name in names)
