"""The words of the claims sheet, in German and English: columns, answers, what the drop-downs offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.language import LANGUAGES
from qualnet.names import same_name

if TYPE_CHECKING:
    from qualnet.language import Language

__all__ = ["ANSWERS", "CERTAINTY", "COLUMNS", "HELP", "SHEETS", "SIGNS", "STATUS", "YES", "meaning"]

SHEETS: dict[str, dict[Language, str]] = {
    "help": {"de": "Anleitung", "en": "How to"},
    "work": {"de": "Arbeitsliste", "en": "Worklist"},
    "lists": {"de": "Listen", "en": "Lists"},
}

COLUMNS: dict[str, dict[Language, str]] = {
    "id": {"de": "Nr.", "en": "No."},
    "who": {"de": "Codierer:in", "en": "Coder"},
    "document": {"de": "Interview", "en": "Interview"},
    "case": {"de": "Stadt", "en": "City"},
    "paragraph": {"de": "Abs.", "en": "Par."},
    "role": {"de": "Rolle", "en": "Role"},
    "before": {"de": "Davor", "en": "Before"},
    "quote": {"de": "Textstelle", "en": "Passage"},
    "after": {"de": "Danach", "en": "After"},
    "cues": {"de": "Kausaler Ausdruck", "en": "Causal expression"},
    "codes": {"de": "Codes", "en": "Codes"},
    "known": {"de": "Schon festgehalten", "en": "Already recorded"},
    "answer": {"de": "Zusammenhang", "en": "Relation"},
    "cause": {"de": "Ursache", "en": "Cause"},
    "effect": {"de": "Wirkung", "en": "Effect"},
    "sign": {"de": "Vorzeichen", "en": "Sign"},
    "status": {"de": "Status", "en": "Status"},
    "denied": {"de": "Verneint", "en": "Denied"},
    "about_case": {"de": "Über welche Stadt", "en": "About which city"},
    "certainty": {"de": "Gewissheit", "en": "Certainty"},
    "condition": {"de": "Bedingung", "en": "Condition"},
    "memo": {"de": "Memo", "en": "Memo"},
}
"""Columns of the worklist; from ``answer`` on they are filled in by the coder."""

ANSWERS: dict[str, dict[Language, str]] = {
    "none": {"de": "kein Zusammenhang", "en": "no relation"},
    "withdrawn": {"de": "zurückgezogen", "en": "withdrawn"},
}
SIGNS: dict[str, dict[Language, str]] = {
    "+": {"de": "gleichsinnig (+)", "en": "same direction (+)"},
    "-": {"de": "gegensinnig (-)", "en": "opposite direction (-)"},
    "ambivalent": {"de": "ambivalent", "en": "ambivalent"},
    "unstated": {"de": "nicht genannt", "en": "unstated"},
}
STATUS: dict[str, dict[Language, str]] = {
    "observed": {"de": "beobachtet", "en": "observed"},
    "expected": {"de": "erwartet", "en": "expected"},
    "demanded": {"de": "gefordert", "en": "demanded"},
    "reported": {"de": "berichtet", "en": "reported"},
}
YES: dict[str, dict[Language, str]] = {"yes": {"de": "ja", "en": "yes"}}
CERTAINTY: dict[str, dict[Language, str]] = {
    "certain": {"de": "sicher", "en": "certain"},
    "likely": {"de": "eher sicher", "en": "rather certain"},
    "uncertain": {"de": "unsicher", "en": "uncertain"},
}

HELP: dict[Language, str] = {
    "de": """
INTERN: diese Datei enthält Zitate aus Interviews.
Jede Zeile ist eine Textstelle mit mindestens zwei Codes oder mit einem kausalen Ausdruck.
Lesen Sie die Stelle. Sagt sie, dass etwas auf etwas anderes wirkt?
Dann wählen Sie Ursache, Wirkung und Vorzeichen aus den Listen.
Sagt sie das nicht, wählen Sie unter Zusammenhang: kein Zusammenhang. Auch das ist eine Antwort.
Zweite Aussage in derselben Stelle: kopieren Sie die ganze Zeile darunter und füllen Sie die Kopie aus.
Halbe Kette: tragen Sie nur die Ursache oder nur die Wirkung ein.
gleichsinnig (+): je mehr von der Ursache, desto mehr von der Wirkung. gegensinnig (-): desto weniger.
Es zählt der Name des Faktors: mehr Personalmangel, weniger Fortschritt ist gegensinnig.
Status: beobachtet (leer gilt als beobachtet), erwartet, gefordert, berichtet (von anderswo).
Verneint: die Stelle bestreitet den Zusammenhang (»am Geld liegt es nicht«).
Die kausalen Ausdrücke zeigen nur, wo zu lesen ist. Richtung und Vorzeichen entscheiden Sie.
Zeilen, die leer bleiben, bleiben offen. Einlesen, so oft Sie wollen: qualnet claims read DATEI
Die Spalte Nr. bitte nicht ändern: an ihr hängt, was Sie entschieden haben.
""",
    "en": """
INTERNAL: this file holds quotes from interviews.
Each row is a passage with two codes or more, or with a causal expression.
Read it. Does it say that something acts on something else?
Then choose cause, effect and sign from the lists.
If it does not, choose under Relation: no relation. That is an answer too.
A second claim in the same passage: copy the whole row below itself and fill in the copy.
Half a chain: fill in the cause only, or the effect only.
same direction (+): the more of the cause, the more of the effect. opposite direction (-): the less.
What counts is the factor's name: more staff shortage, less progress is opposite.
Status: observed (empty means observed), expected, demanded, reported (of elsewhere).
Denied: the passage contests the relation ("it is not for lack of money").
The causal expressions only show where to read. Direction and sign are your decision.
Rows left empty stay open. Read it back as often as you like: qualnet claims read FILE
Please leave the column No. as it is: what you decided hangs on it.
""",
}


def meaning(words: dict[str, dict[Language, str]], text: str) -> str | None:
    """Give what a cell means, in either language or in the words of our tables; None for no such word."""
    said = same_name(text)
    for value, named in words.items():
        if said in {same_name(value), *(same_name(named[language]) for language in LANGUAGES)}:
            return value
    return None
