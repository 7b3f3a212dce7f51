"""A newer export of the same study, in every format: everything decided about it stays attached, or is told."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from qualnet import build
from qualnet.forms.desk import open_desk
from qualnet.forms.fix import fix_claim, release_claim
from tests.claims.project import fill
from tests.claims.test_sheet import NOW, STAFF, arrows
from tests.project_files import CODEBOOK
from tests.readers.test_taguette import Taguette, in_bytes

QUOTE = "Wir kommen nicht voran, weil uns die Leute fehlen."
TEXT = f"I: Woran liegt es?\n\nB: {QUOTE}\n\nI: Und das Geld?\n\nB: Geld ist da.\n"
CODES = ("Personalmangel", "Umsetzung")


def maxqda(folder: Path, text: str, codes: tuple[str, ...], run: int) -> None:
    """A table of coded segments; another run has its rows in another order."""
    at = text.split("\n\n").index(f"B: {QUOTE}") + 1
    rows = [f"rot;;;i1;{code};{at};{at};0;{QUOTE};AB" for code in codes]
    head = "Farbe;Kommentar;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Autor"
    (folder / "export").mkdir(exist_ok=True)
    (folder / "export" / "i1.txt").write_text(text, "utf-8")
    (folder / "export" / "segments.csv").write_text(
        "\n".join([head, *rows[:: 1 if run % 2 else -1], ""]), "utf-8"
    )


def refi(folder: Path, text: str, codes: tuple[str, ...], run: int) -> None:
    """A project whose GUIDs are fresh in every run."""
    start = text.index(QUOTE)
    book = "".join(
        f'<Code guid="c{i}-{run}" name="{code}" isCodable="true"/>' for i, code in enumerate(codes)
    )
    given = "".join(
        f'<Coding guid="k{i}-{run}"><CodeRef targetGUID="c{i}-{run}"/></Coding>' for i in range(len(codes))
    )
    selection = f'<PlainTextSelection guid="s-{run}" startPosition="{start}" endPosition="{start + len(QUOTE)}">{given}</PlainTextSelection>'
    (folder / "export.qde").write_text(
        f'<?xml version="1.0" encoding="utf-8"?><Project name="p" xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes>{book}'
        f'</Codes></CodeBook><Sources><TextSource guid="t-{run}" name="i1"><PlainTextContent>{escape(text)}'
        f"</PlainTextContent>{selection}</TextSource></Sources></Project>",
        "utf-8",
    )


def taguette(folder: Path, text: str, codes: tuple[str, ...], run: int) -> None:
    """A database in which every run has other numbers."""
    path = folder / "export.sqlite3"
    path.unlink(missing_ok=True)
    made = Taguette(path)
    for n in range(run):  # numbers that were used and are gone
        made.highlight(9, 0, 1, f"{n}")
    made.connection.execute("DELETE FROM highlights")
    paragraphs = text.strip("\n").split("\n\n")
    html = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    document = made.document(html)
    tags = tuple(made.tag(code) for code in codes)
    # positions are counted in bytes, without tags
    made.highlight(document, *in_bytes("".join(paragraphs), QUOTE), QUOTE, tags)
    made.done()


FORMATS: dict[str, tuple[Callable[[Path, str, tuple[str, ...], int], None], str]] = {
    "maxqda": (maxqda, "export"),
    "refi": (refi, "export.qde"),
    "taguette": (taguette, "export.sqlite3"),
}
NEWER: dict[str, tuple[str, tuple[str, ...]]] = {
    "the same again": (TEXT, CODES),
    "typo in paragraph 1": (TEXT.replace("Woran", "Worann"), CODES),
    "paragraph inserted": ("I: Guten Tag.\n\nB: Tag auch.\n\n" + TEXT, CODES),
    "code renamed": (TEXT, ("Zu wenig Leute", "Umsetzung")),
}


@pytest.mark.parametrize("newer", NEWER)
@pytest.mark.parametrize("name", FORMATS)
def test_what_was_decided_stays_attached(tmp_path: Path, name: str, newer: str) -> None:
    write, path = FORMATS[name]
    book = CODEBOOK.replace("label: Personalmangel", "label: Personalmangel, aliases: [Zu wenig Leute]")
    (tmp_path / "base.yaml").write_text(book, "utf-8")
    (tmp_path / "qualnet.yaml").write_text(
        f"format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - {{path: {path}, case: A}}\n", "utf-8"
    )
    write(tmp_path, TEXT, CODES, 1)
    desk = open_desk(tmp_path)
    sheet, n = desk.write_sheet("AB", "de", output=tmp_path / "w.xlsx")
    assert n == 1
    desk.read_sheet(fill(sheet, {"Wir kommen": [STAFF]}), NOW)
    (claim,) = open_desk(tmp_path).claims
    fix_claim(open_desk(tmp_path), claim.claim_id, {"memo": "geprüft"}, who="AB", why="", now=NOW)
    release_claim(open_desk(tmp_path), claim.claim_id, "quote", who="AB", why="", now=NOW)
    before = build(tmp_path)
    assert arrows(before) == {("staff", "progress"): ("-", 1)}

    write(tmp_path, *NEWER[newer], 2)
    after = build(tmp_path)
    assert arrows(after) == arrows(before)
    (now,) = after.claims
    assert (now.claim_id, now.quote, now.comment) == (claim.claim_id, QUOTE, "geprüft")
    assert now.segments[0].paragraph == (4 if newer == "paragraph inserted" else 2)
    assert list(after.released.values()) == [QUOTE]
    assert not [
        w.rule
        for w in after.warnings
        if w.rule.startswith(("quote-", "correction-", "release-", "decision-"))
    ]
    assert open_desk(tmp_path).completeness.n_decided == 1


@pytest.mark.parametrize("name", FORMATS)
def test_an_interview_that_left_the_export_leaves_its_decisions_waiting(tmp_path: Path, name: str) -> None:
    write, path = FORMATS[name]
    (tmp_path / "base.yaml").write_text(CODEBOOK, "utf-8")
    (tmp_path / "qualnet.yaml").write_text(
        f"format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - {{path: {path}, case: A}}\n", "utf-8"
    )
    write(tmp_path, TEXT, CODES, 1)
    desk = open_desk(tmp_path)
    sheet, _ = desk.write_sheet("AB", "de", output=tmp_path / "w.xlsx")
    desk.read_sheet(fill(sheet, {"Wir kommen": [STAFF]}), NOW)
    decided = (tmp_path / "overlays" / "claims.csv").read_bytes()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "claims.csv").write_text(
        "Dokument;Ursache;Wirkung;Zitat\ni2;staff;money;x\n", "utf-8"
    )
    project = (tmp_path / "qualnet.yaml").read_text("utf-8")
    (tmp_path / "qualnet.yaml").write_text(project.replace(f"path: {path}", "path: other"), "utf-8")
    told = [str(w.place) for w in build(tmp_path).warnings if w.rule == "decision-without-document"]
    assert told == ["overlays/claims.csv, row 2"]
    assert (tmp_path / "overlays" / "claims.csv").read_bytes() == decided
    (tmp_path / "qualnet.yaml").write_text(project, "utf-8")
    assert arrows(build(tmp_path)) == {("staff", "progress"): ("-", 1)}
