"""The comparison as one offline page without any script: each arrow with its quotes.

A table of all interactions, a column per city; each cell says k of n interviews and opens the
evidence, counter-evidence beside it. The interactive explorer will take its place.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from qualnet.comparison.tables import claim_place
from qualnet.language import text_in

if TYPE_CHECKING:
    from qualnet.comparison import Comparison, Study
    from qualnet.comparison.compare import Key, State
    from qualnet.files import Stage
    from qualnet.interactions import Claim
    from qualnet.language import Language
    from qualnet.network import Interaction

__all__ = ["write"]

SHOWN = 40
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,"Segoe UI",sans-serif;margin:0 auto;max-width:90rem;padding:1rem}
.mark{border:2px solid;padding:.5rem .75rem;font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #8886;padding:.5rem;text-align:left;vertical-align:top;min-width:11rem}
thead th{border-bottom:2px solid}
summary{cursor:pointer;min-height:1.5rem}
blockquote{margin:.5rem 0 0;padding-left:.75rem;border-left:3px solid #8888}
figure{margin:.5rem 0}
figcaption,.state{font-size:.875rem}
"""
WORDS: dict[Language, dict[str, str]] = {
    "de": {
        "synthetic": "Erfundene Daten – Demonstration, keine Befunde",
        "internal": "INTERN – personenbezogene Daten, nicht weitergeben",
        "arrow": "Wirkbeziehung", "meeting": "Gemeinsames Vorkommen (ohne Richtung)",
        "of": "von", "interviews": "Interviews",
        "not_named": "nicht genannt ({n} Interviews)", "denied": "nur bestritten",
        "no_code": "Code gab es hier nicht", "not_asked": "nicht gefragt", "contested": "umstritten",
        "against": "Zeichnet keinen Pfeil (bestritten, gefordert, berichtet)",
        "more": "weitere Belege in evidence.csv",
        "intro": "Gezählt werden Interviews, nicht Nennungen. „Nicht genannt“ heißt nicht „gibt es nicht“.",
    },
    "en": {
        "synthetic": "Invented data – demonstration, no findings",
        "internal": "INTERNAL – personal data, do not pass on",
        "arrow": "Interaction", "meeting": "Co-occurrence (no direction)",
        "of": "of", "interviews": "interviews",
        "not_named": "not mentioned ({n} interviews)", "denied": "only denied",
        "no_code": "the code did not exist here", "not_asked": "not asked", "contested": "contested",
        "against": "Draws no arrow (denied, demanded, reported)", "more": "more evidence in evidence.csv",
        "intro": "Interviews are counted, not mentions. “Not mentioned” does not mean “does not exist”.",
    },
}  # fmt: skip
SIGNS = {"+": "+", "-": "−", "ambivalent": "±", "mixed": "±", "unstated": "?", "": ""}


def write(study: Study, stage: Stage) -> None:
    """Write `index.html`: one file, no script, no network request."""
    language: Language = "en" if study.language == "en" else "de"
    words = WORDS[language]
    title = escape(text_in(study.title, language))
    marks = [words["internal"]] if study.profile == "internal" else []
    marks += [words["synthetic"]] if study.synthetic else []
    body = "".join(f'<p class="mark">{escape(m)}</p>' for m in marks)
    body += f"<h1>{title}</h1><p>{escape(words['intro'])}</p>"
    for comparison in study.comparisons.values():
        body += _section(study, comparison, language)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    stage.write(
        "index.html",
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>{title}</title><style>{STYLE}</style>'
        f"</head><body><main>{body}</main></body></html>\n",
    )


def _section(study: Study, comparison: Comparison, language: Language) -> str:
    words = WORDS[language]
    networks = comparison.networks
    directed = all(n.directed for n in networks.values())
    layer = next(iter(networks.values())).layer if networks else ""
    heading = words["arrow"] if directed else words["meeting"]
    head = f'<th scope="col">{escape(heading)}</th>' + "".join(
        f'<th scope="col">{escape(study.case_name(c))}<br>{n.n_documents} {words["interviews"]}</th>'
        for c, n in networks.items()
    )
    keys = sorted(comparison.keys, key=lambda k: (-_most(comparison, k), k))
    rows = "".join(
        f'<tr><th scope="row">{_name(comparison, key, directed=directed, language=language)}</th>'
        + "".join(f"<td>{_cell(study, comparison, key, case, language)}</td>" for case in networks)
        + "</tr>"
        for key in keys
    )
    return (
        f'<h2>{escape(heading)} <small>({escape(layer)})</small></h2><div class="scroll" tabindex="0" '
        f'role="region" aria-label="{escape(heading)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _most(comparison: Comparison, key: Key) -> float:
    items = [(n.interactions.get(key), n.n_documents or 1) for n in comparison.networks.values()]
    return max(((i.n_sources / n) for i, n in items if i), default=0.0)


def _name(comparison: Comparison, key: Key, *, directed: bool, language: Language) -> str:
    labels = [
        text_in(comparison.vocabulary.codes[k].label, language) if k in comparison.vocabulary.codes else k
        for k in key
    ]
    return escape((" → " if directed else " – ").join(labels))


def _cell(study: Study, comparison: Comparison, key: Key, case: str, language: Language) -> str:
    words, network = WORDS[language], comparison.networks[case]
    item = network.interactions.get(key)
    state: State = comparison.state(key, case)
    if item is None or state in {"not_named", "not_asked", "no_code"}:
        return f'<span class="state">{escape(words[state].format(n=network.n_documents))}</span>'
    if state == "denied":
        head = words["denied"]
    else:
        head = f"{SIGNS[item.sign]} {item.n_sources} {words['of']} {network.n_documents}"
        if item.contested:
            head += f" · {words['contested']} ({item.n_signed('+')} + : {item.n_signed('-')} −)"
    quotes = _quotes(study, item, language)
    return f"<details><summary>{escape(head.strip())}</summary>{quotes}</details>"


def _quotes(study: Study, item: Interaction, language: Language) -> str:
    words = WORDS[language]
    if item.meetings:
        spans = [(m.document_id, s.quote) for m in item.meetings[:SHOWN] for s in m.segments]
        shown = "".join(_figure(quote, _document(study, d)) for d, quote in spans)
        return shown + (f"<p>{words['more']}</p>" if len(item.meetings) > SHOWN else "")
    drawing = [c for c in item.claims if c.draws]
    silent = [c for c in item.claims if not c.draws]
    shown = "".join(_claim(study, c) for c in drawing[:SHOWN])
    if len(drawing) > SHOWN:
        shown += f"<p>{words['more']}</p>"
    if silent:
        shown += f"<p><strong>{escape(words['against'])}</strong></p>"
        shown += "".join(_claim(study, c) for c in silent)
    return shown


def _document(study: Study, document_id: str) -> str:
    document = study.documents.get(document_id)
    return document.name if document else document_id


def _claim(study: Study, claim: Claim) -> str:
    facts = (
        SIGNS[claim.sign], _document(study, claim.document_id), claim_place(claim), claim.role,
        claim.coder_id, claim.hedge, claim.condition, claim.about_case,
        claim.status if claim.status != "observed" else "", claim.claim_id,
    )  # fmt: skip
    return _figure(claim.quote, " · ".join(f for f in facts if f))


def _figure(quote: str, reference: str) -> str:
    caption = f"<figcaption>{escape(reference)}</figcaption>"
    return f"<figure><blockquote>{escape(quote)}</blockquote>{caption}</figure>"
