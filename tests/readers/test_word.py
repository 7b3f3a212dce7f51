"""Word documents, written by hand, element by element."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
START, END = (
    '<w:commentRangeStart w:id="{0}"/>',
    '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>',
)


def t(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def on(number: int, words: str) -> str:
    return START.format(number) + t(words) + END.format(number)


def comment(number: int, *lines: str, author: str = "anna", para: str = "") -> str:
    inside = "".join(f'<w:p w14:paraId="{para}">{t(line)}</w:p>' for line in lines)
    about = f'w:author="{author}" w:date="2026-05-04T10:00:00Z"'
    return f'<w:comment w:id="{number}" {about}>{inside}</w:comment>'


def docx(
    path: Path, body: str, comments: str = "", extended: str = "", main: str = "word/document.xml"
) -> Path:
    name = main.rpartition("/")[2]
    related = [("comments", "comments.xml", comments), ("commentsExtended", "/word/ext.xml", extended)]
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships>{relation.format(1, OFFICE, 'officeDocument', main)}</Relationships>",
        main: f"<w:document {W}><w:body>{body}</w:body></w:document>",
        f"word/_rels/{name}.rels": "<Relationships>"
        + "".join(relation.format(k, OFFICE, kind, at) for k, (kind, at, text) in enumerate(related) if text)
        + "</Relationships>",
    }
    if comments:
        members["word/comments.xml"] = f"<w:comments {W} {W14}>{comments}</w:comments>"
    if extended:
        members["word/ext.xml"] = extended
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    path.write_bytes(data.getvalue())
    return path


def read(path: Path) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "word"
        corpus = read_file(found, {}, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


@pytest.mark.samples
@pytest.mark.parametrize("coder", ["a", "b", "c"])
def test_real_files_of_dedoose_s_form(samples: Path, coder: str) -> None:
    path = samples / "docx_comments" / f"dedoose_irr_coder_{coder}.docx"
    corpus, problems = read(path)
    assert not problems
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    said = {}
    for number in re.findall(r'<w:commentRangeStart w:id="(\d+)"/>', xml):
        mark = '<w:commentRange{} w:id="' + number + '"/>'
        inside = xml.split(mark.format("Start"))[1].split(mark.format("End"))[0]
        said[number] = "".join(re.findall(r"<w:t[^>]*>([^<]*)<", inside))
    assert {s.segment_id.rpartition(" ")[2]: s.quote for s in corpus.segments} == said
    # as comments.xml shows them
    codes = ["Policy views", "Legalization timeline", "Enforcement", "Social equity", "Market saturation"]
    found = [c.code_id for c in corpus.codings]
    assert found == [*codes, "Personal use"][: len(found)]
    assert len(found) == {"a": 6, "b": 5, "c": 5}[coder]
    assert {s.anchor for s in corpus.segments} == {"exact"}


def test_a_transcript_without_comments_is_a_document(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{p(t(x))}</w:tc>" for x in ("links", "rechts"))
    body = p(t("I: Woran?")) + p() + p(t("B: Leute"), "<w:r><w:tab/><w:br/></w:r>", t("fehlen."))
    corpus, problems = read(docx(tmp_path / "i1.docx", f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert not problems
    (document,) = corpus.documents
    assert (document.document_id, document.text) == ("i1", "I: Woran?\n\nB: Leute\t\nfehlen.\nlinks\nrechts")
    assert [(s.speaker_id, s.interviewer) for s in corpus.speakers] == [("i1/I", True), ("i1/B", False)]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("paragraphs", 5, 5)]


def test_the_words_of_a_comment_are_coded_by_its_author(tmp_path: Path) -> None:
    body = (
        p(t("B: 😊 "), on(1, "Leute fehlen"), t("."))
        + p(START.format(2), t("Und Geld"))
        + p(t("auch"), END.format(2))
    )
    comments = comment(1, "Personal; Zeit, knapp") + comment(2, "Geld: aus dem Haushalt", author="ben")
    corpus, problems = read(docx(tmp_path / "i1.docx", body, comments))
    assert not problems
    assert [(s.quote, s.start, s.anchor) for s in corpus.segments] == [
        ("Leute fehlen", 5, "exact"),
        ("Und Geld\nauch", 19, "exact"),
    ]
    assert [(c.code_id, c.coder_id, c.comment, c.date) for c in corpus.codings] == [
        ("Personal", "anna", "", "2026-05-04"),
        ("Zeit, knapp", "anna", "", "2026-05-04"),
        ("Geld", "ben", "aus dem Haushalt", "2026-05-04"),
    ]
    assert [c.name for c in corpus.codes] == ["Personal", "Zeit, knapp", "Geld"]
    assert [c.name for c in corpus.coders] == ["anna", "ben"]


def test_what_a_comment_may_say(tmp_path: Path) -> None:
    lines = [
        "#Personal #Geld-Not",
        "Personal -> Fortschritt (-)",
        "Das ist spannend, nachfragen.",
        "x" * 61,
        "",
    ]
    corpus, _ = read(docx(tmp_path / "i1.docx", p(on(1, "Leute fehlen")), comment(1, *lines)))
    assert [c.code_id for c in corpus.codings] == ["Personal", "Geld-Not"]
    assert [(r.from_id, r.to_id, r.sign, r.coder_id) for r in corpus.relations] == [
        ("Personal", "Fortschritt", "-", "anna")
    ]
    assert [e.segment_id for e in corpus.relation_evidence] == ["i1/comment 1"]
    assert [(m.text, m.target_id) for m in corpus.memos] == [
        ("Das ist spannend, nachfragen.", "i1/comment 1"),
        ("x" * 61, "i1/comment 1"),
    ]


def test_replies_are_notes_and_a_comment_on_no_words_is_about_its_paragraph(tmp_path: Path) -> None:
    extended = (
        f'<w15:ex {W14} xmlns:w15="urn:w15"><w15:commentEx w15:paraId="A1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="B2" w15:paraIdParent="A1"/></w15:ex>'
    )
    body = p(t("B: Leute "), '<w:r><w:commentReference w:id="1"/></w:r>', t("fehlen")) + p(t("Ende"))
    body += p('<w:r><w:commentReference w:id="4"/></w:r>')
    comments = (
        comment(1, "Personal", para="A1")
        + comment(2, "sehe ich auch so", author="ben", para="B2")
        + comment(3, "nirgends", para="C3")
        + comment(4, "leer", para="D4")
        + '<w:comment w:id="5" w:author=""/>'
    )
    corpus, problems = read(docx(tmp_path / "i1.docx", body, comments, extended))
    assert not problems
    assert [s.quote for s in corpus.segments] == ["B: Leute fehlen"]
    assert [c.code_id for c in corpus.codings] == ["Personal"]
    assert [m.text for m in corpus.memos] == ["ben: sehe ich auch so"]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues][1:] == [("comments", 5, 2)]


def test_deleted_words_are_gone_and_inserted_ones_there(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>alt</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(p(t("Kasten")))
    new = f"<w:ins>{on(1, 'neu')}</w:ins>"
    body = '<x xmlns:mc="urn:mc">' + p(t("B: "), gone, new, box, t("!")) + "</x>"
    corpus, _ = read(docx(tmp_path / "i1.docx", body, comment(1, "A", author="")))
    assert corpus.documents[0].text == "Kasten\nB: neu!"
    assert [c.coder_id for c in corpus.codings] == [""]
    assert not corpus.coders


@pytest.mark.parametrize(
    ("body", "main", "said"),
    [
        ("", "word/document.xml", "empty-file"),
        (p(t("x")), "word/document2.xml", ""),
        ("<w:p>", "word/document.xml", "unreadable"),
    ],
)
def test_what_is_no_sound_document_is_told(tmp_path: Path, body: str, main: str, said: str) -> None:
    corpus, problems = read(docx(tmp_path / "i1.docx", body, main=main))
    assert [x.split(": ")[1] for x in problems] == [said] * bool(said)
    assert len(corpus.documents) == (not said)


def test_an_archive_without_its_document_is_told(tmp_path: Path) -> None:
    for name, target in (("a", "word/none.xml"), ("b", None)):
        with zipfile.ZipFile(tmp_path / f"{name}.docx", "w") as archive:
            archive.writestr("word/x.xml", "<x/>")
            kind = f"{OFFICE}/officeDocument" if target else "other"
            archive.writestr("_rels/.rels", f'<R><R Type="{kind}" Target="{target}"/></R>')
        assert [x.split(": ")[1] for x in read(tmp_path / f"{name}.docx")[1]] == ["unreadable"]
    with zipfile.ZipFile(tmp_path / "c.docx", "w") as archive:
        archive.writestr("word/x.xml", "<x/>")
    assert [x.split(": ")[1] for x in read(tmp_path / "c.docx")[1]] == ["unreadable"]


def test_the_whole_file_is_forgotten(tmp_path: Path) -> None:
    path = docx(tmp_path / "i1.docx", p(t("B: Zeisig")))
    (found,) = find_inputs(path, "i1.docx", Problems())
    assert readers.forget(found, {}, "i1", Problems()) is None
