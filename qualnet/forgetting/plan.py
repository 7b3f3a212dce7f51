"""Everything that is to be done to forget an interview, planned in memory before anything is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.case_rules import assign_cases
from qualnet.corpus.cases import CASE_COLUMNS
from qualnet.corpus.merge import unite
from qualnet.files import JOURNAL, MANIFEST, digest
from qualnet.forgetting.rest import names_it, why_not_the_same
from qualnet.forgetting.words import WORDS_OF, Words, is_readable
from qualnet.forgetting.written import filled_form, is_archive, is_draft, output_files, page_kind
from qualnet.forms.agreement import FORM as DIFFERENCES
from qualnet.forms.claims_sheet import FORM as WORKLIST
from qualnet.forms.report import is_chapter
from qualnet.located import YamlText
from qualnet.names import same_name
from qualnet.overlays import (
    ASSIGNMENTS,
    CORRECTIONS,
    DECISIONS,
    FEEDBACK,
    RELEASES,
    VERDICTS,
    Forgotten,
    latest,
    read_decisions,
    read_forgotten,
)
from qualnet.prepare import STORE
from qualnet.problems import Place, Problem, Problems, UsageError, nearest
from qualnet.project import find_project, load_project
from qualnet.readers import Found, Sheet, Source, find_inputs, read_file
from qualnet.readers._forget import is_of, without_rows
from qualnet.readers._words import column_of
from qualnet.report.outputs import SHARE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qualnet.project import Input, Loaded

__all__ = ["Change", "Kind", "Plan", "plan_forgetting"]

EVIDENCE = "evidence.csv"
LOGS = (DECISIONS, CORRECTIONS, VERDICTS, ASSIGNMENTS, RELEASES)
SKIPPED = {".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"}
"""Folders of other programs."""
LARGEST = 256 * 2**20
MISSING = {"not-found", "empty-file"}
"""What is said of an input that is not there; then nothing of the interview is in it."""

Kind: TypeAlias = Literal["output", "store", "form", "overlay", "table", "input", "project"]
"""What a file is; in this order they are changed, so that the interview is known to the end."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done with one file.

    Attributes
    ----------
    path, shown
        The file or folder, and how messages name it.
    kind
        What it is.
    content
        Its new bytes; None: it goes.
    n_rows
        Rows of a table that go; 0 where the whole file goes, or it has no rows.
    was
        Hash of what it held when the plan was made; empty for what goes whatever it holds.
    """

    path: Path
    shown: str
    kind: Kind
    content: bytes | None = None
    n_rows: int = 0
    was: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be done to forget an interview.

    Attributes
    ----------
    document
        Its id.
    before
        The date on which it was forgotten before; empty if it never was.
    changes
        In the order in which they are done. Without any there is nothing left of it.
    n_claims
        Claims that go: those of the inputs, and those that were decided in qualnet.
    cases
        Cities that have no interview any more; what was said about them goes as well.
    left
        Warnings: files that qualnet did not write and that still hold something.
    unsearched
        Files that cannot be searched, and links, which are not followed.
    is_last
        No interview is left in the project.
    """

    loaded: Loaded
    document: str
    before: str
    changes: tuple[Change, ...]
    n_claims: int
    cases: tuple[str, ...]
    left: tuple[Problem, ...]
    unsearched: tuple[str, ...]
    is_last: bool

    @property
    def n_rows(self) -> int:
        """Rows of tables that go."""
        return sum(c.n_rows for c in self.changes)


def plan_forgetting(project: Path, name: str) -> Plan:
    """Plan how an interview is forgotten; nothing is written.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    name
        The interview: id of its document.

    Raises
    ------
    InputError
        With everything that stops it, in all files: what cannot be read, or cannot be taken out
        with certainty.
    UsageError
        When nothing is known of such an interview.
    """
    problems = Problems()
    loaded = load_project(find_project(project), problems)
    if loaded is None:
        problems.fail()
    planner = _Planner(loaded, problems)
    planner.read()
    problems.stop_on_errors()
    planner.find(name)
    planner.inputs()
    planner.overlays()
    planner.tables()
    planner.project_file()
    problems.stop_on_errors()
    planner.derived()
    problems.stop_on_errors()
    if not planner.is_known:
        planner.unknown(name)
    return planner.plan()


@dataclass
class _File:
    """A file of an input, and what is read of it."""

    found: Found
    item: int
    corpus: Corpus
    told: Problems


@dataclass
class _Planner:
    """Gathers what is to be done."""

    loaded: Loaded
    problems: Problems
    files: list[_File] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)
    changes: dict[Path, Change] = field(default_factory=dict)
    after: dict[int, Corpus] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    document: str = ""
    forgotten: Forgotten = field(default_factory=lambda: Forgotten(()))
    before: str = ""
    n_claims: int = 0
    left: Problems = field(default_factory=Problems)
    unsearched: list[str] = field(default_factory=list)
    is_known: bool = False
    """Whether anything of the interview is here; what is written anew anyway says nothing."""

    @property
    def items(self) -> tuple[Input, ...]:
        return self.loaded.project.inputs

    def found(self, item: Input, path: Path, shown: str, problems: Problems) -> Iterator[Found]:
        return find_inputs(path, shown, problems, item.reader, item.options, self.loaded.folder)

    def read(self) -> None:
        """Read all inputs as they are, without the store."""
        for i, item in enumerate(self.items):
            mine = Problems()
            found = list(self.found(item, self.loaded.path(item.path), item.path, mine))
            if {p.rule for p in mine.errors} <= MISSING and mine.errors and not found:
                self.missing.add(i)
                continue
            self.problems.found.extend(mine.found)
            for one in found:
                told = Problems()
                corpus = read_file(one, item.options, told)
                if told.errors and not corpus.documents:
                    # what cannot be read may hold the interview
                    self.problems.found.extend(told.found)
                self.files.append(_File(one, i, corpus, told))
        overlays = self.loaded.project.overlays
        self.forgotten = read_forgotten(self.loaded.path(overlays), overlays, self.problems)

    def find(self, name: str) -> None:
        """Find out which interview is meant."""
        ids: dict[str, set[int]] = {}
        for file in self.files:
            for document in file.corpus.documents:
                if same_name(name) in {same_name(document.document_id), same_name(document.name)}:
                    ids.setdefault(document.document_id, set()).add(file.item)
        self.document = next(iter(ids), name.strip())
        if len(ids) > 1 or any(len(items) > 1 for items in ids.values()):
            self.problems.add(Place(self.document), "cannot-forget", why="two of the name")
        self.names = [self.document]
        self.before = self.forgotten.when(self.document)

    def unknown(self, name: str) -> None:
        """Say that there is no such interview, if none was forgotten either.

        Raises
        ------
        UsageError
            With the nearest name.
        """
        if self.before:
            self.changes.clear()
            return
        every = sorted({d.name for f in self.files for d in f.corpus.documents})
        values = (("document", name), ("near", nearest(name, every)))
        raise UsageError(Problem(Place("DOC"), "no-such-document", values))

    def shown(self, path: Path) -> str:
        """Name a file as it is counted from the project's folder."""
        return Path(os.path.relpath(path, self.loaded.folder)).as_posix()

    def change(
        self, path: Path, kind: Kind, content: bytes | None, n_rows: int = 0, *, shown: str = ""
    ) -> None:
        """Plan a change of a file, which must lie in the project itself."""
        shown = shown or self.shown(path)
        self.is_known = self.is_known or kind not in {"output", "store"}
        if not self.is_inside(path):
            self.problems.add(Place(shown), "cannot-forget", why="outside")
            return
        is_made = kind in {"output", "store"} or (kind == "form" and content is None)
        was = "" if is_made else digest(path)
        self.changes[_plain(path)] = Change(path, shown, kind, content, n_rows, was)

    def is_inside(self, path: Path) -> bool:
        """Tell whether a path leads into the project by no link."""
        folder = self.loaded.folder
        within = folder.resolve() / os.path.relpath(_plain(path), _plain(folder))
        return path.resolve() == within and folder.resolve() in within.parents

    def inputs(self) -> None:
        """Plan what becomes of the files of the inputs."""
        for file in self.files:
            source = file.found.source
            mine = names_it(file.corpus, self.document)
            content = self.without(file, mine=mine)
            if content is None and not mine:
                content = source.path.read_bytes()
            corpus = file.corpus
            if content is None:
                corpus = Corpus()
                self.names.append(source.stem)
                self.change(source.path, "input", None, shown=source.shown)
                for other in file.found.beside:
                    # its own text or mapping, and no list for several files
                    if other.name.startswith(f"{source.path.stem}."):
                        self.change(other, "input", None)
            elif content != source.path.read_bytes():
                corpus = self.checked(file, content)
                self.change(source.path, "input", content, shown=source.shown)
            self.after.setdefault(file.item, Corpus()).extend(corpus)
            if mine:
                self.texts += _texts(file.corpus, self.document)
                self.n_claims += _n_claims(file.corpus, self.document)

    def without(self, file: _File, *, mine: bool) -> bytes | None:
        """Give a file's bytes without the interview; None: it holds nothing else."""
        told = Problems()
        try:
            content = readers.forget(file.found, self.items[file.item].options, self.document, told)
        except NotImplementedError:
            content = None
        self.problems.found.extend(p for p in told.errors if p not in file.told.found)
        others = any(not is_of(d.document_id, self.document) for d in file.corpus.documents)
        if content is None and mine and others and not told.errors:
            self.problems.add(file.found.source.place, "cannot-forget", why="no way")
        return content

    def checked(self, file: _File, content: bytes) -> Corpus:
        """Read a file as it would be, and check that all other interviews read as before."""
        source = file.found.source
        item = self.items[file.item]
        after, told, by = Corpus(), Problems(), ""
        with tempfile.TemporaryDirectory(prefix="qualnet-") as folder:
            path = Path(folder) / source.path.name
            for other in file.found.beside:
                shutil.copyfile(other, path.with_name(other.name))
            path.write_bytes(content)
            for found in self.found(item, path, source.shown, told):
                after.extend(read_file(found, item.options, told))
                by = found.reader
        why = why_not_the_same(file.corpus, after, self.document)
        rules = [Counter(p.rule for p in problems.errors) for problems in (told, file.told)]
        if by != file.found.reader or rules[0] - rules[1]:
            why = why or "reads otherwise"
        if why:
            self.problems.add(source.place, "cannot-forget", why=why)
        return after

    def gone_cases(self) -> dict[str, str]:
        """Give the cases that have no interview any more: comparable name to name."""
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        for i, item in enumerate(self.items):
            every = Corpus()
            for file in self.files:
                if file.item == i:
                    every.extend(file.corpus)
            before |= _cases(every, item)
            after |= _cases(self.after.get(i, Corpus()), item)
        return {same: name for same, name in before.items() if same not in after}

    def overlays(self) -> None:
        """Plan which rows of the overlays go."""
        shown = self.loaded.project.overlays
        folder = self.loaded.path(shown)
        decisions = read_decisions(folder, shown, Problems())
        self.n_claims += sum(
            d.answer == "claim" and is_of(d.document, self.document) for d in latest(decisions).values()
        )
        for log in LOGS:
            self.rows(folder / log.file, f"{shown}/{log.file}", "overlay", self.about("document"))
        cases = self.gone_cases()
        self.rows(
            folder / FEEDBACK.file,
            f"{shown}/{FEEDBACK.file}",
            "overlay",
            _where(lambda h: same_name(h) == "case", lambda cell: same_name(cell) in cases),
        )

    def about(self, column: str) -> Callable[[Sheet], set[int]]:
        """Give the rows whose column names the interview."""
        return _where(lambda h: same_name(h) == column, lambda cell: is_of(cell, self.document))

    def tables(self) -> None:
        """Plan which rows of the tables beside the inputs go."""
        project = self.loaded.project

        named = _where(lambda h: column_of(h) == "document", lambda cell: is_of(cell, self.document))
        for file in (project.guide, project.privacy.consent):
            if file:
                self.rows(self.loaded.path(file), file, "table", named)
        if project.context:
            for path in sorted(self.loaded.path(project.context).glob("*.csv")):
                self.rows(path, f"{project.context}/{path.name}", "table", named)
        if project.cases:
            cases = self.gone_cases()
            in_case = _where(lambda h: same_name(h) in CASE_COLUMNS["case"], lambda c: same_name(c) in cases)
            self.rows(self.loaded.path(project.cases), project.cases, "table", in_case)
        if project.privacy.names:
            self.key(project.privacy.names)

    def key(self, file: str) -> None:
        """Plan which rows of the key file go; who stands in them is looked for everywhere."""

        def rows(sheet: Sheet) -> set[int]:
            found = {n: cells for n, cells in sheet.rows if any(is_of(c, self.document) for c in cells)}
            self.names += [cells[0] for cells in found.values()]
            return set(found)

        self.rows(self.loaded.path(file), file, "table", rows)

    def rows(self, path: Path, shown: str, kind: Kind, wanted: Callable[[Sheet], set[int]]) -> bool:
        """Plan which rows of a table go; tell whether any does."""
        if not path.is_file():
            return False
        source, told = Source(path, shown), Problems()
        sheets = source.sheets(told)
        if told.errors:
            self.problems.found.extend(told.errors)
            return False
        gone = {sheet.name: wanted(sheet) for sheet in sheets}
        if not any(gone.values()):
            return False
        for sheet in sheets:
            self.texts += _quotes(sheet, gone[sheet.name])
        # a table of names whose last name goes cannot be told from one without a header
        n_rows = sum(map(len, gone.values()))
        is_key = shown == self.loaded.project.privacy.names and n_rows == sum(len(s.rows) for s in sheets)
        content = None if is_key else without_rows(source, gone, self.problems, keep_header=True)
        self.change(path, kind, content, n_rows, shown=shown)
        return True

    def project_file(self) -> None:
        """Plan that inputs of which nothing is left, and a key file that goes, leave the project file."""
        going = {c.path for c in self.changes.values() if c.kind == "input" and c.content is None}
        left = {f.item for f in self.files if f.found.source.path not in going}
        gone = {f.item for f in self.files} - left
        if self.before:
            # an earlier run may have been broken off after it had removed the file
            gone |= self.missing
        path = self.loaded.folder / self.loaded.located.file
        text = YamlText.read(path)
        if gone and left:
            text.remove(("inputs",), gone)
        key = self.loaded.project.privacy.names
        if key and any(c.shown == key and c.content is None for c in self.changes.values()):
            text.set(("privacy", "names"), None)
        if text.after() != text.before:
            self.change(path, "project", text.after().encode())

    def derived(self) -> None:
        """Plan what becomes of everything that was made of the inputs, and look through all else."""
        folder, project = self.loaded.folder, self.loaded.project
        if (folder / STORE).exists():
            self.change(folder / STORE, "store", None)
        files = list(self.walk())
        targets = (self.loaded.path(project.report.output), folder / SHARE)
        for path in output_files((t for t in targets if self.is_inside(t)), files):
            if path.name == EVIDENCE:
                self.remember(path)
            self.change(path, "output", None)
        for path in files:
            if is_draft(path) or any(is_draft(p) for p in path.relative_to(folder).parents):
                self.change(path, "output", None)
        texts = [t for f in self.files for t in _texts(f.corpus, self.document, others=True)]
        words = Words.of(self.names, self.texts, texts)
        for path in files:
            planned = self.changes.get(_plain(path))
            if planned is None or planned.content is not None:
                self.look(path, planned, words)

    def remember(self, path: Path) -> None:
        """Take the quotes of an older export out of the evidence that was written of it."""
        for sheet in Source(path, self.shown(path)).sheets(Problems()):
            mine = self.about("document")(sheet)
            self.texts += _quotes(sheet, mine)
            self.is_known = self.is_known or bool(mine)

    def walk(self) -> Iterator[Path]:
        """Give all files of the project's folder; links are not followed, and told."""
        for here, folders, names in os.walk(self.loaded.folder):
            place = Path(here)
            links = {n for n in (*folders, *names) if (place / n).is_symlink()}
            self.unsearched += [self.shown(place / n) for n in sorted(links)]
            top = place == self.loaded.folder
            folders[:] = sorted(set(folders) - links - SKIPPED - ({STORE} if top else set()))
            yield from (place / n for n in sorted(set(names) - links))

    def look(self, path: Path, planned: Change | None, words: Words) -> None:
        """Look through a file for words of the interview; plan that what qualnet wrote goes."""
        if path.stat().st_size > LARGEST:
            self.unsearched.append(self.shown(path))
            return
        data = path.read_bytes() if planned is None or planned.content is None else planned.content
        if planned is None and self.written(path, data, words):
            return
        planned = self.changes.get(_plain(path))
        if planned is not None and planned.content is not None:
            data = planned.content
        if not is_readable(data):
            self.unsearched.append(self.shown(path))
        what, lines = words.in_file(data)
        if not what and words.name_file(self.shown(path)):
            what = "its own name"
        for line in lines or ((0,) if what else ()):
            self.left.add(Place(self.shown(path), line=line), "words-left", what=what)

    def written(self, path: Path, data: bytes, words: Words) -> bool:
        """Plan what becomes of a file that qualnet wrote; tell whether it goes."""
        kind = page_kind(data)
        if (
            kind in {"explorer", "town"}
            or is_chapter(data)
            or ((kind or is_archive(data)) and words.in_file(data)[0])
        ):
            self.change(path, "output", None)
            return True
        filled = filled_form(path)
        if filled is None:
            return False
        if filled.form in (WORKLIST, DIFFERENCES):
            at = filled.columns["document"]
            mine = {
                n for n, cells in filled.sheet.rows if at < len(cells) and is_of(cells[at], self.document)
            }
            if mine and len(mine) < len(filled.sheet.rows):
                # what somebody filled in about other interviews stays
                gone = {filled.sheet.name: mine}
                content = without_rows(Source(path, self.shown(path)), gone, self.problems, keep_header=True)
                self.change(path, "form", content, len(mine))
                return not words.in_file(content)[0]
            if not mine:
                return False
        elif words.in_file(data)[0] != WORDS_OF:
            return False
        self.change(path, "form", None)
        return True

    def plan(self) -> Plan:
        """Give the plan."""
        order = get_args(Kind)
        # what lists a set of outputs goes after what it lists
        last = {MANIFEST, JOURNAL}
        changes = sorted(
            self.changes.values(), key=lambda c: (order.index(c.kind), c.path.name in last, c.shown)
        )
        left = [d for f in self.files for d in f.corpus.documents if not is_of(d.document_id, self.document)]
        return Plan(
            self.loaded,
            self.document,
            self.before,
            tuple(changes),
            self.n_claims,
            tuple(sorted(self.gone_cases().values())),
            tuple(self.left),
            tuple(sorted(set(self.unsearched))),
            not left,
        )


def _where(column: Callable[[str], bool], is_mine: Callable[[str], bool]) -> Callable[[Sheet], set[int]]:
    """Give the numbers of rows by what stands in a column."""

    def rows(sheet: Sheet) -> set[int]:
        at = [i for i, h in enumerate(sheet.header) if column(h)]
        return {n for n, cells in sheet.rows if any(i < len(cells) and is_mine(cells[i]) for i in at)}

    return rows


def _cases(corpus: Corpus, item: Input) -> dict[str, str]:
    """Give the cases of an input's documents."""
    unite(corpus)
    assign_cases(corpus, item, lambda _: Place(""), Problems())
    return {same_name(row.case_id): row.case_id for row in corpus.document_cases}


def _quotes(sheet: Sheet, numbers: set[int]) -> Iterator[str]:
    """Give the quotes in some rows of a table."""
    at = [i for i, h in enumerate(sheet.header) if same_name(h) == "quote"]
    return (cells[i] for n, cells in sheet.rows if n in numbers for i in at if i < len(cells))


def _plain(path: Path) -> Path:
    """Give a path without dots; links are not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _texts(corpus: Corpus, document_id: str, *, others: bool = False) -> Iterable[str]:
    """Give all that is said in a document, or in all others."""
    for document in corpus.documents:
        if is_of(document.document_id, document_id) != others and document.text:
            yield document.text
    for segment in corpus.segments:
        if is_of(segment.document_id, document_id) != others:
            yield segment.quote


def _n_claims(corpus: Corpus, document_id: str) -> int:
    """Count the claims of a document."""
    segments = {s.segment_id: s.document_id for s in corpus.segments}
    stated = {
        e.relation_id: segments[e.segment_id] for e in corpus.relation_evidence if e.segment_id in segments
    }
    whose = (stated.get(r.relation_id, r.document_id) for r in corpus.relations)
    return sum(is_of(document, document_id) for document in whose)
