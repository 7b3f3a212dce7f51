"""What the commands say: in one language, with right numbers, and nothing twice."""

import re
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.files import staged
from qualnet.language import Language
from qualnet.problems import Problems
from qualnet.project import load_project
from tests.project_files import CLAIMS, CODEBOOK, project

HALF = "i4;B;staff;;-;Es fehlen Leute.;AB;;\n"


def said(*words: str) -> str:
    return CliRunner().invoke(main, list(words)).output


@pytest.mark.parametrize(
    ("rows", "de", "en"),
    [
        ("", "0 Fehler, 0 Warnungen", "0 errors, 0 warnings"),
        (HALF, "0 Fehler, 1 Warnung", "0 errors, 1 warning"),
        (HALF + "i5;B;x;staff;+;q;AB;;\n", "1 Fehler, 1 Warnung", "1 error, 1 warning"),
    ],
)
def test_one_is_one(tmp_path: Path, rows: str, de: str, en: str) -> None:
    folder = str(project(tmp_path, CLAIMS + rows))
    assert said("check", folder).splitlines()[-1] == de
    assert said("--lang", "en", "check", folder).splitlines()[-1] == en


def test_a_build_folds_what_is_said_often_and_check_does_not(tmp_path: Path) -> None:
    rows = "".join(f"h{n};B;staff;;-;q;AB;;\n" for n in range(7)) + "i9;B;staff;staff;+;q;AB;;\n"
    folder = str(project(tmp_path, CLAIMS + rows))
    output = said("--lang", "en", "build", folder)
    assert len(re.findall(": half-claim: ", output)) == 3
    assert "    and 4 more of this kind: qualnet check\n" in output
    assert len(re.findall(": self-claim: ", output)) == 1
    assert output.count("of this kind") == 1
    assert len(re.findall(": half-claim: ", said("check", folder))) == 7


def test_a_failed_build_folds_too(tmp_path: Path) -> None:
    rows = "".join(f"h{n};B;staff;;upwards;q;AB;;\n" for n in range(5))
    output = said("--lang", "en", "build", str(project(tmp_path, CLAIMS + rows)))
    assert len(re.findall(": unknown-sign: ", output)) == 3
    assert "and 2 more of this kind: qualnet check" in output


def test_a_build_says_where_the_page_is_and_what_was_read(tmp_path: Path) -> None:
    folder = project(tmp_path)
    page = f"Seite: {folder.resolve() / 'outputs' / 'index.html'}"
    assert said("build", str(folder)).splitlines()[-2:] == ["1 Datei neu gelesen, 0 unverändert", page]
    assert said("build", str(folder)).splitlines()[-2:] == ["0 Dateien neu gelesen, 1 unverändert", page]
    english = said("--lang", "en", "build", str(folder)).splitlines()[-2:]
    assert english == ["0 files read anew, 1 unchanged", page.replace("Seite", "Page")]


def test_a_build_waits_for_another_one_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with staged(folder / "outputs", folder) as stage:
            held.set()
            release.wait()
            stage.write("manifest.json", '{"files": {}}')

    def pause(_: float) -> None:
        release.set()
        other.join()

    monkeypatch.setattr("qualnet.pipeline.time.sleep", pause)
    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    assert CliRunner().invoke(main, ["build", str(folder)]).exit_code == 4
    result = CliRunner().invoke(main, ["--lang", "en", "build", str(folder), "--wait"])
    assert result.exit_code == 0
    assert result.output.count("outputs: another build writes here; waiting for it\n") == 1
    assert (folder / "outputs" / "tables" / "interactions.csv").is_file()


def test_outputs_beside_the_project_are_refused_in_true_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["--lang", "en", "build", str(project(tmp_path / "p", more="report: {output: ../x}\n"))]
    )
    assert result.exit_code == 5
    assert result.output.startswith(
        "x: output-outside: no folder of its own inside the project; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        ('format: "1"', "de", 'format: erwartet: 1; hier steht: "1"'),
        ("inputs: claims.csv", "de", 'inputs: erwartet: eine Liste: [a, b]; hier steht: "claims.csv"'),
        ("inputs: claims.csv", "en", 'inputs: expected a list: [a, b], not "claims.csv"'),
        ("interactions: {window: far}", "de", 'window: erwartet: eine ganze Zahl; hier steht: "far"'),
        ("privacy: names.csv", "de", 'privacy: erwartet: Felder: {name: wert}; hier steht: "names.csv"'),
        ("title:", "de", "title: erwartet: ein Text; hier steht: null"),
        ("codebook: [a]", "en", 'codebook: expected a text, not ["a"]'),
    ],
)
def test_a_wrong_value_is_told_in_one_language(
    tmp_path: Path, text: str, language: Language, message: str
) -> None:
    fields = {"format": "1", "title": "t", "codebook": "base.yaml", "inputs": "[{path: claims.csv}]"}
    lines = [f"{k}: {v}" for k, v in fields.items() if k != text.partition(":")[0]]
    (tmp_path / "qualnet.yaml").write_text("\n".join([*lines, text]) + "\n", "utf-8")
    problems = Problems()
    assert load_project(tmp_path / "qualnet.yaml", problems) is None
    (problem,) = problems
    assert problem.rule == "wrong-value"
    assert problem.message(language) == message


def test_what_a_claim_lacks_is_named_in_one_language(tmp_path: Path) -> None:
    folder = str(project(tmp_path, CLAIMS + HALF))
    german = "der Wirkungsaussage fehlt: Wirkung; als halbe Kette behalten, sie zeichnet keinen Pfeil"
    assert german in said("check", folder)
    assert "the claim has no effect; kept as a half-chain" in said("--lang", "en", "check", folder)


def test_what_a_code_lacks_is_named_in_one_language(tmp_path: Path) -> None:
    codebook = CODEBOOK.replace(", anchor_example: a, code_when: c}", "}", 1)
    folder = str(project(tmp_path, codebook=codebook))
    assert ("dem Code 'staff' fehlt: Ankerbeispiel (anchor_example), Codierregel (code_when)") in said(
        "check", folder
    )


def test_an_unknown_reader_is_told_in_german_only(tmp_path: Path) -> None:
    output = said("check", str(project(tmp_path, more="    reader: tabels\n")))
    assert output.startswith("qualnet.yaml:6:5: unknown-part: 'tabels' ist als Leser nicht bekannt\n")


def test_who_has_no_project_is_told_a_whole_command(tmp_path: Path) -> None:
    assert "qualnet init ORDNER --from DATEI --case-by MERKMAL" in said("check", str(tmp_path))
