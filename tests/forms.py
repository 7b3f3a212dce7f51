"""One coded corpus in the three forms of the demonstration: transcripts, REFI-QDA, workbook.

The same material must give the same networks whichever reader carries it.
"""

import csv
import datetime as dt
import json
import uuid
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

CLAIM_FIELDS = ("sign", "status", "denied", "repeat", "about_case", "condition", "hedge")


@dataclass
class Interview:
    """Turns are (label, text); a coding is (quote, code); a claim has a quote and its fields."""

    name: str
    role: str
    turns: list[tuple[str, str]]
    codings: list[tuple[str, str, str]] = field(default_factory=list)
    claims: list[dict[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(f"{label}: {text}" for label, text in self.turns) + "\n"


def guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def write_transcripts(folder: Path, interviews: list[Interview]) -> None:
    folder.mkdir(parents=True)
    for interview in interviews:
        head = f"---\nrole: {interview.role}\nsynthetic: ja\n---\n\n"
        (folder / f"{interview.name}.md").write_text(head + interview.text, "utf-8")
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["document", "quote", "code", "coder"])
        table.writerows([i.name, *coding] for i in interviews for coding in i.codings)
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        names = ["id", "quote", "cause", "effect", "coder", *CLAIM_FIELDS]
        table.writerow(["document", *names])
        table.writerows([i.name, *(c.get(n, "") for n in names)] for i in interviews for c in i.claims)


def write_workbook(path: Path, interviews: list[Interview]) -> None:
    names = ["id", "quote", "cause", "effect", "coder", *CLAIM_FIELDS]
    sheets: dict[str, list[list[str]]] = {
        "Interviews": [["Dokument", "Rolle", "erfunden"], *([i.name, i.role, "ja"] for i in interviews)],
        "Absätze": [
            ["Dokument", "Sprecher", "Text"],
            *([i.name, label, text] for i in interviews for label, text in i.turns),
        ],
        "Textstellen": [
            ["Dokument", "Zitat", "Code", "Codierer"],
            *([i.name, *coding] for i in interviews for coding in i.codings),
        ],
        "Wirkungsaussagen": [
            ["Dokument", *names],
            *([i.name, *(c.get(n, "") for n in names)] for i in interviews for c in i.claims),
        ],
    }
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    sheet.write_string(r, c, text)


def write_qdpx(path: Path, interviews: list[Interview]) -> None:
    codes = sorted(
        {c[1] for i in interviews for c in i.codings}
        | {c[end] for i in interviews for c in i.claims for end in ("cause", "effect") if c[end]}
    )
    coders = sorted(
        {c[2] for i in interviews for c in i.codings} | {c["coder"] for i in interviews for c in i.claims}
    )
    users = "".join(f'<User guid="{guid("user", u)}" name={quoteattr(u)}/>' for u in coders)
    tree = "".join(f'<Code guid="{guid("code", c)}" name={quoteattr(c)} isCodable="true"/>' for c in codes)
    variables = "".join(
        f'<Variable guid="{guid("variable", v)}" name="{v}" typeOfVariable="Text"/>'
        for v in ("role", "synthetic")
    )
    sources, notes = "", ""
    for interview in interviews:
        spans, more = _selections(interview)
        notes += more
        values = "".join(
            f'<VariableValue><VariableRef targetGUID="{guid("variable", v)}"/>'
            f"<TextValue>{escape(text)}</TextValue></VariableValue>"
            for v, text in (("role", interview.role), ("synthetic", "true"))
        )
        sources += (
            f'<TextSource guid="{guid("source", interview.name)}" name={quoteattr(interview.name)} '
            f'plainTextPath="internal://{guid("source", interview.name)}.txt">{spans}{values}</TextSource>'
        )
    project = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="demo" '
        f'origin="qualnet"><Users>{users}</Users><CodeBook><Codes>{tree}</Codes></CodeBook>'
        f"<Variables>{variables}</Variables><Sources>{sources}</Sources><Notes>{notes}</Notes></Project>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _member(archive, "project.qde", project)
        for interview in interviews:
            _member(archive, f"sources/{guid('source', interview.name)}.txt", interview.text)


def _member(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write a member without the time of day: the same interviews give the same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, text)


def _selections(interview: Interview) -> tuple[str, str]:
    quotes: dict[str, list[str]] = {}
    notes = ""
    for quote, code, coder in interview.codings:
        reference = f'<CodeRef targetGUID="{guid("code", code)}"/>'
        key = guid("coding", interview.name, quote, code, coder)
        user = guid("user", coder)
        quotes.setdefault(quote, []).append(
            f'<Coding guid="{key}" creatingUser="{user}">{reference}</Coding>'
        )
    for claim in interview.claims:
        note = guid("note", interview.name, claim["id"])
        values = {k: v for k, v in claim.items() if k != "quote" and v}
        body = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in values.items())
        text = escape(f"claim: {{{body}}}")
        notes += f'<Note guid="{note}"><PlainTextContent>{text}</PlainTextContent></Note>'
        quotes.setdefault(claim["quote"], []).append(f'<NoteRef targetGUID="{note}"/>')
    spans = ""
    for quote, inside in quotes.items():
        start = interview.text.index(quote)
        ordered = "".join(sorted(inside))
        spans += (
            f'<PlainTextSelection guid="{guid("selection", interview.name, quote)}" '
            f'startPosition="{start}" endPosition="{start + len(quote)}">{ordered}</PlainTextSelection>'
        )
    return spans, notes
