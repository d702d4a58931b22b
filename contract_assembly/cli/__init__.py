"""The command line: the only place that prints and exits, and the only one that imports click."""

from contract_assembly.cli import blockpapers, blockviews
from contract_assembly.cli.amending import amend
from contract_assembly.cli.approving import approve
from contract_assembly.cli.beginning import new
from contract_assembly.cli.block import block
from contract_assembly.cli.blockpapers import convert
from contract_assembly.cli.checking import check
from contract_assembly.cli.comparing import diff, impact
from contract_assembly.cli.deviating import deviations
from contract_assembly.cli.door import cli, main, run
from contract_assembly.cli.duties import due
from contract_assembly.cli.gitting import git_setup, words
from contract_assembly.cli.living import status
from contract_assembly.cli.lookup import approvals, facts, laws, readability, rules, schema
from contract_assembly.cli.renewing import renew
from contract_assembly.cli.service import service
from contract_assembly.cli.tracing import inspect, verify

COMMANDS = (
    amend,
    approvals,
    approve,
    block,
    check,
    convert,
    deviations,
    diff,
    due,
    facts,
    git_setup,
    impact,
    inspect,
    laws,
    new,
    readability,
    renew,
    rules,
    schema,
    service,
    status,
    verify,
    words,
)
for command in COMMANDS:
    cli.add_command(command)

__all__ = ["blockpapers", "blockviews", "cli", "main", "run"]
