"""Words that several outputs share, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.language import text_in

if TYPE_CHECKING:
    from qualnet.language import Language, Text

__all__ = ["ATTRIBUTES", "INTERNAL", "KINDS", "LAYERS", "LEVEL", "SYNTHETIC", "arrow_sentence"]

Words = dict[str, str]

KINDS: dict[str, Words] = {
    "driver": {"de": "Treiber", "en": "Driver"},
    "challenge": {"de": "Herausforderung", "en": "Challenge"},
    "context": {"de": "Rahmenbedingung", "en": "Context"},
    "programme": {"de": "Förderprogramm", "en": "Programme"},
    "outcome": {"de": "Ergebnis", "en": "Outcome"},
    "recommendation": {"de": "Empfehlung", "en": "Recommendation"},
    "other": {"de": "Sonstiges", "en": "Other"},
}
LAYERS: dict[str, Words] = {
    "stated": {"de": "Wirkungsaussagen", "en": "Stated claims"},
    "overlap": {"de": "Gemeinsame Textstelle", "en": "Same segment"},
    "paragraph": {"de": "Gemeinsamer Absatz", "en": "Same paragraph"},
    "proximity": {"de": "Nähe im Text", "en": "Near in the text"},
    "matrix": {"de": "Matrix eines Programms (ohne Belege)", "en": "Matrix of a program (no evidence)"},
}
LEVEL: Words = {"de": "Codes des gemeinsamen Codebuchs", "en": "codes of the shared codebook"}
SYNTHETIC: Words = {"de": "Erfundene Daten – keine Befunde", "en": "Synthetic data – no findings"}
INTERNAL: Words = {
    "de": "INTERN – personenbezogene Daten, nicht weitergeben",
    "en": "INTERNAL – personal data, do not pass on",
}
ATTRIBUTES: dict[str, Words] = {
    "state": {"de": "Bundesland", "en": "State"},
    "ags": {"de": "Gemeindeschlüssel (AGS)", "en": "Municipality key (AGS)"},
    "size_class": {"de": "Größenklasse", "en": "Size class"},
    "population": {"de": "Einwohner", "en": "Population"},
    "central_place": {"de": "Zentralörtliche Funktion", "en": "Central place"},
    "digital_strategy": {"de": "Digitalstrategie", "en": "Digital strategy"},
    "steering": {"de": "Steuerung", "en": "Steering"},
    "programme_state": {"de": "Landesprogramm", "en": "State programme"},
    "programme_federal": {"de": "Bundesprogramm", "en": "Federal programme"},
    "programme_schools": {"de": "Schulprogramm", "en": "Schools programme"},
    "infrastructure": {"de": "Infrastruktur", "en": "Infrastructure"},
    "ranking_before": {"de": "Rang davor", "en": "Rank before"},
    "ranking_after": {"de": "Rang danach", "en": "Rank after"},
    "selection": {"de": "Auswahl des Falls", "en": "Selection of the case"},
}

_SENTENCES: dict[str, dict[Language, str]] = {
    "+": {
        "de": "Je mehr „{cause}“, desto mehr „{effect}“.",
        "en": "The more “{cause}”, the more “{effect}”.",
    },
    "-": {
        "de": "Je mehr „{cause}“, desto weniger „{effect}“.",
        "en": "The more “{cause}”, the less “{effect}”.",
    },
    "": {"de": "„{cause}“ wirkt auf „{effect}“.", "en": "“{cause}” acts on “{effect}”."},
}


def arrow_sentence(cause: Text, effect: Text, sign: str, language: Language) -> str:
    """Say an arrow as a sentence; without a clear sign it says only that one acts on the other.

    Labels stand in quotation marks: they are names, and do not bend to a sentence's grammar.

    Examples
    --------
    >>> arrow_sentence("Personalmangel", "Fortschritt", "-", "de")
    'Je mehr „Personalmangel“, desto weniger „Fortschritt“.'
    >>> arrow_sentence("Austausch", "Streit", "mixed", "de")
    '„Austausch“ wirkt auf „Streit“.'
    """
    said = _SENTENCES.get(sign, _SENTENCES[""])[language]
    return said.format(cause=text_in(cause, language), effect=text_in(effect, language))
