"""The command line: the only place that prints and exits, and the only one that imports click."""

from contract_assembly.cli.door import cli, main, run
from contract_assembly.on_demand import at_home

# A command's module is loaded when the command is called, or told of in --help.
COMMANDS = at_home(
    {
        "amend": "contract_assembly.cli.amending:amend",
        "approvals": "contract_assembly.cli.lookup:approvals",
        "approve": "contract_assembly.cli.approving:approve",
        "block": "contract_assembly.cli.blockviews:block",  # with all its commands
        "check": "contract_assembly.cli.checking:check",
        "convert": "contract_assembly.cli.blockpapers:convert",
        "deviations": "contract_assembly.cli.deviating:deviations",
        "diff": "contract_assembly.cli.comparing:diff",
        "due": "contract_assembly.cli.duties:due",
        "facts": "contract_assembly.cli.lookup:facts",
        "git-setup": "contract_assembly.cli.gitting:git_setup",
        "impact": "contract_assembly.cli.comparing:impact",
        "inspect": "contract_assembly.cli.tracing:inspect",
        "laws": "contract_assembly.cli.lookup:laws",
        "new": "contract_assembly.cli.beginning:new",
        "readability": "contract_assembly.cli.lookup:readability",
        "renew": "contract_assembly.cli.renewing:renew",
        "rules": "contract_assembly.cli.lookup:rules",
        "schema": "contract_assembly.cli.lookup:schema",
        "service": "contract_assembly.cli.service:service",
        "status": "contract_assembly.cli.living:status",
        "verify": "contract_assembly.cli.tracing:verify",
        "words": "contract_assembly.cli.gitting:words",
    }
)
cli.commands = COMMANDS  # type: ignore[assignment]  # click only reads it

__all__ = ["cli", "main", "run"]
