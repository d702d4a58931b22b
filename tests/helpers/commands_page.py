"""The page `docs/commands.md`, generated from `--help`: `python -m tests.helpers.commands_page > docs/commands.md`."""

import click

from contract_assembly.cli import cli

WIDTH = 100  # whatever the terminal
_HEAD = """# Commands

Each command as its own `--help` tells it. This page is generated: `python -m tests.helpers.commands_page > docs/commands.md`.
Run them as `.venv/bin/python build.py …`.
"""


def page() -> str:
    """The build command first, then every command in alphabetical order."""
    top = click.Context(cli, info_name="build.py", terminal_width=WIDTH, **cli.context_settings)
    sections = [_section("build.py", cli.get_help(top))]
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        sections += _command(command, name, top)
    return "\n".join([_HEAD, *sections])


def _command(command: click.Command, name: str, above: click.Context) -> list[str]:
    """A command; for a group, also its commands in alphabetical order."""
    context = click.Context(command, info_name=name, parent=above, terminal_width=WIDTH)
    sections = [_section(context.command_path, command.get_help(context))]
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            sections += _command(command.commands[each], each, context)
    return sections


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
