"""One page per city for free exploration: the network drawn by vis-network, which pyvis brings.

pyvis makes the nodes, edges and options; the page around them is ours, since the one of pyvis
asks the web for Bootstrap and lets text become HTML. Ours is one file that asks for nothing,
runs only the two scripts whose hashes it names, and writes every text as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import textwrap
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qualnet.language import LANGUAGES, text_in
from qualnet.names import slugs
from qualnet.report.layout import Layout, box, extend
from qualnet.report.offline import embedded
from qualnet.report.sharing import is_released
from qualnet.report.words import INTERNAL, KINDS, SYNTHETIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyvis.network import Network as PyvisNetwork  # type: ignore[import-untyped]

    from qualnet.comparison import Study
    from qualnet.corpus import Segment
    from qualnet.files import Stage
    from qualnet.interactions import Claim
    from qualnet.language import Language
    from qualnet.network import Interaction, Network

__all__ = ["city_page", "city_page_name", "to_pyvis", "write", "write_city_pages"]

FONT = 15
LINE = 18  # characters
LABEL = (175, 58)  # what a wrapped label and its mark take; pictures are scaled so that a box holds it
SHOWN = 100  # pieces of evidence per interaction; all are in evidence.csv

# On light and on dark ground; shape or dash says the same as the colour.
COLOURS = {
    "challenge": ("#84204f", "#e0719f"),
    "driver": ("#17926f", "#6fe0c4"),
    "context": ("#7a5c00", "#e0b83f"),
    "programme": ("#5b3fa0", "#b9a2f2"),
    "outcome": ("#30343a", "#d5dae0"),
    "recommendation": ("#0b6e8f", "#74cdea"),
    "other": ("#59626d", "#a5aeb9"),
    "plus": ("#0067a5", "#5fb4ee"),
    "minus": ("#c4500a", "#ff9a57"),
    "mixed": ("#4b5159", "#c6ccd4"),
    "unstated": ("#6c7580", "#98a2ad"),
    "meets": ("#6c7580", "#98a2ad"),
}
# vis-network's name of a shape, and the same shape in a box of 30 x 16 for the legend.
SHAPES = {
    "challenge": ("square", "M9 2H21V14H9Z"),
    "driver": ("dot", "M15 1A7 7 0 1 1 15 15A7 7 0 1 1 15 1Z"),
    "context": ("triangle", "M15 1L23 15H7Z"),
    "programme": ("triangleDown", "M15 15L23 1H7Z"),
    "outcome": ("diamond", "M15 0L23 8L15 16L7 8Z"),
    "recommendation": ("star", "M15 0L17 6H23L18 10L20 16L15 12L10 16L12 10L7 6H13Z"),
    "other": ("hexagon", "M11 1H19L23 8L19 15H11L7 8Z"),
}
LOOKS = {
    "+": "plus",
    "-": "minus",
    "ambivalent": "mixed",
    "mixed": "mixed",
    "unstated": "unstated",
    "": "meets",
}
DASHES: dict[str, tuple[int, ...]] = {
    "plus": (),
    "minus": (9, 6),
    "mixed": (2, 5),
    "unstated": (),
    "meets": (),
}
MARKS = {"plus": "+", "minus": "−", "mixed": "±", "unstated": "", "meets": ""}

LETTERS = {"size": FONT, "face": "sans-serif", "strokeWidth": 4, "multi": False}
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"size": 10, "borderWidth": 0, "font": LETTERS},
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.15},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "font": LETTERS | {"size": FONT + 3},
        "selectionWidth": 1.5,
    },
}  # fmt: skip

PAGE: dict[Language, dict[str, str]] = {
    "de": {
        "intro": "Faktoren lassen sich ziehen, das Mausrad zoomt; ein Klick auf Pfeil oder Faktor zeigt"
        " die Belege. Gezählt werden Interviews, nicht Nennungen."
        " „Nicht genannt“ heißt nicht „gibt es nicht“.",
        "back": "Zum Vergleich aller Fälle", "to_list": "Zur Liste aller Wirkbeziehungen",
        "least": "ab Interviews:", "theme": "Hell / dunkel", "legend": "Legende",
        "picture": "Netz; dasselbe steht in der Liste darunter", "closer": "Näher", "farther": "Weiter weg",
        "whole": "Ganzes Netz", "list": "Alle Beziehungen als Liste", "evidence": "Belege",
        "choose": "Wählen Sie einen Pfeil oder Faktor im Netz, oder eine Zeile der Liste.",
        "noscript": "Das Netz braucht JavaScript. Alle Zahlen und Belege stehen auch im Ordner tables.",
        "interaction": "Wirkbeziehung", "meeting": "Gemeinsames Vorkommen", "sign": "Vorzeichen",
        "sources": "Interviews",
        "of": "von", "interviews": "Interviews", "contested": "umstritten", "denied_by": "bestritten:",
        "not_drawn": "kein Beleg, der einen Pfeil zeichnet", "for": "Belege",
        "against": "Gegenbelege (bestritten oder mit anderem Vorzeichen)",
        "silent": "Zeichnet keinen Pfeil (gefordert, berichtet, über einen anderen Fall)",
        "more": "weitere Belege in evidence.csv", "withheld": "[Zitat nicht freigegeben]",
        "named_in": "genannt in", "causes": "Ursachen", "effects": "Wirkungen", "meets": "Kommt vor mit",
        "+": "+ verstärkt", "-": "− schwächt", "ambivalent": "± ambivalent", "mixed": "± uneinig",
        "unstated": "ohne Vorzeichen",
        "legend_plus": "+ mehr Ursache, mehr Wirkung", "legend_minus": "− mehr Ursache, weniger Wirkung",
        "legend_mixed": "± ambivalent oder uneinig", "legend_unstated": "ohne Vorzeichen",
        "legend_meets": "kommt gemeinsam vor (ohne Richtung)",
        "observed": "beobachtet", "expected": "erwartet", "demanded": "gefordert", "reported": "berichtet",
        "is_denied": "bestritten", "repeat": "Wiederholung", "hedge": "Abschwächung",
        "condition": "Bedingung", "about": "über", "coder": "codiert von", "paragraph": "Abs.",
    },
    "en": {
        "intro": "Drag factors, zoom with the wheel; a click on an arrow or a factor shows the evidence."
        " Interviews are counted, not mentions. “Not mentioned” does not mean “does not exist”.",
        "back": "To the comparison of all cases", "to_list": "To the list of all interactions",
        "least": "from interviews:", "theme": "Light / dark", "legend": "Legend",
        "picture": "Network; the list below says the same", "closer": "Closer", "farther": "Farther away",
        "whole": "Whole network", "list": "All interactions as a list", "evidence": "Evidence",
        "choose": "Choose an arrow or a factor in the network, or a row of the list.",
        "noscript": "The network needs JavaScript. All numbers and evidence are in the folder tables, too.",
        "interaction": "Interaction", "meeting": "Co-occurrence", "sign": "Sign", "sources": "Interviews",
        "of": "of", "interviews": "interviews", "contested": "contested", "denied_by": "denied:",
        "not_drawn": "no evidence that draws an arrow", "for": "Evidence",
        "against": "Counter-evidence (denied, or with another sign)",
        "silent": "Draws no arrow (demanded, reported, about another case)",
        "more": "more pieces of evidence in evidence.csv", "withheld": "[quote not released]",
        "named_in": "named in", "causes": "Causes", "effects": "Effects", "meets": "Occurs with",
        "+": "+ strengthens", "-": "− weakens", "ambivalent": "± ambivalent", "mixed": "± mixed",
        "unstated": "no sign stated",
        "legend_plus": "+ more cause, more effect", "legend_minus": "− more cause, less effect",
        "legend_mixed": "± ambivalent or mixed", "legend_unstated": "no sign stated",
        "legend_meets": "occur together (no direction)",
        "observed": "observed", "expected": "expected", "demanded": "demanded", "reported": "reported",
        "is_denied": "denied", "repeat": "repeat", "hedge": "hedge", "condition": "condition",
        "about": "about", "coder": "coded by", "paragraph": "par.",
    },
}  # fmt: skip
WORDS: dict[Language, dict[str, str]] = {
    lang: {
        **PAGE[lang],
        **{kind: words[lang] for kind, words in KINDS.items()},
        "internal": INTERNAL[lang],
        "synthetic": SYNTHETIC[lang],
    }
    for lang in LANGUAGES
}


def to_pyvis(
    network: Network, positions: Mapping[str, tuple[float, float]] | None = None, language: Language = "de"
) -> PyvisNetwork:
    """Give a network as a network of pyvis, to draw and change as one likes.

    Parameters
    ----------
    network
        Of claims (arrows with signs) or of co-occurrence (lines).
    positions
        Factor to its place, e.g. ``Layout.positions``; a factor without one is placed among
        the others. By default the network is laid out alone.
    language
        Of the labels.

    Returns
    -------
    pyvis.network.Network
        Nodes carry ``kind`` and ``n_sources``; edges ``id`` (the place in the sorted
        interactions), ``sign``, ``n_sources`` and ``contested``. Nodes and edges are sorted,
        physics is off. Beware: a page that pyvis itself writes asks the web for Bootstrap.

    Examples
    --------
    >>> from qualnet.network import Network
    >>> to_pyvis(Network("x", "stated", True, (), {}, {})).num_nodes()
    0
    """
    from pyvis.network import Network as PyvisNetwork  # noqa: PLC0415

    drawn = network.drawn
    weights = {key: float(item.n_sources or 1) for key, item in drawn.items()}
    places = extend(Layout(dict(positions or {})), network.nodes, weights).positions
    across, down = (label / side for label, side in zip(LABEL, box(len(places)), strict=True))
    result = PyvisNetwork(height="90vh", directed=network.directed, cdn_resources="in_line")
    result.heading = WORDS[language]["synthetic"] if network.synthetic else ""
    result.set_options(json.dumps(OPTIONS))
    for factor_id in network.nodes:
        factor = network.factors[factor_id]
        kind = factor.kind if factor.kind in SHAPES else "other"
        x, y = places[factor_id]
        result.add_node(
            factor_id,
            label=_wrapped(factor.label(language)),
            shape=SHAPES[kind][0],
            color=COLOURS[kind][0],
            kind=kind,
            n_sources=factor.n_sources,
            x=round(x * across, 1),
            y=round(y * down, 1),
        )
    for number, ((cause, effect), item) in enumerate(sorted(network.interactions.items())):
        if (cause, effect) in drawn:
            result.add_edge(cause, effect, id=number, **_line(item, directed=network.directed))
    return result


def _line(item: Interaction, *, directed: bool) -> dict[str, Any]:
    look = LOOKS[item.sign]
    balance = f"{item.n_signed('+')} : {item.n_signed('-')}"
    return {
        "arrows": "to" if directed else "",
        "color": COLOURS[look][0],
        "contested": item.contested,
        "dashes": list(DASHES[look]) or False,
        "label": balance if item.contested else MARKS[look],
        "look": look,
        "n_sources": item.n_sources,
        "sign": item.sign,
        "width": min(1 + 0.9 * item.n_sources, 7),
    }


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label.replace("\u00ad", ""), LINE, break_long_words=False)) or label


def city_page_name(study: Study, case_id: str) -> str:
    """Give the name of a city's page in the outputs, e.g. ``cities/soest.html``."""
    return f"cities/{slugs([c.case_id for c in study.cases])[case_id]}.html"


def write(study: Study, stage: Stage) -> None:
    """Write the page of every city, with the factors where they stand in the explorer."""
    write_city_pages(study, stage, study.positions)


def write_city_pages(study: Study, stage: Stage, positions: Mapping[str, tuple[float, float]]) -> None:
    """Write the page of every city with the factors at given places."""
    for case in study.cases:
        page = city_page(study, case.case_id, positions)
        stage.write(city_page_name(study, case.case_id), page)


def city_page(study: Study, case_id: str, positions: Mapping[str, tuple[float, float]]) -> str:
    """Make one city's page.

    Parameters
    ----------
    study
        A built study; its claims are shown, or its first layer where it has none.
    case_id
        Which city.
    positions
        Factor to its place in the shared layout.

    Returns
    -------
    str
        HTML, one file that needs no other.
    """
    language = study.language
    network = study.main.networks[case_id]
    drawing = to_pyvis(network, positions, language)
    evidence = _Evidence(study)
    items = [item for _, item in sorted(network.interactions.items())]
    ids = sorted({*network.nodes, *(end for item in items for end in (item.cause, item.effect))})
    numbers = {factor_id: number for number, factor_id in enumerate(ids)}
    marks = ["synthetic"] * study.synthetic + ["internal"] * (study.profile == "internal")
    data = {
        "directed": network.directed,
        "documents": evidence.documents,
        "edges": drawing.edges,
        "evidence": evidence.pieces,
        "factors": [_factor(network, factor_id) for factor_id in ids],
        "interactions": [_interaction(item, numbers, evidence) for item in items],
        "marks": [{lang: WORDS[lang][mark] for lang in LANGUAGES} for mark in marks],
        "n": network.n_documents,
        "nodes": drawing.nodes,
        "options": drawing.options,
        "texts": evidence.texts,
        "words": WORDS,
    }
    counts = [item.n_sources for item in network.drawn.values()] or [0]
    looks = {LOOKS[item.sign] for item in network.drawn.values()}
    kinds = {str(node["kind"]) for node in drawing.nodes}
    page: str = _template().render(
        case=study.case_name(case_id),
        colours=COLOURS,
        data=embedded(data),
        directed=network.directed,
        kinds=[(kind, SHAPES[kind][1]) for kind in KINDS if kind in kinds],
        language=language,
        least=min(counts),
        marks=marks,
        most=max(counts),
        n=network.n_documents,
        rows=[_row(item, network) for item in items],
        signs=[
            (look, " ".join(map(str, dash)), 2.5 if look in {"plus", "minus"} else 2)
            for look, dash in DASHES.items()
            if look in looks
        ],
        title=f"{study.case_name(case_id)} – {text_in(study.title, language)}",
        vis=_vis(),
        words=WORDS,
    )
    return page


@dataclass
class _Evidence:
    """Pieces of evidence with numbers, each document and text once."""

    study: Study
    pieces: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _documents: dict[str, int] = field(default_factory=dict)
    _texts: dict[str, int] = field(default_factory=dict)

    @property
    def internal(self) -> bool:
        return self.study.profile == "internal"

    def claims(self, claims: list[Claim]) -> list[int]:
        names = {c.case_id: self.study.case_name(c.case_id) for c in self.study.cases}
        return [
            self._number(
                claim.document_id,
                claim.quote,
                claim.segments,
                {
                    "about": names.get(claim.about_case, claim.about_case),
                    "condition": claim.condition,
                    "denied": claim.denied,
                    "hedge": claim.hedge,
                    "repeat": claim.repeat,
                    "sign": claim.sign,
                    "status": claim.status,
                },
                {"coder": claim.coder_id, "id": claim.claim_id, "role": claim.role},
            )
            for claim in claims
        ]

    def segments(self, segments: list[Segment]) -> list[int]:
        return [self._number(s.document_id, s.quote, (s,), {}, {"id": s.segment_id}) for s in segments]

    def _number(
        self,
        document_id: str,
        quote: str,
        segments: tuple[Segment, ...],
        said: dict[str, Any],
        who: dict[str, str],
    ) -> int:
        if document_id not in self._documents:
            document = self.study.documents.get(document_id)
            shown = (
                {"name": document.name, "language": document.language} if document else {"name": document_id}
            )
            self._documents[document_id] = len(self.documents)
            self.documents.append(shown)
        piece: dict[str, Any] = {k: v for k, v in said.items() if v}
        piece |= {"document": self._documents[document_id], "text": None}
        if self.internal or is_released(segments):
            if quote not in self._texts:
                self._texts[quote] = len(self.texts)
                self.texts.append(quote)
            piece["text"] = self._texts[quote]
        if self.internal:  # outside, not where it was said, nor by whom
            where = {"paragraph": segments[0].paragraph, "time": segments[0].time} if segments else {}
            piece |= {k: v for k, v in {**who, **where}.items() if v}
        self.pieces.append(piece)
        return len(self.pieces) - 1


def _factor(network: Network, factor_id: str) -> dict[str, Any]:
    factor = network.factors[factor_id]
    definition = factor.code.definition if factor.code else ""
    return {
        "definition": {lang: text_in(definition, lang) for lang in LANGUAGES},
        "id": factor_id,
        "kind": factor.kind if factor.kind in SHAPES else "other",
        "label": {lang: factor.label(lang) for lang in LANGUAGES},
        "n": factor.n_sources,
        "wrapped": {lang: _wrapped(factor.label(lang)) for lang in LANGUAGES},
    }


def _interaction(item: Interaction, numbers: dict[str, int], evidence: _Evidence) -> dict[str, Any]:
    against = [c for c in item.claims if c.counter or (c.draws and _opposes(c, item))]
    support = [c for c in item.drawing if c not in against]
    silent = [c for c in item.claims if not c.draws and c not in against]
    segments = list(dict.fromkeys(s for m in item.meetings for s in m.segments))
    found = {
        "against": evidence.claims(against[:SHOWN]),
        "for": evidence.claims(support[:SHOWN]) + evidence.segments(segments[:SHOWN]),
        "silent": evidence.claims(silent[:SHOWN]),
    }
    n_shown = sum(map(len, found.values()))
    return {
        **found,
        "cause": numbers[item.cause],
        "contested": item.contested,
        "denied": item.n_denied,
        "drawn": bool(item.drawing or item.meetings),
        "effect": numbers[item.effect],
        "minus": item.n_signed("-"),
        "more": len(item.claims) + len(segments) - n_shown,
        "n": item.n_sources,
        "plus": item.n_signed("+"),
        "sign": item.sign,
    }


def _opposes(claim: Claim, item: Interaction) -> bool:
    """Whether a claim states the opposite of what most interviews state."""
    return {claim.sign, item.sign} == {"+", "-"}


def _row(item: Interaction, network: Network) -> dict[str, Any]:
    """Give what the list says without any script."""
    ends = [network.factors[item.cause], network.factors[item.effect]]
    arrow = " → " if network.directed else " – "
    return {
        "contested": item.contested,
        "denied": item.n_denied,
        "look": LOOKS[item.sign],
        "n": item.n_sources,
        "name": {lang: arrow.join(factor.label(lang) for factor in ends) for lang in LANGUAGES},
        "sign": item.sign,
    }


@cache
def _vis() -> str:
    """Give vis-network as pyvis brings it, licence header first; no pointer to a source map."""
    folder = files("pyvis") / "templates" / "lib"
    newest = max((f for f in folder.iterdir() if f.name.startswith("vis-")), key=lambda f: f.name)
    text = (newest / "vis-network.min.js").read_text("utf-8")
    return text.partition("//# sourceMappingURL")[0].rstrip("\n")


@cache
def _template() -> Any:
    from jinja2 import Environment  # noqa: PLC0415

    environment = Environment(autoescape=True, keep_trailing_newline=True)
    environment.filters["csp_hash"] = _csp_hash
    source = files("qualnet.report.exporters").joinpath("city_page.html").read_text("utf-8")
    return environment.from_string(source)


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
