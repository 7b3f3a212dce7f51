"""Networks for Gephi (GraphML, GEXF), Cytoscape (CX2) and Kumu (JSON), as `qualnet build` writes them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.files import Stage
from qualnet.report.exporters import exporters

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "Netze je Fall für Gephi (GraphML, GEXF), Cytoscape (CX2) und Kumu (JSON)",
    "en": "networks of each case for Gephi (GraphML, GEXF), Cytoscape (CX2) and Kumu (JSON)",
}


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give each case's network in every form."""
    del how
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for name in ("graphs", "drawings"):
            exporters[name](study, stage)
        return {Path(n).name: (stage.folder / n).read_bytes() for n in stage.files()}
