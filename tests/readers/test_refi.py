"""REFI-QDA projects written by hand, element by element."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from qualnet.corpus import Corpus
from qualnet.corpus.cases import assign_case_by
from qualnet.problems import Place, Problems
from qualnet.readers import find_inputs, read_file
from qualnet.readers._source import Source
from qualnet.readers.refi import sniff

CODES = (
    '<CodeBook><Codes><Code guid="{C0}" name="Heading" isCodable="false">'
    "<Description>What it\nmeans</Description>"
    '<Code guid="c1" name="One" color="#ff0000"/><Code guid="c2" name="Two"/></Code></Codes></CodeBook>'
)
TEXT = "I: Woran?\n\nB1: Leute fehlen."


def qde(inside: str, root: str = "Project") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} name="p" xmlns="urn:QDA-XML:project:1.0">{CODES}{inside}</{root}>'


def texts(inside: str = "", attributes: str = "", text: str = TEXT) -> str:
    content = f"<PlainTextContent>{text}</PlainTextContent>"
    return f'<Sources><TextSource guid="t1" name="i1"{attributes}>{content}{inside}</TextSource></Sources>'


def qdpx(path: Path, members: dict[str, str | bytes]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


def read(path: Path) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems, "refi"):
        corpus = read_file(found, {}, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def read_qde(folder: Path, inside: str, root: str = "Project") -> tuple[Corpus, list[str]]:
    path = folder / "x.qde"
    path.write_text(qde(inside, root), "utf-8")
    return read(path)


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


SELECTION = '<PlainTextSelection guid="s1" startPosition="{}" endPosition="{}">{}</PlainTextSelection>'


def test_codes_keep_their_tree_and_what_they_mean(tmp_path: Path) -> None:
    corpus, problems = read_qde(tmp_path, "")
    assert not problems
    assert [(c.code_id, c.name, c.parent_id, c.codable, c.color, c.definition) for c in corpus.codes] == [
        ("c0", "Heading", "", False, "", "What it\nmeans"),
        ("c1", "One", "c0", True, "#ff0000", ""),
        ("c2", "Two", "c0", True, "", ""),
    ]


def test_a_selection_is_a_segment_with_its_words_and_who_speaks(tmp_path: Path) -> None:
    users = '<Users><User guid="u1" name="AB"/><User guid="u2"/></Users>'
    codings = (
        '<Coding guid="k1" creatingUser="{U1}" creationDateTime="2026-10-01T09:30:00Z"><CodeRef targetGUID="{C1}"/></Coding>'
        '<Coding creatingUser="u2"><CodeRef targetGUID="c2"/></Coding>'
    )
    corpus, problems = read_qde(tmp_path, users + texts(SELECTION.format(15, 20, codings)))
    assert not problems
    (segment,) = corpus.segments
    assert (segment.quote, segment.start, segment.end, segment.speaker_id) == ("Leute", 15, 20, "i1/B1")
    assert [(c.coding_id, c.code_id, c.coder_id, c.date) for c in corpus.codings] == [
        ("k1", "c1", "AB", "2026-10-01"),
        ("s1/c2", "c2", "u2", ""),
    ]
    assert {s.label: s.interviewer for s in corpus.speakers} == {"I": True, "B1": False}
    assert [(c.coder_id, c.name) for c in corpus.coders] == [("AB", "AB"), ("u2", "u2")]


def test_a_selection_on_a_line_without_speaker_has_none(tmp_path: Path) -> None:
    corpus, _ = read_qde(tmp_path, texts(SELECTION.format(0, 4, ""), text="Nur Worte."))
    assert [(s.quote, s.speaker_id) for s in corpus.segments] == [("Nur ", "")]


def test_positions_outside_the_text_and_codes_that_do_not_exist_are_told(tmp_path: Path) -> None:
    codings = '<Coding guid="k1"><CodeRef targetGUID="c9"/></Coding><Coding guid="k2"/>'
    inside = SELECTION.format(0, 400, "") + SELECTION.format("x", 3, "") + SELECTION.format(3, 1, "") + SELECTION.format(0, 3, codings)  # fmt: skip
    corpus, problems = read_qde(tmp_path, texts(inside))
    assert problems == [
        (
            "x.qde, Coding k1: unknown-code: CodeRef 'c9' is no code of this codebook"
            " | add it to the codebook, or as an alias of a code: aliases: [c9]"
        ),
        (
            "x.qde, Coding k2: unknown-code: CodeRef '(none)' is no code of this codebook"
            " | add it to the codebook, or as an alias of a code: aliases: [(none)]"
        ),
        "x.qde, PlainTextSelection s1: offsets-outside: positions 0 to 400 lie outside the text of 28 characters",
        "x.qde, PlainTextSelection s1: offsets-outside: positions 3 to 1 lie outside the text of 28 characters",
        "x.qde, PlainTextSelection s1: offsets-outside: positions x to 3 lie outside the text of 28 characters",
    ]
    assert kept(corpus)["codings"] == (2, 0)


def test_sources_that_are_no_texts_are_counted_and_not_kept(tmp_path: Path) -> None:
    inside = texts().replace("<Sources>", '<Sources><PDFSource guid="p1" name="x"/><AudioSource guid="a1"/>')
    inside = inside.replace("</Sources>", '<TextSource guid="t2" name="i1"/></Sources>')
    corpus, problems = read_qde(tmp_path, inside)
    assert not problems
    assert kept(corpus) == {
        "codes": (3, 3), "documents": (2, 1), "PDFSource": (1, 0), "AudioSource": (1, 0),
    }  # fmt: skip
    # the second of one name gets a name of its own, and has no text
    assert [(d.document_id, d.name, d.text) for d in corpus.documents] == [
        ("i1", "i1", TEXT),
        ("i1 (2)", "i1", None),
    ]


def test_variables_are_facts_of_documents_and_attributes_of_cases(tmp_path: Path) -> None:
    variables = (
        '<Variables><Variable guid="v1" name="Rolle"/><Variable guid="v2" name="Maturity"/></Variables>'
    )
    value = '<VariableValue><VariableRef targetGUID="{}"/><{}>{}</{}></VariableValue>'
    facts = value.format("v1", "TextValue", "Amt", "TextValue") + value.format("v2", "IntegerValue", 3, "IntegerValue")  # fmt: skip
    cases = (
        f'<Cases><Case guid="{{K1}}" name="Soest">{facts}<SourceRef targetGUID="t1"/><SourceRef targetGUID="gone"/></Case>'
        '<Case guid="k2"><VariableValue/></Case></Cases>'
    )
    corpus, problems = read_qde(tmp_path, variables + texts(facts) + cases)
    assert not problems
    assert corpus.documents[0].role == "Amt"
    assert [(c.case_id, c.name) for c in corpus.cases] == [("k1", "Soest"), ("k2", "Case 2")]
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes if a.owner_type == "case"] == [
        ("k1", "Rolle", "Amt"),
        ("k1", "Maturity", "3"),
        ("k2", "", ""),
    ]
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("i1", "k1")]


def test_variables_of_a_source_name_its_city(tmp_path: Path) -> None:
    """As MAXQDA writes document variables."""
    value = '<VariableValue><VariableRef targetGUID="{}"/>{}</VariableValue>'
    facts = value.format("v1", "<TextValue>Soest</TextValue>") + value.format(
        "v2", "<TextValue>Amt</TextValue>"
    )
    facts += value.format("v3", "<IntegerValue>7</IntegerValue>") + value.format("v1", "")
    variables = "".join(
        f'<Variable guid="v{i}" name="{n}"/>' for i, n in ((1, "Stadt"), (2, "Rolle"), (3, "Jahre"))
    )
    corpus, problems = read_qde(tmp_path, f"<Variables>{variables}</Variables>{texts(facts)}")
    assert not problems
    assert [(a.owner_type, a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("document", "i1", "Stadt", "Soest"),
        ("document", "i1", "Jahre", "7"),
    ]
    assert corpus.documents[0].role == "Amt"
    assign_case_by(corpus, "stadt", Place("x"), Problems())
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("i1", "Soest")]


NOTE = '<Note guid="n{0}" name="x"><PlainTextContent>{1}</PlainTextContent></Note>'


def noted(*notes: str) -> str:
    references = "".join(f'<NoteRef targetGUID="n{i}"/>' for i in range(len(notes)))
    written = "".join(NOTE.format(i, text) for i, text in enumerate(notes))
    return texts(SELECTION.format(15, 20, references)) + f"<Notes>{written}</Notes>"


def test_a_note_of_a_claim_is_a_claim_and_another_note_a_memo(tmp_path: Path) -> None:
    claim = 'claim: {cause: One, effect: New, sign: -, denied: yes, id: x7, coder: AB, hedge: "na, ja \\"so\\"", about_case: Kamen}'
    corpus, problems = read_qde(tmp_path, noted(claim, "Remember to ask."))
    assert not problems
    (relation,) = corpus.relations
    assert (relation.relation_id, relation.from_id, relation.to_id, relation.sign) == (
        "x7",
        "c1",
        "New",
        "-",
    )
    assert (relation.denied, relation.coder_id, relation.hedge) == (True, "AB", 'na, ja "so"')
    assert (relation.about_case, relation.document_id, relation.source_kind) == ("Kamen", "i1", "note")
    assert [(e.relation_id, e.segment_id) for e in corpus.relation_evidence] == [("x7", "s1")]
    assert [(m.text, m.target_type, m.target_id) for m in corpus.memos] == [
        ("Remember to ask.", "segment", "s1")
    ]
    # codes that only claims name are codes as well, once
    assert [c.code_id for c in corpus.codes] == ["c0", "c1", "c2", "New"]


def test_faults_of_claims_are_told_all_at_once(tmp_path: Path) -> None:
    corpus, problems = read_qde(
        tmp_path,
        noted(
            "claim: {cause: One, effect: Two, sign: up, status: someday}",
            "claim: {cause: One}",
        ),
    )
    assert problems == [
        "x.qde, Note n0: unknown-sign: 'up' is no sign | signs are: +, -, ambivalent, unstated",
        "x.qde, Note n0: unknown-value: status: 'someday' is not allowed | one of: observed, expected, demanded, reported",
        "x.qde, Note n1: half-claim: the claim has no effect; kept as a half-chain, it draws no arrow",
    ]
    assert kept(corpus)["claims"] == (2, 1)
    assert [(r.relation_id, r.from_id, r.to_id) for r in corpus.relations] == [("n1", "c1", "")]


def test_links_are_relations_of_what_they_join(tmp_path: Path) -> None:
    link = '<Link guid="l{}" name="{}" direction="{}" originGUID="{}" targetGUID="{}"/>'
    links = [
        link.format(1, "hemmt", "OneWay", "{C1}", "c2"),
        link.format(2, "anything", "Bidirectional", "c1", "s1"),
        link.format(3, "", "Associative", "c1", "gone"),
    ]
    corpus, problems = read_qde(
        tmp_path, texts(SELECTION.format(0, 1, "")) + f"<Links>{''.join(links)}</Links>"
    )
    assert not problems
    assert [(r.relation_id, r.from_type, r.to_type, r.direction, r.sign) for r in corpus.relations] == [
        ("l1", "code", "code", "oneway", "-"),
        ("l2", "code", "segment", "both", "unstated"),
        ("l3", "code", "memo", "none", "unstated"),
    ]
    assert json.loads(corpus.relations[0].extra)["name"] == "hemmt"


def test_a_link_that_only_draws_a_claim_of_a_note_is_no_second_claim(tmp_path: Path) -> None:
    links = '<Links><Link guid="l1" direction="OneWay" originGUID="c1" targetGUID="c2"/></Links>'
    corpus, _ = read_qde(tmp_path, noted("claim: {cause: One, effect: Two}") + links)
    assert [r.source_kind for r in corpus.relations] == ["note"]
    assert kept(corpus)["links"] == (1, 1)


def test_groups_of_documents_are_attributes(tmp_path: Path) -> None:
    """ATLAS.ti writes attributes as groups called `attribute: value`, MAXQDA its document groups."""
    group = '<Set guid="m{}" name="{}">{}</Set>'
    member = '<MemberSource targetGUID="{T1}"/>'
    groups = [
        group.format(1, "Stadt: Soest", member),
        group.format(2, "Verwaltung", '<MemberSource guid="t1"/>'),  # as the annex of the standard has it
        group.format(3, "Bild: ja", '<MemberSource targetGUID="p1"/>'),
        group.format(4, "Codes", '<MemberCode targetGUID="c1"/>'),
        group.format(5, "", member),
        group.format(6, "leer:", member),
    ]
    corpus, problems = read_qde(tmp_path, texts() + f"<Sets>{''.join(groups)}</Sets>")
    assert not problems
    assert [(a.owner_type, a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("document", "i1", "Stadt", "Soest"),
        ("document", "i1", "Set", "Verwaltung"),
        ("document", "i1", "Set", "leer"),
    ]
    assert kept(corpus)["sets"] == (6, 3)
    assign_case_by(corpus, "stadt", Place("x"), Problems())
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("i1", "Soest")]


def test_edges_of_graphs_between_codes_are_relations(tmp_path: Path) -> None:
    vertex = '<Vertex guid="v{}" representedGUID="{}"/>'
    edge = '<Edge guid="{}" sourceVertex="v{}" targetVertex="v{}" direction="{}" name="{}"{}/>'
    graph = [
        vertex.format(1, "{C1}") + vertex.format(2, "c2") + vertex.format(3, "t1"),
        edge.format("e1", 1, 2, "OneWay", "hemmt", ""),
        edge.format("", 2, 1, "Associative", "", ""),
        edge.format("e3", 1, 3, "OneWay", "", ""),
        edge.format("e4", 1, 2, "OneWay", "", ' representedGUID="{L1}"'),
        edge.format("e5", 1, 9, "OneWay", "", ""),
    ]
    link = (
        '<Links><Link guid="l1" name="fördert" direction="OneWay" originGUID="c1" targetGUID="c2"/></Links>'
    )
    corpus, problems = read_qde(
        tmp_path, texts() + link + f'<Graphs><Graph guid="g1" name="Netz">{"".join(graph)}</Graph></Graphs>'
    )
    assert not problems
    assert [
        (r.relation_id, r.from_id, r.to_id, r.direction, r.sign, r.source_kind) for r in corpus.relations
    ] == [
        ("l1", "c1", "c2", "oneway", "+", "link"),
        ("e1", "c1", "c2", "oneway", "-", "graph"),
        ("g1/2", "c2", "c1", "none", "unstated", "graph"),
    ]
    assert kept(corpus)["edges"] == (5, 3)


def test_an_edge_that_only_draws_a_claim_is_no_second_claim(tmp_path: Path) -> None:
    graph = (
        '<Graphs><Graph guid="g1"><Vertex guid="v1" representedGUID="c1"/><Vertex guid="v2" representedGUID="c2"/>'
        '<Edge guid="e1" sourceVertex="v1" targetVertex="v2" direction="OneWay"/></Graph></Graphs>'
    )
    corpus, _ = read_qde(tmp_path, noted("claim: {cause: One, effect: Two}") + graph)
    assert [r.source_kind for r in corpus.relations] == ["note"]


def test_texts_of_an_archive_are_found_whatever_their_case_and_escapes(tmp_path: Path) -> None:
    source = '<Sources><TextSource guid="t1" name="i1" plainTextPath="internal://A%20B.TXT"/></Sources>'
    note = '<Notes><Note guid="n1" plainTextPath="internal://n.txt"/><Note guid="n2"/></Notes>'
    path = qdpx(
        tmp_path / "x.qdpx",
        {"project.qde": qde(source + note), "sources/a b.txt": "B: \u00dcber\r\n".encode("utf-8-sig"), "sources/n.txt": "x"},
    )  # fmt: skip
    corpus, problems = read(path)
    assert not problems
    assert [d.text for d in corpus.documents] == ["B: Über\n"]


@pytest.mark.parametrize(
    "where",
    [
        "absolute:///etc/passwd",
        "relative:///x.txt",
        "internal://none.txt",
    ],
)
def test_a_text_outside_the_archive_is_not_followed(tmp_path: Path, where: str) -> None:
    source = f'<Sources><TextSource guid="t1" name="i1" plainTextPath="{where}"/></Sources>'
    corpus, problems = read(qdpx(tmp_path / "x.qdpx", {"project.qde": qde(source)}))
    assert problems == [
        (
            f"x.qdpx, TextSource i1: text-missing: its text is not in the file: {where}"
            " | export the project again, with its texts"
        )
    ]
    assert [d.text for d in corpus.documents] == [None]


def test_a_project_alone_has_no_texts_beside_it(tmp_path: Path) -> None:
    source = '<Sources><TextSource guid="t1" name="i1" plainTextPath="internal://a.txt"/></Sources>'
    _, problems = read_qde(tmp_path, source)
    assert problems == [
        (
            "x.qde, TextSource i1: text-missing: its text is not in the file: internal://a.txt"
            " | export the project again, with its texts"
        )
    ]


def test_an_archive_needs_exactly_one_project(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "x.qdpx", {"a.qde": qde(""), "b.qde": qde("")})
    assert read(path)[1] == [
        "x.qdpx: unreadable: the file cannot be read: 2 files *.qde in the archive, expected 1"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (qde("", "Codebook"), "x.qde: unreadable: the file cannot be read: the root is <Codebook>, expected <Project>"),
        ('<!DOCTYPE p [<!ENTITY a "b">]><Project/>', "x.qde: unsafe-file: refused: it has a DOCTYPE"),
        ("<Project>" + "<a>" * 64 + "</a>" * 64 + "</Project>", "x.qde: unsafe-file: refused: more than 64 levels"),
        ("<Project>", "x.qde: unreadable: "),
        ('<?xml version="1.0" encoding="nonsense"?><Project/>', "x.qde: unreadable: "),
    ],
    ids=["root", "doctype", "depth", "cut", "encoding"],
)  # fmt: skip
def test_what_is_no_sound_project_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.qde").write_text(text, "utf-8")
    corpus, problems = read(tmp_path / "x.qde")
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert not corpus.documents


def test_depth_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.qde").write_text("<Project>" + "<a>" * 63 + "</a>" * 63 + "</Project>", "utf-8")
    assert not read(tmp_path / "x.qde")[1]


def test_a_project_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("<qda:Project xmlns:qda='u'/>", "utf-8")
    (tmp_path / "b").write_text("<Projects/>", "utf-8")
    assert sniff(Source(tmp_path / "a", "a"))
    assert not sniff(Source(tmp_path / "b", "b"))


def test_a_project_in_utf_16_is_a_project(tmp_path: Path) -> None:
    path = tmp_path / "x.qde"
    path.write_bytes(qde(texts()).replace("utf-8", "utf-16").encode("utf-16"))
    (found,) = find_inputs(path, path.name, Problems())
    assert found.reader == "refi"
    corpus, problems = read(path)
    assert not problems
    assert [d.text for d in corpus.documents] == [TEXT]


def test_a_member_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "x.qdpx", {"project.qde": qde("")})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF  # a byte of the text: the checksum does not hold any more
    path.write_bytes(data)
    corpus, problems = read(path)
    assert problems == [
        "x.qdpx, project.qde: unreadable: the file cannot be read: Bad CRC-32 for file 'project.qde'"
    ]
    assert not corpus.codes
