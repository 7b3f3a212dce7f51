"""What an interview did not consent to stands in no output, and is counted all the same."""

import json
from pathlib import Path

import pytest

from qualnet import build
from qualnet.forms.desk import open_desk
from qualnet.pipeline import publish
from qualnet.problems import InputError
from tests.project_files import project

CLAIMS = """Dokument;Fall;Code;Ursache;Wirkung;Vorzeichen;Zitat;Memo;Bedingung
i1;A;;staff;progress;-;Erlaubtes Wort.;Memo-eins;
i2;A;;staff;progress;-;Paraphrasiertes Wort.;Memo-zwei;
i3;A;;staff;progress;-;Verbotenes Wort.;Memo-drei;Bedingung-drei
"""


def consenting(folder: Path, table: str) -> Path:
    project(folder, CLAIMS, more="privacy: {consent: consent.csv}\n")
    (folder / "consent.csv").write_text(table, "utf-8")
    return folder


def outputs(folder: Path) -> str:
    return "".join(p.read_text("utf-8", "replace") for p in sorted(folder.rglob("*")) if p.is_file())


def test_only_what_was_allowed_is_written(tmp_path: Path) -> None:
    folder = consenting(tmp_path, "Dokument;Einwilligung\ni1;Zitat\ni2;Paraphrase\ni3;keine\n")
    study = build(folder)
    publish(folder)
    assert study.networks["A"].interactions["staff", "progress"].n_sources == 3
    assert study.decided == {"A": (0, 0)}
    for part in ("outputs", "share"):
        written = outputs(folder / part)
        assert "Paraphrasiertes" not in written
        for secret in ("Verbotenes", "Memo-drei", "Bedingung-drei"):
            assert secret not in written
    written = outputs(folder / "outputs")
    for allowed in ("Erlaubtes Wort.", "Memo-eins", "Memo-zwei", "[kein Zitat: nur Paraphrase erlaubt]"):
        assert allowed in written
    assert "[kein Zitat: keine Einwilligung]" in written
    assert json.loads((folder / "outputs/graphs/a.json").read_text("utf-8"))
    # who decides about a passage reads it
    assert {c.quote for c in open_desk(folder).claims} >= {"Verbotenes Wort.", "Paraphrasiertes Wort."}


def test_a_transcript_gives_no_context_either(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/i1.txt").write_text("I: Warum?\n\nB: Vorher. Leute fehlen. Nachher.\n", "utf-8")
    (tmp_path / "texts/codings.csv").write_text(
        "Dokument;Code;Zitat;Memo\ni1;staff;Leute fehlen.;Notiz\n", "utf-8"
    )
    consenting(tmp_path, "document;consent\ni1;none\n")
    (tmp_path / "qualnet.yaml").write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninputs: [{path: texts, case: A}]\n"
        "privacy: {consent: consent.csv}\ninteractions: {layers: [paragraph]}\n",
        "utf-8",
    )
    build(tmp_path)
    written = outputs(tmp_path / "outputs")
    assert not [word for word in ("Vorher", "Nachher", "Leute fehlen", "Notiz") if word in written]


def test_an_interview_without_a_row_has_consented_to_nothing(tmp_path: Path) -> None:
    study = build(consenting(tmp_path, "document;consent\ni1;quote\ni2;quote\n"))
    assert [w.text("de").split("\n")[0] for w in study.warnings] == [
        "consent.csv: consent-missing: das Interview 'i3' steht nicht in dieser Tabelle; nichts daraus wird zitiert"
    ]
    assert "Verbotenes" not in outputs(tmp_path / "outputs")


@pytest.mark.parametrize(
    ("table", "rules"),
    [
        ("document;consent\ni1;vielleicht\ni2;quote\ni3;quote\n", {"unknown-value", "consent-missing"}),
        ("document;consent\ni1;quote\ni2;quote\ni3;quote\ni9;quote\n", {"guide-without-document"}),
        ("document;level\ni1;quote\n", {"missing-column", "consent-missing"}),
    ],
)
def test_a_faulty_table_stops_the_build(tmp_path: Path, table: str, rules: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        build(consenting(tmp_path, table))
    assert {p.rule for p in caught.value.problems} == rules
    assert not (tmp_path / "outputs").exists()
