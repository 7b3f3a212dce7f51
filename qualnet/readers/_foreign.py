"""Files that no reader knows: which program wrote them, and what to export there instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.readers._source import Source

__all__ = ["tool_of"]

OPAQUE = {"unknown", "zip", "xls", "database"}
"""What a program's own file may look like; an ending alone says nothing of a web page or a picture."""
# Program, ending of its files, and a table that its databases have and no other's.
TOOLS = (
    ("MAXQDA", r"\.(mx\d\d|mex\d*)$", "Codewords"),
    ("ATLAS.ti", r"\.(atlproj\d*|atlcb|hpr\d|hpr)$", None),
    ("NVivo", r"\.nvpx?$", None),
    ("QualCoder", r"\.qda$", "code_text"),
    ("RQDA", r"\.rqda$", "freecode"),
    ("DNA", r"\.dna$", "STATEMENTTYPES"),
)


def tool_of(source: Source) -> str:
    """Name the program that wrote a file, by the tables of a database or the ending; or what it is."""
    for tool, ending, table in TOOLS:
        named = source.kind in OPAQUE and ending and re.search(ending, source.path.name, re.IGNORECASE)
        if named or table in source.tables:
            return tool
    return source.kind
