"""Pitfalls of the formats, each by its number in our list of facts about them; the first six, and 18 and 20."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import Source, find_inputs, read_file, readers
from qualnet.readers._offsets import RULES, converter

WORDS = "Erst 😀 fehlen Leute.\nDann fehlt 👩‍🔧 das Geld.\nUnd Zeit fehlt auch."
WANTED = ("Leute", "Geld", "Zeit")
CODE = "c0000000-0000-4000-8000-000000000001"


def read(path: Path) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        corpus.extend(read_file(found, {}, problems))
    return corpus, [p.rule for p in problems]


def position(text: str, at: int, unit: str) -> int:
    """Count as a program does, by encoding what stands before."""
    before = text[:at]
    return {"points": len(before), "utf16": len(before.encode("utf-16-le")) // 2}[unit]


def selection(n: int, start: int, end: int, inside: str = "") -> str:
    coding = f'<Coding guid="k{n}"><CodeRef targetGUID="{CODE}"/></Coding>'
    return f'<PlainTextSelection guid="s{n}" startPosition="{start}" endPosition="{end}">{inside or coding}</PlainTextSelection>'


def project(sources: str, *, ns: str = "urn:QDA-XML:project:1.0", more: str = "") -> str:
    codes = f'<CodeBook><Codes><Code guid="{CODE}" name="Mangel" isCodable="true"/></Codes></CodeBook>'
    declared = f' xmlns="{ns}"' if ns else ""
    return f'<?xml version="1.0"?><Project name="p"{declared}>{codes}<Sources>{sources}</Sources>{more}</Project>'


def archived(path: Path, members: dict[str, str | bytes]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize("unit", ["points", "utf16"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(("end", "counted"), [("\n", "\n"), ("\r\n", "\r\n"), ("\r\n", "\n")])
def test_1_emoji_before_a_segment_whatever_is_counted(
    tmp_path: Path, unit: str, bom: bytes, end: str, counted: str
) -> None:
    stored, text = WORDS.replace("\n", end), WORDS.replace("\n", counted)
    marks = "".join(
        selection(n, position(text, text.index(w), unit), position(text, text.index(w) + len(w), unit))
        for n, w in enumerate(WANTED)
    )
    sources = f'<TextSource guid="t1" name="i1" plainTextPath="internal://t1.txt">{marks}</TextSource>'
    path = archived(
        tmp_path / "x.qdpx", {"project.qde": project(sources), "sources/t1.txt": bom + stored.encode()}
    )
    corpus, problems = read(path)
    assert not problems
    assert [s.quote for s in corpus.segments] == list(WANTED)
    assert corpus.documents[0].text == WORDS
    assert [WORDS[s.start : s.end] for s in corpus.segments] == list(WANTED)


@pytest.mark.parametrize("odd", ["e\u0301", "\u00e9", "\u2028", "\u00a0", "\u00ad", "\t", "\f", "\u200d"])
def test_2_stored_text_is_never_normalised(tmp_path: Path, odd: str) -> None:
    text = f"Vor {odd} Leute."
    start = text.index("Leute")
    sources = f'<TextSource guid="t1" name="i1" plainTextPath="internal://t1.txt">{selection(1, start, start + 5)}</TextSource>'
    corpus, problems = read(
        archived(tmp_path / "x.qdpx", {"project.qde": project(sources), "sources/t1.txt": text.encode()})
    )
    assert not problems
    assert corpus.documents[0].text == text
    assert corpus.segments[0].quote == "Leute"


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 3, "Nur"),
        (4, 8, "dies"),
        (0, 8, "Nur dies"),
        (3, 3, ""),
        (5, 2, None),
        (0, 99, None),
        (-1, 2, None),
    ],
)
def test_3_segments_at_the_ends_of_a_text_and_outside_of_it(
    tmp_path: Path, start: int, end: int, quote: str | None
) -> None:
    sources = f'<TextSource guid="t1" name="i1"><PlainTextContent>Nur dies</PlainTextContent>{selection(1, start, end)}</TextSource>'
    (tmp_path / "x.qde").write_text(project(sources), "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert [s.quote for s in corpus.segments] == ([] if quote is None else [quote])
    assert ("offsets-outside" in problems) == (quote is None)


def test_3_nested_crossing_and_doubled_segments_all_stay(tmp_path: Path) -> None:
    spans = [(0, 8), (4, 8), (2, 6), (4, 8)]
    marks = "".join(selection(n, *span) for n, span in enumerate(spans))
    twice = '<Coding guid="a" creatingUser="u1"><CodeRef targetGUID="{0}"/></Coding><Coding guid="b" creatingUser="u2"><CodeRef targetGUID="{0}"/></Coding>'
    marks += selection(9, 0, 3, twice.format(CODE))
    (tmp_path / "x.qde").write_text(
        project(
            f'<TextSource guid="t1" name="i1"><PlainTextContent>Nur dies</PlainTextContent>{marks}</TextSource>'
        ),
        "utf-8",
    )
    corpus, problems = read(tmp_path / "x.qde")
    assert not problems
    assert [(s.start, s.end) for s in corpus.segments] == [*spans, (0, 3)]
    assert [c.coder_id for c in corpus.codings[-2:]] == ["u1", "u2"]


@pytest.mark.parametrize(
    ("inner", "member", "said"),
    [
        ("Meine Studie.qde", "sources/t1.txt", "internal://t1.txt"),
        ("PROJECT.QDE", "Sources/t1.txt", "internal://t1.txt"),
        ("project.qde", "t1.txt", "internal://t1.txt"),
        ("project.qde", "sources/T1.TXT", "t1.txt"),
        ("project.qde", "sources/Gespräch 1.txt", "internal://Gespr%C3%A4ch%201.txt"),
    ],
)
def test_4_names_inside_the_archive_differ(tmp_path: Path, inner: str, member: str, said: str) -> None:
    sources = f'<TextSource guid="t1" name="i1" plainTextPath="{said}">{selection(1, 0, 3)}</TextSource>'
    corpus, problems = read(
        archived(
            tmp_path / "x.qdpx",
            {inner: project(sources), member: "Nur dies", "__MACOSX/._x.qde": b"", ".root": b""},
        )
    )
    assert not problems
    assert [s.quote for s in corpus.segments] == ["Nur"]


def test_4_two_projects_and_a_text_that_is_not_there_are_told(tmp_path: Path) -> None:
    sources = '<TextSource guid="t1" name="i1" plainTextPath="internal://t1.txt"/>'
    assert read(archived(tmp_path / "a.qdpx", {"a.qde": project(sources), "b.qde": project(sources)}))[1] == [
        "unreadable"
    ]
    assert read(archived(tmp_path / "b.qdpx", {"a.qde": project(sources)}))[1] == ["text-missing"]
    short = sources.replace("/>", f">{selection(1, 0, 8)}</TextSource>")
    corpus, problems = read(archived(tmp_path / "c.qdpx", {"a.qde": project(short), "sources/t1.txt": b"x"}))
    assert problems == ["offsets-outside"]
    assert corpus.documents[0].text == "x"


def test_4_of_two_texts_the_one_in_the_xml_counts(tmp_path: Path) -> None:
    sources = f'<TextSource guid="t1" name="i1" plainTextPath="internal://t1.txt"><PlainTextContent>Nur dies</PlainTextContent>{selection(1, 0, 3)}</TextSource>'
    corpus, _ = read(
        archived(tmp_path / "x.qdpx", {"project.qde": project(sources), "sources/t1.txt": "Anderes"})
    )
    assert corpus.documents[0].text == "Nur dies"


@pytest.mark.parametrize(
    "ns",
    [
        "urn:QDA-XML:project:1.0",
        "urn:QDA-XML:project:0:4",
        "urn:QDA-XML:project:0:10",
        "urn:QDA-XML:project:1:0",
        "",
    ],
)
@pytest.mark.parametrize("prefix", ["", "qda"])
def test_5_namespaces_make_no_difference(tmp_path: Path, ns: str, prefix: str) -> None:
    text = project(
        f'<TextSource guid="t1" name="i1"><PlainTextContent>Nur dies</PlainTextContent>{selection(1, 0, 3)}</TextSource>',
        ns=ns,
    )
    if prefix and ns:
        text = text.replace("</", f"</{prefix}:").replace(" xmlns=", f" xmlns:{prefix}=")
        for name in (
            "Project",
            "CodeBook",
            "Codes",
            "Code",
            "Sources",
            "TextSource",
            "PlainTextContent",
            "PlainTextSelection",
            "Coding",
            "CodeRef",
        ):
            text = text.replace(f"<{name} ", f"<{prefix}:{name} ").replace(f"<{name}>", f"<{prefix}:{name}>")
    (tmp_path / "x.qde").write_text(text, "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert not problems
    assert [(s.quote, c.code_id) for s, c in zip(corpus.segments, corpus.codings, strict=True)] == [
        ("Nur", CODE)
    ]


def test_6_guids_in_any_spelling_and_children_in_any_order(tmp_path: Path) -> None:
    guid = "{" + CODE.upper() + "}"
    coding = f'<Coding guid="{{K}}"><NoteRef targetGUID="N1"/><CodeRef targetGUID="{guid}"/></Coding>'
    mark = selection(1, 0, 3, coding)
    text = project(
        f'<TextSource guid="T1" name="i1">{mark}<PlainTextContent>Nur dies</PlainTextContent><Neu a="1"/></TextSource>'
    )
    # what refers stands before what it refers to
    body = text[text.index("<CodeBook") : text.index("</CodeBook>") + 11]
    text = text.replace(body, '<Notes><Note guid="note_1" name="n"/></Notes>').replace(
        "</Project>", f"{body}</Project>"
    )
    (tmp_path / "x.qde").write_text(text, "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert not problems
    assert [
        (s.quote, c.code_id, c.coding_id) for s, c in zip(corpus.segments, corpus.codings, strict=True)
    ] == [("Nur", CODE, "k")]
    assert [(e.owner_type, e.name) for e in corpus.extras] == [("document", "Neu")]
    assert [m.memo_id for m in corpus.memos] == ["note_1"]


@given(st.text(st.sampled_from("a😀\r\n ")))
def test_18_offsets_only_grow_and_reach_both_ends(raw: str) -> None:
    text = raw.replace("\r\n", "\n")
    for rule in RULES:
        positions = list(converter(raw, rule))
        assert positions == sorted(positions)
        assert (positions[0], positions[-1]) == (0, len(text))
        length = len(raw.encode("utf-16-le")) // 2 if rule.utf16 else len(raw)
        assert len(positions) == 1 + length - raw.count("\r\n") * (rule.crlf == 1)


@given(st.binary(max_size=300))
def test_18_no_reader_breaks_on_bytes_of_any_kind(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(data)
    for name in readers:
        assert readers.module(name).sniff(Source(path, path.name)) in {True, False}


def test_20_german_excel_and_german_names_in_archives(tmp_path: Path) -> None:
    table = "Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment\nBäder;Gespräch Größe;Maßnahmen > Förderung;3;3;50;Für die Straße reicht es nicht.\n"
    (tmp_path / "codiert.csv").write_bytes(table.encode("cp1252"))
    corpus, problems = read(tmp_path / "codiert.csv")
    assert problems == ["encoding-guessed"]
    assert [(s.document_id, s.quote, s.paragraph) for s in corpus.segments] == [
        ("Gespräch Größe", "Für die Straße reicht es nicht.", 3)
    ]
    assert [c.code_id for c in corpus.codings] == ["Maßnahmen > Förderung"]
    # Python writes such names as UTF-8 and says so
    sources = f'<TextSource guid="t1" name="i1" plainTextPath="internal://Gespräch.txt">{selection(1, 0, 3)}</TextSource>'
    path = archived(
        tmp_path / "x.qdpx", {"project.qde": project(sources), "sources/Gespräch.txt": "Nur dies"}
    )
    for names in (path.read_bytes(), _cp437(path.read_bytes())):
        path.write_bytes(names)
        corpus, problems = read(path)
        assert not problems
        assert [s.quote for s in corpus.segments] == ["Nur"]


def _cp437(data: bytes) -> bytes:
    """Name the members as old programs do: without the flag for UTF-8, a byte for a letter."""
    flagged, plain = "Gespräch.txt".encode(), "Gespr\x84ch.txt".encode("latin-1")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member.filename.replace("Gespräch", "Gespr__ch"), old.read(member))
    found = out.getvalue()
    assert b"Gespr__ch" in found
    assert len(flagged) == len(b"Gespr__ch.txt")
    # one byte shorter: the name is filled up in front, which is another folder of the same depth
    return found.replace(b"sources/Gespr__ch.txt", b"sources_/" + plain)
