"""A small study without one relation, and a person who fills in its worklist."""

from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from qualnet.problems import Problems
from qualnet.readers import Source
from tests.project_files import CODEBOOK

TEXTS = {
    "i1": "I: Woran liegt es?\n\nB: Wir kommen nicht voran, weil uns die Leute fehlen.\n\n"
    "I: Und das Geld?\n\nB: Geld ist da, und vorangehen würde es auch mit weniger.\n",
    "i2": "I: Wie läuft es?\n\nB: Dadurch, dass Leute fehlen, bleibt alles liegen.\n",
    "i3": "I: Wie ist es hier?\n\nB: Es geht gut voran. Leute haben wir genug.\n",
}
CODINGS = """Dokument;Code;Zitat;Codierer
i1;Personalmangel;Wir kommen nicht voran, weil uns die Leute fehlen.;AB
i1;Umsetzung;Wir kommen nicht voran;AB
i1;Eigenmittel;Geld ist da, und vorangehen würde es auch mit weniger.;AB
i1;Umsetzung;Geld ist da, und vorangehen würde es auch mit weniger.;AB
i2;Personalmangel;Dadurch, dass Leute fehlen, bleibt alles liegen.;AB
i3;Personalmangel;Leute haben wir genug.;AB
"""
"""Passages by hand: i1 "weil" (two codes, one within the other), i1 "Geld" (two codes), i2
"Dadurch" (one code, a causal expression); i3 has one code and no such expression."""

PROJECT = """format: 1
title: Probe
codebook: base.yaml
inputs:
  - {path: texts, case: A}
interactions: {layers: [stated, overlap]}
"""


def study(
    folder: Path, texts: Mapping[str, str] = TEXTS, codings: str = CODINGS, book: str = CODEBOOK
) -> Path:
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "texts" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "texts" / "codings.csv").write_text(codings, "utf-8")
    (folder / "base.yaml").write_text(book, "utf-8")
    (folder / "qualnet.yaml").write_text(PROJECT, "utf-8")
    return folder


def table(path: Path) -> list[dict[str, str]]:
    """Read a worklist as the person sees it."""
    sheets = Source(path, path.name).sheets(Problems())
    sheet = next(s for s in sheets if len(s.header) > 3)
    return [dict(zip(sheet.header, (*row, *[""] * len(sheet.header)), strict=False)) for _, row in sheet.rows]


def fill(path: Path, answers: Mapping[str, list[dict[str, str]]]) -> Path:
    """Fill in rows by the beginning of their passage; a second answer is a copy of the row."""
    rows = table(path)
    filled = []
    for row in rows:
        nothing: list[dict[str, str]] = [{}]
        given = next((a for start, a in answers.items() if row["Textstelle"].startswith(start)), nothing)
        filled += [row | answer for answer in given]
    out = path.with_name(f"filled-{path.name}")
    out.unlink(missing_ok=True)
    book = xlsxwriter.Workbook(str(out))
    sheet = book.add_worksheet("Arbeitsliste")
    for i, header in enumerate(rows[0]):
        sheet.write_string(0, i, header)
        for r, row in enumerate(filled, start=1):
            sheet.write_string(r, i, row[header])
    book.close()
    return out
