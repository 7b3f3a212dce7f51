"""`qualnet codebook`: one file for each group of its commands."""

from __future__ import annotations

from qualnet.cli.codebook import _change, _debt, _look, _pass_on  # noqa: F401 (each adds its commands)
from qualnet.cli.codebook._group import command

__all__ = ["command"]
