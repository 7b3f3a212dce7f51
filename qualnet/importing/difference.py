"""What a newer export of the same material adds, changes and takes away, whatever its ids are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from qualnet.corpus.anchor import alike
from qualnet.names import only_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualnet.corpus import Corpus

__all__ = ["Changed", "Difference", "difference"]

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Changed:
    """A row of one kind: what it was, and what it is now; empty where there was or is none."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of a newer export against an older one.

    Attributes
    ----------
    added, changed, removed
        In the order of the kinds: documents, codes, codings, claims, attributes.
    """

    added: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(old: Corpus, new: Corpus) -> Difference:
    """Compare two corpora by what they say: names, words and places, never by ids.

    A code that is given to the same passages under another name was renamed. A coding whose passage reads
    nearly the same was corrected. An attribute with another value was changed.

    Parameters
    ----------
    old, new
        Each as it was read, before its codes are resolved.
    """
    found = _Found()
    before, after = _Read(old), _Read(new)
    found.compare("document", before.texts, after.texts)
    renamed = _renamed(before, after)
    for name, other in renamed.items():
        found.changed.append(Changed("code", name, other))
    codes = {(c,) for c in before.codes - renamed.keys()}, {(c,) for c in after.codes - {*renamed.values()}}
    found.both("code", codes[0] - codes[1], codes[1] - codes[0])
    for kind, was, now in (
        ("coding", before.codings(renamed), after.codings({})),
        ("claim", before.claims(renamed), after.claims({})),
    ):
        gone, come = list((was - now).elements()), list((now - was).elements())
        found.corrected(kind, gone, come)
    found.compare("attribute", before.values, after.values)
    return Difference(tuple(found.added), tuple(found.changed), tuple(found.removed))


@dataclass
class _Found:
    added: list[Changed] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[Changed] = field(default_factory=list)

    def both(self, kind: str, gone: Iterable[Key], come: Iterable[Key]) -> None:
        self.removed += [Changed(kind, _shown(key), "") for key in sorted(gone)]
        self.added += [Changed(kind, "", _shown(key)) for key in sorted(come)]

    def compare(self, kind: str, was: dict[Key, str], now: dict[Key, str]) -> None:
        """Compare rows that have a name and a value."""
        self.both(kind, was.keys() - now.keys(), now.keys() - was.keys())
        for key in sorted(was.keys() & now.keys()):
            if was[key] != now[key]:
                values = [f": {x}" if kind == "attribute" else "" for x in (was[key], now[key])]
                self.changed.append(Changed(kind, _shown(key) + values[0], _shown(key) + values[1]))

    def corrected(self, kind: str, gone: list[Key], come: list[Key]) -> None:
        """Pair rows that agree but for a few letters of their quote, which stands last."""
        near: dict[Key, list[Key]] = defaultdict(list)
        for key in come:
            near[key[:-1]].append(key)
        lost = []
        for key in sorted(gone):
            others = near[key[:-1]]
            at = alike(key[-1], [k[-1] for k in others])
            if at is None:
                lost.append(key)
            else:
                self.changed.append(Changed(kind, _shown(key), _shown(others.pop(at))))
        self.both(kind, lost, [key for keys in near.values() for key in keys])


class _Read:
    """A corpus by what its rows say."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.names = {d.document_id: d.name for d in corpus.documents}
        rows = {c.code_id: c for c in corpus.codes}
        self.code_names = {i: row.name for i, row in rows.items()}
        for code_id, row in rows.items():
            seen, above = {code_id}, rows.get(row.parent_id)
            while above and above.code_id not in seen:
                seen.add(above.code_id)
                self.code_names[code_id] = f"{above.name} > {self.code_names[code_id]}"
                above = rows.get(above.parent_id)
        self.codes = set(self.code_names.values())
        self.segments = {s.segment_id: s for s in corpus.segments}
        self.texts: dict[Key, str] = {(d.name,): d.text or "" for d in corpus.documents}
        owners = self.names | {c.case_id: c.name for c in corpus.cases}
        self.values: dict[Key, str] = {}
        for a in corpus.attributes:
            key = (owners.get(a.owner_id, a.owner_id), a.name)
            self.values[key] = f"{self.values[key]}, {a.value}" if key in self.values else a.value

    def passages(self) -> dict[str, set[Key]]:
        """Give the passages of each code."""
        found: dict[str, set[Key]] = defaultdict(set)
        for coding in self.corpus.codings:
            segment = self.segments.get(coding.segment_id)
            if segment:
                words = only_words(segment.quote)
                found[self.code(coding.code_id)].add((self.document(segment.document_id), words))
        return found

    def code(self, code_id: str) -> str:
        return self.code_names.get(code_id, code_id)

    def document(self, document_id: str) -> str:
        return self.names.get(document_id, document_id)

    def codings(self, renamed: dict[str, str]) -> Counter[Key]:
        found: Counter[Key] = Counter()
        for coding in self.corpus.codings:
            segment = self.segments.get(coding.segment_id)
            code = self.code(coding.code_id)
            at = (self.document(segment.document_id), segment.quote) if segment else ("", "")
            found[at[0], renamed.get(code, code), coding.coder_id, at[1]] += 1
        return found

    def claims(self, renamed: dict[str, str]) -> Counter[Key]:
        quotes: dict[str, list[str]] = defaultdict(list)
        for link in self.corpus.relation_evidence:
            if link.segment_id in self.segments:
                quotes[link.relation_id].append(self.segments[link.segment_id].quote)
        found: Counter[Key] = Counter()
        for r in self.corpus.relations:
            ends = [self.code(end) for end in (r.from_id, r.to_id)]
            cause, effect = (renamed.get(end, end) for end in ends)
            words = " [...] ".join(quotes[r.relation_id])
            found[self.document(r.document_id), f"{cause} -> {effect}", r.sign, r.coder_id, words] += 1
        return found


def _renamed(before: _Read, after: _Read) -> dict[str, str]:
    """Give codes that are gone to the new codes that stand at the same passages, and at no others."""
    was, now = before.passages(), after.passages()
    gone, come = before.codes - after.codes, after.codes - before.codes
    found: dict[str, str] = {}
    for name in sorted(gone):
        same = [c for c in sorted(come - {*found.values()}) if was[name] and was[name] == now[c]]
        if len(same) == 1:
            found[name] = same[0]
    return found


def _shown(key: Key) -> str:
    return ", ".join(part for part in key if part)
