"""The vocabulary on which cities with different codebooks are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.codebook.model import Code, Codebook

__all__ = ["Vocabulary", "common_vocabulary", "fold_poles"]

OPPOSITE = "~"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What every code of every city is called in the comparison.

    Attributes
    ----------
    base
        The codebook that all cities share.
    codes
        The codes compared: the base's, then what cities added.
    ids
        Code of any city to its id here. Renames and the parts of a split go back to the code
        they come from; a merge of one city holds for all.
    known
        Case to the ids that its codebook can code; others *did not exist* there.
    flipped
        Codes that stand for the opposite of their id here: a sign stated for them is turned.
    """

    base: Codebook
    codes: dict[str, Code]
    ids: dict[str, str]
    known: dict[str, frozenset[str]]
    flipped: frozenset[str] = frozenset()

    def upwards(self, code_id: str) -> tuple[str, ...]:
        """Give a code and the codes above it, the topmost last."""
        chain = [code_id]
        while (code := self.codes.get(chain[-1])) and code.parent:
            parent = self.ids.get(code.parent, code.parent)
            if parent in chain or parent not in self.codes:
                break
            chain.append(parent)
        return tuple(chain)

    def parent(self, code_id: str) -> str:
        """Give the topmost code above a code: the level at which inductive codes meet others."""
        return self.upwards(code_id)[-1]


def common_vocabulary(base: Codebook, cities: Mapping[str, Codebook]) -> Vocabulary:
    """Join the codebooks of all cities at their common ancestor.

    Parameters
    ----------
    base
        The project's codebook.
    cities
        Case to the codebook it was coded with.
    """
    books = [base, *cities.values()]
    merged = {old: new for book in books for old, new in book.merged.items()}
    kept = {c.id: c for book in books for c in book.codes.values() if c.id in merged.values()}

    def common(book: Codebook, code_id: str) -> str:
        code_id = book.base_id(code_id)
        return merged.get(code_id, code_id)

    codes: dict[str, Code] = {}
    ids: dict[str, str] = {}
    for book in books:
        for code in book.codes.values():
            here = common(book, code.id)
            ids[code.id] = here
            codes.setdefault(here, kept.get(here) or base.codes.get(here) or code)
    ids |= merged
    known = {
        case: frozenset(common(book, code.id) for code in book.factors()) for case, book in cities.items()
    }
    return Vocabulary(base, codes, ids, known)


def fold_poles(vocabulary: Vocabulary) -> Vocabulary:
    """Join each negative pole (``~x``, or a code declared `opposite_of` x) into its x.

    A pole whose x is no code stays as it is.
    """
    into: dict[str, str] = {}

    def folded(code_id: str) -> tuple[str, bool]:
        flips = False
        while code_id in into:
            code_id, flips = into[code_id], not flips
        return code_id, flips

    for code_id, other in _opposites(vocabulary):
        root, _ = folded(other)
        if root != code_id:  # of two that are each other's opposite the second stays
            into[code_id] = other
    return replace(
        vocabulary,
        codes={k: code for k, code in vocabulary.codes.items() if k not in into},
        ids={k: folded(v)[0] for k, v in vocabulary.ids.items()},
        known={case: frozenset(folded(x)[0] for x in ids) for case, ids in vocabulary.known.items()},
        flipped=frozenset(k for k, v in vocabulary.ids.items() if folded(v)[1]),
    )


def _opposites(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    names = {same_name(name): k for k, code in vocabulary.codes.items() for name in _names(code)}
    for code_id, code in vocabulary.codes.items():
        poles = [name.removeprefix(OPPOSITE) for name in _names(code) if name.startswith(OPPOSITE)]
        found = [vocabulary.ids.get(code.opposite_of or "")] + [names.get(same_name(x)) for x in poles]
        other = next((x for x in found if x in vocabulary.codes), None)
        if other is not None:
            yield code_id, other


def _names(code: Code) -> tuple[str, ...]:
    return (code.id, *([code.label] if isinstance(code.label, str) else code.label.values()))
