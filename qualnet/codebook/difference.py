"""What differs between two codebooks, as rows and in sentences."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from qualnet.language import text_in
from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualnet.codebook.model import Code, Codebook
    from qualnet.language import Language, Text

__all__ = ["Difference", "compare_codebooks"]

What: TypeAlias = Literal["code", "hypothesis", "recommendation"]
FIELDS: dict[str, dict[Language, str]] = {
    "label": {"de": "Name", "en": "label"},
    "kind": {"de": "Art", "en": "kind"},
    "parent": {"de": "übergeordneter Code", "en": "parent"},
    "codable": {"de": "codierbar", "en": "codable"},
    "definition": {"de": "Definition", "en": "definition"},
    "code_when": {"de": "Kodierregel", "en": "coding rule"},
    "do_not_code_when": {"de": "Abgrenzung", "en": "exclusion rule"},
    "anchor_example": {"de": "Ankerbeispiel", "en": "anchor example"},
    "pole": {"de": "Pol", "en": "pole"},
    "opposite_of": {"de": "Gegenpol", "en": "opposite"},
    "aliases": {"de": "andere Namen", "en": "aliases"},
    "color": {"de": "Farbe", "en": "colour"},
    "origin": {"de": "Herkunft", "en": "origin"},
    "reference": {"de": "Literatur", "en": "reference"},
    "thesis_link": {"de": "Bezug zur Arbeit", "en": "link to the thesis"},
    "since": {"de": "Neu seit", "en": "new since"},
    "sign": {"de": "Vorzeichen", "en": "sign"},
    "support": {"de": "Stützung", "en": "support"},
    "text": {"de": "Text", "en": "text"},
    "acts_on": {"de": "wirkt auf", "en": "acts on"},
    "opens": {"de": "öffnet", "en": "opens"},
}
YES_NO: dict[Language, dict[str, str]] = {
    "de": {"true": "ja", "false": "nein"},
    "en": {"true": "yes", "false": "no"},
}
NOUNS: dict[What, dict[Language, str]] = {
    "code": {"de": "Der Code", "en": "The code"},
    "hypothesis": {"de": "Die Hypothese", "en": "The hypothesis"},
    "recommendation": {"de": "Die Empfehlung", "en": "The recommendation"},
}
SENTENCES: dict[str, dict[Language, str]] = {
    "added": {"de": "{noun} {name} ist neu.", "en": "{noun} {name} is new."},
    "removed": {"de": "{noun} {name} ist nicht mehr da.", "en": "{noun} {name} is gone."},
    "retired": {"de": "{noun} {name} ist stillgelegt: {new}", "en": "{noun} {name} is retired: {new}"},
    "renamed": {"de": "{noun} {old} heißt jetzt {name}.", "en": "{noun} {old} is now called {name}."},
    "merged": {"de": "Aus {old} wurde {name}.", "en": "{old} became {name}."},
    "split": {"de": "{noun} {name} ist aufgeteilt in {new}.", "en": "{noun} {name} is split into {new}."},
    "changed": {
        "de": "{noun} {name} sagt anderes: {field} bisher „{old}“, jetzt „{new}“.",
        "en": "{noun} {name} says otherwise: {field} so far “{old}”, now “{new}”.",
    },
    "filled": {
        "de": "{noun} {name} hat dazubekommen: {field} „{new}“.",
        "en": "{noun} {name} gained: {field} “{new}”.",
    },
    "emptied": {
        "de": "{noun} {name} hat verloren: {field} „{old}“.",
        "en": "{noun} {name} lost: {field} “{old}”.",
    },
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two codebooks do not say alike.

    Attributes
    ----------
    how
        added, removed, retired, renamed, merged, split, or a field that was changed, filled, emptied.
    name
        The id in the newer codebook; of a hypothesis ``cause -> effect``.
    field, language
        Which field; of a text in two languages, which one.
    old, new
        What stood there and what does now; old ids of a code renamed or merged, parts of one split,
        the reason why one is retired.
    """

    what: What
    how: str
    name: str
    field: str = ""
    language: str = ""
    old: str = ""
    new: str = ""
    label: Text = ""

    def sentence(self, language: Language) -> str:
        """Say it."""
        label = text_in(self.label, language)
        field = FIELDS[self.field][language] if self.field else ""
        old, new = (YES_NO[language].get(text, text) for text in (self.old, self.new))
        return SENTENCES[self.how][language].format(
            noun=NOUNS[self.what][language],
            name=f"{self.name} ({label})" if label else self.name,
            field=f"{field} ({self.language})" if self.language else field,
            old=old,
            new=new,
        )


def compare_codebooks(old: Codebook, new: Codebook, language: Language) -> list[Difference]:
    """Tell what differs between two codebooks, each with everything that it inherits.

    A code that is missing in one is found again where its id is an alias in the other.

    Parameters
    ----------
    old, new
        The codebooks.
    language
        Of the reason why a code is retired.
    """
    gone = [x for x in old.codes if x not in new.codes]
    fresh = [x for x in new.codes if x not in old.codes]
    parts = {x: [y for y in new.codes if new.back.get(y) == x] for x in gone if x in new.retired}
    now = {x: x for x in old.codes if x in new.codes} | _found(gone, new)
    now |= {was: x for x, was in _found(fresh, old).items() if was in gone and was not in now}
    before: dict[str, list[str]] = {}
    for was in gone:
        if was in now:
            before.setdefault(now[was], []).append(was)
    explained = {*before, *(y for found in parts.values() for y in found)}
    found = [Difference("code", "added", x) for x in fresh if x not in explained]
    for x in gone:
        if parts.get(x):
            found.append(Difference("code", "split", x, new=", ".join(parts[x])))
        elif x in new.retired:
            found.append(Difference("code", "retired", x, new=text_in(new.retired[x], language)))
        elif x not in now:
            found.append(Difference("code", "removed", x))
    for x, names in before.items():
        how = "renamed" if x in fresh and len(names) == 1 else "merged"
        found.append(Difference("code", how, x, old=", ".join(names)))
    for was, x in now.items():
        if x not in before or (x in fresh and before[x] == [was]):
            found += _changes("code", x, _renamed(old.codes[was], x, now), new.codes[x])
    expected = (
        {f"{now.get(h.cause, h.cause)} -> {now.get(h.effect, h.effect)}": h for h in book.hypotheses}
        for book in (old, new)
    )
    found += _entries("hypothesis", *expected)
    found += _entries("recommendation", *({r.id: r for r in book.recommendations} for book in (old, new)))
    labels = {code.id: code.label for book in (old, new) for code in book.codes.values()}
    return [replace(x, label=labels[x.name]) if x.what == "code" else x for x in found]


def _found(missing: Iterable[str], book: Codebook) -> dict[str, str]:
    """Find codes again by the aliases of another codebook."""
    aliases = {same_name(alias): code.id for code in book.codes.values() for alias in code.aliases}
    return {x: aliases[same_name(x)] for x in missing if same_name(x) in aliases}


def _renamed(code: Code, new_id: str, now: Mapping[str, str]) -> Code:
    """Give a code as it would be if nothing but ids had changed."""
    return replace(
        code,
        aliases=code.aliases if code.id == new_id else (*code.aliases, code.id),
        parent=now.get(code.parent or "", code.parent),
        opposite_of=now.get(code.opposite_of or "", code.opposite_of),
    )


def _entries(what: What, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in (x for x in new if x not in old):
        yield Difference(what, "added", name)
    for name, was in old.items():
        if name in new:
            yield from _changes(what, name, was, new[name])
        else:
            yield Difference(what, "removed", name)


def _changes(what: What, name: str, old: Any, new: Any) -> Iterator[Difference]:
    for part in fields(old):
        if part.name not in FIELDS:
            continue
        was, now = (_texts(getattr(entry, part.name)) for entry in (old, new))
        for language in dict.fromkeys([*was, *now]):
            a, b = was.get(language, ""), now.get(language, "")
            if a != b:
                how = "changed" if a and b else "filled" if b else "emptied"
                yield Difference(what, how, name, part.name, language, a, b)


def _texts(value: Any) -> dict[str, str]:
    """Give a value as text, in each of its languages."""
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, tuple):
        return {"": ", ".join(_shown(x) for x in value)}
    if isinstance(value, bool):
        return {"": "true" if value else "false"}
    return {"": value or ""}


def _shown(item: Any) -> str:
    if isinstance(item, str):
        return item
    return " ".join(str(getattr(item, part.name)) for part in fields(item))
