"""A table of codes, as spreadsheets hold it: what its columns mean, and how it becomes a codebook."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from qualnet.codebook.edit import Draft, Edited
from qualnet.codebook.load import check_codes
from qualnet.codebook.model import KINDS, Code, Codebook
from qualnet.days import day_of
from qualnet.language import LANGUAGES
from qualnet.located import yaml_list, yaml_mapping
from qualnet.names import same_name, slug
from qualnet.problems import Place, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qualnet.language import Language, Text

__all__ = ["Table", "codes_of_table", "codes_text", "column_of", "update_codebook"]

HEADERS: dict[str, tuple[str, ...]] = {
    "id": ("Kürzel", "id", "code id", "schlüssel"),
    "label": (
        *("Code", "Code", "codes", "name", "bezeichnung", "kategorie", "category", "kategorie / code"),
        *("kategorie/code", "category / code", "unterkategorie", "subcategory", "codename", "code name"),
        *("tag", "titel", "title"),
    ),
    "kind": ("Art", "Kind", "typ", "type"),
    "parent": (
        *("Oberkategorie", "Parent", "oberbegriff", "hauptkategorie", "main category", "parent code"),
        *("übergeordneter code", "obercode"),
    ),
    "codable": ("codierbar", "codable", "kodierbar"),
    "definition": ("Definition", "Definition", "beschreibung", "description", "memo"),
    "anchor_example": (
        *(
            "Ankerbeispiel",
            "Anchor example",
            "ankerbeispiele",
            "beispiel",
            "beispiele",
            "example",
            "examples",
        ),
    ),
    "code_when": (
        *("Kodierregel", "Coding rule", "kodierregeln", "codierregel", "codierregeln", "coding rules"),
        *("codieren, wenn", "code when"),
    ),
    "do_not_code_when": (
        *("Abgrenzung", "Exclusion", "exclusion rule", "nicht codieren, wenn", "do not code when"),
    ),
    "pole": ("Pol", "Pole"),
    "opposite_of": ("Gegenpol von", "Opposite of", "gegenpol"),
    "aliases": ("Andere Namen", "Aliases", "alias", "aliase", "synonyme", "synonyms"),
    "color": ("Farbe", "Color", "colour"),
    "origin": ("Herkunft", "Origin"),
    "reference": ("Literatur", "Reference", "quelle", "source"),
    "thesis_link": ("Bezug zur Arbeit", "Thesis link"),
    "since": ("Neu seit", "Since", "seit", "new since"),
}
"""Field of a code to the column that is written in German, in English, and others understood."""
ORDER = (
    *("kind", "parent", "codable", "label", "definition", "code_when", "do_not_code_when"),
    *(
        "anchor_example",
        "pole",
        "opposite_of",
        "aliases",
        "color",
        "origin",
        "reference",
        "thesis_link",
        "since",
    ),
)
"""Fields of a code in the order of a file that a person writes."""
TEXTS = ("label", "definition", "anchor_example", "code_when", "do_not_code_when", "reference", "thesis_link")
KIND_WORDS: dict[str, tuple[str, str]] = {
    "challenge": ("Herausforderung", "Challenge"),
    "driver": ("Treiber", "Driver"),
    "context": ("Rahmenbedingung", "Context"),
    "programme": ("Förderprogramm", "Programme"),
    "outcome": ("Ergebnis", "Outcome"),
    "recommendation": ("Empfehlung", "Recommendation"),
    "other": ("Sonstiges", "Other"),
}
YES_NO = {
    True: ("ja", "yes", "x", "1", "true", "wahr", "j", "y"),
    False: ("nein", "no", "0", "false", "falsch", "n"),
}
CLOSED_FIELDS = {
    name: [str(word) for part in get_args(get_type_hints(Code)[name]) for word in get_args(part)]
    for name in ("pole", "origin")
}


ALIKE = 0.85
_IN_LANGUAGE = re.compile(r"(.+?)(?:\s*\((de|en)\)|[_ ](de|en))", re.IGNORECASE)
_BY_NAME = {same_name(n): name for name, names in HEADERS.items() for n in (*names, name)}

Column = tuple[str, str]
"""Field, and language (``""`` where a text is in no particular one)."""


def column_of(header: str) -> Column | None:
    """Give the field and the language that a column's name means, or None.

    Examples
    --------
    >>> column_of("Ankerbeispiel (en)"), column_of("label_de"), column_of("Zahl")
    (('anchor_example', 'en'), ('label', 'de'), None)
    """
    if same_name(header) in _BY_NAME:
        return _BY_NAME[same_name(header)], ""
    found = _IN_LANGUAGE.fullmatch(same_name(header))
    name = _BY_NAME.get(found[1]) if found else None
    return (name, (found[2] or found[3])) if found and name in TEXTS else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of codes as it was read: all text, each row with its number in the file."""

    place: Place
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: what it says of its code, and where. What it leaves empty it says nothing about."""

    number: int
    cells: dict[Column, str]

    def text(self, name: str, language: Language) -> Text:
        """Give a text; one in no particular language is taken for `language` beside one that is."""
        said = {x: self.cells[name, x] for x in ("", *LANGUAGES) if (name, x) in self.cells}
        plain = said.pop("", "")
        if not said:
            return plain
        spoken: dict[Language, str] = {x: said[x] for x in LANGUAGES if x in said}
        return spoken | ({language: plain} if plain and language not in spoken else {})

    def names(self) -> list[str]:
        return [self.cells[x] for x in (("label", y) for y in ("", *LANGUAGES)) if x in self.cells]


@dataclass
class _Reading:
    """A table of codes, turned into codes."""

    table: Table
    language: Language
    problems: Problems
    known: Codebook
    columns: dict[Column, int] = field(default_factory=dict)
    rows: dict[str, _Row] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)

    def place(self, number: int, column: Column | None = None) -> Place:
        header = self.table.header[self.columns[column]] if column in self.columns else ""
        return replace(self.table.place, row=number, column=header)

    def read(self) -> bool:
        """Read columns and rows, and give each row the id of its code."""
        if not self._read_columns():
            return False
        if not self.table.rows:
            self.problems.add(self.place(self.table.header_row), "no-rows")
        rows = [row for number, cells in self.table.rows if (row := self._row(number, cells))]
        taken = Counter([*self.known.codes, *(row.cells.get(("id", ""), "") for row in rows)])
        for row in rows:
            code_id = row.cells.get(("id", ""), "") or self._known(row) or self._free(row, taken)
            if code_id in self.rows:
                column = next(x for x in (("id", ""), *self.columns) if x in row.cells)
                first = self.place(self.rows[code_id].number)
                self.problems.add(self.place(row.number, column), "duplicate-code", code=code_id, first=first)
                continue
            self.rows[code_id] = row
        # an id means its code, whatever others are labelled
        labels = {same_name(name): x for x, row in self.rows.items() for name in row.names()}
        ids = {same_name(x): x for x in (*self.known.codes, *self.rows)}
        self.names = {**self.known.names(), **labels, **ids}
        return True

    def _read_columns(self) -> bool:
        for i, header in enumerate(self.table.header):
            column = column_of(header)
            place = replace(self.place(self.table.header_row), column=header)
            if column is None:
                if header:
                    self.problems.add(place, "column-not-used", column=header)
            elif column in self.columns:
                self.problems.add(place, "duplicate-column", column=header)
            else:
                self.columns[column] = i
        if any(name in {"id", "label"} for name, _ in self.columns):
            return True
        names = [header for header in self.table.header if header]
        self.problems.add(
            self.place(self.table.header_row),
            "missing-column",
            wanted="Code",
            near=nearest("Code", names),
            names=", ".join(names),
        )
        return False

    def _row(self, number: int, cells: Sequence[str]) -> _Row | None:
        width = len(self.table.header)
        if any(cell.strip() for cell in cells[width:]):
            self.problems.add(self.place(number), "row-too-long", found=len(cells), expected=width)
            return None
        found = {
            column: cells[i] if column[0] in TEXTS else cells[i].strip()
            for column, i in self.columns.items()
            if i < len(cells) and cells[i].strip()
        }
        if not any(name in {"id", "label"} for name, _ in found):
            self.problems.add(self.place(number), "row-without-code")
            return None
        return _Row(number, found)

    def _known(self, row: _Row) -> str:
        names = self.known.names()
        return next((names[same_name(x)] for x in row.names() if same_name(x) in names), "")

    def _free(self, row: _Row, taken: Counter[str]) -> str:
        plain = slug(row.names()[0].strip()).replace("-", "_")
        n = 1
        while taken[made := plain if n == 1 else f"{plain}_{n}"]:
            n += 1
        taken[made] += 1
        return made

    def facts(self, row: _Row) -> dict[str, Any]:
        """Give what a row says, field by field."""
        facts: dict[str, Any] = {
            name: self.fact(row, name, row.cells[name, ""])
            for name in HEADERS
            if name not in TEXTS and name != "id" and (name, "") in row.cells
        }
        texts = {name: self.text(row, name) for name in TEXTS}
        return facts | {name: text for name, text in texts.items() if text}

    def text(self, row: _Row, name: str) -> Text:
        return row.text(name, self.language)

    def fact(self, row: _Row, name: str, text: str) -> Any:
        if name == "aliases":
            return tuple(_aliases(text))
        if name in {"parent", "opposite_of"}:
            return self.code(row, name, text)
        if name == "codable":
            answer = next((x for x, words in YES_NO.items() if same_name(text) in words), None)
            if answer is None:
                self.problems.add(self.place(row.number, (name, "")), "not-yes-or-no", value=text)
            return answer
        if name == "kind":
            meant: dict[str, str] = {
                same_name(word): kind for kind in KINDS for word in (*KIND_WORDS[kind], kind)
            }
            return self.word(row, name, text, meant)
        if name in CLOSED_FIELDS:
            return self.word(row, name, text, {word: word for word in CLOSED_FIELDS[name]})
        if name == "since":
            day = day_of(text)
            if not day:
                self.problems.add(self.place(row.number, (name, "")), "not-a-day", value=text)
            return day
        return text

    def word(self, row: _Row, name: str, text: str, meant: dict[str, str]) -> str | None:
        found = next((x for word, x in meant.items() if same_name(word) == same_name(text)), None)
        if found is None:
            self.problems.add(
                self.place(row.number, (name, "")),
                "unknown-value",
                field=self.table.header[self.columns[name, ""]],
                value=text,
                near=nearest(text, meant),
                names=", ".join(dict.fromkeys(meant.values())),
            )
        return found

    def code(self, row: _Row, name: str, text: str) -> str | None:
        """Give the code that a cell names; a category that has no row of its own gets one."""
        for known in (self.rows, self.known.codes):
            if text in known:
                return text
        if same_name(text) in self.names:
            return self.names[same_name(text)]
        near = nearest(text, [*self.rows, *self.known.spellings(), *self.names])
        # a typing error, and no category that the table does not list
        alike = difflib.SequenceMatcher(None, same_name(text), same_name(near)).ratio() > ALIKE
        if name != "parent" or alike:
            place = self.place(row.number, (name, ""))
            self.problems.add(place, "unknown-code", what=name, code=text, near=near)
            return None
        made = self._free(_Row(0, {("label", ""): text}), Counter(self.names.values()))
        self.names[same_name(text)] = made
        self.headings.append(text)
        return made

    def codes(self) -> dict[str, Code]:
        """Give the codes of the rows, and the categories that only their column names."""
        found = {x: self.new_code(x, self.facts(row)) for x, row in self.rows.items()}
        above = {
            self.names[same_name(text)]: Code(self.names[same_name(text)], text, codable=False)
            for text in self.headings
        }
        return {**above, **found}

    def new_code(self, code_id: str, facts: dict[str, Any]) -> Code:
        given = {name: value for name, value in facts.items() if value is not None}
        return Code(**{"id": code_id, "label": code_id, **given})

    def check(self, codes: dict[str, Code]) -> None:
        places = {x: self.place(row.number) for x, row in self.rows.items()}
        check_codes(replace(self.known, codes={**self.known.codes, **codes}), places, self.problems)


def _aliases(text: str) -> Iterator[str]:
    lines = io.StringIO(text.replace("\r", "\n"))
    for row in csv.reader(lines, delimiter=";", skipinitialspace=True):
        yield from (alias for alias in row if alias.strip())


def codes_of_table(table: Table, language: Language, problems: Problems) -> list[Code]:
    """Read the codes of a table that has at least a column of their names.

    Parameters
    ----------
    table
        The table; its columns may be called in German or in English.
    language
        Of a text whose column names none, where others name one.
    problems
        Where to note what is wrong, each with row and column.
    """
    reading = _Reading(table, language, problems, Codebook("", "", "", {}))
    if not reading.read():
        return []
    codes = reading.codes()
    reading.check(codes)
    return list(codes.values())


def codes_text(name: str, codes: Iterable[Code]) -> str:
    """Write a codebook file of some codes."""
    head = yaml_mapping({"format": 1, "id": name})
    entries = ["\n".join(f"  {line}" for line in yaml_list([_entry(code)])) for code in codes]
    body = ["codes:", "\n\n".join(entries)] if entries else ["codes: []"]
    return "\n".join([*head, *body]) + "\n"


def _entry(code: Code) -> dict[str, Any]:
    """Give what a file must say of a code; what it need not say is left out."""
    silent = Code(code.id, "")
    said = {name: getattr(code, name) for name in ORDER if getattr(code, name) != getattr(silent, name)}
    return {"id": code.id, **{x: list(y) if isinstance(y, tuple) else y for x, y in said.items()}}


def update_codebook(
    path: Path, table: Table, language: Language, problems: Problems
) -> tuple[Edited, list[str]]:
    """Take a table back into a codebook's file: new texts, rules and codes.

    An empty cell changes nothing, and a code without a row stays.

    Parameters
    ----------
    path
        The codebook's file.
    table
        The table, with a column of ids or names.
    language
        Of a text whose column names none.
    problems
        Where to note what is wrong with the table, each with row and column.

    Returns
    -------
    tuple
        The file as it would be, and the ids of its own codes that have no row.

    Raises
    ------
    InputError
        When the codebook or the table is not sound, or the codebook would not be.
    """
    draft = Draft.of(path)
    reading = _Reading(table, language, problems, draft.book)
    if not reading.read():
        problems.fail()
    codes, new = {}, []
    for code_id, row in reading.rows.items():
        facts = reading.facts(row)
        before = draft.book.codes.get(code_id)
        if before is None and code_id in draft.book.retired:
            problems.add(reading.place(row.number), "retired-code", code=code_id)
        elif before is None:
            codes[code_id] = reading.new_code(code_id, facts)
            new.append(_entry(codes[code_id]))
        else:
            codes[code_id] = _updated(draft, before, facts, reading, row)
    made = [Code(reading.names[same_name(x)], x, codable=False) for x in reading.headings]
    reading.check(codes | {code.id: code for code in made})
    problems.stop_on_errors()
    if made or new:
        draft.text.extend(("codes",), [*map(_entry, made), *new])
    return draft.edited(), [x for x in draft.own if x not in reading.rows]


def _updated(draft: Draft, before: Code, facts: dict[str, Any], reading: _Reading, row: _Row) -> Code:
    now: dict[str, Any] = {}
    for name, value in facts.items():
        old = getattr(before, name)
        new = _spoken(old, value, reading.language) if name in TEXTS else value
        if name == "label" and isinstance(value, str) and ("id", "") not in row.cells:
            continue  # the name by which the code was found, which may be an alias
        if new is None or new == old:
            continue
        now[name] = new
        if before.id not in draft.own:
            column = next(x for x in row.cells if x[0] == name)
            problems = reading.problems
            problems.add(reading.place(row.number, column), "inherited-code", code=before.id)
        elif name in TEXTS:
            draft.set_text(("codes", draft.own[before.id], name), old, new)
        else:
            draft.text.set(("codes", draft.own[before.id], name), new)
    return replace(before, **now)


def _spoken(old: Text, new: Text, language: Language) -> Text:
    """Give a text with what a row says; a language that the row leaves out keeps its text."""
    if isinstance(old, dict):
        return old | ({language: new} if isinstance(new, str) else new)
    return old if isinstance(new, dict) and set(new.values()) == {old} else new
