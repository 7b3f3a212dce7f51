"""The claims sheet: a workbook with every passage that may state a claim, and what comes back in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from qualnet.forms import words
from qualnet.forms._workbook import Form, read_form, write_form
from qualnet.language import text_in
from qualnet.names import same_name
from qualnet.overlays import Decision, latest, passage_id
from qualnet.problems import nearest
from qualnet.readers._words import sign_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.forms._workbook import Choice, Filled
    from qualnet.language import Language
    from qualnet.overlays import Answer
    from qualnet.prepare import Prepared
    from qualnet.problems import Problems
    from qualnet.worklist import Passage

__all__ = ["Answers", "book_of", "known_claims", "label", "read_sheet", "write_sheet"]

WIDTHS = {"id": 12, "before": 28, "quote": 60, "after": 28, "cues": 16, "codes": 26, "known": 30}
WIDTHS |= {"cause": 28, "effect": 28, "sign": 20, "answer": 20, "memo": 30, "paragraph": 6}
ASKED = tuple(words.COLUMNS)[tuple(words.COLUMNS).index("answer") :]
FORM = Form(words.HELP, words.COLUMNS, ASKED, WIDTHS)
_NUMBER = re.compile(r"(.+)-(\d+)")


def write_sheet(
    path: Path,
    prepared: Prepared,
    passages: Iterable[Passage],
    coder: str,
    language: Language,
    *,
    blind: bool = False,
) -> None:
    """Write the worklist of one coder, with what she has decided already.

    Parameters
    ----------
    path
        The workbook to write.
    prepared
        The project.
    passages
        What to list.
    coder
        Who will fill it in.
    language
        Of columns, drop-downs and labels.
    blind
        Leave out what others have recorded.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    rows = [row for p in passages for row in _rows(prepared, p, coder, language)]
    if blind:
        rows = [row | {"known": ""} for row in rows]
    write_form(path, FORM, language, rows, _choices(prepared, rows, language))


def _rows(prepared: Prepared, passage: Passage, coder: str, language: Language) -> Iterator[dict[str, str]]:
    """Give the rows of a passage: one for each of the coder's decisions, or an empty one."""
    book = book_of(prepared, passage.case_id)
    names = {c.case_id: c.name for c in prepared.corpus.cases}
    documents = {d.document_id: d.name for d in prepared.corpus.documents}
    last = latest(prepared.decisions)
    own = [last[i] for i in passage.decisions if last[i].who == coder]
    given = {
        "who": coder,
        "document": documents[passage.document_id],
        "case": names.get(passage.case_id, ""),
        "paragraph": str(passage.paragraph or ""),
        "role": passage.role,
        "before": passage.before,
        "quote": passage.quote,
        "after": passage.after,
        "cues": ", ".join(cue.words for cue in passage.cues),
        "codes": "; ".join(label(book, c, language) for c in passage.codes),
        "known": "\n".join(known_claims(prepared, passage, coder, language)),
    }
    if not own:
        yield given | {"id": f"{passage.id}-1"}
    for decision in own:
        claim = decision.answer == "claim"
        filled = {
            "id": decision.id,
            "answer": "" if claim else words.ANSWERS[decision.answer][language],
            "cause": label(book, decision.cause, language),
            "effect": label(book, decision.effect, language),
            "sign": _word(words.SIGNS, decision.sign, language),
            "status": _word(words.STATUS, decision.status, language),
            "denied": _word(words.YES, decision.denied, language),
            "about_case": names.get(decision.about_case, decision.about_case),
            "certainty": _word(words.CERTAINTY, decision.certainty, language),
            "condition": decision.condition,
            "memo": decision.memo,
        }
        yield given | filled


def known_claims(prepared: Prepared, passage: Passage, coder: str, language: Language) -> list[str]:
    """Write what is recorded about a passage apart from the coder's own decisions here."""
    book = book_of(prepared, passage.case_id)
    own = {i for i in passage.decisions if latest(prepared.decisions)[i].who == coder}
    return [
        f"{label(book, c.cause_coded, language) or '?'} -> {label(book, c.effect_coded, language) or '?'}"
        f" ({c.sign})" + f" [{c.coder_id}]" * bool(c.coder_id)
        for c in passage.claims
        if c.claim_id not in own
    ]


def _word(offered: dict[str, dict[Language, str]], value: str, language: Language) -> str:
    return offered[value][language] if value in offered else value


def book_of(prepared: Prepared, case_id: str) -> Codebook:
    """Give the codebook with which a case was coded."""
    return prepared.city_codebooks.get(case_id, prepared.codebook)


def label(book: Codebook, code_id: str, language: Language) -> str:
    """Give what people call a code: its label, or its id where another code has the same label."""
    known = book.names().get(same_name(code_id)) if code_id else None
    if known is None:
        return code_id
    name = text_in(book.codes[known].label, language)
    return name if book.names()[same_name(name)] == known else known


def _choices(prepared: Prepared, rows: list[dict[str, str]], language: Language) -> Iterator[Choice]:
    n = max(len(rows), 1)
    for column, offered in (
        ("answer", words.ANSWERS),
        ("sign", words.SIGNS),
        ("status", words.STATUS),
        ("denied", words.YES),
        ("certainty", words.CERTAINTY),
    ):
        yield (column,), 1, n, [named[language] for named in offered.values()]
    yield ("about_case",), 1, n, [case.name for case in prepared.corpus.cases]
    first = 1
    for r, row in enumerate(rows, start=1):
        if r == len(rows) or rows[r]["case"] != row["case"]:
            ids = {c.name: c.case_id for c in prepared.corpus.cases}
            book = book_of(prepared, ids.get(row["case"], ""))
            yield ("cause", "effect"), first, r, [label(book, c.id, language) for c in book.factors()]
            first = r + 1


@dataclass
class Answers:
    """What a sheet said that the project did not know yet.

    Attributes
    ----------
    new, changed
        Decisions to be added: about passages undecided so far, and other ones than before.
    n_same, n_open
        Rows that say what is known, and rows that nobody has filled in.
    """

    new: list[Decision] = field(default_factory=list)
    changed: list[Decision] = field(default_factory=list)
    n_same: int = 0
    n_open: int = 0


def read_sheet(
    path: Path, prepared: Prepared, passages: Iterable[Passage], now: str, problems: Problems
) -> Answers:
    """Read a worklist back, partly filled in as well, any number of times.

    Parameters
    ----------
    path
        A workbook of :func:`write_sheet`, or its worklist as CSV.
    prepared
        The project.
    passages
        All passages of the project as it is now.
    now
        Time of the new decisions, ISO 8601.
    problems
        Where to note what is wrong; then nothing of the sheet is to be kept.
    """
    answers = Answers()
    filled = read_form(path, FORM, {"id", "quote", "cause"}, problems)
    if filled is None:
        return answers
    reading = _Reading(filled, prepared, {p.id: p for p in passages}, now, problems)
    known = latest(prepared.decisions)
    for decision in reading.decisions():
        before = known.get(decision.claim_id)
        if before is None:
            answers.new.append(decision)
        elif before.said == decision.said:
            answers.n_same += 1
        else:
            answers.changed.append(decision)
    answers.n_open = reading.n_open
    return answers


@dataclass
class _Reading:
    """One worklist, row by row."""

    filled: Filled
    prepared: Prepared
    passages: dict[str, Passage]
    now: str
    problems: Problems
    n_open: int = 0
    taken: set[str] = field(default_factory=set)

    def decisions(self) -> Iterator[Decision]:
        rows = list(self.filled.rows())
        # a row that was copied for a second claim must not take the number of one further down
        numbers = {(values["id"], values["who"]) for _, values in rows}
        for number, values in rows:
            if not any(values[c] for c in ASKED):
                self.n_open += 1
                continue
            values["id"] = self.free(values, numbers)
            decision = self.decision(number, values)
            if decision is not None:
                yield decision

    def free(self, values: dict[str, str], numbers: set[tuple[str, str]]) -> str:
        """Give a row its own number: a copied row gets the next one."""
        own, who = values["id"], values["who"]
        match = _NUMBER.fullmatch(own)
        n = int(match[2]) if match else 1
        base = match[1] if match else own
        while f"{own}/{who}" in self.taken:
            n += 1
            candidate = f"{base}-{n}"
            if (candidate, who) not in numbers:
                own = candidate
        self.taken.add(f"{own}/{who}")
        return own

    def decision(self, number: int, values: dict[str, str]) -> Decision | None:
        before = len(self.problems.errors)
        where = self.where(number, values)
        if not values["who"]:
            self.problems.add(self.filled.place(number, "who"), "no-coder-named")
        answer = self.filled.word(number, "answer", values["answer"], words.ANSWERS)
        claimed = [c for c in ASKED if c not in {"answer", "memo"} and values[c]]
        if answer == "none" and claimed:
            self.problems.add(
                self.filled.place(number, claimed[0]), "answer-contradicts", value=values[claimed[0]]
            )
        if answer == "" and not (values["cause"] or values["effect"]):
            self.problems.add(self.filled.place(number, "cause"), "answer-incomplete")
        facts: dict[str, Any] = {
            "cause": self.code(number, values, "cause", where),
            "effect": self.code(number, values, "effect", where),
            "sign": self.sign(number, values),
            "status": self.filled.word(number, "status", values["status"], words.STATUS),
            "denied": self.filled.word(number, "denied", values["denied"], words.YES),
            "about_case": self.case(values["about_case"]),
            "certainty": words.meaning(words.CERTAINTY, values["certainty"]) or values["certainty"],
            "condition": values["condition"],
            "memo": values["memo"],
        }
        if len(self.problems.errors) > before or where is None:
            return None
        given = cast("Answer", answer or "claim")
        return replace(where, answer=given, **facts)

    def where(self, number: int, values: dict[str, str]) -> Decision | None:
        """Give the passage of a row as it is now; else as it was decided, or as the sheet says."""
        match = _NUMBER.fullmatch(values["id"])
        passage = self.passages.get(match[1]) if match else None
        known = latest(self.prepared.decisions).get(f"{values['id']}/{values['who']}")
        if passage:
            document, paragraph, quote = passage.document_id, str(passage.paragraph or ""), passage.quote
        elif known:
            document, paragraph, quote = known.document, known.paragraph, known.quote
        else:
            names = {same_name(d.name): d.document_id for d in self.prepared.corpus.documents}
            found = names.get(same_name(values["document"]))
            if found is None:
                place = self.filled.place(number, "document")
                self.problems.add(place, "no-such-document", document=values["document"])
                return None
            document, paragraph, quote = found, values["paragraph"], values["quote"]
        row_id = values["id"] if match else f"{passage_id(document, quote)}-1"
        return Decision(row_id, values["who"], self.now, "claim", document, paragraph=paragraph, quote=quote)

    def code(self, number: int, values: dict[str, str], column: str, where: Decision | None) -> str:
        if not values[column]:
            return ""
        case_of = {d.document_id: d.case_id for d in self.prepared.corpus.document_cases}
        book = book_of(self.prepared, case_of.get(where.document, "") if where else "")
        found = book.names().get(same_name(values[column]))
        if found is None:
            near = nearest(values[column], book.spellings())
            place = self.filled.place(number, column)
            self.problems.add(place, "unknown-code", what="code", code=values[column], near=near)
        return found or ""

    def sign(self, number: int, values: dict[str, str]) -> str:
        text = values["sign"]
        found = words.meaning(words.SIGNS, text) or sign_of(text)
        if found is None:
            self.problems.add(self.filled.place(number, "sign"), "unknown-sign", value=text)
        return (found or "") if text else ""

    def case(self, text: str) -> str:
        """Give the id of a case of the project; another town stays as it is written."""
        names = {same_name(c.name): c.case_id for c in self.prepared.corpus.cases}
        return names.get(same_name(text), text)
