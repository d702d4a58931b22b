"""The e-sign services to which documents can be sent, by the name in `esign`: the table SERVICES."""

from collections.abc import Mapping

from contract_assembly.esign.documenso import DOCUMENSO
from contract_assembly.esign.docuseal import DOCUSEAL
from contract_assembly.esign.request import Service

SERVICES: Mapping[str, Service] = {"docuseal": DOCUSEAL, "documenso": DOCUMENSO}
