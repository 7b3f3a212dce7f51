"""The section of one city: its material, what its interviews name, and what they say acts on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.comparison.tables import negative_rows
from qualnet.interactions import Claim
from qualnet.language import counted
from qualnet.report.chapter.figure import draw_network
from qualnet.report.chapter.parts import Bullets, Figure, Heading, Paragraph, Statement, Table
from qualnet.report.chapter.words import KINDS_MANY, LOOPS, STATES
from qualnet.report.words import KINDS, LAYERS, SYNTHETIC, arrow_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualnet.analysis.loops import Loop
    from qualnet.comparison.comparability import Card
    from qualnet.corpus import Segment
    from qualnet.interactions import Meeting
    from qualnet.network import Factor, Interaction, Network
    from qualnet.report.chapter.parts import Part, Quote
    from qualnet.report.chapter.view import View

__all__ = ["LOOPS_TOLD", "city_section", "ordered", "pair_sentence"]

LOOPS_TOLD = 30
"""Most loops that are listed for a city."""


def city_section(view: View, card: Card, file_name: str) -> Iterator[Part]:
    """Yield the section of a city.

    Parameters
    ----------
    view
        The study.
    card
        Who was interviewed there.
    file_name
        The city's name as part of a file name.
    """
    network = view.comparison.networks[card.case_id]
    yield Heading(view.study.case_name(card.case_id))
    yield from _material(view, card)
    for kind in KINDS_MANY:
        yield from _factors(view, network, kind)
    yield from _further(view, network)
    yield from _interactions(view, network, file_name)
    yield from _only_denied(view, network)
    yield from _loops(view, network)


def _material(view: View, card: Card) -> Iterator[Part]:
    n, other = card.n_interviews, card.n_other
    documents = [d for d in view.study.corpus.documents if _case_of(view).get(d.document_id) == card.case_id]
    dates = sorted({d.date for d in documents if d.date})
    told = ""
    if card.words:
        key = "words_each" if len(card.words) > 1 else "words_one"
        told = view.say(key, low=card.words[0], high=card.words[-1], all=sum(card.words))
    yield Heading(view.say("material"), 3)
    yield Paragraph(
        view.say(
            "material_told",
            interviews=counted(n, view.say("interview"), view.say("interviews")),
            other=view.say("other_document" if other == 1 else "other_documents", n=other) if other else "",
            dates=view.say("dates", dates="–".join((dates[0], dates[-1])[: len(dates)])) if dates else "",
            words=told,
        )
    )
    lost = _not_drawn(view, card.case_id)
    if lost:
        yield Paragraph(lost, small=True)
    if view.public:
        rows = tuple((role or view.say("unknown"), str(k)) for role, k in card.roles.items())
        yield Table("", (view.say("role"), view.say("interviews")), rows, (70, 30))
        return
    length = {d.document_id: len(d.text.split()) for d in view.prepared.corpus.documents if d.text}
    yield Table(
        "",
        tuple(view.say(c) for c in ("interview", "role", "date", "words")),
        tuple(
            (
                view.name(d.document_id),
                d.role or view.say("unknown"),
                d.date or view.say("unknown"),
                str(length.get(d.document_id, view.say("unknown"))),
            )
            for d in sorted(documents, key=lambda d: (d.kind != "interview", view.name(d.document_id)))
        ),
        (25, 40, 20, 15),
    )


def _case_of(view: View) -> dict[str, str]:
    return {d.document_id: d.case_id for d in view.study.corpus.document_cases}


def _not_drawn(view: View, case_id: str) -> str:
    """Say how many claims are not counted, and why."""
    network = view.study.networks.get(case_id)
    if network is None or view.public:
        return ""
    # the claims of coders who count are those of the network, and half-chains, which are in none
    whole = [c for item in network.interactions.values() for c in item.claims if not c.draws]
    half = [c for c in view.study.claims if c.case_id == case_id and not (c.cause and c.effect)]
    kinds = {
        "denied_claims": sum(c.denied for c in whole),
        "demanded_claims": sum(not c.denied and c.status == "demanded" for c in whole),
        "reported_claims": sum(not c.denied and c.status != "demanded" for c in whole),
        "half_claims": sum(view.counts(c) for c in half),
    }
    told = ", ".join(view.say(key, n=n) for key, n in kinds.items() if n)
    return view.say("not_drawn", n=sum(kinds.values()), kinds=told) if told else ""


def _factors(view: View, network: Network, kind: str) -> Iterator[Part]:
    city = view.study.case_name(network.case_id)
    title = KINDS_MANY[kind][view.language]
    factors = view.by_kind(network, kind)
    absent = _absent(view, network, kind)
    if not factors and not absent:
        return
    yield Heading(title, 3)
    if factors:
        yield _factor_table(view, network, factors, view.say("factors_of", kind=title, city=city))
    else:
        yield Paragraph(view.say("none_named", city=city))
    for factor in factors if not view.public else ():
        yield _factor_statement(view, network, factor)
    yield from absent


def _factor_table(view: View, network: Network, factors: list[Factor], caption: str) -> Table:
    n = network.n_documents
    columns = [view.say("factor"), view.say("named_in"), view.say("share")]
    rows = [
        [f.label(view.language), view.say("cell", k=f.n_sources, n=n), view.share(f.n_sources, n)]
        for f in factors
    ]
    if not view.public:
        columns.append(view.say("interviews"))
        for row, factor in zip(rows, factors, strict=True):
            row.append(", ".join(sorted(view.name(d) for d in factor.sources)))
    return Table(caption, tuple(columns), tuple(map(tuple, rows)), (40, 14, 20, 26)[: len(columns)])


def _segments(view: View, network: Network, factor: Factor) -> list[Segment]:
    """Give every passage in which a city's interviews name a factor: coded with it, or an end of a claim."""
    coded = {s.segment_id: s for s in view.study.codings.get((network.case_id, factor.factor_id), ())}
    for pair, item in network.drawn.items():
        if factor.factor_id in pair:
            coded |= {s.segment_id: s for c in item.drawing for s in c.segments}
    return list(coded.values())


def _factor_statement(view: View, network: Network, factor: Factor) -> Statement:
    segments = _segments(view, network, factor)
    own = view.study.codings.get((network.case_id, factor.factor_id), ())
    denied = {
        s.segment_id
        for pair, item in network.interactions.items()
        if factor.factor_id in pair
        for c in item.denials
        for s in c.segments
    }
    best = view.best_coded(own, denied) or view.best_coded(segments, denied)
    places = view.coded_places(segments)
    return Statement(
        "",
        "",
        view.say(
            "factor_told",
            factor=factor.label(view.language),
            count=view.count(factor.n_sources, network.n_documents),
            who=view.who(factor.sources),
        ),
        (view.coded(best),) if best else (),
        (view.say("evidence", places=places),) if places else (),
    )


def _absent(view: View, network: Network, kind: str) -> list[Part]:
    """Name the factors of a kind that this city does not name, by what that means."""
    found: dict[str, list[str]] = {}
    for code in view.study.vocabulary.codes.values():
        if code.kind == kind and code.codable:
            state = view.comparison.factor_state(code.id, network.case_id)
            if state != "named":
                found.setdefault(state, []).append(view.label(code.id))
    lines = tuple(
        view.say("absent", state=_capital(STATES[state][view.language]), names="; ".join(sorted(names)))
        for state, names in sorted(found.items())
    )
    return [Bullets(lines)] if lines else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _further(view: View, network: Network) -> Iterator[Part]:
    rows = [
        (
            f.label(view.language),
            KINDS[kind][view.language],
            view.say("cell", k=f.n_sources, n=network.n_documents),
        )
        for kind in KINDS
        if kind not in KINDS_MANY
        for f in view.by_kind(network, kind)
    ]
    if rows:
        yield Heading(view.say("further"), 3)
        columns = tuple(view.say(c) for c in ("factor", "kind", "named_in"))
        yield Table("", columns, tuple(rows), (55, 27, 18))


def ordered(view: View, network: Network) -> list[Interaction]:
    """Give the interactions of a city: most interviews first, then by their names."""
    return sorted(
        network.drawn.values(),
        key=lambda i: (-i.n_sources, view.label(i.cause), view.label(i.effect), i.cause, i.effect),
    )


def pair_sentence(view: View, cause: str, effect: str, sign: str) -> str:
    """Say an arrow, or a co-occurrence, as a sentence."""
    a, b = view.label(cause), view.label(effect)
    return arrow_sentence(a, b, sign, view.language) if view.directed else view.say("together", a=a, b=b)


def _interactions(view: View, network: Network, file_name: str) -> Iterator[Part]:
    city = view.study.case_name(network.case_id)
    yield Heading(view.say("interactions" if view.directed else "co_occurrence"), 3)
    if not view.directed:
        layer = LAYERS.get(network.layer, {}).get(view.language, network.layer)
        yield Paragraph(view.say("co_occurrence_told", layer=layer))
    items = ordered(view, network)
    if not items:
        yield Paragraph(view.say("no_interactions", city=city))
        return
    mark = SYNTHETIC[view.language] if view.study.synthetic else ""
    picture = draw_network(
        network,
        view.study.positions,
        view.language,
        mark=mark,
        description=view.say("figure_shows", city=city, n=len(network.nodes), m=len(items)),
    )
    caption = view.say("figure" if view.directed else "figure_pairs", city=city, n=network.n_documents)
    yield Figure(file_name, f"{caption} {mark}".strip(), picture)
    opposed = _opposed(view, network)
    for k, item in enumerate(items, start=1):
        yield _statement(view, network, item, str(k), opposed.get((item.cause, item.effect), {}))


def _opposed(view: View, network: Network) -> dict[tuple[str, str], dict[str, list[Claim]]]:
    """Give the negative cases of a city: interaction to kind to claims."""
    claims = {c.claim_id: c for item in network.interactions.values() for c in item.claims}
    found: dict[tuple[str, str], dict[str, list[Claim]]] = {}
    for row in negative_rows(view.study) if network.directed and not view.public else ():
        if row["case"] == network.case_id:
            key = (str(row["cause"]), str(row["effect"]))
            kinds = found.setdefault(key, {})
            kinds.setdefault(str(row["kind"]), []).append(claims[str(row["claim_id"])])
    return found


def _statement(
    view: View, network: Network, item: Interaction, number: str, against: dict[str, list[Claim]]
) -> Statement:
    return Statement(
        number,
        pair_sentence(view, item.cause, item.effect, item.sign),
        " ".join(_told(view, network, item)),
        () if view.public else tuple(_quotes(view, item, against)),
        () if view.public else tuple(_evidence(view, item)),
    )


def _told(view: View, network: Network, item: Interaction) -> Iterator[str]:
    n = network.n_documents
    yield view.say("said_in", count=view.count(item.n_sources, n), who=view.who(item.sources))
    if item.n_other_sources:
        units = item.drawing or item.meetings
        others = sorted({view.name(u.document_id) for u in units if not u.interview})
        yield view.say("others_say", names=len(others) if view.public else ", ".join(others))
    if network.directed:
        yield from _signs(view, item)
    if item.contested:
        yield view.say("contested")
    if item.n_denied:
        who = view.who({c.document_id for c in item.denials if c.interview})
        yield view.say("denied_in", count=view.count(item.n_denied, n), who=who)
    heard = view.study.feedback.get((network.case_id, item.cause, item.effect))
    if heard:
        yield view.say("heard", yes=heard.n_agree, no=heard.n_disagree, unsure=heard.n_unsure)


def _signs(view: View, item: Interaction) -> Iterator[str]:
    # of what is shared the unstated are not told: signs of too few stand among them
    signs = ("+", "-", "ambivalent") if view.public else ("+", "-", "ambivalent", "unstated")
    said = {s: {c.document_id for c in item.drawing if c.sign == s and c.interview} for s in signs}
    said = {s: documents for s, documents in said.items() if documents}
    if set(said) == {"unstated"}:
        yield view.say("no_sign")
    elif len(said) == 1 and set(item.sources) == next(iter(said.values())):
        yield view.say("all_signed", sign=view.sign(next(iter(said))))
    elif said:
        told = (view.say("sign_in", sign=view.sign(s), k=len(d), who=view.who(d)) for s, d in said.items())
        yield view.say("signs", signs="; ".join(told))


def _quotes(view: View, item: Interaction, against: dict[str, list[Claim]]) -> Iterator[Quote]:
    units: Iterable[Claim | Meeting] = item.drawing or item.meetings
    tied = item.sign == "mixed" and item.contested
    shown = "+" if tied else item.sign
    best = view.best(u for u in units if shown in {"", "unstated", "mixed"} or _sign(u) == shown)
    if best:
        yield view.quoted(best)
    opposing = [c for c in against.get("opposes", ()) if c.sign != shown]
    for claims, lead in (
        (opposing, "other_side" if tied else "opposes"),
        (against.get("denies", []), "denies"),
    ):
        found = view.best(claims)
        if found:
            yield view.quoted(found, view.say(lead))


def _sign(unit: Claim | Meeting) -> str:
    return unit.sign if isinstance(unit, Claim) else ""


def _evidence(view: View, item: Interaction) -> Iterator[str]:
    tied = item.sign == "mixed"
    opposing = [c for c in item.drawing if {c.sign, item.sign} == {"+", "-"}] if not tied else []
    units = [u for u in item.drawing or item.meetings if u not in opposing]
    yield view.say("evidence", places=view.places(units))
    against = [*opposing, *item.denials]
    if against:
        yield view.say("counter", places=view.places(against))
    rest = [c for c in item.claims if not c.draws and not c.counter]
    if rest:
        yield view.say("uncounted", places=view.places(rest))


def _only_denied(view: View, network: Network) -> Iterator[Part]:
    stated = view.study.networks.get(network.case_id, network)
    items = [i for key, i in stated.interactions.items() if key not in stated.drawn and i.denials]
    if not items:
        return
    yield Heading(view.say("only_denied"), 3)
    yield Paragraph(view.say("only_denied_told"))
    for item in sorted(items, key=lambda i: (-i.n_denied, view.label(i.cause), view.label(i.effect))):
        best = None if view.public else view.best(item.denials)
        who = view.who({c.document_id for c in item.denials if c.interview})
        yield Statement(
            "",
            f"{view.say('acts', cause=view.label(item.cause), effect=view.label(item.effect))}:",
            _lower(view.say("denied_in", count=view.count(item.n_denied, network.n_documents), who=who)),
            (view.quoted(best, view.say("denies")),) if best else (),
            () if view.public else (view.say("counter", places=view.places(item.denials)),),
        )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _loops(view: View, network: Network) -> Iterator[Part]:
    found = view.study.loops.get(network.case_id)
    if found is None or not network.directed:
        return
    yield Heading(view.say("loops"), 3)
    if not found.found:
        yield Paragraph(view.say("no_loops", city=view.study.case_name(network.case_id)))
        return
    yield Paragraph(view.say("loops_told", length=found.length))
    numbers = {(i.cause, i.effect): k for k, i in enumerate(ordered(view, network), start=1)}
    yield Bullets(tuple(_loop(view, network, loop, numbers) for loop in found.found[:LOOPS_TOLD]))
    if len(found.found) > LOOPS_TOLD or found.capped:
        more = view.say("loops_capped") if found.capped else ""
        yield Paragraph(view.say("loops_more", shown=LOOPS_TOLD, n=len(found.found), more=more))


def _loop(view: View, network: Network, loop: Loop, numbers: dict[tuple[str, str], int]) -> str:
    steps = [
        f"{_quotation(view, f)} →({view.sign(s)}) " for f, s in zip(loop.factors, loop.signs, strict=True)
    ]
    return view.say(
        "loop",
        kind=LOOPS[loop.kind][view.language],
        way="".join((*steps, _quotation(view, loop.factors[0]))),
        numbers=", ".join(str(numbers[pair]) for pair in loop.pairs),
        count=view.count(loop.weakest, network.n_documents),
        contested=view.say("loop_contested") if loop.contested else "",
    )


def _quotation(view: View, code_id: str) -> str:
    return {"de": "„{}“", "en": "“{}”"}[view.language].format(view.label(code_id))
