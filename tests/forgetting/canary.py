"""A small study in each format, one interview of which holds a phrase and a name that stand nowhere else."""

import io
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import xlsxwriter

from qualnet.forms.desk import open_desk
from qualnet.overlays import (
    ASSIGNMENTS,
    CORRECTIONS,
    FEEDBACK,
    RELEASES,
    VERDICTS,
    Decision,
    add_decisions,
    passage_id,
)
from tests.forms import Interview, write_qdpx, write_transcripts, write_workbook
from tests.project_files import CODEBOOK
from tests.readers.test_taguette import Taguette

NAME = "Kanarienvogel_07"
PHRASE = "der Zeisig pfiff dreimal im Rathauskeller"
SIGNS = ("kanarienvogel", "zeisig", "rathauskeller")
"""Words of which nothing may be left; the name's first."""


def interview(name: str, words: str, case: str = "A") -> Interview:
    """Give an interview of which one passage is coded and states a claim."""
    quote = f"Uns fehlen Leute, weil {words}."
    claim = {"id": f"{name}-1", "quote": quote, "cause": "staff", "effect": "progress", "coder": "AB"}
    claim |= {"sign": "-", "status": "", "denied": "", "repeat": "", "about_case": "", "condition": ""}
    turns = [("I", "Woran liegt es?"), ("B", quote), ("B", f"Sonst nichts in {case}.")]
    codings = [(quote, "staff", "AB"), (quote, "progress", "AB")]
    return Interview(name, "Verwaltung", turns, codings, [claim | {"hedge": ""}])


OTHERS = [interview("i1", "niemand hierher zieht"), interview("i3", "das Gehalt zu klein bleibt")]
CANARY = interview(NAME, PHRASE)


def tables(folder: Path, interviews: list[Interview]) -> str:
    """Write tables of our own: claims and codings."""
    lines = ["Nr;Dokument;Ursache;Wirkung;Vorzeichen;Zitat;Codierer"]
    lines += [f"{c['id']};{i.name};staff;progress;-;{c['quote']};AB" for i in interviews for c in i.claims]
    codings = ["Dokument;Code;Zitat;Codierer"]
    codings += [f"{i.name};{code};{quote};{who}" for i in interviews for quote, code, who in i.codings]
    (folder / "tables").mkdir()
    for name, rows in (("claims", lines), ("codings", codings)):
        (folder / "tables" / f"{name}.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return "tables"


def windows_tables(folder: Path, interviews: list[Interview]) -> str:
    """Write the same as Windows does, in UTF-16."""
    for path in (folder / tables(folder, interviews)).iterdir():
        path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode("utf-16"))
    return "tables"


def workbook(folder: Path, interviews: list[Interview]) -> str:
    write_workbook(folder / "book.xlsx", interviews)
    return "book.xlsx"


def transcripts(folder: Path, interviews: list[Interview]) -> str:
    write_transcripts(folder / "texts", interviews)
    return "texts"


def qdpx(folder: Path, interviews: list[Interview]) -> str:
    write_qdpx(folder / "project.qdpx", interviews)
    return "project.qdpx"


def book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(rows):
                sheet.write_row(r, 0, row)


def maxqda(folder: Path, interviews: list[Interview]) -> str:
    """Write MAXQDA's two tables, of coded segments and of document variables."""
    head = ["Farbe", "Kommentar", "Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Segment"]
    rows: list[list[object]] = [
        [
            "",
            f"Personalmangel -> Umsetzung (-) {i.name}" if k == 0 else "",
            "A",
            i.name,
            code,
            "2",
            "2",
            quote,
        ]
        for i in interviews
        for k, (quote, code, _) in enumerate(i.codings)
    ]
    (folder / "maxqda").mkdir()
    book(
        folder / "maxqda" / "segments.xlsx",
        {"Codierte Segmente": [[*head, "Erstellt von"], *([*r, "AB"] for r in rows)]},
    )
    facts: list[list[object]] = [["A", i.name, i.role] for i in interviews]
    book(
        folder / "maxqda" / "variables.xlsx",
        {"Variablen": [["Dokumentgruppe", "Dokumentname", "Amt"], *facts]},
    )
    return "maxqda"


def causal_map(folder: Path, interviews: list[Interview]) -> str:
    ends: list[object] = ["factor_id", "label", "factor_memo"]
    sources: list[list[object]] = [[i.name, i.role] for i in interviews]
    sheets: dict[str, list[list[object]]] = {
        "factors": [ends, [1, "Personalmangel", ""], [2, "Umsetzung", ""]],
        "sources": [["source_id", "#Amt"], *sources],
        "statements": [["statement_id", "source_id", "text"]],
        "links": [["link_id", "statement_id", "from_label", "to_label", "quote"]],
        "links copy": [["link_id", "statement_id", "source_id", "quote"]],
    }
    for i in interviews:
        number = 10 if i.name == NAME else int(i.name[1:])
        quote = i.claims[0]["quote"]
        sheets["statements"].append([number, i.name, quote])
        sheets["links"].append([number, number, 1, 2, quote])
        sheets["links copy"].append([number, number, i.name, quote])
    book(folder / "map.xlsx", sheets)
    return "map.xlsx"


def taguette(folder: Path, interviews: list[Interview]) -> str:
    """Write a database in which pages of deleted rows still hold them."""
    made = Taguette(folder / "study.sqlite3")
    tags = {name: made.tag(name) for name in ("Personalmangel", "Umsetzung")}
    for i in sorted(interviews, key=lambda x: x.name == NAME):
        page = "".join(f"<p>{label}: {text}</p>" for label, text in i.turns)
        document = made.document(page, i.name)
        quote = i.claims[0]["quote"]
        start = sum(len(f"{label}: {text}\n\n".encode()) for label, text in i.turns[:1]) + len("B: ")
        made.highlight(document, start, start + len(quote.encode()), quote, tuple(tags.values()))
        made.command("anna", "document_add", document, document_name=i.name)
        made.command("anna", "highlight_add", document, highlight_id=document, tags=list(tags.values()))
    return made.done().name


def taguette_table(folder: Path, interviews: list[Interview]) -> str:
    rows = [f'{n},{i.name},{code},"{i.claims[0]["quote"]}"' for n, i in enumerate(interviews) for code in ("Personalmangel", "Umsetzung")]  # fmt: skip
    (folder / "highlights.csv").write_text("\n".join(["id,document,tag,content", *rows]) + "\n", "utf-8")
    return "highlights.csv"


Writer = Callable[[Path, list[Interview]], str]
FORMATS: dict[str, Writer] = {
    f.__name__: f
    for f in (
        *(tables, windows_tables, workbook, transcripts, qdpx, maxqda, causal_map),
        *(taguette, taguette_table),
    )
}


def study(folder: Path, write: Writer, interviews: Iterable[Interview], more: str = "") -> Path:
    """Write a project of some interviews, with what was decided about each of them."""
    folder.mkdir()
    every = list(interviews)
    path = write(folder, every)
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "guide.csv").write_text(table("Interview;Thema", [(i.name, "staff") for i in every]), "utf-8")
    consent = [(i.name, "Zitat") for i in every]
    (folder / "consent.csv").write_text(table("Dokument;Einwilligung", consent), "utf-8")
    (folder / "context").mkdir()
    asked = [(i.name, "lang") for i in every]
    (folder / "context" / "asked.csv").write_text(table("Interview;Dauer", asked), "utf-8")
    (folder / "qualnet.yaml").write_text(
        "format: 1\ntitle: Probe\ncodebook: base.yaml\ncoding: {use: primary, primary: AB}\n"
        f"inputs:\n  - {{path: {path}, case: A}}\nguide: guide.csv\ncontext: context\n"
        f"privacy: {{consent: consent.csv}}\ninteractions: {{layers: [stated, overlap]}}\n{more}",
        "utf-8",
    )
    for i in every:
        decide(folder, i)
    return folder


def table(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([header, *(";".join(row) for row in rows)]) + "\n"


WHEN = "2026-05-04T10:00:00Z"


def decide(folder: Path, about: Interview) -> None:
    """Add a decision, an assignment and feedback; what needs a claim of the export comes in :func:`correct`."""
    overlays = folder / "overlays"
    quote = about.claims[0]["quote"]
    made = Decision(f"{passage_id(about.name, quote)}-1", "AB", WHEN, "claim", about.name, quote=quote, cause="staff", effect="money", sign="+", memo=quote)  # fmt: skip
    add_decisions(overlays, "overlays", [made])
    ASSIGNMENTS.add(overlays, "overlays", [{"who": "CD", "when": WHEN, "document": about.name}])
    answer = {"id": f"R-{len(about.name)}", "when": WHEN, "case": "A", "cause": "staff", "effect": "progress"}
    FEEDBACK.add(overlays, "overlays", [answer | {"answer": "agree"}])


def correct(folder: Path, names: Iterable[str]) -> None:
    """Correct a claim of each of some interviews, let it count in the consensus, and release its words."""
    for name in names:
        claims = [c for c in open_desk(folder).claims if c.document_id == name]
        imported = [c for c in claims if not c.claim_id.endswith("/AB")]
        claim = (imported or claims)[0]
        row = {"id": claim.claim_id, "who": "AB", "when": WHEN, "why": "zweites Lesen", "document": name}
        row |= {"quote": claim.quote, "cause": claim.cause_coded, "effect": claim.effect_coded}
        if imported:
            CORRECTIONS.add(folder / "overlays", "overlays", [row | {"field": "hedge", "new": "wohl"}])
        VERDICTS.add(folder / "overlays", "overlays", [row | {"counts": "yes", "coder": claim.coder_id}])
        RELEASES.add(folder / "overlays", "overlays", [row | {"release": "quote"}])


def traces(folder: Path, signs: Iterable[str] = SIGNS) -> list[str]:
    """Give all files below a folder that hold one of some words: in any encoding, in archives, in names."""
    found = []
    for here, _, names in os.walk(folder):
        for name in names:
            path = Path(here) / name
            held = [path.relative_to(folder).as_posix().encode(), *contents(path.read_bytes())]
            if any(is_in(sign, data) for sign in signs for data in held):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def contents(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member.encode()
                yield from contents(archive.read(member))


def is_in(sign: str, data: bytes) -> bool:
    lower = data.lower()
    return any(sign.encode(encoding) in lower for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def tree(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder with their bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def rows_of(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()
