"""Read and check everything that a project names, before anything is derived."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.beside import read_case_facts, read_consent, read_context, read_guide, read_names
from qualnet.codebook import Codebook, find_codebook, load_codebook, resolve_codes
from qualnet.codebook.debt import Debt, find_debt
from qualnet.codebook.load import shipped_folder
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.corpus.case_rules import assign_cases
from qualnet.corpus.cases import check_case_names, check_one_case_each
from qualnet.corpus.checks import check_coders, check_corpus
from qualnet.corpus.lift import lift_ends
from qualnet.corpus.merge import unite
from qualnet.corpus.store import Store, content_key
from qualnet.interactions import layers
from qualnet.names import same_name
from qualnet.overlays import (
    Correction,
    Decision,
    Feedback,
    Release,
    Verdict,
    apply_corrections,
    apply_releases,
    apply_verdicts,
    attach_decisions,
    check_forgotten,
    consented,
    latest,
    read_corrections,
    read_decisions,
    read_feedback,
    read_forgotten,
    read_releases,
    read_verdicts,
)
from qualnet.problems import Problems, nearest
from qualnet.project import load_project
from qualnet.readers import find_inputs, read_file, read_relation_codes, readers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qualnet.corpus.consent import Consent
    from qualnet.project import Input, Loaded

__all__ = ["STORE", "Prepared", "prepare", "prepare_sound"]

STORE = ".qualnet"
UNUSABLE = Codebook(id="", version="", title="", codes={})
"""Stands for a codebook with errors while the inputs are read."""


@dataclass
class Prepared:
    """A project whose inputs are read and checked, before anything is derived.

    Attributes
    ----------
    names
        Real names of the key file, each with its row; none may stand in an output.
    context
        Name of a context table to its rows.
    guide
        Document to the codes, or headings of codes, that it was asked about, where that is known.
    consent
        Document to what may be quoted of it, where that is limited.
    decisions
        Everything decided about passages, in its order.
    attached
        Claim ids of the decisions whose document is among the inputs.
    corrections
        Every correction of an imported claim, in its order.
    corrected
        Claim id, as the inputs have it now, to its corrections.
    verdicts
        Everything agreed about claims of two coders, in its order.
    feedback
        Everything that people of the cities answered, in its order.
    agreed
        Claim id to whether it counts in the consensus.
    releases
        Every release of a quote, in its order.
    released
        Claim id to what may leave the project.
    n_read, n_kept
        Files that were read anew, and files that the store had kept.
    """

    loaded: Loaded
    codebook: Codebook
    city_codebooks: dict[str, Codebook]
    corpus: Corpus
    problems: Problems
    slugs: dict[str, str] = field(default_factory=dict)
    names: list[tuple[int, str]] = field(default_factory=list)
    context: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    guide: dict[str, set[str]] = field(default_factory=dict)
    consent: dict[str, Consent] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    attached: set[str] = field(default_factory=set)
    corrections: list[Correction] = field(default_factory=list)
    corrected: dict[str, list[Correction]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    agreed: dict[str, bool] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    released: dict[str, Release] = field(default_factory=dict)
    n_read: int = 0
    n_kept: int = 0

    def debt(self) -> list[Debt]:
        """List the interviews that were coded before a code existed."""
        decided = [(d.document, d.when) for d in self.decisions]
        return find_debt(self.corpus, self.city_codebooks, self.codebook, decided)


def prepare(
    path: Path,
    problems: Problems,
    progress: Callable[[str], None] = lambda _: None,
    change: Callable[[Loaded], Loaded] = lambda loaded: loaded,
) -> Prepared | None:
    """Read and check everything that a project names.

    Parameters
    ----------
    path
        The project file.
    problems
        Where to note what is wrong, in all inputs.
    progress
        Told the name of each file when its reading begins.
    change
        Gives the project as it is to be looked at; nothing of it is written.

    Returns
    -------
    Prepared or None
        None when the project file or its codebook cannot be used. The inputs are read all the
        same, so that everything that is wrong is known at once.
    """
    loaded = load_project(path, problems)
    if loaded is None:
        return None
    loaded = change(loaded)
    codebook = _codebook(loaded, loaded.project.codebook, ("codebook",), problems)
    _check_parts(loaded, problems)
    store = Store(loaded.folder / STORE)
    whole = Prepared(loaded, codebook or UNUSABLE, {}, Corpus(), problems)
    overlays = loaded.project.overlays
    whole.decisions = read_decisions(loaded.path(overlays), overlays, problems)
    whole.corrections = read_corrections(loaded.path(overlays), overlays, problems)
    whole.verdicts = read_verdicts(loaded.path(overlays), overlays, problems)
    whole.releases = read_releases(loaded.path(overlays), overlays, problems)
    keys: set[str] = set()
    for i, item in enumerate(loaded.project.inputs):
        _read_input(whole, item, i, store, keys, progress)
    store.keep_only(keys)
    for decision in latest(whole.decisions).values():
        if decision.claim_id not in whole.attached:
            problems.add(decision.place, "decision-without-document", document=decision.document)
    known = {same_name(document.document_id) for document in whole.corpus.documents}
    waiting = [(x.place, x.document) for x in whole.corrections]
    waiting += [(x.place, x.document) for x in whole.verdicts]
    waiting += [(x.place, x.document) for x in whole.releases]
    for place, document in waiting:
        if same_name(document) not in known:
            problems.add(place, "decision-without-document", document=document)
    anchor_segments(whole.corpus, problems)
    whole.slugs = check_case_names(whole.corpus, problems)
    named = {same_name(case.case_id): case.case_id for case in whole.corpus.cases}
    whole.city_codebooks = {named[same_name(c)]: book for c, book in whole.city_codebooks.items()}
    read_case_facts(loaded, whole.corpus, problems)
    whole.context = read_context(loaded, problems)
    if codebook:
        whole.guide = read_guide(loaded, whole.corpus, codebook, whole.city_codebooks, problems)
    whole.names = read_names(loaded, problems)
    if codebook:
        cases = {same_name(n): c.case_id for c in whole.corpus.cases for n in (c.name, c.case_id)}
        whole.feedback = read_feedback(loaded.path(overlays), overlays, codebook, cases, problems)
    whole.consent = read_consent(loaded, whole.corpus, problems)
    check_forgotten(read_forgotten(loaded.path(overlays), overlays, problems), whole.corpus, problems)
    whole.released = consented(whole.released, whole.consent, problems)
    check_corpus(whole.corpus, problems)
    check_coders(whole.corpus, loaded.project.coding, loaded.located.place("coding"), problems)
    _check_claims(whole)
    _check_debt(whole)
    return whole if codebook else None


def prepare_sound(path: Path) -> Prepared:
    """Read and check everything that a project names.

    Parameters
    ----------
    path
        The project file.

    Raises
    ------
    InputError
        With every problem of every input.
    """
    problems = Problems()
    prepared = prepare(path, problems)
    if prepared is None or problems.errors:
        problems.fail()
    return prepared


def _check_claims(whole: Prepared) -> None:
    """Say what to ask for where only claims are asked for and there is none."""
    only_claims = set(whole.loaded.project.interactions.layers) == {"stated"}
    n = len(whole.corpus.codings)
    if only_claims and n and not whole.corpus.relations and not whole.problems.errors:
        whole.problems.add(whole.loaded.located.place("interactions", "layers"), "no-claims", n=n)


def _check_debt(whole: Prepared) -> None:
    """Tell of every code that interviews were certainly not looked through for."""
    owed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for debt in whole.debt():
        if debt.known:
            owed[debt.code_id, debt.since].append(debt.document_id)
    for (code, since), documents in owed.items():
        place = whole.loaded.located.place("codebook")
        names = ", ".join(documents)
        whole.problems.add(place, "coded-before", code=code, since=since, n=len(documents), documents=names)


def _check_parts(loaded: Loaded, problems: Problems) -> None:
    """Check what the project asks of parts: which layers and readers, and how far they go."""
    wanted = loaded.project.interactions
    for i, layer in enumerate(wanted.layers):
        if layer not in layers:
            place = loaded.located.place("interactions", "layers", i)
            problems.add(place, "unknown-part", **layers.missing(layer))
    for i, item in enumerate(loaded.project.inputs):
        if item.reader is not None and item.reader not in readers:
            place = loaded.located.place("inputs", i, "reader")
            problems.add(place, "unknown-part", **readers.missing(item.reader))
    privacy = loaded.project.privacy
    for part, name, found, least in (
        ("interactions", "layers", len(wanted.layers), 1),
        ("interactions", "window", wanted.window, 0),
        ("interactions", "loop_length", wanted.loop_length, 2),
        ("privacy", "min_sources", privacy.min_sources, 1),
        ("privacy", "min_role", privacy.min_role, 1),
    ):
        if found < least:
            place = loaded.located.place(part, name)
            problems.add(place, "too-small", field=name, least=least, found=found)
    if loaded.path(loaded.project.report.output).resolve() == loaded.folder.resolve():
        problems.add(loaded.located.place("report", "output"), "output-outside")


def _codebook(loaded: Loaded, name: str, at: tuple[str | int, ...], problems: Problems) -> Codebook | None:
    folders = [loaded.folder, shipped_folder(), shipped_folder().parent]
    path = find_codebook(name, folders)
    if path is None:
        names = sorted({p.stem for f in (loaded.folder / "codebooks", folders[1]) for p in f.glob("*.yaml")})
        problems.add(
            loaded.located.place(*at),
            "unknown-codebook",
            name=name,
            near=nearest(name, names),
            names=", ".join(names),
        )
        return None
    return load_codebook(path, loaded.folder, problems)


def _read_input(
    whole: Prepared,
    item: Input,
    i: int,
    store: Store,
    keys: set[str],
    progress: Callable[[str], None],
) -> None:
    loaded, problems = whole.loaded, whole.problems
    place = loaded.located.place("inputs", i, "path")
    base = whole.codebook if whole.codebook is not UNUSABLE else None
    book = base
    if item.codebook:
        book = _codebook(loaded, item.codebook, ("inputs", i, "codebook"), problems)
        if base and book and base.id not in (book.id, *book.ancestors):
            problems.add(
                loaded.located.place("inputs", i, "codebook"),
                "not-an-extension",
                name=book.id,
                base=base.id,
            )
    if item.reader is not None and item.reader not in readers:
        return
    corpus = Corpus()
    for found in find_inputs(
        loaded.path(item.path), item.path, problems, item.reader, item.options, loaded.folder
    ):
        options = [f"{k}={v}" for k, v in sorted(item.options.items())]
        key = content_key(found.files, found.reader, found.source.shown, *options)
        keys.add(key)
        kept = store.get(key)
        if kept is None:
            progress(found.source.shown)
            mine = Problems()
            kept = read_file(found, item.options, mine), mine
            if not mine.errors:
                store.put(key, *kept)
            whole.n_read += 1
        else:
            whole.n_kept += 1
        corpus.extend(kept[0])
        for problem in kept[1]:
            problems.found.append(problem)
    unite(corpus)
    ruled = assign_cases(corpus, item, lambda field: loaded.located.place("inputs", i, field), problems)
    if corpus.documents and not ruled:
        problems.add(place, "no-cases")
    check_one_case_each(corpus, problems)
    whole.attached |= attach_decisions(latest(whole.decisions).values(), corpus, problems)
    if book:
        read_relation_codes(corpus, book, problems, agreed=loaded.project.relation_codes)
        resolve_codes(corpus, book, problems)
        lift_ends(corpus, problems)
        whole.corrected |= apply_corrections(whole.corrections, corpus, book, problems)
        whole.agreed |= apply_verdicts(whole.verdicts, corpus, book, problems)
        whole.released |= apply_releases(whole.releases, corpus, book, problems)
        for row in corpus.document_cases:
            whole.city_codebooks[row.case_id] = book
    whole.corpus.extend(corpus)
