"""Read codebook files, follow `extends`, apply changes, and check what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.codebook.model import Change, Code, Codebook, CodebookFile
from qualnet.days import day_of
from qualnet.language import text_in
from qualnet.located import Located, load_yaml, shaped
from qualnet.names import same_name
from qualnet.problems import Place, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["check_codes", "find_codebook", "load_codebook", "shipped_folder"]

WANTED = ("definition", "anchor_example", "code_when")


def shipped_folder() -> Path:
    """Give the folder of the codebooks that come with qualnet."""
    inside = Path(str(resources.files("qualnet"))) / "codebooks"
    return inside if inside.is_dir() else inside.parent.parent / "codebooks"


def find_codebook(name: str, folders: Iterable[Path]) -> Path | None:
    """Find a codebook by its path, its file name without ending, or the id that stands in it."""
    folders = tuple(folders)
    for folder in folders:
        for candidate in (
            folder / name,
            folder / f"{name}.yaml",
            folder / "codebooks" / f"{name}.yaml",
        ):
            if candidate.is_file():
                return candidate
    says = re.compile(rf"^id:\s*([\"']?){re.escape(name)}\1\s*(#.*)?$", re.MULTILINE)
    files = (p for f in folders for g in (f, f / "codebooks") for p in sorted(g.glob("*.yaml")))
    return next((p for p in files if p.is_file() and says.search(p.read_text("utf-8", "replace"))), None)


@dataclass(slots=True)
class _Loader:
    folder: Path
    problems: Problems

    def shown(self, path: Path) -> str:
        try:
            return path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return path.name

    def chain(self, path: Path) -> list[tuple[Located, CodebookFile]] | None:
        """Read a codebook and everything it extends, the root first."""
        found: list[tuple[Located, CodebookFile]] = []
        seen: list[str] = []
        while True:
            located = load_yaml(path, self.shown(path), self.problems)
            file = shaped(located, CodebookFile, self.problems) if located else None
            if located is None or file is None:
                return None
            if file.id in seen:
                cycle = " -> ".join([*seen[seen.index(file.id) :], file.id])
                self.problems.add(found[-1][0].place("extends"), "codebook-cycle", cycle=cycle)
                return None
            seen.append(file.id)
            found.insert(0, (located, file))
            if file.extends is None:
                return found
            folders = [path.parent, self.folder, shipped_folder()]
            above = find_codebook(file.extends, folders)
            if above is None:
                names = sorted(p.stem for f in folders for p in f.glob("*.yaml"))
                self.problems.add(
                    located.place("extends"),
                    "unknown-codebook",
                    name=file.extends,
                    near=nearest(file.extends, names),
                    names=", ".join(sorted(set(names))),
                )
                return None
            if above.resolve() == path.resolve():
                cycle = f"{file.id} -> {file.id}"
                self.problems.add(located.place("extends"), "codebook-cycle", cycle=cycle)
                return None
            path = above


def load_codebook(path: Path, folder: Path, problems: Problems) -> Codebook | None:
    """Read a codebook with all that it inherits.

    Parameters
    ----------
    path
        The codebook's file.
    folder
        The project's folder: where `extends` looks first, and what places are counted from.
    problems
        Where to note what is wrong: every unknown parent, duplicate id, alias claimed twice,
        cycle; a missing definition, anchor example or rule as a warning.

    Returns
    -------
    Codebook or None
        None when the files do not make a sound codebook.
    """
    loader = _Loader(folder, problems)
    chain = loader.chain(path)
    if chain is None:
        return None
    before = len(problems.errors)
    places: dict[str, Place] = {}
    book = Codebook(id="", version="", title="", codes={})
    for located, file in chain:
        book = _extended(book, located, file, places, problems)
    files = tuple(located.file for located, _ in chain)
    book = replace(book, files=files)
    _check_meaning(book, chain, places, problems)
    return book if len(problems.errors) == before else None


def _extended(
    book: Codebook,
    located: Located,
    file: CodebookFile,
    places: dict[str, Place],
    problems: Problems,
) -> Codebook:
    own: dict[str, Code] = {}
    for i, code in enumerate(file.codes):
        place = located.place("codes", i, "id")
        if code.id in own or code.id in book.codes:
            first = places.get(code.id, place)
            problems.add(place, "duplicate-code", code=code.id, first=first)
            continue
        places[code.id] = place
        own[code.id] = code
    changed = replace(
        book,
        id=file.id,
        version=file.version,
        title=file.title or book.title,
        codes={**book.codes, **own},
        ancestors=(*book.ancestors, *((book.id,) if book.id else ())),
        changes=(*book.changes, *file.changes),
        recommendations=(*book.recommendations, *file.recommendations),
        hypotheses=(*book.hypotheses, *file.hypotheses),
    )
    for i, change in enumerate(file.changes):
        changed = _changed(changed, change, located, i, places, problems)
    return changed


def _changed(  # one branch a verb
    book: Codebook,
    change: Change,
    located: Located,
    i: int,
    places: dict[str, Place],
    problems: Problems,
) -> Codebook:
    codes, back = dict(book.codes), dict(book.back)
    merged, retired = dict(book.merged), dict(book.retired)
    place = located.place("changes", i)

    def known(ids: Sequence[str], verb: str) -> bool:
        unknown = [x for x in ids if x not in book.codes]
        for x in unknown:
            near = nearest(x, book.codes)
            problems.add(located.place("changes", i, verb), "unknown-code", what=verb, code=x, near=near)
        return not unknown

    if change.rename is not None:
        if change.to is None:
            problems.add(place, "missing-field", field="to")
        elif known([change.rename], "rename"):
            if change.to in codes:
                problems.add(
                    located.place("changes", i, "to"),
                    "duplicate-code",
                    code=change.to,
                    first=places.get(change.to, place),
                )
                return book
            old = codes[change.rename]
            names = (*old.aliases, old.id)
            new = replace(old, id=change.to, label=change.label or old.label, aliases=names)
            codes = {new.id if k == old.id else k: new if k == old.id else v for k, v in codes.items()}
            codes = {k: replace(v, parent=new.id) if v.parent == old.id else v for k, v in codes.items()}
            back[new.id] = old.id
            places[new.id] = located.place("changes", i, "to")
    elif change.split is not None:
        parts = (change.into,) if isinstance(change.into, str) else change.into or ()
        if not parts:
            problems.add(place, "missing-field", field="into")
        elif known([change.split], "split") and known(parts, "into"):
            retired[change.split] = change.because
            codes.pop(change.split)
            back |= dict.fromkeys(parts, change.split)
    elif change.merge:
        if not isinstance(change.into, str):
            problems.add(place, "missing-field", field="into")
        elif known(change.merge, "merge"):
            first = codes[change.merge[0]]
            kept = codes.get(change.into) or replace(
                first,
                id=change.into,
                label=change.label or change.into,
                aliases=(),
            )
            aliases = tuple(a for x in change.merge for a in (*codes[x].aliases, x) if x != kept.id)
            for x in change.merge:
                if x != kept.id:
                    codes.pop(x)
                merged[x] = kept.id
            codes[kept.id] = replace(kept, aliases=(*kept.aliases, *aliases))
    elif change.retire is not None:
        if known([change.retire], "retire"):
            retired[change.retire] = change.because
            codes.pop(change.retire)
    else:
        problems.add(place, "missing-field", field="rename | split | merge | retire")
    return replace(book, codes=codes, back=back, merged=merged, retired=retired)


def _check_meaning(
    book: Codebook,
    chain: list[tuple[Located, CodebookFile]],
    places: dict[str, Place],
    problems: Problems,
) -> None:
    everywhere = set(book.codes) | set(book.retired) | set(book.merged) | set(book.back.values())
    check_codes(book, places, problems)
    _check_definitions(*chain[-1], problems)
    for located, file in chain:
        for i, code in enumerate(file.codes):
            if code.since and day_of(code.since) != code.since:
                problems.add(located.place("codes", i, "since"), "not-a-day", value=code.since)
        named = (
            [
                (("hypotheses", i, end), getattr(h, end))
                for i, h in enumerate(file.hypotheses)
                for end in ("cause", "effect")
            ]
            + [
                (("recommendations", i, "acts_on", k, "factor"), a.factor)
                for i, r in enumerate(file.recommendations)
                for k, a in enumerate(r.acts_on)
            ]
            + [
                (("recommendations", i, "opens", k, end), getattr(e, end))
                for i, r in enumerate(file.recommendations)
                for k, e in enumerate(r.opens)
                for end in ("cause", "effect")
            ]
        )
        for path, code_id in named:
            if code_id not in everywhere:
                problems.add(
                    located.place(*path),
                    "unknown-code",
                    what=path[-1],
                    code=code_id,
                    near=nearest(code_id, everywhere),
                )


def check_codes(book: Codebook, places: Mapping[str, Place], problems: Problems) -> None:
    """Note every parent or opposite that is no code, every circle, and every alias claimed twice."""
    _check_parents(book, places, problems)
    _check_aliases(book, places, problems)


def _check_definitions(located: Located, file: CodebookFile, problems: Problems) -> None:
    """Note what codes lack; what all of them lack once for the codebook."""
    lacking = {
        i: [name for name in WANTED if not text_in(getattr(code, name), "de")]
        for i, code in enumerate(file.codes)
        if code.codable
    }
    nowhere = [name for name in WANTED if len(lacking) > 1 and all(name in x for x in lacking.values())]
    if nowhere:
        missing = ", ".join(nowhere)
        problems.add(located.place("codes"), "codebook-without-definitions", n=len(lacking), missing=missing)
    for i, names in lacking.items():
        missing = ", ".join(name for name in names if name not in nowhere)
        if missing:
            place = located.place("codes", i, "id")
            problems.add(place, "code-without-definition", code=file.codes[i].id, missing=missing)


def _check_parents(book: Codebook, places: Mapping[str, Place], problems: Problems) -> None:
    gone = set(book.retired) | set(book.merged) | set(book.back.values())
    for code in book.codes.values():
        place = places.get(code.id, Place(book.id))
        for what, other in (("parent", code.parent), ("opposite_of", code.opposite_of)):
            if other and other not in book.codes and other not in gone:
                problems.add(place, "unknown-code", what=what, code=other, near=nearest(other, book.codes))
        above, parent = [code.id], code.parent
        while parent in book.codes and parent is not None:
            if parent == code.id:
                cycle = " -> ".join([*above, parent])
                problems.add(place, "parent-cycle", code=code.id, cycle=cycle)
            if parent in above:
                break
            above.append(parent)
            parent = book.codes[parent].parent


def _check_aliases(book: Codebook, places: Mapping[str, Place], problems: Problems) -> None:
    claimed: dict[str, str] = {same_name(code_id): code_id for code_id in book.codes}
    for code in book.codes.values():
        for alias in code.aliases:
            owner = claimed.setdefault(same_name(alias), code.id)
            if owner != code.id:
                problems.add(
                    places.get(code.id, Place(book.id)),
                    "alias-claimed-twice",
                    alias=alias,
                    code=owner,
                    first=places.get(owner, Place(book.id)),
                )
