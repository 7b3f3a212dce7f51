"""The report: everything that a build writes, made from a study that is already computed."""

from __future__ import annotations

from qualnet.report.outputs import write_outputs, write_share

__all__ = ["write_outputs", "write_share"]
