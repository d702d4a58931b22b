"""The command line: the only place that prints and exits, and the only one that imports click."""

from contract_assembly.cli.amending import amend
from contract_assembly.cli.approving import approve
from contract_assembly.cli.beginning import new
from contract_assembly.cli.deviating import deviations
from contract_assembly.cli.door import cli, main, run
from contract_assembly.cli.living import status
from contract_assembly.cli.lookup import approvals, facts, laws, readability, rules, schema

for command in (amend, approvals, approve, deviations, facts, laws, new, readability, rules, schema, status):
    cli.add_command(command)

__all__ = ["cli", "main", "run"]
