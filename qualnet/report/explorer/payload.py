"""A study as the plain data that the explorer draws: schema ``qualnet-explorer/1``.

`docs/explorer-payload.md` has the contract. Everything is counted before it comes here; this
module only names, numbers and sorts, so that the same study gives the same bytes.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeAlias

from qualnet.analysis._intervals import wilson
from qualnet.comparison.tables import segment_place
from qualnet.interactions import Claim
from qualnet.language import LANGUAGES, text_in
from qualnet.report.sharing import is_released
from qualnet.report.words import ATTRIBUTES, KINDS, LAYERS, LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualnet.analysis.loops import Loop
    from qualnet.codebook import Code
    from qualnet.comparison import Comparison, Pair, Study
    from qualnet.comparison.compare import Key
    from qualnet.corpus import Segment
    from qualnet.interactions import Meeting
    from qualnet.language import Text
    from qualnet.network import Interaction, Network

__all__ = ["SCHEMA", "payload"]

SCHEMA = "qualnet-explorer/1"
SHOWN = 40
"""Most quotes behind one cell in the page; ``evidence.csv`` has all."""
LOOPS_SHOWN = 500
CONTEXT = 90
"""Characters shown before and after a quote."""
KIND_LETTER = {"reinforcing": "R", "balancing": "B", "indeterminate": "U"}

Json: TypeAlias = dict[str, Any]
Positions: TypeAlias = "Mapping[str, tuple[float, float]]"


def payload(study: Study, positions: Positions, pages: Mapping[str, str]) -> Json:
    """Describe a study for the explorer.

    Parameters
    ----------
    study
        What was built.
    positions
        Factor to x and y in layout units; factors without one are not drawn.
    pages
        Case to the relative link of its own page.

    Returns
    -------
    dict
        Only dicts, lists, text, numbers, booleans and None.
    """
    return _Payload(study, positions).whole(pages)


def _both(text: Text) -> dict[str, str]:
    return {language: text_in(text, language) for language in LANGUAGES}


def _text_or_none(text: Text) -> dict[str, str] | None:
    return _both(text) if any(_both(text).values()) else None


def _number(value: float) -> float:
    return round(value, 4)


class _Payload:
    """Numbers documents, quotes and evidence while the parts are described."""

    def __init__(self, study: Study, positions: Positions) -> None:
        self.study = study
        self.positions = positions
        self.cases = [c.case_id for c in study.cases]
        self.codes = _codes(study)
        self.factor = {code.id: i for i, code in enumerate(self.codes)}
        # of a public study only released words are listed, and nothing that points to one interview:
        # each city stands for all of its interviews
        self.public = study.profile == "public"
        self.documents = self.cases if self.public else sorted(study.documents)
        self.document = {d: i for i, d in enumerate(self.documents)}
        self.segments: list[Json] = []
        self.segment: dict[str, int] = {}
        self.evidence: list[Json] = []
        self.unit: dict[object, int] = {}
        self.roles = {s.speaker_id: s.role for s in study.corpus.speakers}
        self.case_of = {d.document_id: d.case_id for d in study.corpus.document_cases}

    def whole(self, pages: Mapping[str, str]) -> Json:
        study = self.study
        layers = [self.layer(name, c) for name, c in study.comparisons.items()]
        stated = study.comparisons.get("stated")
        return {
            "schema": SCHEMA,
            "meta": self.meta(),
            "kinds": self.kinds(),
            "cities": [self.city(case, pages) for case in self.cases],
            "documents": [self.describe_document(d) for d in self.documents],
            "factors": [self.describe_factor(code, study.main) for code in self.codes],
            "layers": layers,
            "segments": self.segments,
            "evidence": self.evidence,
            "loops": self.loops(stated) if stated else [],
            "loop_cap": self.loop_cap() if stated else None,
            "recommendations": self.recommendations(),
            "pairs": [self.pair(p, study.main) for p in study.main.pairs],
            "growth": [self.growth(case) for case in self.cases if case in study.saturation],
            "context": study.context,
        }

    def meta(self) -> Json:
        study = self.study
        drawing = [c for c in study.claims if c.draws]
        dates = sorted(d.date for d in study.corpus.documents if d.date)
        return {
            "title": _both(study.title),
            "language": study.language,
            "profile": study.profile,
            "synthetic": study.synthetic,
            "codebook": {"id": study.codebook.id, "version": study.codebook.version},
            "level": {k: f"{v} ({study.codebook.id})" for k, v in LEVEL.items()},
            "version": version("qualnet"),
            "data_date": dates[-1] if dates else None,
            "warnings": [{k: p.text(k) for k in LANGUAGES} for p in study.warnings],
            "min_sources": study.min_sources,
            "n_documents": sum(d.kind == "interview" for d in study.corpus.documents),
            "n_claims": sum(not c.repeat for c in drawing),
            "n_repeats": sum(c.repeat for c in drawing),
            "n_not_drawn": len(study.claims) - len(drawing),
        }

    def kinds(self) -> list[Json]:
        used = {code.kind for code in self.codes}
        return [{"id": kind, "label": label} for kind, label in KINDS.items() if kind in used]

    def city(self, case: str, pages: Mapping[str, str]) -> Json:
        study = self.study
        name = study.case_name(case)
        mine = [d for d in study.corpus.documents if self.case_of.get(d.document_id) == case]
        facts = [
            {
                "label": ATTRIBUTES.get(a.name) or _both(a.name.replace("_", " ")),
                "value": a.value,
                "unit": a.unit,
                "year": a.year,
                "source": a.source,
            }
            for a in study.corpus.attributes
            if (a.owner_type, a.owner_id) == ("case", case) and a.name not in {"label", "synthetic"}
        ]
        return {
            "id": case,
            "name": name,
            "short": name.split(" (")[0],
            "n": sum(d.kind == "interview" for d in mine),
            "n_other": sum(d.kind != "interview" for d in mine),
            "synthetic": any(d.synthetic for d in mine),
            "facts": facts,
            "decided": list(study.decided.get(case, ())) or None,
            "page": pages.get(case),
        }

    def describe_document(self, document_id: str) -> Json:
        if self.public:
            name = {"id": document_id, "name": self.study.case_name(document_id)}
            return name | {"city": self.cases.index(document_id), "role": _both(""), "interview": True}
        document = self.study.documents[document_id]
        case = self.case_of.get(document_id, "")
        return {
            "id": document_id,
            "name": document.name,
            "city": self.cases.index(case) if case in self.cases else None,
            "role": _both(document.role),
            "interview": document.kind == "interview",
        }

    def describe_factor(self, code: Code, comparison: Comparison) -> Json:
        parent = self.study.vocabulary.codes.get(code.parent or "")
        x, y = self.positions.get(code.id, (None, None))
        return {
            "id": code.id,
            "kind": code.kind,
            "parent": parent.id if parent else None,
            "parent_label": _both(parent.label) if parent else None,
            "label": _both(code.label),
            "definition": _text_or_none(code.definition),
            "code_when": _text_or_none(code.code_when),
            "do_not_code_when": _text_or_none(code.do_not_code_when),
            # an anchor example is somebody's words, and nobody has released them
            "anchor_example": None if self.study.profile == "public" else _text_or_none(code.anchor_example),
            "pole": code.pole,
            "x": x,
            "y": y,
            "by": [self.factor_in(code, case, comparison) for case in self.cases],
        }

    def factor_in(self, code: Code, case: str, comparison: Comparison) -> Json:
        factor = comparison.networks[case].factors.get(code.id)
        coded = self.study.codings.get((case, code.id), ())
        return {
            "state": comparison.factor_state(code.id, case),
            "n": factor.n_sources if factor else 0,
            "ev": [self.quote(s) for s in coded[:SHOWN]],
            "more": max(0, len(coded) - SHOWN),
        }

    def layer(self, name: str, comparison: Comparison) -> Json:
        ends = {end for key in comparison.keys for end in key}
        order = sorted(
            (self.factor[e] for e in ends),
            key=lambda i: (
                list(KINDS).index(self.codes[i].kind),
                self.positions.get(self.codes[i].id, (0, 0))[1],
                self.codes[i].id,
            ),
        )
        return {
            "id": name,
            "label": LAYERS.get(name) or _both(name),
            "directed": all(n.directed for n in comparison.networks.values()),
            "edges": [self.edge(key, comparison) for key in comparison.keys],
            "order": order,
        } | ({"evidence": False} if name == "matrix" else {})

    def edge(self, key: Key, comparison: Comparison) -> Json:
        networks = comparison.networks
        return {
            "s": self.factor[key[0]],
            "t": self.factor[key[1]],
            "by": [self.interaction(networks[c].interactions.get(key), networks[c]) for c in self.cases],
            "state": [comparison.state(key, c) for c in self.cases],
        } | self.heard(key, comparison)

    def heard(self, key: Key, comparison: Comparison) -> Json:
        """Give what people of each city said of a stated interaction; nothing where nobody was asked."""
        if comparison is not self.study.comparisons.get("stated"):
            return {}
        found = [self.study.feedback.get((c, *key)) for c in self.cases]
        if not any(found):
            return {}
        return {"heard": [h and [h.n_agree, h.n_disagree, h.n_unsure] for h in found]}

    def interaction(self, item: Interaction | None, network: Network) -> Json | None:
        if item is None or not (item.drawing or item.meetings or item.denials):
            return None
        low, high = wilson(item.n_sources, network.n_documents)
        units: Sequence[Claim | Meeting] = item.drawing or item.meetings
        against = [c for c in item.claims if not c.draws]
        if self.public:
            units = [u for u in units if is_released(u.segments)]
            against = [c for c in against if is_released(c.segments)]
        # a co-occurrence has no sign, and nobody denies it
        signs = {
            "p": self.told(item.n_signed("+")),
            "m": self.told(item.n_signed("-")),
            "a": self.told(item.n_signed("ambivalent")),
            # signs that too few state stand among the unstated of a public page
            "u": item.n_signed("unstated") if self.study.min_sources == 1 else None,
            "d": self.told(item.n_denied),
            "sign": item.sign,
            "contested": item.contested,
            "no": self.units(against),
        }
        return (signs if network.directed else {}) | {
            "n": item.n_sources,
            "c": item.n_claims,
            "share": _number(item.n_sources / network.n_documents) if network.n_documents else 0,
            "lo": _number(low),
            "hi": _number(high),
            "ev": self.units(units[:SHOWN]),
            "more": max(0, len(units) - SHOWN),
        }

    def told(self, n: int) -> int | None:
        least = self.study.min_sources
        return n if least == 1 or n >= least else None

    def units(self, units: Iterable[Claim | Meeting]) -> list[int]:
        return [self.describe_unit(u) for u in units]

    def describe_unit(self, unit: Claim | Meeting) -> int:
        # the same two segments may be the meeting of several pairs of codes
        segments = tuple(s.segment_id for s in unit.segments)
        named = unit.claim_id if isinstance(unit, Claim) else ""
        key = named or (unit.case_id, unit.document_id, segments)
        if key not in self.unit:
            row: Json = {
                "d": self.document[unit.case_id if self.public else unit.document_id],
                "s": [self.quote(s) for s in unit.segments],
            }
            row |= {k: v for k, v in _claim_fields(unit).items() if v}
            self.unit[key] = len(self.evidence)
            self.evidence.append(row)
        return self.unit[key]

    def quote(self, segment: Segment) -> int:
        if segment.segment_id not in self.segment:
            document = self.study.documents.get(segment.document_id)
            role = self.roles.get(segment.speaker_id) or (document.role if document else "")
            pre, post = _around(document.text if document else None, segment)
            self.segment[segment.segment_id] = len(self.segments)
            self.segments.append(
                {
                    "d": self.document[segment.document_id],
                    "place": segment_place(segment),
                    "speaker": _both(role) if role else None,
                    "pre": pre,
                    "text": segment.quote,
                    "post": post,
                }
            )
        return self.segment[segment.segment_id]

    def loops(self, stated: Comparison) -> list[Json]:
        number = {key: i for i, key in enumerate(stated.keys)}
        complete = {
            case: {loop.factors: loop for loop in self.study.loops[case].found} for case in self.cases
        }
        every: dict[tuple[str, ...], Loop] = {}
        for case in self.cases:
            for factors, loop in complete[case].items():
                known = every.get(factors)
                every[factors] = loop if known is None or loop.weakest > known.weakest else known
        ranked = sorted(every.values(), key=lambda x: (-x.weakest, len(x.factors), x.factors))
        return [
            {
                "nodes": [self.factor[f] for f in loop.factors],
                "edges": [number[pair] for pair in loop.pairs],
                "by": [
                    self.loop_in(loop, complete[c].get(loop.factors), stated.networks[c]) for c in self.cases
                ],
            }
            for loop in ranked[:LOOPS_SHOWN]
        ]

    @staticmethod
    def loop_in(loop: Loop, here: Loop | None, network: Network) -> Json:
        items = [network.drawn.get(pair) for pair in loop.pairs]
        return {
            "complete": here is not None,
            "kind": KIND_LETTER[here.kind] if here else None,
            "signs": [i.sign if i else None for i in items],
            "weakest": here.weakest if here else 0,
            "contested": here.contested if here else False,
            "broken_at": [k for k, item in enumerate(items) if item is None],
        }

    def loop_cap(self) -> Json:
        searches = [self.study.loops[c] for c in self.cases]
        n = len({loop.factors for search in searches for loop in search.found})
        return {
            "length": max((s.length for s in searches), default=0),
            "listed": min(n, LOOPS_SHOWN),
            "more": n > LOOPS_SHOWN or any(s.capped for s in searches),
        }

    def recommendations(self) -> list[Json]:
        return [
            {
                "id": r.id,
                "label": _both(r.label),
                "text": _both(r.text),
                "acts_on": [
                    {"f": self.factor[a.factor], "sign": a.sign} for a in r.acts_on if a.factor in self.factor
                ],
                "reference": _both(r.reference),
                "origin": r.origin,
            }
            for r in self.study.codebook.recommendations
        ]

    def pair(self, pair: Pair, comparison: Comparison) -> Json:
        number = {key: i for i, key in enumerate(comparison.keys)}
        return {
            "a": self.cases.index(pair.a),
            "b": self.cases.index(pair.b),
            "jaccard": _number(pair.jaccard),
            "jaccard_parent": _number(pair.jaccard_parent),
            "edges": [
                {
                    "e": number[d.cause, d.effect],
                    "kind": d.kind,
                    "diff": _number(d.difference),
                    "lo": _number(d.low),
                    "hi": _number(d.high),
                    "clear": d.clear,
                    "comparable": d.comparable,
                }
                for d in pair.differences
            ],
        }

    def growth(self, case: str) -> Json:
        found = self.study.saturation[case]
        return {
            "order": [self.document[d] for d in found.documents if d in self.document],
            "factors": list(found.factors),
            "edges": list(found.interactions),
            "mean": [_number(x) for x in found.mean],
            "sd": [_number(x) for x in found.sd],
            "coverage": None if found.coverage is None else _number(found.coverage),
            "coverage_lo": None if found.coverage_low is None else _number(found.coverage_low),
            "coverage_hi": None if found.coverage_high is None else _number(found.coverage_high),
        }


def _codes(study: Study) -> list[Code]:
    """Give the factors: every code that can be coded, and what is named without being in a codebook."""
    from qualnet.codebook import Code  # noqa: PLC0415

    networks = [n for c in study.comparisons.values() for n in c.networks.values()]
    named = {f for n in networks for f in n.factors} | {
        end for c in study.comparisons.values() for key in c.keys for end in key
    }
    codes = study.vocabulary.codes
    known = [c for c in codes.values() if c.codable or c.id in named]
    return known + [Code(id=f, label=f) for f in sorted(named - set(codes))]


def _claim_fields(unit: Claim | Meeting) -> Json:
    if not isinstance(unit, Claim):
        return {}
    return {
        "id": unit.claim_id,
        "sign": unit.sign,
        "status": unit.status,
        "denied": unit.denied,
        "repeat": unit.repeat,
        "about": unit.about_case,
        "condition": unit.condition,
        "hedge": unit.hedge,
        "coder": unit.coder_id,
    }


def _around(text: str | None, segment: Segment) -> tuple[str, str]:
    """Give the words before and after a quote, cut at a space."""
    if text is None or segment.start is None or segment.end is None:
        return "", ""
    before = text[max(0, segment.start - CONTEXT) : segment.start]
    after = text[segment.end : segment.end + CONTEXT]
    if segment.start > CONTEXT:
        before = "… " + before.partition(" ")[2]
    if segment.end + CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    return re.sub(r"\s*\n\s*", "\n", before), re.sub(r"\s*\n\s*", "\n", after)
