"""Files are read in a process of their own: what comes back, and what is said when it falls."""

import gc
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet import readers
from qualnet.corpus import Corpus, Document, Extra, Relation, Segment
from qualnet.problems import Place, Problem, Problems
from qualnet.readers import _isolation, _reading, _worker
from qualnet.readers._source import Sheet, Source
from qualnet.readers._wire import add_rows, lines_of, problem_of, problems_as_data
from tests.forgetting.canary import FORMATS, OTHERS, study
from tests.project_files import CLAIMS
from tests.readers.test_tables import workbook

TEXT = st.text(max_size=8)
PLACES = st.builds(Place, TEXT, TEXT, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), TEXT, TEXT)
ROWS = st.one_of(
    st.builds(Document, TEXT, TEXT, text=st.none() | TEXT, synthetic=st.booleans(), place=PLACES),
    st.builds(Segment, TEXT, TEXT, TEXT, st.none() | st.integers(0, 9), area=TEXT, place=PLACES),
    st.builds(Relation, TEXT, TEXT, TEXT, denied=st.booleans(), place=PLACES),
    st.builds(Extra, TEXT, TEXT, TEXT, TEXT, PLACES),
)


@given(st.lists(ROWS, max_size=6))
def test_rows_come_back_as_they_were(rows: list[Any]) -> None:
    corpus, back = Corpus(), Corpus()
    names = {Document: "documents", Segment: "segments", Relation: "relations", Extra: "extras"}
    for row in rows:
        getattr(corpus, names[type(row)]).append(row)
    expected = {name: list(getattr(corpus, name)) for name in names.values()}
    for line in lines_of(corpus):
        add_rows(line, back)
    assert {name: getattr(back, name) for name in names.values()} == expected


@given(PLACES, TEXT)
def test_problems_come_back_as_they_were(place: Place, text: str) -> None:
    problems = Problems([Problem(place, "unknown-sign", (("value", text), ("first", place)))])
    (data,) = json.loads(json.dumps(problems_as_data(problems)))
    assert [problem_of(data)] == problems.found


def test_a_rule_that_there_is_not_is_no_problem() -> None:
    with pytest.raises(ValueError, match="made-up"):
        problem_of([["x", "", 0, 0, 0, "", ""], "made-up", []])


# the other process, as users have it


def read(path: Path, shown: str = "") -> tuple[list[Any], list[str]]:
    problems = Problems()
    inputs = list(readers.find_inputs(path, shown or path.name, problems))
    found = [(one, readers.read_file(one, {}, problems)) for one in inputs]
    return found, [p.text().replace("\n    ", " | ") for p in problems]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_it_reads_what_this_one_reads(tmp_path: Path, form: str, apart: None) -> None:  # noqa: ARG001
    folder = study(tmp_path / "p", FORMATS[form], OTHERS[:2])
    for path in sorted(p for p in folder.iterdir() if p.is_file() and p.suffix != ".yaml"):
        there = read(path)
        _isolation.here()
        assert read(path) == there
        _isolation.elsewhere()


def test_a_folder_with_files_that_belong_together(tmp_path: Path, apart: None) -> None:  # noqa: ARG001
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_text("Wer;Grund;Folge;Satz\ni1;x;y;z\n", "utf-8")
    mapping = "format: 1\ntables:\n  - {holds: claims, columns: {document: Wer, cause: Grund, effect: Folge, quote: Satz}}\n"
    (tmp_path / "in/a.csv.map.yaml").write_text(mapping, "utf-8")
    found, problems = read(tmp_path / "in", "in")
    assert problems == []
    ((one, corpus),) = found
    assert (one.source.path, one.source.shown) == (tmp_path / "in/a.csv", "in/a.csv")
    assert one.beside == (tmp_path / "in/a.csv.map.yaml",)
    assert [(r.from_id, r.to_id) for r in corpus.relations] == [("x", "y")]
    # a list that stands elsewhere
    (tmp_path / "our.yaml").write_text(mapping, "utf-8")
    options = {"mapping": "our.yaml"}
    (other,) = readers.find_inputs(tmp_path / "in/a.csv", "a.csv", Problems(), None, options, tmp_path)
    assert other.beside == (tmp_path / "our.yaml",)
    options = {"mapping": str(tmp_path / "our.yaml")}
    (other,) = readers.find_inputs(tmp_path / "in/a.csv", "a.csv", Problems(), None, options, tmp_path / "in")
    assert other.beside == (tmp_path / "our.yaml",)


def test_an_interview_is_forgotten_there(tmp_path: Path, apart: None) -> None:  # noqa: ARG001
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS, "utf-8")
    problems = Problems()
    (found,) = readers.find_inputs(path, path.name, problems)
    content = readers.forget(found, {}, "i1", problems)
    assert content is not None
    assert b"i1;" not in content
    assert b"i2;" in content
    (tmp_path / "m.csv").write_text(";A;B\nA;;-1\nB;1;\n", "utf-8")
    (found,) = readers.find_inputs(tmp_path / "m.csv", "m.csv", problems)
    with pytest.raises(NotImplementedError):
        readers.forget(found, {}, "i1", problems)
    path.write_text(CLAIMS.partition("\n")[0] + "\ni1;A;a;b;-;c;;;\n", "utf-8")
    (found,) = readers.find_inputs(path, path.name, problems)
    assert readers.forget(found, {}, "i1", problems) is None


def test_sheets_are_read_there_whoever_asks(tmp_path: Path, apart: None) -> None:  # noqa: ARG001
    path = workbook(tmp_path / "x.xlsx", A=[["a", "b"], [1, "ü"]], B=[["c"], ["d"]])
    assert Source(path, "x.xlsx").sheets(Problems()) == [
        Sheet("A", ("a", "b"), 1, ((2, ("1", "ü")),)),
        Sheet("B", ("c",), 1, ((2, ("d",)),)),
    ]


SPARSE = """<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"""


def sparse(path: Path) -> Path:
    """Make a sound workbook of two cells at its corners: the library that reads it takes all memory."""
    whole = workbook(path.with_name("whole.xlsx"), A=[[1]])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, SPARSE if name.endswith("sheet1.xml") else old.read(name))
    whole.unlink()
    return path


def test_a_file_that_makes_a_library_abort_is_one_line_and_the_next_is_read(
    tmp_path: Path,
    apart: None,  # noqa: ARG001
) -> None:
    path = sparse(tmp_path / "x.xlsx")
    _, problems = read(path)
    assert len(problems) == 1
    assert problems[0].startswith("x.xlsx: reading-stopped: it could not be read to its end: ")
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    found, problems = read(tmp_path / "claims.csv")
    assert (problems, len(found[0][1].relations)) == ([], 7)


class Told(_isolation._Reader):  # noqa: SLF001
    """A process that runs another program in its place."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self.program = program

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self.process


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os, signal; input(); os.kill(os.getpid(), signal.SIGXCPU)", "it takes too long"),
        ("import os; input(); os.abort()", "the program that reads it broke down (6)"),
        ("input(); raise SystemExit(7)", "a fault in qualnet (exit code 7)"),
        ("input(); print('{\"problems\": [1]}')", "a fault in qualnet (TypeError)"),
        ("input(); print('{\"problems\": [[[\"x\"], \"made-up\", []]]}')", "a fault in qualnet (ValueError)"),
        ("input(); print('[\"nothing\", [[1]]]')", "a fault in qualnet (KeyError)"),
        ("input(); print('{\"failed\": \"memory\"}')", "it needs more than 2 GiB of memory"),
        ("import time; input(); time.sleep(60)", "it takes too long"),
        ("raise SystemExit(3)", "a fault in qualnet (exit code 3)"),
    ],
)  # fmt: skip
def test_whatever_the_other_process_does_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    (tmp_path / "x.csv").write_text(CLAIMS, "utf-8")
    monkeypatch.setattr(_isolation, "_reader", Told(program))
    monkeypatch.setattr(_isolation, "SECONDS", 0.5)
    problems = Problems()
    found = readers.Found(Source(tmp_path / "x.csv", "x.csv"), "tables")
    assert readers.read_file(found, {}, problems) == Corpus()
    (problem,) = problems
    assert (
        problem.text().partition("\n")[0]
        == f"x.csv: reading-stopped: it could not be read to its end: {said}"
    )
    _isolation._end()  # noqa: SLF001


def test_where_there_is_no_file_the_other_process_says_so(tmp_path: Path, apart: None) -> None:  # noqa: ARG001
    _, problems = read(tmp_path / "none.csv")
    assert [p.partition(": ")[2].partition(":")[0] for p in problems] == ["not-found"]


def test_pipes_are_not_waited_for_where_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    assert _isolation._is_ready(None, 1.0)  # noqa: SLF001


# what it may use


def test_it_may_write_nothing_and_use_little(tmp_path: Path) -> None:
    program = (
        "from qualnet.readers import _worker\n"
        "_worker.limit(1.0, may_copy={})\n"
        "import resource, tempfile\n"
        "try:\n    open('x', 'wb', 0).write(b'x' * 9)\n    print('written')\n"
        "except OSError as error:\n    print(type(error).__name__)\n"
        "try:\n    bytearray(3 * 2**30)\nexcept MemoryError:\n    print('memory')\n"
        "while True: pass\n"
    )
    for may_copy, first in ((False, "OSError"), (True, "written")):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program.format(may_copy)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.split() == [first, "memory"]
        assert done.returncode == -signal.SIGXCPU


def test_limits_are_counted_from_what_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: dict[int, tuple[int, int]] = {}

    def refused(what: int, bound: tuple[int, int]) -> None:
        bounds[what] = bound
        raise OSError

    monkeypatch.setattr(resource, "setrlimit", refused)
    _worker.limit(60, may_copy=False)
    used = time.process_time()
    assert used + 59 < bounds[resource.RLIMIT_CPU][0] < used + 64
    assert bounds[resource.RLIMIT_AS][0] == 2 * 2**30
    assert bounds[resource.RLIMIT_FSIZE][0] == 0
    monkeypatch.setitem(sys.modules, "resource", None)
    bounds.clear()
    _worker.limit(60, may_copy=True)
    assert not bounds


# its work, looked at in this process


def asked(*requests: Mapping[str, object], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(_worker, "limit", lambda *_, **__: None)
    lines = "".join(json.dumps({"seconds": 1, "may_copy": False, "root": ".", **r}) + "\n" for r in requests)
    out = io.StringIO()
    _worker.serve(io.StringIO(lines), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_its_answers_are_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Dokument;Code;Zitat\ni1;a;b\n", "utf-8")
    book = workbook(tmp_path / "x.xlsx", A=[["a"], [1]])
    matrix = tmp_path / "m.csv"
    matrix.write_text(";A;B\nA;;-1\nB;1;\n", "utf-8")
    file = {"path": str(path), "shown": "x.csv"}
    how = {"reader": "tables", "options": {}, "beside": []}
    answers = asked(
        {"do": "find", **file, "reader": None, "options": {}},
        {"do": "read", **file, **how},
        {"do": "forget", **file, **how, "document": "i1"},
        {"do": "forget", **file, **how, "document": "i2"},
        {"do": "forget", "path": str(matrix), "shown": "m", **how, "document": "i2"},
        {"do": "sheets", "path": str(book), "shown": "x"},
        {"do": "find", "path": str(tmp_path), "shown": "t", "reader": None, "options": {}},
        monkeypatch=monkeypatch,
    )
    assert answers[0] == {"found": [[str(path), "x.csv", "tables", []]], "problems": []}
    tables = [line[0] for line in answers[1:] if isinstance(line, list)]
    assert tables == ["documents", "codes", "segments", "codings", "imports", "issues", "A"]
    rest = [line for line in answers[1:] if isinstance(line, dict)]
    assert [sorted(line) for line in rest] == [
        ["problems"], ["content", "problems"], ["content", "problems"], ["problems", "unable"], ["problems"], ["found", "problems"],
    ]  # fmt: skip
    assert rest[1]["content"] is None
    assert rest[2]["content"] is not None


@pytest.mark.parametrize(("error", "failed"), [(MemoryError(), "memory"), (ZeroDivisionError(), "fault")])
def test_its_faults_are_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, failed: str
) -> None:
    def fails(*_: object) -> Corpus:
        raise error

    monkeypatch.setattr(_reading, "read_file", fails)
    request = {
        "do": "read",
        "path": str(tmp_path),
        "shown": "x",
        "reader": "tables",
        "options": {},
        "beside": [],
    }
    (answer,) = asked(request, monkeypatch=monkeypatch)
    assert answer["failed"] == failed
    assert str(tmp_path) not in json.dumps(answer)


def test_nothing_of_it_is_left(tmp_path: Path, apart: None) -> None:  # noqa: ARG001
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    read(tmp_path / "claims.csv")
    reader = _isolation._reader  # noqa: SLF001
    assert reader is not None
    assert reader.process is not None
    assert reader.folder is not None
    pid, folder = reader.process.pid, Path(reader.folder.name)
    assert list(folder.iterdir()) == []
    _isolation._end()  # noqa: SLF001
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_part_of_xml_that_never_ends_is_refused_before_it_is_read_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "x.qde"
    path.write_text('<Project name="' + "x" * (18 * 2**20) + '"/>', "utf-8")
    _isolation.here()
    _, problems = read(path)
    assert problems == ["x.qde: unsafe-file: refused: a part of more than 16 MiB"]


def test_python_looks_for_cycles_again_if_it_did_before(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    for before in (True, False):
        (gc.enable if before else gc.disable)()
        read(tmp_path / "claims.csv")
        assert gc.isenabled() == before
    gc.enable()


def test_on_a_full_disk_files_are_read_all_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    apart: None,  # noqa: ARG001
) -> None:
    def full(**_: object) -> None:
        raise OSError

    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    found, problems = read(tmp_path / "claims.csv")
    assert (len(found), problems) == (1, [])
