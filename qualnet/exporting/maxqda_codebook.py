"""A table of the codes that MAXQDA imports: the path of each code, and what it means as its memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.codebook.exchange import description
from qualnet.codebook.printed import tree
from qualnet.exporting._workbook import workbook
from qualnet.language import text_in

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "Excel-Tabelle der Codes für MAXQDA: Pfad und Memo",
    "en": "Excel table of the codes for MAXQDA: path and memo",
}


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give the codes of the common codebook, parents first, levels joined by ``>``."""
    rows, path = [["Code", "Memo"]], list[str]()
    for code, depth in tree(study.codebook):
        path[depth:] = [text_in(code.label, study.language) or code.id]
        rows.append([" > ".join(path), description(code, study.language)])
    return {f"{how.name}.maxqda.xlsx": workbook({"Codes": rows})}
