"""The results chapter says what the tables say, in words of the interviews, and nothing else."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualnet.cli import main
from qualnet.forms.chapter import Format, write_chapter
from qualnet.language import Language
from qualnet.pipeline import run
from qualnet.problems import OutputError, PrivacyError, UsageError
from qualnet.report.chapter import Chapter, results_chapter
from qualnet.report.chapter.figure import Box, draw_network
from qualnet.report.chapter.parts import Bullets, Figure, Heading, Paragraph, Statement, Table
from qualnet.report.layout import box
from qualnet.report.outputs import placed_study, shared_study
from tests.corpus.test_consent import consenting
from tests.demonstration import ROOT
from tests.project_files import CLAIMS, CODEBOOK, project

KINDS: tuple[Format, ...] = ("docx", "md", "html")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUOTE = re.compile(r"\((\w+), Abs\. (\d+)")


def chapter_of(folder: Path, language: Language = "de", *, public: bool = False) -> Chapter:
    built = run(folder, write=False)
    study = (shared_study if public else placed_study)(built.study, built.prepared)
    return results_chapter(study, built.prepared, language)


def statements(chapter: Chapter) -> Iterator[tuple[str, str, Statement]]:
    """Yield every statement with the headings that it stands below."""
    city = section = ""
    for part in chapter.parts:
        if isinstance(part, Heading):
            city, section = (part.text, "") if part.level == 2 else (city, part.text)
        elif isinstance(part, Statement):
            yield city, section, part


@cache
def demonstration() -> tuple[Chapter, pd.DataFrame, dict[str, str]]:
    """Give the chapter of the demonstration, its evidence as another exporter wrote it, and its texts."""
    built = run(ROOT, write=False)
    study = placed_study(built.study, built.prepared)
    rows = study.evidence()
    texts = {d.document_id: d.text or "" for d in built.prepared.corpus.documents}
    return results_chapter(study, built.prepared, "de"), rows, texts


def shown(path: Path) -> str:
    """Give the text of a chapter as a reader of its format shows it."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 (our own)
        return " ".join(t.text or "" for t in root.iter(f"{W}t"))
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode())
    return Text.of(page if path.suffix == ".md" else data.decode())


class Text(HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    @classmethod
    def of(cls, page: str) -> str:
        parser = cls()
        parser.feed(page)
        return " ".join(parser.found)


def test_every_sentence_counts_what_the_evidence_counts() -> None:
    chapter, evidence, _ = demonstration()
    # the first coding counts, as the demonstration's project says
    drawn = evidence[evidence["draws"].astype(bool) & (evidence["coder"] == "AB")]
    by_claim = dict(zip(evidence["claim_id"], evidence["document"], strict=True))
    checked = 0
    for _, section, part in statements(chapter):
        if section != "Wirkbeziehungen":
            continue
        (ids,) = [
            set(re.findall(r"\[([\w/-]+)\]", line)) for line in part.evidence if line.startswith("Belege")
        ]
        against = {
            i
            for line in part.evidence
            if line.startswith("Gegenbelege")
            for i in re.findall(r"\[([\w/-]+)\]", line)
        }
        first = drawn[drawn["claim_id"].isin(ids)].iloc[0]
        same = (
            (drawn["case"] == first["case"])
            & (drawn["cause"] == first["cause"])
            & (drawn["effect"] == first["effect"])
        )
        # every claim of the pair is named, and no other one
        denied = set(against) - set(drawn["claim_id"])
        assert set(drawn[same]["claim_id"]) == ids | (against - denied)
        k = drawn[same]["document"].nunique()
        assert f"Genannt in {k} von 5 Interviews" in part.told
        assert f"({', '.join(sorted(drawn[same]['document'].unique()))})" in part.told
        assert {by_claim[i] for i in ids} <= set(drawn[same]["document"])
        checked += 1
    n_pairs = drawn.groupby("case").apply(lambda x: x[["cause", "effect"]].drop_duplicates().shape[0])
    assert checked == n_pairs.sum() > 100


def test_every_quote_stands_in_its_interview_at_its_paragraph() -> None:
    chapter, _, texts = demonstration()
    quotes = [quote for *_, part in statements(chapter) for quote in part.quotes]
    assert len(quotes) > 200
    for quote in quotes:
        found = QUOTE.search(f"({quote.reference}")
        assert found, quote
        lines = [line for line in texts[found[1]].splitlines() if line.strip()]
        for piece in quote.words.split(" [...] "):
            assert piece in texts[found[1]]
        assert quote.words.split(" [...] ")[0] in lines[int(found[2]) - 1]


def test_a_counter_quote_denies_or_says_the_other_sign() -> None:
    chapter, evidence, _ = demonstration()
    rows = evidence.set_index("claim_id")
    leads = []
    for _, section, part in statements(chapter):
        for quote in part.quotes if section in {"Wirkbeziehungen", "Nur bestritten"} else ():
            (claim,) = re.findall(r"\[([\w/-]+)\]", quote.reference)
            row = rows.loc[claim]
            assert quote.words == row["quote"]
            leads.append(quote.lead)
            if quote.lead == "Dagegen, bestritten:":
                assert bool(row["denied"])
            elif quote.lead:
                assert row["sign"] != "-" if "desto weniger" in part.sentence else row["sign"] != "+"
            else:
                assert not bool(row["denied"])
                said = {"desto mehr": "+", "desto weniger": "-"}
                assert all(row["sign"] == s for words, s in said.items() if words in part.sentence)
    assert {"", "Dagegen, bestritten:", "Dagegen, mit anderem Vorzeichen:"} <= set(leads)


def test_the_section_of_a_city_names_every_factor_of_the_tables() -> None:
    chapter, _, _ = demonstration()
    told = {
        (city, p.told)
        for city, section, p in statements(chapter)
        if section in {"Herausforderungen", "Treiber"}
    }
    assert (
        "Soest (erfundene Daten)",
        "„Personalmangel“: genannt in 5 von 5 Interviews (SO1, SO2, SO3, SO4, SO5).",
    ) in told
    assert any(isinstance(p, Figure) for p in chapter.parts)
    assert chapter.marks == (
        "INTERN – personenbezogene Daten, nicht weitergeben",
        "Erfundene Daten – keine Befunde",
    )


def by_hand(folder: Path, *, public: bool = False, language: Language = "de") -> Chapter:
    return chapter_of(project(folder), language, public=public)


def test_a_small_project_by_hand(tmp_path: Path) -> None:
    """In A two of three interviews say minus, one plus; one denies that money matters."""
    chapter = by_hand(tmp_path)
    said = {(city, section, p.sentence): p for city, section, p in statements(chapter) if p.sentence}
    arrow = said["A", "Wirkbeziehungen", "Je mehr „Personalmangel“, desto weniger „Fortschritt“."]
    assert arrow.told.startswith("Genannt in 3 von 3 Interviews (i1, i2, i3).")
    assert arrow.told.endswith("Vorzeichen: + in 1 (i2); − in 2 (i1, i3). Umstritten.")
    best, against = arrow.quotes
    assert (best.lead, best.words) == ("", "Ohne Leute geht nichts voran.")
    assert (against.lead, against.words) == (
        "Dagegen, mit anderem Vorzeichen:",
        "Mit wenigen Leuten waren wir schneller.",
    )
    denied = said["A", "Nur bestritten", "„Eigenmittel“ wirkt auf „Fortschritt“:"]
    assert denied.told == "bestritten in 1 von 3 Interviews (i3)."
    assert [q.words for q in denied.quotes] == ["Am Geld liegt es nicht."]
    # B: staff and progress act on each other, both minus, so the loop reinforces
    loops = [i for p in chapter.parts if isinstance(p, Bullets) for i in p.items if "→" in i]
    assert len(loops) == 1
    assert loops[0].startswith("Verstärkend")
    assert "1 von 1 Interview" in loops[0]


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_not_be_quoted_stands_in_no_format(tmp_path: Path, kind: Format) -> None:
    folder = consenting(tmp_path, "Dokument;Einwilligung\ni1;Zitat\ni2;Paraphrase\ni3;keine\n")
    (path, *_) = write_chapter(folder, "de", kind)
    text = shown(path)
    assert "Erlaubtes Wort." in text
    for secret in ("Paraphrasiertes", "Verbotenes", "Memo-drei", "Bedingung-drei"):
        assert secret not in text
        assert secret.encode() not in path.read_bytes()
    # counted all the same
    assert "3 von 3 Interviews" in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_leaves_has_no_words_no_names_and_no_small_counts(tmp_path: Path, kind: Format) -> None:
    folder = project(tmp_path)
    (path, *_) = write_chapter(folder, "de", kind, public=True)
    assert path.name == f"Ergebnisse.{kind}"
    text = shown(path)
    quotes = [r["Zitat"] for r in csv.DictReader(CLAIMS.splitlines(), delimiter=";")]
    assert not [q for q in quotes if q in text]
    assert not re.search(r"\bi[1-4]\b|\bAB\b|INTERN", text)
    assert "Diese Fassung enthält keine Zitate." in text
    # one interview alone says plus, and B has one interview alone
    assert not re.search(r"\b1 von [13]\b", text)
    assert "3 von 3 Interviews" in text


HOSTILE = "<script>alert(1)</script> & *fett* _x_ [l](http://x) | # `c` \x0b \\ „a“"


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_stay_texts(tmp_path: Path, kind: Format) -> None:
    claims = CLAIMS.replace("Ohne Leute geht nichts voran.", HOSTILE).replace("i3;", "# i3 <b>;")
    book = CODEBOOK.replace("label: Eigenmittel", 'label: "<i>1. &amp; *Eigen*</i>"')
    folder = project(tmp_path, claims, book)
    (path, *_) = write_chapter(folder, "de", kind)
    text = " ".join(shown(path).split())
    assert " ".join(HOSTILE.replace("\x0b", "\ufffd").split()) in text
    assert "# i3 <b>" in text
    assert "<i>1. &amp; *Eigen*</i>" in text
    data = path.read_text("utf-8") if kind != "docx" else ""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(data) if kind == "md" else data
    parser = Text()
    parser.feed(page)
    assert not parser.tags & {
        "script",
        "i" if kind == "md" else "script",
        "a",
        "code",
        "ul" if not page else "a",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_project_gives_the_same_bytes_and_nothing_is_overwritten(
    tmp_path: Path, kind: Format
) -> None:
    folder = project(tmp_path / "p")
    paths = write_chapter(folder, "en", kind)
    first = [p.read_bytes() for p in paths]
    assert paths[0].name == f"INTERN-results.{kind}"
    assert len(paths) == (3 if kind == "md" else 1)
    with pytest.raises(OutputError, match="exists-already"):
        write_chapter(folder, "en", kind)
    for path in paths:
        path.unlink()
    assert [p.read_bytes() for p in write_chapter(folder, "en", kind)] == first


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_says_the_same(tmp_path: Path, kind: Format) -> None:
    folder = project(tmp_path)
    chapter = chapter_of(folder)
    text = " ".join(shown(write_chapter(folder, "de", kind)[0]).split())
    for part in chapter.parts:
        for said in (
            *([part.text] if isinstance(part, Heading | Paragraph) else []),
            *(part.items if isinstance(part, Bullets) else ()),
            *((part.sentence, part.told, *part.evidence) if isinstance(part, Statement) else ()),
            *([q.words for q in part.quotes] if isinstance(part, Statement) else []),
            *((c for row in part.rows for c in row) if isinstance(part, Table) else ()),
            *([part.caption] if isinstance(part, Figure) and kind != "md" else []),
        ):
            assert " ".join(said.split()) in text


def test_a_name_of_the_key_file_stops_it(tmp_path: Path) -> None:
    folder = project(
        tmp_path, CLAIMS.replace("Ohne Leute", "Ohne Erika Muster"), more="privacy: {names: names.csv}\n"
    )
    (folder / "names.csv").write_text("Name\nErika Muster\n", "utf-8")
    for kind in KINDS:
        with pytest.raises(PrivacyError):
            write_chapter(folder, "de", kind)
    assert not list(folder.glob("INTERN*"))


def test_one_city_alone_has_no_section_across(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (path,) = write_chapter(folder, "de", "html", case="a")
    assert path.name == "INTERN-Ergebnisse-a.html"
    text = shown(path)
    assert "Die Städte nebeneinander" not in text
    assert "Seit es läuft" not in text
    with pytest.raises(UsageError, match="no-such-case"):
        write_chapter(folder, "de", "html", case="Q")


def test_more_than_five_cities_share_a_column(tmp_path: Path) -> None:
    head, *_ = CLAIMS.splitlines()
    rows = [f"i{k};C{k};staff;progress;{'+' if k == 6 else '-'};Zitat {k}.;AB;;" for k in range(1, 7)]
    rows += [f"i{k};C{k};money;progress;-;Geld {k}.;AB;;" for k in (1, 2)]
    chapter = chapter_of(project(tmp_path, "\n".join([head, *rows, ""])))
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


def test_without_claims_the_chapter_speaks_of_what_stands_together(tmp_path: Path) -> None:
    codings = "Dokument;Fall;Code;Zitat\n" + "".join(
        f"i{i};A;{code};Leute fehlen und es geht langsam.\n" for i in (1, 2) for code in ("staff", "progress")
    )
    folder = project(tmp_path, codings, more="interactions: {layers: [overlap]}\n")
    chapter = chapter_of(folder)
    (part,) = [p for *_, p in statements(chapter) if p.number]
    assert "wirkt" not in part.sentence
    assert "desto" not in part.sentence
    assert "2 von 2 Interviews" in part.told


def test_coreq_has_its_32_items_and_fills_only_what_the_data_tell(tmp_path: Path) -> None:
    chapter = by_hand(tmp_path, language="en")
    (table,) = [p for p in chapter.parts if isinstance(p, Table) and p.columns[0] == "No."]
    items = {int(row[0]): row[2] for row in table.rows if row[0].isdecimal()}
    assert sorted(items) == list(range(1, 33))
    assert items[12] == "4 interviews (A: 3; B: 1)."
    # who asked, and who these people are, no file knows
    assert {items[i] for i in (*range(1, 12), 13, 14, 15, 18, 20, 23)} == {"[please complete]"}


@given(label=st.text(min_size=1, max_size=80), n=st.integers(1, 120))
def test_a_label_keeps_to_its_box_and_its_words(label: str, n: int) -> None:
    from qualnet.report.chapter.figure import LETTER, LINE, _written  # noqa: PLC0415

    across, down = box(n)
    lines, letters = _written(label, (across, down))
    assert len(lines) * letters * LINE <= max(down, letters * LINE) + 0.01
    assert all(len(line) * letters * LETTER <= max(across, 7 * letters * LETTER) for line in lines)


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    folder = project(tmp_path)
    done = CliRunner().invoke(main, ["report", str(folder), "--format", "md"], catch_exceptions=False)
    assert done.output.splitlines() == [
        f"Geschrieben: {folder / 'INTERN-Ergebnisse.md'}",
        "  Abbildung: INTERN-Ergebnisse-a.svg",
        "  Abbildung: INTERN-Ergebnisse-b.svg",
    ]
    done = CliRunner().invoke(main, ["report", str(folder), "--public"], catch_exceptions=False)
    assert done.output.splitlines() == [
        f"Geschrieben: {folder / 'Ergebnisse.docx'}",
        "Bitte ansehen, bevor es jemand bekommt.",
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
