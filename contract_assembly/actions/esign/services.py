"""The e-sign services to which documents can be sent, by the name in `esign`: the table SERVICES."""

from collections.abc import Mapping

from contract_assembly.actions.esign.documenso import DOCUMENSO
from contract_assembly.actions.esign.docuseal import DOCUSEAL
from contract_assembly.actions.esign.request import Service

SERVICES: Mapping[str, Service] = {"docuseal": DOCUSEAL, "documenso": DOCUMENSO}
