"""What a methods section needs: limits, the settings that were really used, COREQ, references."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from qualnet.overlays import ASSIGNMENTS
from qualnet.problems import Problems
from qualnet.report.chapter.parts import Bullets, Heading, Paragraph, Table
from qualnet.report.chapter.words import COREQ, COREQ_DOMAINS, COREQ_TEXTS, REFERENCES
from qualnet.report.words import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualnet.comparison.comparability import Card
    from qualnet.report.chapter.parts import Part
    from qualnet.report.chapter.view import View

__all__ = ["FEW_INTERVIEWS", "methods_section"]

FEW_INTERVIEWS = 4
"""Below it nothing is said of a difference."""


def methods_section(view: View, cards: Sequence[Card]) -> Iterator[Part]:
    """Yield limits, methods, COREQ and references.

    Parameters
    ----------
    view
        The study.
    cards
        Who was interviewed in the cities shown.
    """
    yield Heading(view.say("limits"))
    yield Bullets(tuple(_limits(view, cards)))
    yield Heading(view.say("methods"))
    yield Paragraph(" ".join(_methods(view, cards)))
    yield Heading(view.say("coreq"))
    yield Paragraph(view.say("coreq_told"))
    known = {
        number: " ".join(told)
        for number in range(1, len(COREQ) + 1)
        if (told := list(_coreq(view, cards, number)))
    }
    rows = []
    for number, topic in enumerate(COREQ, start=1):
        if number in COREQ_DOMAINS:
            rows.append((COREQ_DOMAINS[number][view.language], "", ""))
        rows.append((str(number), topic[view.language], known.get(number) or view.say("complete")))
    yield Table("", (view.say("item"), view.say("topic"), view.say("content")), tuple(rows), (18, 32, 50))
    yield Heading(view.say("references"))
    yield Bullets(tuple(REFERENCES.values()))


def _limits(view: View, cards: Sequence[Card]) -> Iterator[str]:
    study = view.study
    n = sum(c.n_interviews for c in cards)
    yield view.say("limit_n", n=n)
    few = [study.case_name(c.case_id) for c in cards if c.n_interviews < FEW_INTERVIEWS]
    if few and len(cards) > 1:
        yield view.say("limit_small", cities="; ".join(few))
    yield view.say("limit_absent")
    unknown = [study.case_name(c.case_id) for c in cards if c.case_id not in view.comparison.asked]
    if unknown and not view.public:
        yield view.say("limit_guide", cities="; ".join(unknown))
    for card in cards:
        done, cued = study.decided.get(card.case_id, (0, 0))
        if done < cued:
            yield view.say("limit_open", city=study.case_name(card.case_id), n=cued, open=cued - done)
    interviews = _interviews(view, cards)
    silent = sum(view.prepared.consent.get(d, "quote") != "quote" for d in interviews)
    if silent and not view.public:
        yield view.say("limit_consent", n=silent, all=len(interviews))
    if view.directed:
        yield view.say("limit_majority")
    if study.warnings:
        yield view.say("limit_warnings", n=len(study.warnings))


def _interviews(view: View, cards: Sequence[Card]) -> list[str]:
    """Give the interviews of the cities shown, as they are called inside."""
    shown = {c.case_id for c in cards}
    case_of = {d.document_id: d.case_id for d in view.prepared.corpus.document_cases}
    documents = view.prepared.corpus.documents
    return [d.document_id for d in documents if d.kind == "interview" and case_of.get(d.document_id) in shown]


def _book(view: View) -> dict[str, object]:
    book = view.study.codebook
    fixed = sum(1 for _ in book.factors())
    return {
        "book": book.id,
        "version": view.say("m_version", version=book.version) if book.version else "",
        "codes": fixed,
        "fixed": fixed,
        "added": sum(c.codable for c in view.study.vocabulary.codes.values() if c.id not in book.codes),
    }


def _methods(view: View, cards: Sequence[Card]) -> Iterator[str]:
    project = view.prepared.loaded.project
    book = _book(view)
    added = view.say("m_added", n=book["added"]) if book["added"] else ""
    cases = view.say("m_cases", n=len(cards)) if len(cards) > 1 else view.say("m_case")
    n = sum(c.n_interviews for c in cards)
    yield view.say("m_material", n=n, cases=cases, **book | {"added": added})
    primary = f" ({project.coding.primary})" if project.coding.primary and not view.public else ""
    yield view.say(f"m_{project.coding.use}", who=primary)
    yield from _seeds(view)
    if view.directed:
        yield view.say("m_stated")
    others = [x for x in project.interactions.layers if view.study.comparisons.get(x) is not view.comparison]
    if others:
        yield view.say("m_layers", layers=", ".join(_layer(view, x) for x in others))
    if not view.directed:
        layer = next(name for name, c in view.study.comparisons.items() if c is view.comparison)
        yield view.say("co_occurrence_told", layer=_layer(view, layer))
    if project.interactions.poles == "fold":
        yield view.say("m_fold")
    yield view.say("m_measures", length=project.interactions.loop_length)
    if view.public:
        yield view.say("m_few", least=view.study.min_sources, role=project.privacy.min_role)
    yield view.say("m_software", version=version("qualnet"))


def _layer(view: View, layer: str) -> str:
    name = LAYERS.get(layer, {}).get(view.language, layer)
    window = view.prepared.loaded.project.interactions.window
    return view.say("m_window", layer=name, window=window) if layer == "proximity" else name


def _seeds(view: View) -> Iterator[str]:
    """Say by which seeds interviews were drawn for a second coder."""
    loaded = view.prepared.loaded
    overlays = loaded.project.overlays
    drawn: dict[str, set[str]] = {}
    for _, row in ASSIGNMENTS.read(loaded.path(overlays), overlays, Problems()):
        if row["seed"]:
            drawn.setdefault(row["seed"], set()).add(row["document"])
    for seed, documents in sorted(drawn.items()):
        yield view.say("m_seed", n=len(documents), seed=seed)


def _coreq(view: View, cards: Sequence[Card], number: int) -> Iterator[str]:  # noqa: PLR0915 (one list)
    def say(key: str, **values: object) -> str:
        told = COREQ_TEXTS[key][view.language].format(**values)
        more = COREQ_TEXTS.get(f"{key}_more")
        return view.say("and_complete", known=told, what=more[view.language]) if more else told

    study, prepared = view.study, view.prepared
    interviews = _interviews(view, cards)
    n = len(interviews)
    names = {c.case_id: study.case_name(c.case_id) for c in cards}
    networks = [view.comparison.networks[c.case_id] for c in cards]
    match number:
        case 12:
            told = (f"{names[c.case_id]}: {c.n_interviews}" for c in cards)
            yield say("12", n=n, cities="; ".join(told))
        case 16:
            roles: dict[str, int] = {}
            for role, k in (pair for c in cards for pair in c.roles.items() if pair[0]):
                roles[role] = roles.get(role, 0) + k
            if roles:
                yield say("16", roles=", ".join(f"{role} ({k})" for role, k in sorted(roles.items())))
        case 17:
            asked = sum(d in prepared.guide for d in interviews)
            if asked:
                yield say("17", k=asked, n=n)
        case 19:
            timed = {s.document_id for s in prepared.corpus.segments if s.time}
            if timed & set(interviews):
                yield say("19", k=len(timed & set(interviews)), n=n)
        case 21:
            length = sorted(w for c in cards for w in c.words)
            if length:
                yield say("21", low=length[0], high=length[-1])
        case 22:
            yield from _saturation(view, cards)
        case 24:
            yield from _coders(view, interviews)
        case 25:
            yield say("25", **_book(view))
        case 26:
            yield say("26", **_book(view))
        case 27:
            readers = sorted({i.reader for i in prepared.corpus.imports})
            yield say("27", version=version("qualnet"), readers=", ".join(readers))
        case 28:
            heard = {key for key in study.feedback if key[0] in names}
            if heard:
                yield say(
                    "28", k=len({c for c, *_ in heard}), n=len(cards), arrows=len({k[1:] for k in heard})
                )
        case 29:
            if not view.public:
                yield say("29")
        case 30:
            if not view.public:
                yield say("30")
        case 31:
            if view.directed:
                yield say(
                    "31", n=sum(2 * i.n_sources >= x.n_documents for x in networks for i in x.drawn.values())
                )
        case 32:
            if view.directed and not view.public:
                yield say(
                    "32",
                    n=sum(i.n_sources == 1 for x in networks for i in x.drawn.values()),
                    contested=sum(i.contested for x in networks for i in x.drawn.values()),
                    denied=sum(
                        bool(i.denials)
                        for x in networks
                        for k, i in x.interactions.items()
                        if k not in x.drawn
                    ),
                )


def _saturation(view: View, cards: Sequence[Card]) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return COREQ_TEXTS[key][view.language].format(**values)

    for card in cards:
        found = view.study.saturation.get(card.case_id)
        if found is None or not found.interactions:
            continue
        before = found.interactions[-2] if len(found.interactions) > 1 else 0
        coverage = ""
        if found.coverage is not None and found.coverage_low is not None and found.coverage_high is not None:
            numbers = (found.coverage, found.coverage_low, found.coverage_high)
            c, low, high = (view.decimal(x) for x in numbers)
            coverage = say("22_coverage", c=c, low=low, high=high)
        yield say(
            "22",
            city=view.study.case_name(card.case_id),
            n=card.n_interviews,
            new=found.interactions[-1] - before,
            all=found.interactions[-1],
            coverage=coverage,
        )


def _coders(view: View, interviews: list[str]) -> Iterator[str]:
    """Say how many people coded; the number names nobody."""
    corpus = view.prepared.corpus
    document_of = {s.segment_id: s.document_id for s in corpus.segments}
    work = {(document_of.get(c.segment_id, ""), c.coder_id) for c in corpus.codings}
    work |= {(r.document_id, r.coder_id) for r in corpus.relations}
    by_document = {d: {coder for x, coder in work if x == d and coder} for d in interviews}
    coders = set().union(*by_document.values())
    if coders:
        twice = sum(len(found) > 1 for found in by_document.values())
        text = COREQ_TEXTS["24"][view.language]
        yield text.format(n=len(coders), twice=twice, all=len(interviews))
