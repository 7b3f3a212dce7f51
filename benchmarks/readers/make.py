"""Write the files that the readers are measured on: made by rule, the same bytes each time."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

WORDS = re.findall(
    r"\S+",
    "Ohne Leute geht nichts voran und das Geld reicht auch nicht; Fördermittel kommen spät, "
    "der Austausch mit anderen Städten hilft uns – ehrlich gesagt – am meisten 🙂 im Rathaus",
)
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def guid(kind: str, number: int) -> str:
    """Give a GUID that names what it is of."""
    return f"{kind}{number:07x}-0000-4000-8000-{number:012x}"


def text_of(rng: random.Random, n: int) -> str:
    """Give a transcript of about `n` characters."""
    lines, length = [], 0
    while length < n:
        line = "B: " + " ".join(rng.choices(WORDS, k=rng.randint(20, 60)))
        lines.append(line)
        length += len(line) + 2
    return "\n\n".join(lines)


def qdpx(path: Path, documents: int, codings: int, codes: int = 100) -> None:
    """Write a REFI-QDA project with texts, selections and one coding each.

    Parameters
    ----------
    documents, codings, codes
        How many of each; codings are spread evenly over the documents.
    """
    rng = random.Random(4)  # noqa: S311 (no secret)
    each = codings // documents
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = [text_of(rng, 40_000) for _ in range(documents)]
        for i, text in enumerate(texts):
            archive.writestr(_entry(f"sources/{guid('d', i)}.txt"), text)
        with archive.open(_entry("project.qde"), "w", force_zip64=True) as file:

            def put(part: str) -> None:
                file.write(part.encode())

            put('<?xml version="1.0" encoding="utf-8"?>\n<Project name="benchmark" origin="benchmark" ')
            put('xmlns="urn:QDA-XML:project:1.0">\n<Users><User guid="')
            put(f'{guid("a", 1)}" name="AB"/></Users>\n<CodeBook><Codes>\n')
            for i in range(codes):
                put(f'<Code guid="{guid("c", i)}" name="Code {i}" isCodable="true"/>\n')
            put("</Codes></CodeBook>\n<Sources>\n")
            for i, text in enumerate(texts):
                name = guid("d", i)
                put(
                    f'<TextSource guid="{name}" name="Interview {i}" plainTextPath="internal://{name}.txt">\n'
                )
                for k in range(each):
                    number = i * each + k
                    start = rng.randrange(len(text) - 200)
                    end = start + rng.randint(20, 200)
                    name = escape(text[start : start + 30], {'"': "&quot;", "\n": " "})
                    put(f'<PlainTextSelection guid="{guid("e", number)}" name="{name}"')
                    put(f' startPosition="{start}" endPosition="{end}" creatingUser="{guid("a", 1)}"')
                    put(f' creationDateTime="2026-01-01T00:00:00Z"><Coding guid="{guid("f", number)}"')
                    code = guid("c", rng.randrange(codes))
                    put(f' creatingUser="{guid("a", 1)}"><CodeRef targetGUID="{code}"/>')
                    put("</Coding></PlainTextSelection>\n")
                put("</TextSource>\n")
            put("</Sources>\n</Project>\n")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def xlsx(path: Path, rows: int) -> None:
    """Write a table of coded segments as MAXQDA does, with German headers."""
    import xlsxwriter  # noqa: PLC0415

    rng = random.Random(4)  # noqa: S311 (no secret)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "in_memory": False})
    book.set_properties({"created": DAY.replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    head = [
        "Farbe",
        "Kommentar",
        "Dokumentgruppe",
        "Dokumentname",
        "Code",
        "Anfang",
        "Ende",
        "Gewicht",
        "Segment",
    ]
    sheet.write_row(0, 0, [*head, "Bearbeitet von", "Bearbeitet am"])
    for i in range(rows):
        quote = " ".join(rng.choices(WORDS, k=rng.randint(8, 40)))
        code = f"Hemmnisse > Code {rng.randrange(100)}"
        paragraph = rng.randrange(1, 400)
        document = [f"Stadt {i % 10}", f"Interview {i % 100}"]
        row = ["●", "", *document, code, paragraph, paragraph, 0, quote, "AB", "01.05.2024 10:00:00"]
        sheet.write_row(i + 1, 0, row)
    book.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    qdpx(folder / "100k.qdpx", 100, 100_000)
    qdpx(folder / "1m.qdpx", 1_000, 1_000_000)
    xlsx(folder / "100k.xlsx", 100_000)
