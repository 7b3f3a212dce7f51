"""The words by which tables name columns and values, in German and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.names import same_name

if TYPE_CHECKING:
    from qualnet.corpus.rows import Sign, Status

__all__ = [
    "COLUMNS",
    "FACTS",
    "STATUSES",
    "column_of",
    "is_yes",
    "says_cause",
    "sign_of",
    "status_of",
    "yes_or_no",
]

COLUMNS: dict[str, tuple[str, ...]] = {
    "document": (
        "document",
        "dokument",
        "interview",
        "quelle",
        "doc",
        "document name",
        "dokumentname",
        "transcript",
        "transkript",
    ),
    "kind": ("document_kind", "dokumentart", "art", "kind"),
    "case": ("case", "fall", "stadt", "city", "ort", "gruppe", "group", "dokumentgruppe", "document group"),
    "role": ("role", "rolle", "sprecherrolle", "speaker_role", "funktion"),
    "speaker": ("speaker", "sprecher", "sprecher:in", "person"),
    "paragraph": ("paragraph", "absatz", "abs.", "abs", "para", "initial position"),
    "text": ("text", "absatztext", "wortlaut"),
    "time": ("time", "zeit", "zeitmarke", "timestamp"),
    "start": ("start", "anfang", "von", "beginn", "begin"),
    "end": ("end", "ende", "bis"),
    "quote": (
        "quote",
        "zitat",
        "segment",
        "textstelle",
        "excerpt",
        "text content",
        "quotation content",
        "codiertes segment",
        "codierte segmente",
        "coded segment",
        "coded segments",
        "content",
    ),
    "code": ("code", "codes", "kategorie", "kategorien"),
    "topic": ("topic", "thema", "leitfadenthema"),
    "coder": ("coder", "codierer", "codierer:in", "kodierer", "kodierer:in", "erstellt von", "created by"),
    "memo": ("memo", "comment", "kommentar", "notiz", "bemerkung"),
    "id": ("id", "claim_id", "segment_id", "nr", "nr.", "nummer"),
    "cause": (
        "cause",
        "ursache",
        "from",
        "from_label",
        "cause_factor",
        "ursache_faktor",
        "einflussfaktor",
    ),
    "effect": ("effect", "wirkung", "to", "to_label", "effect_factor", "wirkung_faktor", "folge"),
    "cause_quote": ("cause_quote", "ursache_zitat"),
    "effect_quote": ("effect_quote", "wirkung_zitat"),
    "variable": ("variable", "merkmal"),
    "sign": ("sign", "vorzeichen", "polarity", "polarität", "richtung"),
    "status": ("status",),
    "denied": ("denied", "verneint", "bestritten"),
    "repeat": ("repeat", "wiederholung"),
    "about_case": ("about_case", "about", "über_fall", "bezieht_sich_auf"),
    "condition": ("condition", "bedingung"),
    "hedge": ("hedge", "hedging", "sicherheit", "einschränkung"),
    "strength": ("strength", "stärke"),
    "certainty": ("certainty", "gewissheit"),
    "weight": ("weight", "gewicht", "weight score"),
    "date": ("date", "datum"),
    "coded_on": (
        *("coded_on", "coded on", "codiert_am", "codiert am", "kodiert am", "erstellt am"),
        *("creation date", "created", "created on"),
    ),
    "synthetic": ("synthetic", "erfunden", "synthetisch"),
    "language": ("language", "sprache"),
}
_BY_NAME = {same_name(name): field for field, names in COLUMNS.items() for name in (*names, field)}

_SIGNS: dict[str, Sign] = {
    "+": "+",
    "plus": "+",
    "positive": "+",
    "positiv": "+",
    "pos": "+",
    "1": "+",
    "+1": "+",
    "fördert": "+",
    "verstärkt": "+",
    "erhöht": "+",
    "gleichsinnig": "+",
    "facilitate": "+",
    "facilitates": "+",
    "promotes": "+",
    "increases": "+",
    "-": "-",
    "−": "-",
    "–": "-",
    "minus": "-",
    "negative": "-",
    "negativ": "-",
    "neg": "-",
    "-1": "-",
    "hemmt": "-",
    "mindert": "-",
    "senkt": "-",
    "gegensinnig": "-",
    "inhibit": "-",
    "inhibits": "-",
    "hinders": "-",
    "decreases": "-",
    "reduces": "-",
    "ambivalent": "ambivalent",
    "±": "ambivalent",
    "+/-": "ambivalent",
    "teils": "ambivalent",
    "": "unstated",
    "unstated": "unstated",
    "?": "unstated",
    "0": "unstated",
    "offen": "unstated",
    "unklar": "unstated",
    "nicht genannt": "unstated",
}
_CAUSES = {
    *(
        "cause",
        "causes",
        "cause of",
        "is cause of",
        "causal",
        "causation",
        "cause effect",
        "cause and effect",
    ),
    *("affects", "influences", "leads to", "results in", "enables", "prevents"),
    *("ursache", "ursache von", "ist ursache von", "kausal", "verursacht", "bewirkt", "beeinflusst"),
    *("führt zu", "wirkt auf", "wirkt sich aus auf", "ermöglicht", "verhindert"),
}
_NO_CAUSES = {"noncausal", "non causal", "not causal", "nichtkausal", "nicht kausal"}
_STATUS: dict[str, Status] = {
    "": "observed",
    "observed": "observed",
    "beobachtet": "observed",
    "expected": "expected",
    "erwartet": "expected",
    "demanded": "demanded",
    "gefordert": "demanded",
    "reported": "reported",
    "berichtet": "reported",
}
FACTS = {"kind", "language", "date", "synthetic", "role"}
"""Columns, and attributes of a document called so, that say what it is."""
STATUSES = ("observed", "expected", "demanded", "reported")
_NO = {"", "no", "nein", "false", "falsch", "0", "n", "-"}
_YES = {"yes", "ja", "true", "wahr", "x", "1", "j", "y"}


def column_of(header: str) -> str | None:
    """Give the field that a column's name means, or None.

    Examples
    --------
    >>> column_of(" Ursache "), column_of("sentiment")
    ('cause', None)
    """
    return _BY_NAME.get(same_name(header))


def sign_of(text: str) -> Sign | None:
    """Give the sign that a word means; None when it means none. Nothing means `unstated`."""
    # the armour against formulas: our own tables write '+ as text
    return _SIGNS.get(same_name(text).removeprefix("'"))


def says_cause(label: str) -> bool | None:
    """Tell whether the label of a relation says that one thing acts on another, by a verb or by a sign.

    Returns
    -------
    bool or None
        False when it says that nothing does; None when it says nothing of it.

    Examples
    --------
    >>> says_cause("führt_zu"), says_cause("hemmt"), says_cause("NonCausal"), says_cause("Coref")
    (True, True, False, None)
    """
    words = same_name(label.replace("_", " "))
    if words in _CAUSES or sign_of(label) not in {None, "unstated"}:
        return True
    return False if words.replace("-", " ") in _NO_CAUSES else None


def status_of(text: str) -> Status | None:
    """Give the status that a word means, or None."""
    return _STATUS.get(same_name(text))


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return same_name(text) in _YES


def yes_or_no(text: str) -> bool | None:
    """Give what a cell answers; nothing is no, and any other word is None."""
    return True if is_yes(text) else False if same_name(text) in _NO else None
