"""Change a codebook's file: rename, merge, split, retire; its comments, order and layout stay.

A code that the file itself defines is changed in place. One that it inherits gets an entry under
``changes``. What comes out is loaded before anything is written.
"""

from __future__ import annotations

import difflib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualnet.codebook.load import load_codebook
from qualnet.files import write_file
from qualnet.located import YamlText
from qualnet.names import same_name
from qualnet.problems import InputError, Place, Problem, Problems, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qualnet.codebook.model import Code, Codebook
    from qualnet.language import Text

__all__ = ["Draft", "Edited", "follow", "merge_codes", "rename_code", "retire_code", "split_code"]

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """A codebook file as it was and as it would be; nothing is written yet."""

    path: Path
    before: str
    after: str

    def diff(self) -> str:
        """Show what changes, line by line; empty where nothing does."""
        old, new = (
            text.replace("\r\n", "\n").removesuffix("\n").split("\n") for text in (self.before, self.after)
        )
        name = self.path.name
        return "\n".join(difflib.unified_diff(old, new, name, name, lineterm=""))

    def write(self) -> None:
        """Put the new text in place of the old one, whole or not at all.

        Raises
        ------
        OutputError
            When it cannot be written; the file is as it was.
        """
        write_file(self.path.resolve(), self.after)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sound codebook file while it is changed.

    Attributes
    ----------
    book
        The codebook with everything it inherits, before the changes.
    text
        The file.
    own
        Id of each code that the file itself defines, to its number under ``codes``.
    """

    path: Path
    book: Codebook
    text: YamlText
    own: dict[str, int]

    @classmethod
    def of(cls, path: Path, folder: Path | None = None) -> Draft:
        """Open a codebook file, of a project in a folder.

        Raises
        ------
        InputError
            When it is not sound as it is.
        """
        problems = Problems()
        book = load_codebook(path, folder or path.parent, problems)
        if book is None:
            problems.fail()
        text = YamlText.read(path)
        codes = text.located.data.get("codes", ())
        own = {code["id"]: i for i, code in enumerate(codes) if code["id"] in book.codes}
        return cls(path, book, text, own)

    def code(self, code_id: str, what: str) -> Code:
        """Give a code of the codebook.

        Raises
        ------
        UsageError
            When there is none of this id.
        """
        if code_id not in self.book.codes:
            near = nearest(code_id, self.book.codes)
            values = (("what", what), ("code", code_id), ("near", near))
            raise UsageError(Problem(Place(self.path.name), "unknown-code", values))
        return self.book.codes[code_id]

    def require_new(self, code_id: str) -> None:
        """Refuse an id that a code has already.

        Raises
        ------
        UsageError
            When a code has it.
        """
        if code_id in self.book.codes:
            here = Place(self.path.name)
            first = self.text.located.place("codes", self.own[code_id]) if code_id in self.own else here
            raise UsageError(Problem(here, "duplicate-code", (("code", code_id), ("first", first))))

    def references(self) -> Iterator[tuple[Path_, str]]:
        """Yield every place of the file that names a code, but for the codes' own ids."""
        data = self.text.located.data
        for i, code in enumerate(data.get("codes", ())):
            yield from _named(code, ("codes", i), ("parent", "opposite_of"))
        for i, hypothesis in enumerate(data.get("hypotheses", ())):
            yield from _named(hypothesis, ("hypotheses", i), ("cause", "effect"))
        for i, advice in enumerate(data.get("recommendations", ())):
            for k, act in enumerate(advice.get("acts_on", ())):
                yield from _named(act, ("recommendations", i, "acts_on", k), ("factor",))
            for k, edge in enumerate(advice.get("opens", ())):
                yield from _named(edge, ("recommendations", i, "opens", k), ("cause", "effect"))
        for i, change in enumerate(data.get("changes", ())):
            yield from _named(change, ("changes", i), ("rename", "split", "merge", "retire", "into"))

    def rename_references(self, old: Iterable[str], new: str, but: Sequence[Path_] = ()) -> None:
        """Let every place that names one of some codes name another one."""
        gone = set(old)
        for where, code_id in self.references():
            if code_id in gone and not any(where[: len(left)] == left for left in but):
                self.text.set(where, new)

    def set_text(self, path: Path_, before: Any, text: Text) -> None:
        """Write a text in one or both languages; a language that is not given keeps its text."""
        if isinstance(before, dict) and isinstance(text, dict):
            for language, words in text.items():
                if before.get(language) != words:
                    self.text.set((*path, language), words)
        elif before != text:
            self.text.set(path, text)

    def add_aliases(self, code_id: str, names: Iterable[str], but: Iterable[str] = ()) -> None:
        """Let a code of the file be known by more names, but for those that mean another code."""
        gone = {code_id, *but}
        taken = {
            same_name(x) for code in self.book.codes.values() if code.id not in gone for x in _names(code)
        }
        taken |= {same_name(x) for x in self.book.codes[code_id].aliases}
        new: dict[str, str] = {}
        for name in names:
            if same_name(name) not in taken:
                new.setdefault(same_name(name), name)
        if new:
            self.text.extend(("codes", self.own[code_id], "aliases"), list(new.values()))

    def add_change(self, **fields: object) -> None:
        """Add an entry under ``changes``; fields without content are left out."""
        self.text.extend(("changes",), [{name: value for name, value in fields.items() if value}])

    def edited(self) -> Edited:
        """Give the file with its changes, proven sound.

        Raises
        ------
        InputError
            When the changes would break the codebook.
        """
        after = self.text.after()
        problems = Problems()
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / self.path.name
            draft.write_bytes(after.encode())
            load_codebook(draft, self.path.parent, problems)
        if problems.errors:
            raise InputError(*problems.errors)
        return Edited(self.path, self.text.before, after)


def _named(entry: dict[str, Any], path: Path_, fields: Iterable[str]) -> Iterator[tuple[Path_, str]]:
    for name in fields:
        value = entry.get(name)
        if isinstance(value, str):
            yield (*path, name), value
        elif value:
            yield from (((*path, name, i), code_id) for i, code_id in enumerate(value))


def rename_code(path: Path, old: str, new: str, label: Text = "") -> Edited:
    """Give a code another id; the old one becomes an alias, so that old imports still find it.

    Parameters
    ----------
    path
        The codebook's file.
    old, new
        The ids.
    label
        A new label; else the old one stays.

    Raises
    ------
    UsageError
        When there is no code `old`, or one that is called `new` already.
    InputError
        When the codebook is not sound, or would not be.
    """
    draft = Draft.of(path)
    code = draft.code(old, "rename")
    draft.require_new(new)
    if old in draft.own:
        _rename_own(draft, code, new, label)
    else:
        draft.add_change(rename=old, to=new, label=label)
    return draft.edited()


def _rename_own(draft: Draft, code: Code, new: str, label: Text) -> None:
    here: Path_ = ("codes", draft.own[code.id])
    draft.text.set((*here, "id"), new)
    if label:
        draft.set_text((*here, "label"), code.label, label)
    draft.add_aliases(code.id, [code.id, *_replaced(code.label, label)])
    draft.rename_references([code.id], new)


def merge_codes(path: Path, codes: Sequence[str], into: str, label: Text = "") -> Edited:
    """Make one code of several.

    Where the file itself defines them all, the first one (or the one that is called `into`) stays
    and takes over the names of the others; what named them names it. A hypothesis between two of
    them goes.

    Parameters
    ----------
    path
        The codebook's file.
    codes
        The ids of the codes.
    into
        The id of the code they become: a new one, one of them, or another one.
    label
        Its label, where it is new.

    Raises
    ------
    UsageError
        When one of them is no code.
    InputError
        When the codebook is not sound, or would not be.
    """
    draft = Draft.of(path)
    codes = list(dict.fromkeys(codes))
    for code_id in codes:
        draft.code(code_id, "merge")
    if all(x in draft.own for x in codes) and (into in draft.own or into not in draft.book.codes):
        _merge_own(draft, codes, into, label)
    else:
        draft.add_change(merge=codes, into=into, label=label)
    return draft.edited()


def _merge_own(draft: Draft, codes: list[str], into: str, label: Text) -> None:
    kept = into if into in draft.own else codes[0]
    gone = [x for x in codes if x != kept]
    meeting = [
        i
        for i, h in enumerate(draft.text.located.data.get("hypotheses", ()))
        if {h["cause"], h["effect"]} <= {kept, *codes}
    ]
    left: list[Path_] = [*(("codes", draft.own[x]) for x in gone), *(("hypotheses", i) for i in meeting)]
    names = [name for x in gone for name in _names(draft.book.codes[x])]
    here: Path_ = ("codes", draft.own[kept])
    if kept != into:
        names = [kept, *_labels(draft.book.codes[kept].label), *names]
        draft.text.set((*here, "id"), into)
    before, now = draft.book.codes[kept].label, label or ("" if kept == into else into)
    if kept == into or set(before) == set(now):  # the layout of two languages stays
        draft.set_text((*here, "label"), before, now or before)
    else:
        draft.text.set((*here, "label"), now)
    draft.add_aliases(kept, (x for x in names if x != into), but=gone)
    draft.rename_references([kept, *gone], into, but=left)
    draft.text.remove(("codes",), [draft.own[x] for x in gone])
    if meeting:
        draft.text.remove(("hypotheses",), meeting)


def _labels(label: Text) -> list[str]:
    return [label] if isinstance(label, str) else list(label.values())


def _replaced(before: Text, label: Text) -> list[str]:
    """Give the labels that a new label takes the place of."""
    if isinstance(before, dict) and isinstance(label, dict):
        return [before[language] for language in label if language in before]
    return _labels(before) if label else []


def _names(code: Code) -> list[str]:
    return [code.id, *_labels(code.label), *code.aliases]


def split_code(path: Path, code_id: str, into: Mapping[str, Text], since: str = "") -> Edited:
    """Make several codes of one.

    A code that the file itself defines becomes the heading of its parts: what named it still
    does. An inherited one is split under ``changes``, into codes that exist or are new.

    Parameters
    ----------
    path
        The codebook's file.
    code_id
        The code.
    into
        Id of each part to its label; a part without label is labelled by its id.
    since
        The day from which on the new parts can be given, ISO 8601.

    Raises
    ------
    UsageError
        When there is no such code, or a code has the id of a part already.
    InputError
        When the codebook is not sound, or would not be.
    """
    draft = Draft.of(path)
    code = draft.code(code_id, "split")
    is_own = code_id in draft.own
    if is_own:
        for part in into:
            draft.require_new(part)
    parent = code_id if is_own else code.parent
    about: dict[str, object] = {"id": "", "kind": code.kind, "parent": parent, "label": "", "pole": code.pole}
    about["since"] = since
    parts = (about | {"id": x, "label": label or x} for x, label in into.items() if x not in draft.book.codes)
    new = [{name: value for name, value in part.items() if value} for part in parts]
    if is_own:
        draft.text.set(("codes", draft.own[code_id], "codable"), value=False)
        draft.text.extend(("codes",), new, after=draft.own[code_id])
    else:
        if new:
            draft.text.extend(("codes",), new)
        draft.add_change(split=code_id, into=list(into))
    return draft.edited()


def retire_code(path: Path, code_id: str, because: Text) -> Edited:
    """Take a code out of use, with the reason; its entry stays for those who ask what it meant.

    Parameters
    ----------
    path
        The codebook's file.
    code_id
        The code.
    because
        Why it is not used.

    Raises
    ------
    UsageError
        When there is no such code.
    InputError
        When the codebook is not sound, or would not be.
    """
    draft = Draft.of(path)
    draft.code(code_id, "retire")
    draft.add_change(retire=code_id, because=because)
    return draft.edited()


def follow(edited: Edited, renamed: Mapping[str, str]) -> list[Edited]:
    """Let the codebooks that extend a changed one follow it; nothing is written yet.

    Parameters
    ----------
    edited
        The codebook that others may extend. They are looked for beside it, and in its folder
        ``codebooks``.
    renamed
        Id of a code that has gone to the one that stands for it now.

    Returns
    -------
    list of Edited
        The files that name such a code.

    Raises
    ------
    InputError
        When a codebook that was sound would not be any more.
    """
    folder = edited.path.parent
    files = [x for x in (*folder.glob("*.yaml"), *folder.glob("codebooks/*.yaml")) if x.is_file()]
    drafts = []
    for file in sorted(files):
        book = load_codebook(file, folder, Problems())
        if book and file.name != edited.path.name and _shown(edited.path, folder) in book.files:
            draft = Draft.of(file, folder)
            for old, new in renamed.items():
                draft.rename_references([old], new)
            drafts.append(draft)
    problems = Problems()
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        (copy / "codebooks").mkdir()
        for file in files:
            (copy / _shown(file, folder)).write_bytes(file.read_bytes())
        (copy / edited.path.name).write_bytes(edited.after.encode())
        for draft in drafts:
            (copy / _shown(draft.path, folder)).write_bytes(draft.text.after().encode())
        for draft in drafts:
            load_codebook(copy / _shown(draft.path, folder), copy, problems)
    problems.stop_on_errors()
    return [Edited(d.path, d.text.before, d.text.after()) for d in drafts if d.text.after() != d.text.before]


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
