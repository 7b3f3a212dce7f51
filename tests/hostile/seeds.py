"""A small sound file of every format, for mutation."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.forgetting.canary import FORMATS, OTHERS
from tests.readers.test_brat import t
from tests.readers.test_brat import written as brat
from tests.readers.test_dedoose import EXCERPTS
from tests.readers.test_dna import Dna
from tests.readers.test_qualcoder import QualCoder
from tests.readers.test_refi import SELECTION, qde, texts
from tests.readers.test_rqda import Rqda
from tests.readers.test_uima import FEATURES, SPANS, cas, xmi
from tests.readers.test_webanno import FIRST, HEAD
from tests.readers.test_word import comment, docx, on, p

CODING = '<Coding guid="k1"><CodeRef targetGUID="c1"/></Coding>'


def _one(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / FORMATS[name](folder, list(OTHERS[:2]))
        return min(path.iterdir()) if path.is_dir() else path

    return make


def _refi(folder: Path) -> Path:
    media = (
        '<VideoSource guid="v1" name="V"><Transcript guid="t9"><PlainTextContent>Ja.</PlainTextContent>'
        '<SyncPoint guid="y1" position="0" timeStamp="0"/><SyncPoint guid="y2" position="2" timeStamp="900"/>'
        '<TranscriptSelection guid="a1" fromSyncPoint="y1" toSyncPoint="y2"/></Transcript></VideoSource></Sources>'
    )
    sources = texts(SELECTION.format(15, 20, CODING)).replace("</Sources>", media)
    rest = (
        '<Cases><Case guid="k1" name="A"><SourceRef targetGUID="t1"/></Case></Cases>'
        '<Links><Link guid="l1" originGUID="c1" targetGUID="c2" direction="OneWay" name="hemmt"/></Links>'
        '<Sets><Set guid="m1" name="Stadt: Soest"><MemberSource targetGUID="t1"/></Set></Sets>'
    )
    (folder / "x.qde").write_text(qde(sources + rest), "utf-8")
    return folder / "x.qde"


def _word(folder: Path) -> Path:
    body = p(on(0, "Ohne Leute geht nichts."))
    return docx(folder / "i1.docx", body, comments=comment(0, "Personalmangel", "Geld -&gt; Umsetzung (-)"))


def _rqda(folder: Path) -> Path:
    made = Rqda(folder / "rqda")
    made.text()
    made.insert("freecode", id=1, name="Leute", memo="wer fehlt", color="red")
    made.coding("Leute")
    return made.done()


def _qualcoder(folder: Path) -> Path:
    made = QualCoder(folder / "study")
    number = made.text("i1", "Ohne Leute geht nichts.")
    made.coding(number, made.code("Personalmangel"), "Leute", "Ohne Leute geht nichts.")
    return made.done() / "data.qda"


def _brat(folder: Path) -> Path:
    return brat(folder, t(1, "Personalmangel", "Leute"))


def _doccano(folder: Path) -> Path:
    row = {
        "id": 1,
        "text": "Ohne Leute geht nichts.",
        "entities": [{"id": 1, "label": "Leute", "start_offset": 5, "end_offset": 10}],
        "relations": [{"id": 1, "from_id": 1, "to_id": 1, "type": "hemmt"}],
    }
    (folder / "all.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return folder / "all.jsonl"


def _label_studio(folder: Path) -> Path:
    value = {"start": 5, "end": 10, "text": "Leute", "labels": ["Leute"]}
    region = {"id": "a", "type": "labels", "value": value, "from_name": "l", "to_name": "t"}
    task = {
        "id": 1,
        "data": {"text": "Ohne Leute geht nichts."},
        "annotations": [{"id": 1, "result": [region]}],
    }
    (folder / "tasks.json").write_text(json.dumps([task]), "utf-8")
    return folder / "tasks.json"


def _atlasti(folder: Path) -> Path:
    text = "Number;Reference;Text Content;Document;Codes;Number of Codes\n1:1;¶ 4;Worte;SO1;Geld, Leute;2\n"
    (folder / "q.csv").write_text(text, "utf-8")
    return folder / "q.csv"


def _speech(folder: Path) -> Path:
    text = "---\nRolle: Amt\nStadt: Soest\n---\n\nI: Woran liegt es?\n\nB: Ohne Leute geht nichts. #00:01:12-3#\n"
    (folder / "SO1.txt").write_text(text, "utf-8")
    return folder / "SO1.txt"


def _dna(folder: Path) -> Path:
    made = Dna(folder / "dna")
    made.document("i1", "B: Ohne Leute geht nichts.")
    made.statement(1, 3, 13, person="Frau A", concept="Personalmangel", agreement=1)
    return made.done()


def _webanno(folder: Path) -> Path:
    (folder / "i1.tsv").write_text(HEAD + FIRST, "utf-8")
    return folder / "i1.tsv"


def _matrix(folder: Path) -> Path:
    (folder / "m.csv").write_text(";A;B\nA;;-1\nB;1;\n", "utf-8")
    return folder / "m.csv"


def _dedoose(folder: Path) -> Path:
    (folder / "excerpts.csv").write_text(EXCERPTS, "utf-8")
    return folder / "excerpts.csv"


def _uima(folder: Path) -> Path:
    return xmi(folder, SPANS)


def _cas(folder: Path) -> Path:
    return cas(folder, FEATURES)


def _codebook(folder: Path) -> Path:
    (folder / "x.qdc").write_text(
        qde("", "CodeBook")
        .replace("<CodeBook><Codes>", "<Codes>", 1)
        .replace("</CodeBook></CodeBook>", "</CodeBook>"),
        "utf-8",
    )
    return folder / "x.qdc"


SEEDS: dict[str, Callable[[Path], Path]] = {
    **{name: _one(name) for name in FORMATS},
    "refi": _refi,
    "codebook": _codebook,
    "word": _word,
    "rqda": _rqda,
    "qualcoder": _qualcoder,
    "brat": _brat,
    "doccano": _doccano,
    "label_studio": _label_studio,
    "atlasti": _atlasti,
    "matrix": _matrix,
    "speech": _speech,
    "dna": _dna,
    "webanno": _webanno,
    "dedoose": _dedoose,
    "uima": _uima,
    "cas": _cas,
}


def seed(name: str, folder: Path) -> Path:
    """Write the seed of a format, alone in a folder with what belongs to it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return SEEDS[name](folder)
