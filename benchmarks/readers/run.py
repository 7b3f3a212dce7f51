"""Measure the readers against their peers: CPU time and memory of whole processes, as ratios of one run.

    python benchmarks/readers/run.py FOLDER [--runs 3]

FOLDER takes the files that are measured (60 MB). The peers need
`pip install 'qualnet[bench]'`. Exit code 1 when a bar is missed; a bar is never moved.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make import qdpx, xlsx

FEW, MANY = 100_000, 1_000_000
OURS = """
from pathlib import Path
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
problems = Problems()
(found,) = find_inputs(Path({path!r}), "x", problems)
corpus = read_file(found, {{}}, problems)
n = len(corpus.codings)
"""
PEERS = {
    "pyrefiqda": """
from pyrefiqda import RefiProject
project = RefiProject.load({path!r}, "extracted")
n = sum(len(s.coding) for t in project.sources.text_source for s in t.plain_text_selection)
""",
    "calamine": """
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_path({path!r}).get_sheet_by_index(0)
n = len(sheet.to_python()) - 1
""",
    "sheets": """
from pathlib import Path
from qualnet.problems import Problems
from qualnet.readers import Source
n = len(Source(Path({path!r}), "x").sheets(Problems())[0].rows)
""",
}
TOLD = """
import json, resource
try:
    from qualnet.readers import _isolation
    _isolation._end()  # the process that reads is counted when it has ended
except ImportError:
    pass
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = sum(u.ru_utime + u.ru_stime for u in usage)
print(json.dumps([n, seconds, max(u.ru_maxrss for u in usage) / 1024]))
"""


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    n: int
    seconds: float
    megabytes: float


def cost(code: str, path: Path) -> Cost:
    """Run a script in a process of its own, in an empty folder."""
    script = code.format(path=str(path)) + TOLD
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ,
        )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def best(code: str, path: Path, runs: int) -> Cost:
    """Give the run that took the least time."""
    return min((cost(code, path) for _ in range(runs)), key=lambda c: c.seconds)


def main() -> int:
    """Measure, and tell which bars are met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    small, large, table = (given.folder / n for n in ("100k.qdpx", "1m.qdpx", "100k.xlsx"))
    for path, make in (
        (small, lambda p: qdpx(p, 100, FEW)),
        (large, lambda p: qdpx(p, 1_000, MANY)),
        (table, lambda p: xlsx(p, FEW)),
    ):
        if not path.exists():
            make(path)
    ours, peer = best(OURS, small, given.runs), best(PEERS["pyrefiqda"], small, given.runs)
    million = best(OURS, large, 1)
    rows = best(OURS, table, given.runs)
    sheets = best(PEERS["sheets"], table, given.runs)
    calamine = best(PEERS["calamine"], table, given.runs)
    if {ours.n, peer.n, rows.n, sheets.n, calamine.n} != {FEW} or million.n != MANY:
        print("the readers did not read the same", ours.n, peer.n, rows.n, sheets.n, calamine.n, million.n)
        return 1
    bars = [
        ("qdpx, 100,000 codings: share of pyrefiqda's CPU", ours.seconds / peer.seconds, 1 / 6),
        ("qdpx, 100,000 codings: MB", ours.megabytes, 400),
        ("qdpx, 1,000,000 codings: MB", million.megabytes, 2_000),
        ("xlsx, 100,000 rows as text: times calamine's CPU", sheets.seconds / calamine.seconds, 1.5),
        ("xlsx, 100,000 rows as codings: times calamine's CPU", rows.seconds / calamine.seconds, 1.5),
    ]
    for name, found, bar in bars:
        print(f"{'met   ' if found <= bar else 'MISSED'} {name}: {found:.3g} (bar {bar:.3g})")
    print(f"seconds: ours {ours.seconds:.1f}, pyrefiqda {peer.seconds:.1f}; a million {million.seconds:.1f};")
    print(f"         table {rows.seconds:.1f}, as text {sheets.seconds:.1f}, calamine {calamine.seconds:.1f}")
    return int(any(found > bar for _, found, bar in bars))


if __name__ == "__main__":
    sys.exit(main())
