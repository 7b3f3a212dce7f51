"""The results chapter: every number counted again, every quote looked up, in every format."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from qualnet import build
from qualnet.cli import main
from qualnet.comparison import Study
from qualnet.files import Stage
from qualnet.forms.report import FORMATS, Format, write_report
from qualnet.language import Language
from qualnet.pipeline import run
from qualnet.prepare import Prepared
from qualnet.problems import OutputError, PrivacyError, UsageError
from qualnet.report.chapter import (
    Chapter,
    plain_text,
    results_chapter,
    write_page,
    write_text,
    write_word,
)
from qualnet.report.chapter import words as said
from qualnet.report.chapter.figure import Box, draw_network, svg
from qualnet.report.chapter.parts import Figure, Heading, Paragraph, Part, Quote, Statement, Table
from qualnet.report.exporters.tables import write as write_tables
from qualnet.report.outputs import placed_study, shared_study
from tests.claims.project import study as coded_study
from tests.demonstration import ROOT, codebook_of, draws, read_interviews
from tests.forms import Interview
from tests.project_files import CLAIMS, CODEBOOK, project

LANGUAGES: tuple[Language, ...] = ("de", "en")
CITIES = {"Soest": "soest", "Ravensburg": "ravensburg", "Bad Nauheim": "bad_nauheim"}
DRAFTS = {"soest": "SO", "ravensburg": "RV", "bad_nauheim": "BN"}
SENTENCE = re.compile(r"^(?:Je mehr )?„(.*?)“(?:, desto (mehr|weniger) | wirkt auf )„(.*?)“[.:]$")
COUNT = re.compile(r"(\d+) von (\d+) Interviews(?: \(([^)]*)\))?")
REFERENCE = re.compile(r"^(\w+), Abs\. (\d+)(?:, [^\[]*)?(?: \[([\w-]+)\])?$")
SIGN = {"mehr": "+", "weniger": "-", None: ""}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Demo:
    study: Study
    prepared: Prepared
    chapter: Chapter
    evidence: pd.DataFrame
    labels: dict[str, str]
    drafts: dict[str, Interview]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    built = run(ROOT, write=False)
    write_tables(built.study, Stage(folder))
    study = placed_study(built.study, built.prepared)
    evidence = pd.read_csv(folder / "tables/evidence.csv", dtype=str, keep_default_na=False)
    return Demo(
        study,
        built.prepared,
        results_chapter(study, built.prepared, "de"),
        evidence[evidence.coder == "AB"],  # the project says that her work counts
        {c.id: str(c.label["de"]) for c in study.vocabulary.codes.values() if isinstance(c.label, dict)},
        {i.name: i for short in DRAFTS.values() for i in read_interviews(short)},
    )


def sections(chapter: Chapter) -> dict[tuple[str, str], list[Part]]:
    """Give the parts of a chapter by city (or section) and heading."""
    found: dict[tuple[str, str], list[Part]] = defaultdict(list)
    first, second = "", ""
    for part in chapter.parts:
        if isinstance(part, Heading):
            first, second = (part.text, "") if part.level == 2 else (first, part.text)
        else:
            found[next((c for name, c in CITIES.items() if first.startswith(name)), first), second].append(
                part
            )
    return found


def statements(chapter: Chapter, heading: str) -> Iterator[tuple[str, Statement]]:
    for (first, second), parts in sections(chapter).items():
        if second == heading:
            yield from ((first, p) for p in parts if isinstance(p, Statement))


def counted(text: str) -> tuple[int, int, list[str]]:
    match = COUNT.search(text)
    assert match, text
    return int(match[1]), int(match[2]), (match[3] or "").split(", ")


def base(city: str, code: str) -> str:
    return codebook_of(DRAFTS[city]).base_id(code)


def test_every_arrow_of_every_city_is_a_sentence_with_its_interviews(demo: Demo) -> None:
    drawn = demo.evidence[demo.evidence.draws == "true"]
    expected = {}
    for key, rows in drawn.groupby(["case", "cause", "effect"]):
        case, cause, effect = (str(part) for part in key)
        documents = sorted(rows.document.unique())
        ayes, noes = (rows[rows.sign == sign].document.nunique() for sign in "+-")
        sign = "+" if ayes > noes else "-" if noes > ayes else ""
        expected[case, demo.labels[cause], demo.labels[effect]] = (sign, documents)
    found = {}
    order: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for case, statement in statements(demo.chapter, "Wirkbeziehungen"):
        match = SENTENCE.match(statement.sentence)
        assert match, statement.sentence
        k, n, names = counted(statement.told)
        assert (len(names), n) == (k, 5)
        found[case, match[1], match[3]] = (SIGN[match[2]], names)
        order[case].append((-k, match[1], match[3]))
        assert statement.number == str(len(order[case]))
    assert found == expected
    assert len(found) > 100
    assert all(rows == sorted(rows) for rows in order.values())


def test_what_is_denied_is_told_where_it_is_contested_and_where_nobody_says_it(demo: Demo) -> None:
    denied = demo.evidence[(demo.evidence.denied == "true") & (demo.evidence.effect != "")]
    expected = {
        (str(case), demo.labels[str(cause)], demo.labels[str(effect)]): sorted(rows.document.unique())
        for (case, cause, effect), rows in denied[denied.cause != ""].groupby(["case", "cause", "effect"])
    }
    found = {}
    for heading, marker in (("Wirkbeziehungen", "Bestritten in "), ("Nur bestritten", "bestritten in ")):
        for case, statement in statements(demo.chapter, heading):
            match = SENTENCE.match(statement.sentence)
            assert match
            if marker in statement.told:
                found[case, match[1], match[3]] = counted(statement.told.split(marker)[1])[2]
    assert found == expected
    assert len(found) > 20


def test_every_claim_stands_once_among_evidence_and_counter_evidence(demo: Demo) -> None:
    listed: dict[str, list[str]] = defaultdict(list)
    for heading in ("Wirkbeziehungen", "Nur bestritten"):
        for _, statement in statements(demo.chapter, heading):
            for line in statement.evidence:
                listed[line.split(":")[0]] += re.findall(r"\[([\w-]+)\]", line)
    rows = demo.evidence[(demo.evidence.cause != "") & (demo.evidence.effect != "")]
    denied = set(rows[rows.denied == "true"].claim_id)
    assert sorted(i for ids in listed.values() for i in ids) == sorted(
        set(rows[rows.draws == "true"].claim_id)
        | denied
        | set(listed["Nicht gezählt (gefordert, oder von anderswo berichtet)"])
    )
    uncounted = set(listed["Nicht gezählt (gefordert, oder von anderswo berichtet)"])
    told = rows.set_index("claim_id").loc[sorted(uncounted)]
    assert len(uncounted) > 3
    assert all(
        status in {"demanded", "reported"} or about
        for status, about in zip(told.status, told.about_case, strict=True)
    )
    assert denied <= set(listed["Gegenbelege"])


def test_factors_are_counted_as_the_interviews_were_coded(demo: Demo) -> None:
    """By hand of the drafts: coded by the first coder, or an end of a claim of hers that counts."""
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city, short in DRAFTS.items():
        for interview in read_interviews(short):
            for _, code, coder in interview.codings:
                if coder == "AB":
                    expected[city, base(city, code)].add(interview.name)
            for claim in interview.claims:
                if claim["coder"] == "AB" and draws(claim):
                    for end in ("cause", "effect"):
                        expected[city, base(city, claim[end])].add(interview.name)
    kinds = {c.id: c.kind for c in demo.study.vocabulary.codes.values()}
    for heading, kind in (("Herausforderungen", "challenge"), ("Treiber", "driver")):
        wanted = {
            (city, demo.labels[code]): sorted(names)
            for (city, code), names in expected.items()
            if kinds.get(code) == kind
        }
        found = {}
        for city, statement in statements(demo.chapter, heading):
            k, n, names = counted(statement.told)
            assert (len(names), n) == (k, 5)
            found[city, statement.told.split("“")[0].strip("„")] = names
        tables = {
            (city, row[0]): row[3].split(", ")
            for (city, second), parts in sections(demo.chapter).items()
            for part in parts
            if second == heading and isinstance(part, Table)
            for row in part.rows
        }
        assert found == wanted == tables


def quotes(chapter: Chapter) -> Iterator[tuple[Statement, Quote]]:
    for part in chapter.parts:
        if isinstance(part, Statement):
            yield from ((part, quote) for quote in part.quotes)


def test_every_quote_stands_in_the_transcript_where_it_says(demo: Demo) -> None:
    found = list(quotes(demo.chapter))
    for _, quote in found:
        match = REFERENCE.match(quote.reference)
        assert match, quote.reference
        turns = demo.drafts[match[1]].turns
        assert quote.verbatim
        assert quote.words in turns[int(match[2]) - 1][1]
    assert len(found) > 150


def rank(claim: dict[str, str]) -> tuple[bool, bool, int, int]:
    """The rule that the chapter states, once more."""
    length = len(claim["quote"])
    repeated, other = claim.get("repeat") == "yes", claim.get("status", "observed") != "observed"
    return repeated, other, max(40 - length, length - 300, 0), length


def test_the_quote_follows_the_rule_and_the_opposing_voice_opposes(demo: Demo) -> None:
    claims = {c["id"]: c for i in demo.drafts.values() for c in i.claims}
    opposed = 0
    for city, statement in statements(demo.chapter, "Wirkbeziehungen"):
        match = SENTENCE.match(statement.sentence)
        assert match
        sign = SIGN[match[2]]
        same = [
            c
            for name, interview in demo.drafts.items()
            for c in interview.claims
            if name.startswith(DRAFTS[city]) and c["coder"] == "AB" and c["cause"] and c["effect"]
            if [demo.labels[base(city, c[e])] for e in ("cause", "effect")] == [match[1], match[3]]
        ]
        leads = {}
        for quote in statement.quotes:
            reference = REFERENCE.match(quote.reference)
            assert reference
            leads[quote.lead] = claims[reference[3]]
            assert claims[reference[3]] in same
        saying = [c for c in same if draws(c) and c["sign"] == sign]
        if sign:
            assert rank(leads[""]) == min(map(rank, saying))
            assert draws(leads[""])
            assert leads[""]["sign"] == sign
            against = [c for c in same if draws(c) and {c["sign"], sign} == {"+", "-"}]
            assert ("Dagegen, mit anderem Vorzeichen:" in leads) == bool(against)
        denials = [c for c in same if c.get("denied") == "yes" and not c.get("about_case")]
        assert ("Dagegen, bestritten:" in leads) == bool(denials)
        for lead, claim in leads.items():
            if lead == "Dagegen, bestritten:":
                assert claim["denied"] == "yes"
            elif lead:
                assert {claim["sign"], sign or leads[""]["sign"]} == {"+", "-"}
            opposed += bool(lead)
    assert opposed > 3


def test_the_table_across_cities_says_the_same_numbers(demo: Demo) -> None:
    drawn = demo.evidence[demo.evidence.draws == "true"]
    n_documents = drawn.groupby(["cause", "effect", "case"]).document.nunique()
    expected: dict[tuple[str, str], int] = defaultdict(int)
    for cause, effect, _ in n_documents.index.to_flat_index():
        expected[demo.labels[cause], demo.labels[effect]] += 1
    titles = {
        "Wirkbeziehungen, die jede Stadt nennt": {3},
        "Wirkbeziehungen, die mehrere Städte nennen, aber nicht jede": {2},
        "Wirkbeziehungen, die nur eine Stadt nennt": {1},
    }
    ids = {label: code for code, label in demo.labels.items()}
    found = {}
    for (_, heading), parts in sections(demo.chapter).items():
        for table in parts if heading in titles else ():
            assert isinstance(table, Table)
            for name, *cells in table.rows:
                a, b = name.removesuffix(" (Vorzeichen verschieden)").split(" → ")
                told = [c for c in cells if " von 5, " in c]
                found[a, b] = len(told)
                assert len(told) in titles[heading]
                for city, cell in zip(DRAFTS, cells, strict=True):
                    k = n_documents.get((ids[a], ids[b], city), 0)
                    assert (cell.startswith(f"{k} von 5, ")) == bool(k)
                    assert k or cell in {
                        "nicht genannt",
                        "nur bestritten",
                        "Code gab es nicht",
                        "nicht gefragt",
                    }
    assert found == expected


def test_a_city_without_the_code_is_no_difference(demo: Demo) -> None:
    parts = sections(demo.chapter)["Die Städte nebeneinander", "Unterschiede"]
    table = next(p for p in parts if isinstance(p, Table))
    assert len(table.rows) > 30
    assert not [row for row in table.rows if "Code gab es nicht" in row[2]]
    # by hand: the statutory mandate is no code in Bad Nauheim, and Ravensburg states two arrows of it often
    told = next(
        p.text for p in parts if isinstance(p, Paragraph) and "Ravensburg" in p.text and "Nauheim" in p.text
    )
    assert told.endswith("den Code nicht gab: 2.")


def test_a_figure_shows_every_arrow_and_every_format_the_same(demo: Demo) -> None:
    drawn = demo.evidence[demo.evidence.draws == "true"]
    pictures = {p.name: p.picture for p in demo.chapter.parts if isinstance(p, Figure)}
    assert set(pictures) == set(DRAFTS)
    document = tree(word_parts(write_word(demo.chapter))["word/document.xml"])
    groups = document.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp")
    for (case, picture), group in zip(pictures.items(), groups, strict=True):
        rows = drawn[drawn.case == case]
        assert len(picture.arrows) == len(rows.groupby(["cause", "effect"]))
        drawing = tree(svg(picture, "x"))
        assert "Erfundene Daten – keine Befunde" in "".join(drawing.itertext())
        rects = [r for r in drawing.iter("{http://www.w3.org/2000/svg}rect") if "x" in r.attrib]
        assert len(rects) == len({*rows.cause, *rows.effect})
        inside = all(0 <= float(r.attrib["x"]) <= picture.size[0] - float(r.attrib["width"]) for r in rects)
        assert inside
        assert not [(a, b) for a in picture.boxes for b in picture.boxes if a is not b and overlap(a, b)]
        # Word's shapes stand where those of the page stand
        a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
        shapes = [s for s in group.iter(f"{a}prstGeom") if s.find(f"{a}avLst") is not None]
        places = list(group.iter(f"{a}xfrm"))[1:]
        assert len(places) == len(picture.arrows) + len(rects) + 1
        assert len(shapes) == len(rects) + 1
        scale = 9638 * 635 / picture.size[0]
        for rect, place in zip(rects, places[len(picture.arrows) :], strict=False):
            off = place.find(f"{a}off")
            assert off is not None
            assert abs(int(off.attrib["x"]) - float(rect.attrib["x"]) * scale) < scale / 10
            assert abs(int(off.attrib["y"]) - float(rect.attrib["y"]) * scale) < scale / 10


def overlap(a: Box, b: Box) -> bool:
    return all(abs(x - y) < (v + w) / 2 for x, y, v, w in zip(a.at, b.at, a.size, b.size, strict=True))


def tree(text: str | bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 (we wrote it)


def word_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def word_text(data: bytes) -> str:
    """Give the text of a document, its header too, without the descriptions of its figures."""
    lines = []
    parts = word_parts(data)
    for name in ("word/header.xml", "word/document.xml"):
        paragraphs = tree(parts[name]).iter(f"{W}p")
        lines += ["".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    return "\n".join(lines)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)
        self.hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def html_text(page: str) -> tuple[str, set[str]]:
    parser = _Text()
    parser.feed(page)
    return parser.text, parser.tags


def chapter_of(folder: Path, language: Language = "de", *, public: bool = False) -> Chapter:
    built = run(folder, write=False)
    study = (shared_study if public else placed_study)(built.study, built.prepared)
    return results_chapter(study, built.prepared, language)


def written(chapter: Chapter) -> dict[str, str]:
    """Give what each format says, as text, and what its tags are."""
    page, tags = html_text(write_page(chapter))
    assert not tags & {"script", "img", "iframe", "object", "link"}
    text = write_text(chapter, "x.md")["x.md"]
    rendered, tags = html_text(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))
    assert not tags & {"script", "iframe", "object", "link"}
    return {"html": page, "md": rendered, "docx": word_text(write_word(chapter))}


EVIL = "</style><script>alert(1)</script> *a* _b_ `c` [d](e) | ~f~ & &amp; <!-- ]]> # $g$ {h}"


def test_hostile_text_stays_text_in_every_format(tmp_path: Path) -> None:
    claims = (
        f'Dokument;Ursache;Wirkung;Vorzeichen;Zitat;Codierer\n"1. {EVIL}";staff;progress;-;"# {EVIL}";AB\n'
    )
    book = CODEBOOK.replace("label: Personalmangel", f"label: '{EVIL}'")
    folder = project(tmp_path, claims, book)
    file = folder / "qualnet.yaml"
    config = file.read_text("utf-8").replace("title: t", f"title: '{EVIL}'")
    config = config.replace("claims.csv", f"claims.csv\n    case: '- {EVIL.replace('/', '')}'")
    file.write_text(config, "utf-8")
    for name, text in written(chapter_of(folder)).items():
        assert f"„# {EVIL}“" in text, name  # the quote
        assert f"„{EVIL}“" in text, name  # the factor
        assert f"{EVIL}: Ergebnisse" in text, name  # the title
        assert f"- {EVIL.replace('/', '')}" in text, name  # the city
        assert f"1. {EVIL}, " in text or f"1. {EVIL} " in text or f"1. {EVIL}\n" in text, (
            name
        )  # the interview


def test_what_no_xml_can_hold_is_replaced(tmp_path: Path) -> None:
    book = CODEBOOK.replace("label: Personalmangel", 'aliases: [Personalmangel], label: "a\\x07b\\uFFFFc"')
    chapter = chapter_of(project(tmp_path, CLAIMS, book))
    for name, text in written(chapter).items():
        assert "\x07" not in text, name
        assert "a\ufffdb\ufffdc" in text, name
    for figure in (p for p in chapter.parts if isinstance(p, Figure)):
        tree(svg(figure.picture, "x"))


CANARY = "Dokument;Ursache;Wirkung;Vorzeichen;Zitat;Codierer;verneint\n" + "".join(
    f"{name};staff;progress;{sign};Geheim-{name} fehlen {'viele ' * 8}Leute.;AB;{denied}\n"
    for name, sign, denied in (
        ("i1", "-", ""),
        ("i2", "-", ""),
        ("i3", "+", ""),
        ("i4", "-", "ja"),
    )
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_did_not_consent_is_counted_and_not_quoted(tmp_path: Path, language: Language) -> None:
    folder = project(tmp_path, CANARY, more="privacy: {consent: consent.csv}\n")
    config = folder / "qualnet.yaml"
    config.write_text(config.read_text("utf-8").replace("claims.csv", "claims.csv\n    case: A"), "utf-8")
    (folder / "consent.csv").write_text(
        "document;consent\ni1;quote\ni2;none\ni3;none\ni4;paraphrase\n", "utf-8"
    )
    chapter = chapter_of(folder, language)
    every = (
        "".join(write_text(chapter, "x.md").values()) + write_page(chapter) + word_text(write_word(chapter))
    )
    assert "Geheim-i1" in every
    for silent in ("i2", "i3", "i4"):
        assert f"Geheim-{silent}" not in every
    statement = next(p for p in chapter.parts if isinstance(p, Statement) and p.number)
    assert ("3 von 3" if language == "de" else "3 of 3") not in statement.told
    assert ("3 von 4" if language == "de" else "3 of 4") in statement.told
    assert [(q.verbatim, q.words.startswith("[")) for q in statement.quotes] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_a_small_study_is_told_in_full(tmp_path: Path) -> None:
    """By hand, from the seven claims of the project that the tests share."""
    chapter = chapter_of(project(tmp_path))
    found = [p for p in chapter.parts if isinstance(p, Statement) and p.number]
    assert [(p.number, p.sentence, p.told) for p in found] == [
        (
            "1",
            "Je mehr „Personalmangel“, desto weniger „Fortschritt“.",
            "Genannt in 3 von 3 Interviews (i1, i2, i3). Vorzeichen: + in 1 (i2); − in 2 (i1, i3). Umstritten.",
        ),
        (
            "1",
            "Je mehr „Fortschritt“, desto weniger „Personalmangel“.",
            "Genannt in 1 von 1 Interviews (i4). Vorzeichen − in allen.",
        ),
        (
            "2",
            "Je mehr „Personalmangel“, desto weniger „Fortschritt“.",
            "Genannt in 1 von 1 Interviews (i4). Vorzeichen − in allen.",
        ),
    ]
    # "Ohne Leute geht nichts voran." has 29 characters and is nearer to 40 than "Es fehlt an Leuten."
    assert [(q.lead, q.words) for q in found[0].quotes] == [
        ("", "Ohne Leute geht nichts voran."),
        ("Dagegen, mit anderem Vorzeichen:", "Mit wenigen Leuten waren wir schneller."),
    ]
    denied = next(
        p
        for (_, h), ps in sections(chapter).items()
        for p in ps
        if h == "Nur bestritten" and isinstance(p, Statement)
    )
    assert (denied.sentence, denied.told) == (
        "„Eigenmittel“ wirkt auf „Fortschritt“:",
        "bestritten in 1 von 3 Interviews (i3).",
    )
    assert [q.words for q in denied.quotes] == ["Am Geld liegt es nicht."]
    # in B progress and staff act on each other, each with a minus: two minuses reinforce
    assert "Verstärkend: „Fortschritt“ →(−) „Personalmangel“ →(−) „Fortschritt“ (1, 2)." in plain_text(
        chapter
    )


def test_what_may_be_passed_on_holds_no_words_no_people_and_no_small_cells(
    demo: Demo, tmp_path: Path
) -> None:
    public = results_chapter(shared_study(demo.study, demo.prepared), demo.prepared, "de")
    least = demo.prepared.loaded.project.privacy.min_sources
    every = "".join(write_text(public, "x.md").values()) + write_page(public) + word_text(write_word(public))
    assert "INTERN" not in every
    assert every.count("Erfundene Daten – keine Befunde") > 3
    for interview in demo.drafts.values():
        assert not re.search(rf"\b{interview.name}\b", every)
        for claim in interview.claims:
            assert claim["quote"] not in every
    numbers = [int(k) for k in re.findall(r"\b(\d+) von 5", plain_text(public))]
    assert numbers
    assert min(numbers) >= least > 1
    small = project(tmp_path)
    text = plain_text(chapter_of(small, public=True))
    assert "Leute" not in text
    assert "i1" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_co_occurrence_is_never_told_as_cause_and_effect(tmp_path: Path, language: Language) -> None:
    text = plain_text(chapter_of(coded_study(tmp_path), language))
    assert ("kommen gemeinsam vor." if language == "de" else "occur together.") in text
    assert not re.search(r"wirkt auf|Je mehr|acts on|The more|Vorzeichen [+−]|Sign [+−]", text)
    assert "Wirkbeziehung" not in text.split("Grenzen")[0]


def test_both_languages_say_the_same_and_nothing_in_the_other(demo: Demo) -> None:
    english = results_chapter(demo.study, demo.prepared, "en")
    for table in (said.TEXTS, said.COREQ_TEXTS):
        for key, text in table.items():
            fields = [
                {f for _, f, _, _ in Formatter().parse(text[lang]) if f is not None} for lang in LANGUAGES
            ]
            assert fields[0] == fields[1], key
    assert [type(p) for p in english.parts] == [type(p) for p in demo.chapter.parts]
    # those of as many interviews stand in the order of their names, which differs
    told = [
        sorted(sorted(re.findall(r"\d+", p.told)) for p in chapter.parts if isinstance(p, Statement))
        for chapter in (demo.chapter, english)
    ]
    assert told[0] == told[1]
    said_in_english = " ".join(
        p.told + " ".join(p.evidence) for p in english.parts if isinstance(p, Statement)
    )
    assert not re.search(r"\b(von|genannt|Belege|Vorzeichen|Abs)\b", said_in_english)
    assert len(said.COREQ) == 32


def test_every_text_of_the_chapter_is_in_every_format(demo: Demo) -> None:
    formats = {name: " ".join(text.split()) for name, text in written(demo.chapter).items()}
    for part in demo.chapter.parts:
        lines = []
        match part:
            case Heading(text) | Paragraph(text):
                lines = [text]
            case Statement():
                lines = [part.sentence, part.told, *part.evidence]
                lines += [x for q in part.quotes for x in (q.lead, q.words, q.reference)]
            case Table():
                lines = [part.caption, *(cell for row in part.rows for cell in row)]
            case Figure():
                lines = [part.caption]
        for name, text in formats.items():
            for line in lines:
                assert " ".join(line.split()) in text, (name, line)
    for text in formats.values():
        assert text.startswith(("INTERN", "Smart"))
        assert "INTERN – personenbezogene Daten" in text
        assert "Erfundene Daten – keine Befunde" in text


def test_a_file_for_word_is_whole(demo: Demo) -> None:
    parts = word_parts(write_word(demo.chapter))
    trees = {name: tree(data) for name, data in parts.items()}
    document = trees["word/document.xml"]
    styles = {s.attrib[f"{W}styleId"] for s in trees["word/styles.xml"].iter(f"{W}style")}
    for name in ("document", "header", "footer"):
        used = {s.attrib[f"{W}val"] for s in trees[f"word/{name}.xml"].iter(f"{W}pStyle")}
        assert used
        assert used <= styles
    types = {t.attrib["PartName"] for t in trees["[Content_Types].xml"] if "PartName" in t.attrib}
    assert types == {f"/{n}" for n in parts if n.startswith("word/") and not n.endswith(".rels")}
    targets = {r.attrib["Id"]: r.attrib["Target"] for r in trees["word/_rels/document.xml.rels"]}
    assert {f"word/{t}" for t in targets.values()} | {"word/document.xml"} == {t[1:] for t in types}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert {e.attrib[relation] for e in document.iter() if relation in e.attrib} <= set(targets)
    ids = [e.attrib["id"] for e in document.iter() if e.tag.endswith(("}docPr", "}cNvPr"))]
    assert len(ids) == len(set(ids)) > 200
    for table in document.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in row.iter(f"{W}tc")]
            assert sum(1 if s is None else int(s.attrib[f"{W}val"]) for s in spans) == columns
            assert all(c.find(f"{W}p") is not None for c in row.iter(f"{W}tc"))
    assert "INTERN" in "".join(trees["word/header.xml"].itertext())


def cli(*call: str) -> Result:
    return CliRunner().invoke(main, list(call))


def test_the_command_writes_an_internal_file_and_never_over_another(tmp_path: Path) -> None:
    folder = project(tmp_path)
    told = cli("report", str(folder))
    assert told.output == f"Geschrieben: {folder / 'INTERN-Ergebnisse.docx'}\n"
    first = (folder / "INTERN-Ergebnisse.docx").read_bytes()
    assert cli("report", str(folder)).exit_code != 0
    assert (folder / "INTERN-Ergebnisse.docx").read_bytes() == first
    told = cli("--lang", "en", "report", str(folder), "--format", "md", "--case", "b")
    assert told.output == f"Written: {folder / 'INTERN-Results-b.md'}, {folder / 'INTERN-Results-b-b.svg'}\n"
    text = (folder / "INTERN-Results-b.md").read_text("utf-8")
    assert "(INTERN-Results-b-b.svg)" in text
    assert "i4" in text
    assert "i1" not in text
    assert "side by side" not in text
    told = cli("report", str(folder), "--public", "--format", "html")
    assert told.output.startswith(f"Geschrieben: {folder / 'Ergebnisse.html'}\nBitte ansehen")
    shared = (folder / "Ergebnisse.html").read_text("utf-8")
    assert not re.search(r"INTERN|Leute|\bi\d\b|1 von 3", shared)
    (folder / "x-b.svg").write_text("mine", "utf-8")
    with pytest.raises(OutputError):
        write_report(folder, "de", form="md", output=folder / "x.md")
    assert (folder / "x-b.svg").read_text("utf-8") == "mine"
    assert not (folder / "x.md").exists()
    with pytest.raises(UsageError):
        write_report(folder, "de", case="Atlantis")


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_of_the_key_file_stops_it(tmp_path: Path, form: Format) -> None:
    folder = project(tmp_path / "p", more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text("name\nOhne Leute\n", "utf-8")
    with pytest.raises(PrivacyError):
        write_report(folder, "de", form=form)
    assert not list(folder.glob("INTERN*"))


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    build(folder, write=False)
    seen = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        out.mkdir()
        code = (
            "import sys; from pathlib import Path; from qualnet.forms.report import FORMATS, Format, write_report\n"
            "for form in ('docx', 'md', 'html'):\n"
            "    write_report(Path(sys.argv[1]), 'de', form=form, output=Path(sys.argv[2]) / f'x.{form}')\n"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(folder), str(out)], check=True, env=environment)  # noqa: S603
        seen.append({p.name: p.read_bytes() for p in out.iterdir()})
    assert set(seen[0]) == {"x.docx", "x.md", "x.html", "x-a.svg", "x-b.svg"}
    assert seen[0] == seen[1]


def test_more_than_five_cities_share_a_column(tmp_path: Path) -> None:
    head, *_ = CLAIMS.splitlines()
    rows = [f"i{k};C{k};staff;progress;{'+' if k == 6 else '-'};Zitat {k}.;AB;;" for k in range(1, 7)]
    rows += [f"i{k};C{k};money;progress;-;Geld {k}.;AB;;" for k in (1, 2)]
    built = run(project(tmp_path, "\n".join([head, *rows, ""])), write=False)
    chapter = results_chapter(placed_study(built.study, built.prepared), built.prepared, "de")
    tables = [p for p in chapter.parts if isinstance(p, Table)]
    (cities,) = [t for t in tables if t.columns[0] == "Stadt"]
    assert [row[0] for row in cities.rows] == [f"C{k}" for k in range(1, 7)]
    told = {row[0]: row[1] for t in tables if t.columns == ("Wirkbeziehung", "Städte") for row in t.rows}
    assert told["Personalmangel → Fortschritt (Vorzeichen verschieden)"].splitlines() == [
        "C1; C2; C3; C4; C5: 1 von 1, −",
        "C6: 1 von 1, +",
    ]
    assert told["Eigenmittel → Fortschritt"].splitlines() == [
        "C1; C2: 1 von 1, −",
        "C3; C4; C5; C6: nicht genannt",
    ]


def test_arrows_of_a_figure_begin_and_end_at_the_border_of_their_boxes(tmp_path: Path) -> None:
    built = run(project(tmp_path), write=False)
    study = placed_study(built.study, built.prepared)
    picture = draw_network(study.networks["B"], study.positions, "de", mark="", description="x")
    assert len(picture.boxes) == 2
    assert len(picture.arrows) == 2
    for arrow in picture.arrows:
        for point in (arrow.points[0], arrow.points[-1]):
            far = sorted(distance(point, b) for b in picture.boxes)
            # at one box, a gap for the head at most, and away from the other
            assert 0 <= far[0] <= 3 < far[1]


def distance(point: tuple[float, float], around: Box) -> float:
    """Give how far a point lies outside a box, negative inside it."""
    (x, y), (width, height) = around.at, around.size
    return max(abs(point[0] - x) - width / 2, abs(point[1] - y) - height / 2)
