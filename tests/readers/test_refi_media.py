"""REFI-QDA beyond texts: PDF, recordings, pictures, notes of all kinds, and what the standard does not know."""

from pathlib import Path

import pytest

from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, forget, read_file
from tests.readers.test_refi import SELECTION, kept, qde, qdpx, read, read_qde, texts

CODED = '<Coding guid="k{0}"><CodeRef targetGUID="c1"/></Coding>'


def passages(corpus: Corpus) -> list[tuple[str, str, str, str, str]]:
    return [(s.document_id, s.kind, s.quote, s.time, s.area) for s in corpus.segments]


def test_a_pdf_is_its_text_and_areas_without_one_are_kept(tmp_path: Path) -> None:
    pdf = (
        '<PDFSource guid="p1" name="Strategie" path="internal://p1.pdf">'
        '<PDFSelection guid="a1" page="0" firstX="18" firstY="45" secondX="577" secondY="234" name="x">'
        f"<Representation><PlainTextContent>Auf Seite eins</PlainTextContent></Representation>{CODED.format(1)}</PDFSelection>"
        '<PDFSelection guid="a2" firstX="1" firstY="2" secondX="3"/>'
        '<Representation guid="r1"><PlainTextContent>Ziele: Mehr Personal.</PlainTextContent>'
        f'<PlainTextSelection guid="a3" startPosition="7" endPosition="20">{CODED.format(2)}</PlainTextSelection>'
        "</Representation></PDFSource>"
    )
    corpus, problems = read_qde(tmp_path, f"<Sources>{pdf}</Sources>")
    assert not problems
    assert [(d.document_id, d.kind, d.text) for d in corpus.documents] == [
        ("Strategie", "interview", "Ziele: Mehr Personal.")
    ]
    assert passages(corpus) == [
        ("Strategie", "text", "Mehr Personal", "", ""),
        ("Strategie", "area", "Auf Seite eins", "", "S. 1 (18, 45 - 577, 234)"),
        ("Strategie", "area", "", "", "1, 2 - 3, ?"),
    ]
    assert kept(corpus)["PDFSource"] == (1, 1)
    assert (kept(corpus)["selections"], kept(corpus)["codings"]) == ((3, 3), (2, 2))


def test_a_recording_is_its_transcript_with_times(tmp_path: Path) -> None:
    video = (
        '<VideoSource guid="v1" name="Gespräch">'
        '<VideoSelection guid="a1" begin="1000" end="3723000"/>'
        '<Transcript guid="t1" name="T"><PlainTextContent>B: Leute fehlen.</PlainTextContent>'
        '<SyncPoint guid="{Y1}" position="3" timeStamp="61000"/><SyncPoint guid="y2" position="8" timeStamp="65999"/>'
        f'<TranscriptSelection guid="a2" fromSyncPoint="y1" toSyncPoint="y2">{CODED.format(1)}</TranscriptSelection>'
        '<TranscriptSelection guid="a3" fromSyncPoint="y1" toSyncPoint="gone"/>'
        '<VideoSelection guid="a5" begin="5000" end="6000"/>'
        "</Transcript></VideoSource>"
        '<AudioSource guid="u1" name="Ton"><AudioSelection guid="a4" begin="x" end="9"/></AudioSource>'
    )
    corpus, problems = read_qde(tmp_path, f"<Sources>{video}</Sources>")
    assert problems == [
        "x.qde, TranscriptSelection a3: offsets-outside: positions y1 to gone lie outside the text of 16 characters"
    ]
    assert [(d.document_id, d.kind, d.text) for d in corpus.documents] == [
        ("Gespräch", "interview", "B: Leute fehlen."),
        ("Ton", "interview", None),
    ]
    assert passages(corpus) == [
        ("Gespräch", "text", "Leute", "00:01:01 - 00:01:05", ""),
        ("Gespräch", "time", "", "00:00:05 - 00:00:06", ""),
        ("Gespräch", "time", "", "00:00:01 - 01:02:03", ""),
        ("Ton", "time", "", "00:00:00", ""),
    ]
    assert [s.speaker_id for s in corpus.segments] == ["Gespräch/B", "", "", ""]


def test_of_several_transcripts_each_is_a_document(tmp_path: Path) -> None:
    one = '<Transcript guid="{}" name="T"><PlainTextContent>{}</PlainTextContent></Transcript>'
    video = (
        f'<VideoSource guid="v1" name="V">{one.format("t1", "Eins")}{one.format("t2", "Zwei")}</VideoSource>'
        f'<VideoSource guid="v2" name="W"><VideoSelection guid="a1" begin="0" end="1"/>{one.format("t3", "Drei")}{one.format("t4", "Vier")}</VideoSource>'
    )
    corpus, _ = read_qde(tmp_path, f"<Sources>{video}</Sources>")
    assert [(d.document_id, d.text) for d in corpus.documents] == [
        ("V/T", "Eins"), ("V/T (2)", "Zwei"), ("W", None), ("W/T", "Drei"), ("W/T (2)", "Vier"),
    ]  # fmt: skip
    problems = Problems()
    (found,) = find_inputs(tmp_path / "x.qde", "x.qde", problems)
    # one of several transcripts cannot go alone: the recording goes
    content = forget(found, {}, "V/T", problems)
    assert content is not None
    assert b"Eins" not in content
    assert b"Drei" in content


def test_a_picture_is_no_interview_and_one_without_codes_no_document(tmp_path: Path) -> None:
    inside = (
        '<PictureSource guid="b1" name="Bild"><PictureSelection guid="a1" firstX="1" firstY="2" secondX="3" secondY="4">'
        f"{CODED.format(1)}</PictureSelection></PictureSource>"
        '<PictureSource guid="b2" name="leer"/>'
    )
    corpus, problems = read_qde(tmp_path, f"<Sources>{inside}</Sources>")
    assert not problems
    assert [(d.document_id, d.kind) for d in corpus.documents] == [("Bild", "picture")]
    assert passages(corpus) == [("Bild", "area", "", "", "1, 2 - 3, 4")]
    assert kept(corpus)["PictureSource"] == (2, 1)


def test_a_coding_of_a_whole_document_is_a_fact_about_it(tmp_path: Path) -> None:
    inside = CODED.format(1) + '<Coding guid="k2"><CodeRef targetGUID="gone"/></Coding>'
    corpus, problems = read_qde(tmp_path, texts(inside))
    assert not problems
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [("i1", "One", "x")]
    assert kept(corpus)["codings of whole documents"] == (2, 1)


def test_without_its_text_a_selection_keeps_the_words_in_its_name(tmp_path: Path) -> None:
    source = (
        '<Sources><TextSource guid="t1" name="i1" plainTextPath="internal://t1.txt">'
        f'<PlainTextSelection guid="s1" name="Leute fehlen" startPosition="3" endPosition="15">{CODED.format(1)}</PlainTextSelection>'
        "</TextSource></Sources>"
    )
    corpus, problems = read_qde(tmp_path, source)
    assert [p.partition(": ")[2].partition(":")[0] for p in problems] == ["text-missing"]
    assert [(s.kind, s.quote, s.start) for s in corpus.segments] == [("quote", "Leute fehlen", None)]
    assert kept(corpus)["codings"] == (1, 1)


def test_comments_and_notes_stay_with_what_they_are_about(tmp_path: Path) -> None:
    note = '<Note guid="{0}" name="n"><PlainTextContent>{1}</PlainTextContent></Note>'
    notes = (
        note.format("n1", "zur Codierung") + note.format("n2", "zum Interview") + note.format("n3", "zum Fall")
        + note.format("n4", "zum Link") + note.format("n5", "allein") + note.format("n6", "zum Code")
        + '<Note guid="n7"><Description>nur beschrieben</Description></Note>'
    )  # fmt: skip
    coding = '<Coding guid="k1"><CodeRef targetGUID="c1"/><NoteRef targetGUID="n1"/><NoteRef targetGUID="gone"/></Coding>'
    first = SELECTION.format(15, 20, f"<Description>One -&gt; Two (-)</Description>{coding}")
    second = SELECTION.format(
        0, 2, "<Description>nachfragen</Description><NoteRef targetGUID='gone'/>"
    ).replace("s1", "s2")
    sources = texts(first + second + '<NoteRef targetGUID="n2"/><Description> worum es geht </Description>')
    rest = (
        '<Cases><Case guid="k9" name="A"><Description>Stadt</Description><NoteRef targetGUID="n3"/></Case></Cases>'
        f"<Notes>{notes}</Notes>"
        '<Links><Link guid="l1" originGUID="c1" targetGUID="c2"><NoteRef targetGUID="n4"/><NoteRef targetGUID="n4"/></Link></Links>'
    )
    path = tmp_path / "x.qde"
    text = qde(sources + rest).replace('name="Two"/>', 'name="Two"><NoteRef targetGUID="n6"/></Code>')
    path.write_text(text, "utf-8")
    corpus, problems = read(path)
    assert not problems
    (coded,) = corpus.codings
    assert coded.comment == "One -> Two (-)\nzur Codierung"
    assert [(r.from_id, r.to_id, r.sign, r.source_kind) for r in corpus.relations] == [
        ("One", "Two", "-", "comment"),
        ("c1", "c2", "unstated", "link"),
    ]
    assert [(e.relation_id, e.segment_id) for e in corpus.relation_evidence] == [("s1/One>Two/", "s1")]
    assert sorted((m.target_type, m.target_id, m.text) for m in corpus.memos) == [
        ("case", "k9", "Stadt"),
        ("case", "k9", "zum Fall"),
        ("code", "c2", "zum Code"),
        ("coding", "k1", "zur Codierung"),
        ("document", "i1", "worum es geht"),
        ("document", "i1", "zum Interview"),
        ("project", "", "allein"),
        ("project", "", "nur beschrieben"),
        ("relation", "l1", "zum Link"),
        ("segment", "s2", ""),
        ("segment", "s2", "nachfragen"),
    ]


def test_passages_coded_at_a_case_say_whose_the_document_is_if_it_is_one(tmp_path: Path) -> None:
    cases = (
        '<Cases><Case guid="k1" name="A"/><Case guid="k2" name="B"><SelectionRef targetGUID="s3"/>'
        '<SelectionRef targetGUID="gone"/></Case></Cases>'
    )
    at = '<Coding guid="x"><CodeRef targetGUID="{}"/></Coding>'
    one = '<TextSource guid="t{0}" name="i{0}"><PlainTextContent>Worte.</PlainTextContent>{1}</TextSource>'
    mark = '<PlainTextSelection guid="s{}" startPosition="0" endPosition="5">{}</PlainTextSelection>'
    sources = (
        one.format(1, mark.format(1, at.format("k1")))
        + one.format(2, mark.format(2, at.format("k1") + at.format("k2")))
        + one.format(3, mark.format(3, ""))
        + one.format(4, at.format("k2"))
    )
    corpus, problems = read_qde(tmp_path, f"{cases}<Sources>{sources}</Sources>")
    assert not problems
    assert [(d.document_id, d.case_id, d.rule) for d in corpus.document_cases] == [
        ("i1", "k1", "selection"),
        ("i4", "k2", "selection"),
        ("i3", "k2", "selection"),
    ]
    assert (kept(corpus)["codings at cases"], kept(corpus)["selections of cases"]) == ((3, 3), (2, 1))


def test_what_the_standard_does_not_know_is_kept(tmp_path: Path) -> None:
    coding = '<Coding guid="k1" weight="85"><CodeRef targetGUID="c1"/><Weight>3</Weight></Coding>'
    mark = (
        SELECTION.format(0, 2, f'{coding}<Emoji code="1"/>')
        .replace("<PlainText", "<PlainText")
        .replace('guid="s1"', 'guid="s1" important="1"')
    )
    inside = (
        texts(f"{mark}<Audit><by>AB</by></Audit>", ' rating="5"')
        + '<Cases><Case guid="k9" name="A" icon="x"/></Cases>'
        + '<Sets><Set guid="m1" name="Codes: alle"><MemberCode targetGUID="{C1}"/><MemberNote targetGUID="n1"/></Set></Sets>'
        + "<Dashboards><Dashboard/></Dashboards>"
    )
    text = (
        qde(inside)
        .replace('name="Two"', 'name="Two" priority="1"')
        .replace("<Project ", '<Project basePath="/home/x" theme="dark" ')
    )
    (tmp_path / "x.qde").write_text(text, "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert not problems
    assert [(e.owner_type, e.owner_id, e.name, e.value) for e in corpus.extras] == [
        ("code", "c2", "@priority", "1"),
        ("coding", "k1", "@weight", "85"),
        ("coding", "k1", "Weight", "<Weight>3</Weight>"),
        ("segment", "s1", "@important", "1"),
        ("segment", "s1", "Emoji", '<Emoji code="1" />'),
        ("document", "i1", "@rating", "5"),
        ("document", "i1", "Audit", "<Audit><by>AB</by></Audit>"),
        ("case", "k9", "@icon", "x"),
        ("set", "Codes: alle", "MemberCode", "c1"),
        ("set", "Codes: alle", "MemberNote", "n1"),
        ("project", "", "@theme", "dark"),
        ("project", "", "Dashboards", "<Dashboards><Dashboard /></Dashboards>"),
    ]


def test_children_may_stand_in_any_order(tmp_path: Path) -> None:
    sources = texts(SELECTION.format(15, 20, CODED.format(1)))
    rest = qde("").partition('project:1.0">')[2]
    text = f'<Project xmlns="urn:QDA-XML:project:1.0">{sources}{rest}'
    (tmp_path / "x.qde").write_text(text, "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert not problems
    assert ([s.quote for s in corpus.segments], kept(corpus)["codings"]) == (["Leute"], (1, 1))


@pytest.mark.parametrize("utf16", [False, True])
def test_names_that_begin_as_the_passage_does_tell_how_positions_are_counted(
    tmp_path: Path, utf16: bool
) -> None:
    text = "🙂🙂 aaaa bbbb cccc dddd eeee"
    marks = ""
    for k, word in enumerate(("aaaa", "bbbb", "cccc", "dddd")):
        start = text.index(word) + 2 * utf16
        marks += f'<PlainTextSelection guid="s{k}" name="{word} …" startPosition="{start}" endPosition="{start + 6}"/>'
    corpus, _ = read_qde(tmp_path, texts(marks, text=text))
    assert [s.quote for s in corpus.segments] == ["aaaa b", "bbbb c", "cccc d", "dddd e"]
    assert corpus.imports[0].offset_rule == f"{'UTF-16 units' if utf16 else 'code points'}, line end 1"


def test_a_project_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(tmp_path / "x.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", qde(" " * 2**22))
    corpus, problems = read(tmp_path / "x.qdpx")
    assert not corpus.codes
    assert problems == [
        "x.qdpx, project.qde: too-large: project.qde is larger than 1024 MiB; nothing of it was used"
    ]


def test_an_encrypted_project_is_refused(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "x.qdpx", {"project.qde": qde("")})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    corpus, problems = read(path)
    assert (corpus.codes, len(problems)) == ([], 1)
    assert "encrypted" in problems[0]


# real files, with the counts that their makers and the standard's annex state


@pytest.mark.samples
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("skyloom_TestProject.qdpx", {"codes": 14, "documents": 6, "PDFSource": 2, "PictureSource": 1, "AudioSource": 1, "VideoSource": 2, "codings": 16, "sets": 16, "links": 1, "edges": 2, "notes": 2}),
        ("skyloom_Project.qde", {"codes": 14, "documents": 6, "PDFSource": 2, "PictureSource": 1, "AudioSource": 1, "VideoSource": 2, "codings": 16, "sets": 16, "links": 1, "edges": 2, "notes": 2}),
        ("spec_a2_atlasti.qde", {"codes": 14, "documents": 6, "PDFSource": 2, "PictureSource": 1, "AudioSource": 1, "VideoSource": 2, "codings": 16, "sets": 16, "links": 1, "edges": 2, "notes": 2}),
        ("spec_a3_transana.qde", {"users": 63, "codes": 19, "documents": 6, "PictureSource": 5, "VideoSource": 5, "sets": 6, "notes": 40}),
        ("qualilab_stress_test.qdpx", {"users": 7, "codes": 90, "documents": 16, "codings": 2332, "cases": 16, "case values": 192}),
    ],
)  # fmt: skip
def test_real_projects_hold_what_is_said_of_them(samples: Path, name: str, expected: dict[str, int]) -> None:
    corpus, _ = read(samples / "refi" / name)
    counts = kept(corpus)
    assert {kind: counts[kind][0] for kind in expected} == expected
    for kind in ("selections", "codings", "codes", "notes", "users", "cases"):
        if kind in counts:
            assert counts[kind][0] == counts[kind][1], kind


@pytest.mark.samples
def test_the_annex_of_the_standard_has_66_codings(samples: Path) -> None:
    corpus, _ = read(samples / "refi" / "spec_a3_transana.qde")
    counts = kept(corpus)
    assert counts["codings"][0] + counts["codings of whole documents"][0] == 66
    # a whole source may be coded as well; rows in = rows used + rows refused
    assert len(corpus.codings) == counts["codings"][1]


@pytest.mark.samples
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("portableqda_REFI-QDA-1-5.qdc", None),
        ("portableqda_doorstop-core-tests-files-exported.qdc", None),
        ("portableqda_portableQDA_Atlasti.qdc", None),
        ("portableqda_portableQDA_test_compare_Diff_destAtlas.qdc", None),
        ("taguette_1.5.2_generated.qdc", 2),
    ],
)
def test_real_codebooks_are_read_whole(samples: Path, name: str, codes: int | None) -> None:
    path = samples / "codebooks" / name
    # as many as there are elements <Code ...>, counted in the file's text
    expected = codes or path.read_text("utf-8").count("<Code ") + path.read_text("utf-8").count("<Code\n")
    corpus, problems = Corpus(), Problems()
    for found in find_inputs(path, name, problems):
        corpus = read_file(found, {}, problems)
    assert len(corpus.codes) == expected > 0
    assert {c.parent_id for c in corpus.codes} <= {c.code_id for c in corpus.codes} | {""}
