"""The demonstration's interviews in their three forms, out of the drafts.

`python -m tests.demonstration` writes them into `interviews/`. The second coder's work is
planted here: of his claims one in ten names another factor, one in twenty has cause and effect
turned round, one in twenty the other sign. `tests/data/demo_key.csv` lists them.
"""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

from qualnet.codebook import Codebook, load_codebook
from qualnet.problems import Problems
from tests.drafts import read_draft
from tests.forms import Interview, write_qdpx, write_transcripts, write_workbook

ROOT = Path(__file__).parent.parent
DRAFTS = ROOT / "tests/data/drafts"
KEY = ROOT / "tests/data/demo_key.csv"
CODEBOOKS = {"SO": "soest", "RV": "ravensburg", "BN": "bad-nauheim"}
CODED_TWICE = ("SO2", "RV2", "BN2")
SECOND = "CD"
FACTOR_EVERY, FACTOR_AT = 10, 4
TURNED_EVERY, TURNED_AT = 20, 9
FLIPPED_EVERY, FLIPPED_AT = 20, 17


@cache
def codebook_of(name: str) -> Codebook:
    path = ROOT / f"codebooks/{CODEBOOKS.get(name, name)}.yaml"
    book = load_codebook(path, ROOT, Problems())
    assert book
    return book


def neighbour(book: Codebook, code_id: str, *taken: str) -> str:
    """Give the next code under the same heading: what a colleague takes for it most easily.

    A city's own codes are never part of a claim, so that the key holds in the shared codebook.
    """
    shared = codebook_of("smart-city").codes
    parent = book.codes[code_id].parent
    alike = [
        c.id
        for c in book.factors()
        if c.parent == parent and c.id not in taken and book.base_id(c.id) in shared
    ]
    after = [c for c in alike if c > code_id]
    return next(iter(sorted(after) or sorted(alike) or [code_id]))


def draws(claim: dict[str, str]) -> bool:
    return bool(
        claim["cause"]
        and claim["effect"]
        and claim.get("denied") != "yes"
        and claim.get("status", "observed") in {"observed", "expected"}
        and not claim.get("about_case")
    )


def second_reading(interview: Interview, book: Codebook) -> Interview:
    """Give the same interview as the second coder coded it."""
    claims = []
    position = 0
    for claim in interview.claims:
        seen = {**claim, "coder": SECOND, "id": f"{claim['id']}-{SECOND}"}
        if draws(claim):
            if position % FACTOR_EVERY == FACTOR_AT:
                seen["cause"] = neighbour(book, claim["cause"], claim["cause"], claim["effect"])
            elif position % TURNED_EVERY == TURNED_AT:
                seen |= {"cause": claim["effect"], "effect": claim["cause"]}
            elif position % FLIPPED_EVERY == FLIPPED_AT:
                seen["sign"] = {"+": "-", "-": "+"}[claim["sign"]]
            position += 1
        claims.append(seen)
    said = {c["quote"]: c for c in claims}
    codings = []
    for quote, code, _ in interview.codings:
        other = said.get(quote)
        first = next((c for c in interview.claims if c["quote"] == quote), None)
        changed = other and first and code == first["cause"] and other["cause"] != first["effect"]
        codings.append((quote, other["cause"] if other and changed else code, SECOND))
    return replace(interview, claims=claims, codings=codings)


def read_interviews(city: str) -> list[Interview]:
    """Read a city's drafts, three interviews with both coders' work."""
    found = []
    for path in sorted(DRAFTS.glob(f"{city}*.txt")):
        interview = read_draft(path)
        if interview.name in CODED_TWICE:
            second = second_reading(interview, codebook_of(city))
            interview = replace(
                interview,
                codings=[*interview.codings, *second.codings],
                claims=[*interview.claims, *second.claims],
            )
        found.append(interview)
    return found


def second_coder_rows() -> list[dict[str, str]]:
    """Give the rows of the key for the second coder, in codes of the shared codebook."""
    rows = []
    for name in CODED_TWICE:
        book = codebook_of(name[:2])
        for claim in second_reading(read_draft(DRAFTS / f"{name}.txt"), book).claims:
            if draws(claim):
                cause, effect = book.base_id(claim["cause"]), book.base_id(claim["effect"])
                row = {"interview": name, "cause": cause, "effect": effect, "sign": claim["sign"]}
                row |= {"coder": SECOND, "repeat": claim.get("repeat", "no"), "single_voice": "no"}
                rows.append(row)
    return rows


def write_interviews(folder: Path) -> None:
    """Write Soest as transcripts with tables, Ravensburg as REFI-QDA, Bad Nauheim as a workbook."""
    for old in sorted((folder / "soest").glob("*")):
        old.unlink()
    (folder / "soest").rmdir() if (folder / "soest").exists() else None
    write_transcripts(folder / "soest", read_interviews("SO"))
    write_qdpx(folder / "ravensburg.qdpx", read_interviews("RV"))
    write_workbook(folder / "bad_nauheim.xlsx", read_interviews("BN"))


def write_key() -> None:
    """Write the second coder's rows below the first coder's."""
    with KEY.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["coder"] != SECOND]
    with KEY.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows([*rows, *second_coder_rows()])


if __name__ == "__main__":
    write_interviews(ROOT / "interviews")
    write_key()
