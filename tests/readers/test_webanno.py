"""WebAnno TSV 3: written by hand after its description, and INCEpTION's own test files."""

from pathlib import Path

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

HEAD = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Faktor|Code|Gewissheit
#T_SP=de.tudarmstadt.POS|PosValue
#T_RL=webanno.custom.Wirkung|Art|Vorzeichen|BT_webanno.custom.Faktor
#T_CH=de.tudarmstadt.Coref|referenceType|referenceRelation


"""
# 🙂 is two units: 'Ohne' 0-4, '🙂' 5-7, 'Leute' 8-13, 'geht' 14-18, 'nichts.' 19-26; next sentence at 27
FIRST = """#Text=Ohne 🙂 Leute geht nichts.
1-1	0-4	Ohne	Personal[1]	hoch[1]	ADV	_	_	_	_	_
1-2	5-7	🙂	Personal[1]	hoch[1]	_	_	_	_	_	_
1-3	8-13	Leute	Personal[1]	hoch[1]	NN	_	_	_	*->1-1	*
1-4	14-18	geht	_	_	_	_	_	_	_	_
1-5	19-26	nichts.	Fortschritt|Tempo\\|a	*|*	_	hemmt	-	1-1[1_0]	_	_
"""
SECOND = """
#Text=Zweiter
#Text=Satz.
2-1	28-35	Zweiter	*	_	_	_	_	_	_	_
2-1.1	28-31	Zwe	_	_	_	_	_	_	_	_
2-2	36-41	Satz.	_	_	_	_	_	x	_	_
"""


def read(path: Path, text: str = "", **options: str) -> tuple[Corpus, list[str]]:
    if text:
        path.write_text(text, "utf-8")
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "webanno"
        corpus.extend(read_file(found, options, problems))
    return corpus, [p.text().partition("\n")[0] for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


def coded(corpus: Corpus) -> list[tuple[str, str, str]]:
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    return [(quotes[c.segment_id], c.code_id, c.comment) for c in corpus.codings]


def test_spans_reach_over_tokens_and_stand_beside_each_other(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "i1.tsv", HEAD + FIRST + SECOND, coder="AB")
    assert not problems
    assert [(d.document_id, d.text) for d in corpus.documents] == [
        ("i1", "Ohne 🙂 Leute geht nichts.\n Zweiter\nSatz.")
    ]
    assert coded(corpus) == [
        ("Ohne 🙂 Leute", "Personal", "Gewissheit: hoch"),
        ("nichts.", "Fortschritt", ""),
        ("nichts.", "Tempo|a", ""),
        # marked, and nothing said of it: the layer's name
        ("Zweiter", "Faktor", ""),
    ]
    assert [c.coder_id for c in corpus.coders] == ["AB"]
    assert corpus.imports[0].offset_rule == "UTF-16 units, line end 1"
    assert kept(corpus)["layer POS"] == (2, 0)
    assert kept(corpus)["layer Coref"] == (1, 0)


def test_a_relation_leads_from_where_it_refers_to_and_its_label_tells(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "i1.tsv", HEAD + FIRST)
    assert not problems
    (relation,) = corpus.relations
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert (quotes[relation.from_id], quotes[relation.to_id]) == ("Ohne 🙂 Leute", "nichts.")
    assert (relation.label, relation.sign, relation.source_kind) == ("hemmt", "-", "event")
    assert relation.extra == '{"features": "Vorzeichen: -"}'


def test_linguistic_layers_are_codes_on_request(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "i1.tsv", HEAD + FIRST, layers="pos")
    assert not problems
    assert {("Ohne", "ADV", ""), ("Leute", "NN", "")} <= set(coded(corpus))
    assert "layer POS" not in kept(corpus)


@pytest.mark.samples
def test_what_a_relation_joins_is_read_with_it(samples: Path) -> None:
    corpus, _ = read(samples / "webanno" / "simpleRelNoDiffTest_user1.tsv", layers="Dependency")
    assert [s.quote for s in corpus.segments] == ["is", "sentence"]


def test_lines_that_are_no_tokens_are_told_all_at_once(tmp_path: Path) -> None:
    text = (
        HEAD
        + "#Text=Ohne Leute\n1-1\t0-4\n1-2\t5\tLeute\n1-3\ta-b\tLeute\n1-4\t5-10\tLeute\tGeld\t_\t_\tx\t_\t9-9\n1-5\t5-10\tLeute\tGeld\t_\t_\tx\t_\t?\n"
    )
    corpus, problems = read(tmp_path / "i1.tsv", text)
    assert [p.partition(": ")[0] for p in problems] == [
        "i1.tsv:9",
        "i1.tsv:10",
        "i1.tsv:11",
        "i1.tsv:12",
        "i1.tsv:13",
    ]
    assert {p.split(": ")[1] for p in problems} == {"unreadable", "reference-to-nothing"}
    assert [c.code_id for c in corpus.codings] == ["Geld", "Geld"]


def test_an_unreadable_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "i1.tsv").write_bytes((HEAD + FIRST).encode() + b"\xff\x81")
    corpus, problems = read(tmp_path / "i1.tsv")
    assert (corpus.documents, len(problems)) == ([], 1)


def test_the_file_is_the_interview(tmp_path: Path) -> None:
    (tmp_path / "i1.tsv").write_text(HEAD + FIRST, "utf-8")
    problems = Problems()
    (found,) = find_inputs(tmp_path / "i1.tsv", "i1.tsv", problems)
    assert readers.forget(found, {}, "i1", problems) is None
    assert readers.forget(found, {}, "i2", problems) == (tmp_path / "i1.tsv").read_bytes()


@pytest.mark.samples
@pytest.mark.parametrize("name", ["relationLabelTest_user1", "simpleRelNoDiffTest_user1"])
def test_real_files_are_read_whole(samples: Path, name: str) -> None:
    path = samples / "webanno" / f"{name}.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[:1].isdecimal()]
    sentence = next(x for x in path.read_text("utf-8").splitlines() if x.startswith("#Text="))
    corpus, _ = read(path, layers="POS, Dependency")
    assert corpus.documents[0].text == sentence.removeprefix("#Text=")
    # the part of speech stands in the fourth column, where a relation comes from in the last one
    assert len(corpus.segments) == sum(row[3] != "_" for row in rows)
    assert len(corpus.relations) == sum(row[-2 if not row[-1] else -1] != "_" for row in rows)
    tokens = {row[0]: row[2] for row in rows}
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert set(quotes.values()) <= set(tokens.values())
