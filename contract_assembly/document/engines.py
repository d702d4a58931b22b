"""The engines that lay out PDFs, by the names that a house style and a command use. Imports nothing from this program."""

from typing import Literal, get_args

Engine = Literal["weasyprint", "typst"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
