"""What leaves the project in somebody's own words was released, word for word, by a person."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.forms.desk import open_desk
from qualnet.forms.fix import history, release_claim
from qualnet.overlays import Level
from qualnet.pipeline import publish
from qualnet.problems import InputError, UsageError
from tests.corpus.test_consent import consenting
from tests.project_files import CLAIMS, project

NOW = "2026-03-01T10:00:00Z"
RELEASED = "Es fehlt an Leuten."
KEPT = ("Ohne Leute geht nichts voran.", "Mit wenigen Leuten", "Seit es läuft")


def claim_of(folder: Path, quote: str) -> str:
    return next(c.claim_id for c in open_desk(folder).claims if c.quote == quote)


def release(folder: Path, quote: str, level: Level = "quote", paraphrase: str = "", now: str = NOW) -> bool:
    return release_claim(
        open_desk(folder), claim_of(folder, quote), level, paraphrase, who="AB", why="gelesen", now=now
    )


def shared(folder: Path) -> str:
    return "".join(p.read_text("utf-8") for p in sorted(publish(folder).rglob("*")) if p.is_file())


def run(*call: str) -> Result:
    return CliRunner().invoke(main, [*call])


def test_the_released_words_leave_and_no_others(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert RELEASED not in shared(folder)
    assert release(folder, RELEASED)
    assert not release(folder, RELEASED)
    written = shared(folder)
    assert RELEASED in written
    assert not [words for words in KEPT if words in written]
    page = re.search(
        r'id="payload">(.*?)</script>', (folder / "share/index.html").read_text("utf-8"), re.DOTALL
    )
    assert page
    payload = json.loads(page[1])
    assert [s["text"] for s in payload["segments"]] == [RELEASED]
    # nobody learns from the page whose words they are, nor who coded them
    assert [d["name"] for d in payload["documents"]] == ["A", "B"]
    assert not re.search(r"\bi3\b|\"AB\"", written)
    with (folder / "overlays/releases.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["who"], row["when"], row["why"], row["release"], row["quote"]) == (
        "AB", NOW, "gelesen", "quote", RELEASED,
    )  # fmt: skip
    events = history(open_desk(folder), claim_of(folder, RELEASED))
    assert [(e.when, e.who, e.field, e.new) for e in events] == [(NOW, "AB", "release", "quote")]


def test_a_paraphrase_stands_instead_and_a_withdrawal_ends_it(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert release(folder, RELEASED)
    assert release(folder, RELEASED, "paraphrase", "Die Stadt hat zu wenig Personal.")
    written = shared(folder)
    assert "Paraphrase: Die Stadt hat zu wenig Personal." in written
    assert RELEASED not in written
    assert release(folder, RELEASED, "no")
    assert not release(folder, RELEASED, "no")
    assert "zu wenig Personal" not in shared(folder)


def test_what_too_few_interviews_say_stays_even_when_it_was_released(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert release(folder, "Seit es läuft, brauchen wir weniger Leute.")
    assert "Seit es läuft" not in shared(folder)


def test_other_words_are_not_released_until_somebody_has_read_them(tmp_path: Path) -> None:
    folder = project(tmp_path)
    old, new = "Mit wenigen Leuten waren wir schneller.", "Mit wenigen Leuten waren wir halt schneller."
    release(folder, old)
    assert old in shared(folder)
    newer = CLAIMS.replace(old, new)
    project(folder, newer)
    assert "wenigen Leuten" not in shared(folder)
    assert "release-of-other-words" in {w.rule for w in build(folder).warnings}
    release(folder, new, now="2026-04-01T10:00:00Z")
    assert new in shared(folder)
    assert not [w for w in build(folder).warnings if w.rule.startswith("release-")]
    # spaces are no other words
    project(folder, newer.replace("Mit wenigen", "Mit  wenigen"))
    assert "waren wir halt schneller" in shared(folder)
    project(folder, newer.replace(f"i2;A;staff;progress;+;{new}", "i2;A;money;staff;-;Nein."))
    assert "correction-gone" in {w.rule for w in build(folder).warnings}
    (folder / "claims.csv").write_text("".join(x for x in CLAIMS.splitlines(True) if "i2" not in x), "utf-8")
    assert "decision-without-document" in {w.rule for w in build(folder).warnings}


def test_consent_holds_whatever_was_released(tmp_path: Path) -> None:
    folder = consenting(tmp_path, "Dokument;Einwilligung\ni1;Zitat\ni2;Paraphrase\ni3;keine\n")
    for quote in ("Paraphrasiertes Wort.", "Verbotenes Wort."):
        with pytest.raises(InputError) as caught:
            release(folder, quote)
        assert [p.rule for p in caught.value.problems] == ["release-without-consent"]
    with pytest.raises(InputError):
        release(folder, "Verbotenes Wort.", "paraphrase", "Etwas anderes.")
    assert release(folder, "Paraphrasiertes Wort.", "paraphrase", "Sinngemäß dies.")
    assert release(folder, "Erlaubtes Wort.")
    written = shared(folder)
    assert "Sinngemäß dies." in written
    assert "Erlaubtes Wort." in written
    (folder / "consent.csv").write_text("Dokument;Einwilligung\ni1;keine\ni2;keine\ni3;keine\n", "utf-8")
    written = shared(folder)
    assert "Sinngemäß" not in written
    assert "Erlaubtes" not in written
    assert [w.rule for w in build(folder).warnings].count("release-without-consent") == 2


def test_a_table_that_a_person_wrote_wrong_is_told_with_its_cells(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "overlays").mkdir()
    (folder / "overlays" / "releases.csv").write_text(
        "id,who,when,release,document,paraphrase\nx,AB,2026,ja,i1,\nx,AB,2026,paraphrase,i1,\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [(str(p.place), p.rule) for p in caught.value.problems] == [
        ("overlays/releases.csv, row 2, column release", "unknown-value"),
        ("overlays/releases.csv, row 3, column paraphrase", "overlay-cell-empty"),
    ]


def test_the_command(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = claim_of(folder, RELEASED)
    call = ("claims", "release", claim, str(folder), "--coder", "AB")
    assert run(*call).output == f"{claim}: Zitat freigegeben. Weiter: qualnet publish {folder}\n"
    assert run(*call).output == "Das steht schon so da.\n"
    assert run(*call, "--paraphrase", "So.").output.startswith(f"{claim}: als Paraphrase freigegeben")
    assert run("--lang", "en", *call, "--withdraw").output.startswith(f"{claim}: released no longer")
    assert run(*call, "--withdraw", "--paraphrase", "So.").exit_code == 2
    with pytest.raises(UsageError):
        release_claim(open_desk(folder), "nothing", "quote", who="AB", why="", now=NOW)
