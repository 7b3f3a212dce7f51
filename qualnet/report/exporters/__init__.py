"""Exporters: one module per form of output, each ``write(study, stage)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qualnet.registry import Registry

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.files import Stage

__all__ = ["Exporter", "exporters"]


class Exporter(Protocol):
    """Write one form of a study."""

    def __call__(self, study: Study, stage: Stage) -> None:
        """Write its files into the stage."""


exporters: Registry[Exporter] = Registry("exporter", "qualnet.report.exporters", "write")
