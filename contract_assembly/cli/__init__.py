"""The command line: the only place that prints and exits, and the only one that imports click."""

from contract_assembly.cli import blockviews
from contract_assembly.cli.amending import amend
from contract_assembly.cli.approving import approve
from contract_assembly.cli.beginning import new
from contract_assembly.cli.block import block
from contract_assembly.cli.deviating import deviations
from contract_assembly.cli.door import cli, main, run
from contract_assembly.cli.duties import due
from contract_assembly.cli.living import status
from contract_assembly.cli.lookup import approvals, facts, laws, readability, rules, schema

for command in (
    amend, approvals, approve, block, deviations, due, facts, laws, new, readability, rules, schema, status,
):  # fmt: skip
    cli.add_command(command)

__all__ = ["blockviews", "cli", "main", "run"]
