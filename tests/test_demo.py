"""The interviews written so far against the allocation that was fixed before they were written."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from qualnet import build
from qualnet.codebook.load import shipped_folder
from tests.drafts import read_draft
from tests.forms import write_qdpx, write_transcripts

DATA = Path(__file__).parent / "data"
DRAFTS = sorted((DATA / "drafts").glob("*.txt"))
CITIES = {"SO": "soest", "RV": "ravensburg", "BN": "bad-nauheim"}


def key() -> list[dict[str, str]]:
    with (DATA / "demo_key.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_allocation_has_what_the_plan_demands() -> None:
    rows = key()
    once = [r for r in rows if r["repeat"] == "no"]
    assert len(once) == 375
    assert Counter(r["interview"][:2] for r in once) == {"SO": 130, "RV": 118, "BN": 127}
    assert 60 <= len(rows) - len(once) <= 75
    said: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for r in once:
        said[r["interview"][:2], r["cause"], r["effect"], r["sign"]].append(r["interview"])
    alone = {k for k, v in said.items() if len(v) > 2 and len(set(v)) == 1}
    marked = {
        (r["interview"][:2], r["cause"], r["effect"], r["sign"]) for r in once if r["single_voice"] == "yes"
    }
    assert alone == marked
    assert len(marked) == 5


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["transcripts", "refi"])
def test_an_interview_makes_exactly_its_claims(draft: Path, form: str, tmp_path: Path) -> None:
    interview = read_draft(draft)
    if form == "refi":
        write_qdpx(tmp_path / "x.qdpx", [interview])
    else:
        write_transcripts(tmp_path / "x", [interview])
    name = "x.qdpx" if form == "refi" else "x"
    for book in shipped_folder().glob("*.yaml"):
        (tmp_path / book.name).write_bytes(book.read_bytes())
    city = CITIES[draft.stem[:2]]
    (tmp_path / "qualnet.yaml").write_text(
        f"format: 1\ntitle: t\ncodebook: smart-city.yaml\ninputs:\n"
        f"  - {{path: {name}, case: {city}, codebook: {city}.yaml}}\n",
        "utf-8",
    )
    study = build(tmp_path)
    built = Counter((c.cause, c.effect, c.sign, c.repeat) for c in study.claims if c.draws)
    rows = [r for r in key() if r["interview"] == draft.stem and r["coder"] == "AB"]
    assert built == Counter((r["cause"], r["effect"], r["sign"], r["repeat"] == "yes") for r in rows)
    assert all(s.anchor in {"exact", "calibrated"} for s in study.corpus.segments)
    assert 45 <= len(study.corpus.segments) <= 55
    assert study.synthetic
