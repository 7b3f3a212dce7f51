"""Files that no reader knows: which program wrote them, and what to export there instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.readers._source import Source

__all__ = ["tool_of"]

# Program, ending of its files, and a table that its databases have and no other's.
TOOLS = (
    ("MAXQDA", r"\.(mx\d\d|mex\d*)$", b"Codewords"),
    ("ATLAS.ti", r"\.(atlproj\d*|atlcb|hpr\d|hpr)$", None),
    ("NVivo", r"\.nvpx?$", None),
    ("QualCoder", r"\.qda$", b"code_text"),
    ("Taguette", None, b"highlight_tags"),
    ("RQDA", r"\.rqda$", b"freecode"),
    ("DNA", r"\.dna$", b"STATEMENTTYPES"),
)


def tool_of(source: Source) -> str:
    """Name the program that wrote a file, by the tables of a database or the ending; or what it is."""
    for tool, ending, table in TOOLS:
        named = ending is not None and re.search(ending, source.path.name, re.IGNORECASE)
        if named or (table is not None and source.kind == "database" and table in source.head):
            return tool
    return source.kind
