"""Back to the field: a sheet with every arrow as a sentence, for the people of a city, without quotes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, cast

from qualnet.forms import words
from qualnet.forms._workbook import Form, read_form, write_form
from qualnet.forms.claims_sheet import label
from qualnet.names import same_name
from qualnet.overlays.feedback import Feedback, latest_feedback
from qualnet.problems import nearest
from qualnet.readers._words import sign_of
from qualnet.report.words import SYNTHETIC, arrow_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualnet.comparison import Study
    from qualnet.forms._workbook import Choice
    from qualnet.language import Language
    from qualnet.network import Interaction
    from qualnet.overlays.feedback import Opinion
    from qualnet.prepare import Prepared
    from qualnet.problems import Problems

__all__ = ["Given", "feedback_page", "read_answers", "statements", "write_answer_sheet"]

EMPTY_ROWS = 10
"""Rows for arrows that the network lacks."""
COLUMNS: dict[str, dict[Language, str]] = {
    "number": {"de": "Nr.", "en": "No."},
    "case": {"de": "Stadt", "en": "City"},
    "sentence": {"de": "Aussage", "en": "Statement"},
    "answer": {"de": "Rückmeldung", "en": "Feedback"},
    "cause": {"de": "Ursache", "en": "Cause"},
    "effect": {"de": "Wirkung", "en": "Effect"},
    "sign": {"de": "Vorzeichen", "en": "Sign"},
    "role": {"de": "Rolle", "en": "Role"},
    "note": {"de": "Anmerkung", "en": "Note"},
}
ANSWERS: dict[str, dict[Language, str]] = {
    "agree": {"de": "stimmt", "en": "true"},
    "disagree": {"de": "stimmt nicht", "en": "not true"},
    "unsure": {"de": "weiß nicht", "en": "not sure"},
    "missing": {"de": "fehlt", "en": "missing"},
}
HELP: dict[Language, str] = {
    "de": """
Hier wird eingetragen, was auf einem Blatt zurückkam; oder das Blatt wird gleich hier ausgefüllt.
Rückmeldung: stimmt, stimmt nicht, weiß nicht. Zeilen, die leer bleiben, zählen nicht.
Was fehlt, steht in den Zeilen darunter: fehlt wählen, Ursache, Wirkung und Vorzeichen eintragen.
Rolle: so allgemein, dass niemand zu erkennen ist (Verwaltung, Politik, Bürgerschaft). Keine Namen.
Ein Blatt je Person oder Gruppe. Einlesen: qualnet feedback read DATEI --date 2026-05-04
""",
    "en": """
What came back on a sheet is entered here; or the sheet is filled in right here.
Feedback: true, not true, not sure. Rows left empty do not count.
What is missing stands in the rows below: choose missing, fill in cause, effect and sign.
Role: so general that nobody can be recognised (administration, politics, citizens). No names.
One sheet for each person or group. Read it: qualnet feedback read FILE --date 2026-05-04
""",
}
ASKED = ("answer", "cause", "effect", "sign", "role", "note")
FORM = Form(HELP, COLUMNS, ASKED, {"number": 6, "sentence": 70, "cause": 28, "effect": 28, "note": 40})
TEXTS: dict[str, dict[Language, str]] = {
    "title": {"de": "Stimmt das für {city}?", "en": "Is this true of {city}?"},
    "intro": {
        "de": "Diese Sätze fassen zusammen, was Gespräche in {city} ergeben haben; wer was gesagt hat,"
        " steht nicht darin. Bitte kreuzen Sie an. Was hier nicht steht, kann es trotzdem geben.",
        "en": "These sentences sum up what conversations in {city} have shown; who said what is not in them."
        " Please tick. A sentence that is not here does not mean that there is no such thing.",
    },
    "missing": {"de": "Was fehlt? (Was wirkt auf was?)", "en": "What is missing? (What acts on what?)"},
    "role": {"de": "Ihre Rolle (allgemein, kein Name):", "en": "Your role (general, no name):"},
    "date": {"de": "Datum:", "en": "Date:"},
    "basis": {
        "de": "Aufgenommen ist, was mindestens {least} von {n} Gesprächen nennen.",
        "en": "It holds what at least {least} of {n} conversations name.",
    },
}
STYLE = """
@page { size: A4; margin: 15mm; }
body { font: 15px/1.45 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
body { color: #1a1d21; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8a929b; padding: .45em .5em; text-align: left; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
thead { display: table-header-group; }
thead th { background: #eceff2; }
tr { break-inside: avoid; }
th:first-child { white-space: nowrap; }
.tick { width: 5.5em; text-align: center; font-size: 1.3em; }
.blank td { height: 2.4em; }
.mark { background: #fff3c4; color: #4a3500; font-weight: bold; padding: .4em; text-align: center; }
.line { border-bottom: 1px solid #8a929b; display: inline-block; min-width: 16em; }
@media print { body { margin: 0; font-size: 10.5pt; } .mark { position: fixed; top: 0; left: 0; right: 0; }
  h1 { margin-top: 2em; } }
"""


def statements(study: Study, case_id: str, least: int) -> list[Interaction]:
    """Give the arrows of a city that enough interviews name, the most named first."""
    drawn = study.networks[case_id].drawn.values()
    named = (item for item in drawn if item.n_sources >= least and not item.is_self)
    return sorted(named, key=lambda i: (-i.n_sources, i.cause, i.effect))


def _sentence(study: Study, item: Interaction, language: Language) -> str:
    ends = [
        study.vocabulary.codes[c].label if c in study.vocabulary.codes else c
        for c in (item.cause, item.effect)
    ]
    return arrow_sentence(ends[0], ends[1], item.sign, language)


def feedback_page(study: Study, case_id: str, least: int, language: Language) -> str:
    """Write the sheet of a city as a page to print: no quotes, no scripts, no request.

    Parameters
    ----------
    study
        What was built.
    case_id
        The city.
    least
        Fewest interviews that name what is listed.
    language
        Of the sheet.
    """
    city = study.case_name(case_id)
    said = {name: text[language] for name, text in TEXTS.items()}
    n = study.networks[case_id].n_documents
    boxes = [ANSWERS[a][language] for a in ("agree", "disagree", "unsure")]
    rows = "\n".join(
        f"<tr><td>{k}</td><td>{escape(_sentence(study, item, language))}</td>"
        + '<td class="tick">☐</td>' * 3
        + "</tr>"
        for k, item in enumerate(statements(study, case_id, least), start=1)
    )
    blank = '<tr class="blank"><td></td><td></td></tr>\n' * EMPTY_ROWS
    title = escape(said["title"].format(city=city))
    mark = f'<p class="mark">{escape(SYNTHETIC[language])}</p>\n' if study.synthetic else ""
    head = "".join(f"<th>{escape(box)}</th>" for box in boxes)
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
{mark}<h1>{title}</h1>
<p>{escape(said["intro"].format(city=city))} {escape(said["basis"].format(least=least, n=n))}</p>
<p>{escape(said["role"])} <span class="line"></span> {escape(said["date"])} <span class="line"></span></p>
<table>
<thead><tr><th>{COLUMNS["number"][language]}</th><th>{COLUMNS["sentence"][language]}</th>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
<h2>{escape(said["missing"])}</h2>
<table>
<thead><tr><th>{COLUMNS["cause"][language]}</th><th>{COLUMNS["effect"][language]}</th></tr></thead>
<tbody>
{blank}</tbody>
</table>
</body>
</html>
"""


def write_answer_sheet(path: Path, study: Study, case_id: str, least: int, language: Language) -> int:
    """Write the sheet of a city as a workbook, in which what came back is entered.

    Returns
    -------
    int
        How many statements it lists.
    """
    items = statements(study, case_id, least)
    rows = [
        {
            "number": str(k),
            "case": study.case_name(case_id),
            "sentence": _sentence(study, item, language),
            "cause": label(study.codebook, item.cause, language),
            "effect": label(study.codebook, item.effect, language),
            "sign": words.SIGNS[item.sign][language] if item.sign in words.SIGNS else "",
        }
        for k, item in enumerate(items, start=1)
    ]
    rows += [{"case": study.case_name(case_id)}] * EMPTY_ROWS
    write_form(path, FORM, language, rows, _choices(study, len(items), len(rows), language))
    return len(items)


def _choices(study: Study, n: int, last: int, language: Language) -> Iterator[Choice]:
    factors = [label(study.codebook, c.id, language) for c in study.codebook.factors()]
    yield ("answer",), 1, last, [named[language] for named in ANSWERS.values()]
    yield ("cause", "effect"), n + 1, last, factors
    yield ("sign",), n + 1, last, [named[language] for named in words.SIGNS.values()]


@dataclass
class Given:
    """What a sheet that came back says.

    Attributes
    ----------
    new
        Answers that the project does not have yet.
    n_same, n_open
        Rows that say what is known, and rows that nobody filled in.
    """

    new: list[Feedback] = field(default_factory=list)
    n_same: int = 0
    n_open: int = 0


def read_answers(
    path: Path, prepared: Prepared, form_id: str, date: str, role: str, now: str, problems: Problems
) -> Given:
    """Read a sheet that came back.

    Parameters
    ----------
    path
        The workbook, or its table as CSV.
    prepared
        The project.
    form_id
        Name of the form; by default of its content, so that the same file counts once.
    date, role
        Of the meeting; the role of a row goes before.
    now
        Time of the reading, ISO 8601.
    problems
        Where to note what is wrong; then nothing of the sheet is to be kept.
    """
    given = Given()
    filled = read_form(path, FORM, {"sentence", "answer", "cause"}, problems)
    if filled is None:
        return given
    form_id = form_id or hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    known = {a.about: a for a in latest_feedback(prepared.feedback)}
    book = prepared.codebook
    labels = {
        same_name(a.value): a.owner_id
        for a in prepared.corpus.attributes
        if (a.owner_type, a.name) == ("case", "label")
    }
    cases = labels | {same_name(n): c.case_id for c in prepared.corpus.cases for n in (c.name, c.case_id)}
    for number, values in filled.rows():
        before = len(problems.errors)
        answer = filled.word(number, "answer", values["answer"], ANSWERS)
        if answer == "" and not values["note"] and (values["sentence"] or not values["cause"]):
            given.n_open += 1
            continue
        if answer == "":
            problems.add(filled.place(number, "answer"), "answer-incomplete")
        codes = {}
        for column in ("cause", "effect"):
            code = book.names().get(same_name(values[column]))
            if code is None:
                near = nearest(values[column], book.spellings())
                problems.add(
                    filled.place(number, column), "unknown-code", what="code", code=values[column], near=near
                )
            codes[column] = code or ""
        sign = words.meaning(words.SIGNS, values["sign"]) or sign_of(values["sign"])
        if sign is None:
            problems.add(filled.place(number, "sign"), "unknown-sign", value=values["sign"])
        case = cases.get(same_name(values["case"]))
        if case is None:
            problems.add(filled.place(number, "case"), "no-such-case", case=values["case"], near="")
        if len(problems.errors) > before or case is None or sign is None:
            continue
        row = Feedback(
            form_id,
            now,
            case,
            codes["cause"],
            codes["effect"],
            cast("Opinion", answer),
            date=date,
            role=values["role"] or role,
            sign=sign if values["sign"] else "",
            note=values["note"],
        )
        old = known.get(row.about)
        if old and (old.answer, old.sign, old.role, old.note) == (row.answer, row.sign, row.role, row.note):
            given.n_same += 1
        else:
            given.new.append(row)
    return given
