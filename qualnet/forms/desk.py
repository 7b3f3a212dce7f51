"""A project on the desk of who works at its claims: what is to be decided, and what was."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualnet.codebook import common_vocabulary
from qualnet.corpus.cases import find_case
from qualnet.files import write_file
from qualnet.interactions._model import Sources
from qualnet.interactions.stated import derive
from qualnet.names import slug
from qualnet.overlays import ASSIGNMENTS, add_decisions, add_verdicts
from qualnet.prepare import prepare
from qualnet.problems import OutputError, Place, Problem, Problems, UsageError, nearest
from qualnet.project import find_project
from qualnet.worklist import completeness, in_use, list_passages, list_uncoded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.forms.agreement import Resolved
    from qualnet.forms.claims_sheet import Answers
    from qualnet.interactions import Claim
    from qualnet.language import Language
    from qualnet.prepare import Prepared
    from qualnet.worklist import Completeness, Passage, Unit

__all__ = ["Desk", "open_desk"]

PENDING = {"no-coder-chosen", "coded-by-others", "unknown-coder"}
DECIDED_ANEW = {"retired-code", "unknown-code"}
"""What is wrong with a decision is put right by deciding anew, so it must not stop who wants to."""
INTERNAL = "INTERN"
PAGE: dict[Language, str] = {"de": "Stellen", "en": "Places"}
PACKAGE: dict[Language, str] = {"de": "Zweitcodierung", "en": "Second-coding"}
DIFFERENCES: dict[Language, str] = {"de": "Unterschiede", "en": "Differences"}
SHEET: dict[Language, str] = {"de": "Arbeitsliste", "en": "Worklist"}


@dataclass(frozen=True)
class Desk:
    """A project that was read, with its passages and all claims, whoever stated them.

    Attributes
    ----------
    paragraphs
        The passages once more, all coded segments of a paragraph in one.
    uncoded
        Sentences with a causal expression that nobody has coded.
    pending
        What a build will ask for: whose claims count, and what is to be decided anew. It hinders
        nobody from going on.
    """

    prepared: Prepared
    passages: list[Passage]
    claims: list[Claim]
    uncoded: list[Passage]
    paragraphs: list[Passage]
    pending: tuple[Problem, ...] = ()

    @property
    def listed(self) -> list[Passage]:
        """The worklist in use: by segment, or by paragraph."""
        return in_use(self.passages, self.paragraphs)

    @property
    def completeness(self) -> Completeness:
        """How many passages are decided, of the worklist in use."""
        return completeness((*self.listed, *self.uncoded))

    def completeness_by(self, by: Unit) -> Completeness:
        """How many are decided of a worklist by segment or by paragraph."""
        return completeness((*self.work(by), *self.uncoded))

    def work(self, by: Unit) -> list[Passage]:
        """Give the coded passages by segment or by paragraph."""
        return self.paragraphs if by == "paragraph" else self.passages

    @property
    def overlays(self) -> Path:
        """The folder of overlays."""
        return self.prepared.loaded.path(self.shown)

    @property
    def shown(self) -> str:
        """How problems name the folder of overlays."""
        return self.prepared.loaded.project.overlays

    def coder(self, given: str) -> str:
        """Give who decides: who is named, else the primary coder, else the only one.

        Raises
        ------
        UsageError
            When nobody is named and there are several, or none.
        """
        names = {c.coder_id for c in self.prepared.corpus.codings} - {""}
        primary = self.prepared.loaded.project.coding.primary
        found = given.strip() or primary or (names.pop() if len(names) == 1 else "")
        if not found:
            raise UsageError(Problem(Place("--coder"), "no-coder-named"))
        return found

    def claim(self, claim_id: str) -> Claim:
        """Find a claim by the id that the page shows, a withdrawn one too.

        Raises
        ------
        UsageError
            When there is none.
        """
        claims = derive(_sources(self.prepared, withdrawn=True))
        found = next((c for c in claims if c.claim_id == claim_id), None)
        if found is None:
            near = nearest(claim_id, [c.claim_id for c in claims])
            raise UsageError(Problem(Place(claim_id), "no-such-claim", (("claim", claim_id), ("near", near))))
        return found

    def chosen(self, passages: Iterable[Passage], case: str, *, only_open: bool = False) -> list[Passage]:
        """Give those of a city, or all; only those that nobody has decided, if asked.

        Raises
        ------
        UsageError
            When there is no such city.
        """
        wanted = find_case(self.prepared.corpus, case) if case else None
        return [p for p in passages if wanted in {None, p.case_id} and not (only_open and p.decided)]

    def free(self, output: Path | None, name: str) -> Path:
        """Give the file to write: what is there already is never overwritten.

        Raises
        ------
        OutputError
            When the file exists: somebody may have worked in it.
        """
        path = output or self.prepared.loaded.folder / f"{INTERNAL}-{name}"
        if path.exists():
            raise OutputError(Problem(Place(path.name), "exists-already"))
        return path

    def write_sheet(
        self,
        coder: str,
        language: Language,
        *,
        by: Unit = "segment",
        case: str = "",
        only_open: bool = False,
        output: Path | None,
    ) -> tuple[Path, int]:
        """Write a worklist of the coded passages for a coder.

        Returns
        -------
        tuple
            The file, and how many passages it lists.
        """
        from qualnet.forms.claims_sheet import write_sheet  # noqa: PLC0415

        passages = self.chosen(self.work(by), case, only_open=only_open)
        path = self.free(output, f"{_named(SHEET[language], coder, case)}.xlsx")
        write_sheet(path, self.prepared, passages, coder, language)
        return path, len(passages)

    def write_package(
        self, coder: str, language: Language, share: float, seed: int, now: str, *, output: Path | None
    ) -> tuple[Path, list[str]]:
        """Write a blind worklist for a second coder, and record what she was given.

        Returns
        -------
        tuple
            The file, and the documents chosen.

        Raises
        ------
        UsageError
            When there is nothing left to give her.
        """
        from qualnet.forms.agreement import assigned  # noqa: PLC0415
        from qualnet.forms.claims_sheet import write_sheet  # noqa: PLC0415

        documents = assigned(self, coder, share, seed)
        if not documents:
            raise UsageError(Problem(Place("--coder"), "nothing-to-assign", (("name", coder),)))
        path = self.free(output, f"{PACKAGE[language]}-{slug(coder)}.xlsx")
        passages = [p for p in self.listed if p.document_id in documents]
        write_sheet(path, self.prepared, passages, coder, language, blind=True)
        rows = [
            {"who": coder, "when": now, "document": d, "share": str(share), "seed": str(seed)}
            for d in documents
        ]
        ASSIGNMENTS.add(self.overlays, self.shown, rows)
        return path, documents

    def write_differences(
        self, coders: tuple[str, str], language: Language, *, output: Path | None
    ) -> tuple[Path, int, Counter[str]]:
        """Write the passages where two coders differ.

        Returns
        -------
        tuple
            The file, how many passages it lists, and how many passages there are of each kind.
        """
        from qualnet.forms.agreement import compare_coders, write_differences  # noqa: PLC0415

        found = compare_coders(self, *coders)
        path = self.free(output, f"{DIFFERENCES[language]}-{slug('-'.join(coders))}.xlsx")
        n = write_differences(path, self, found, coders, language)
        return path, n, Counter(d.kind for d in found)

    def read_resolutions(self, path: Path, coders: tuple[str, str], now: str) -> Resolved:
        """Read what two coders agreed on, and add it to the overlays.

        Raises
        ------
        InputError
            With every problem of the file; nothing is kept then.
        """
        from qualnet.forms.agreement import compare_coders, read_resolutions  # noqa: PLC0415

        problems = Problems()
        differences = compare_coders(self, *coders)
        resolved = read_resolutions(path, self, differences, "+".join(coders), now, problems)
        problems.stop_on_errors()
        add_decisions(self.overlays, self.shown, resolved.decisions)
        add_verdicts(self.overlays, self.shown, resolved.verdicts)
        return resolved

    def write_page(
        self,
        coder: str,
        language: Language,
        *,
        by: Unit = "segment",
        case: str = "",
        output: Path | None,
    ) -> tuple[Path, int]:
        """Write the page in which a coder states claims by clicking, uncoded sentences included.

        Returns
        -------
        tuple
            The file, and how many passages it lists.
        """
        from qualnet.forms.claims_page import claims_page  # noqa: PLC0415

        order = {d.document_id: i for i, d in enumerate(self.prepared.corpus.documents)}
        passages = sorted(
            self.chosen((*self.work(by), *self.uncoded), case),
            key=lambda p: (order[p.document_id], p.paragraph or 0, p.segments[0].start or 0),
        )
        path = self.free(output, f"{_named(PAGE[language], coder, case)}.html")
        write_file(path, claims_page(self.prepared, passages, coder, language))
        return path, len(passages)

    def read_sheet(self, path: Path, now: str) -> tuple[Answers, tuple[Problem, ...]]:
        """Read a worklist, and add what is new in it to the overlays.

        Returns
        -------
        tuple
            What it said, and warnings about it.

        Raises
        ------
        InputError
            With every problem of the sheet; nothing is kept then.
        """
        from qualnet.forms.claims_sheet import read_sheet  # noqa: PLC0415

        problems = Problems()
        known = (*self.passages, *self.paragraphs, *self.uncoded)
        answers = read_sheet(path, self.prepared, known, now, problems)
        problems.stop_on_errors()
        add_decisions(self.overlays, self.shown, [*answers.new, *answers.changed])
        return answers, problems.warnings


def open_desk(start: Path) -> Desk:
    """Read a project for work at its claims.

    Parameters
    ----------
    start
        The project file, or a folder in or above which it lies.

    Raises
    ------
    InputError
        With every problem of every input.
    """
    problems = Problems()
    prepared = prepare(find_project(start), problems)
    if prepared is None:
        problems.fail()
    decided = f"{prepared.loaded.project.overlays}/"
    pending = tuple(
        p
        for p in problems.errors
        if p.rule in PENDING or (p.rule in DECIDED_ANEW and p.place.file.startswith(decided))
    )
    if len(pending) < len(problems.errors):
        problems.fail()
    everyone = _sources(prepared)
    claims = derive(everyone)
    passages = list_passages(everyone, claims)
    paragraphs = list_passages(everyone, claims, by="paragraph")
    return Desk(prepared, passages, claims, list_uncoded(everyone, claims), paragraphs, pending)


def _named(kind: str, coder: str, case: str) -> str:
    """Name a file after who fills it in, and after the city if it holds only one."""
    return "-".join([kind, slug(coder), *([slug(case)] if case else [])])


def _sources(prepared: Prepared, *, withdrawn: bool = False) -> Sources:
    """Give everybody's work; with what was withdrawn, as if it had not been."""
    corpus = copy(prepared.corpus)
    if withdrawn:
        corpus.relations = [replace(r, withdrawn=False) for r in corpus.relations]
    return Sources(corpus, common_vocabulary(prepared.codebook, prepared.city_codebooks))
