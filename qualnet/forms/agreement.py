"""Two coders: blind packages for the second one, the passages where they differ, and what they agree on.

The coefficients of agreement are measures; here is the way of the work.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from qualnet.forms import words
from qualnet.forms._workbook import Form, read_form, write_form
from qualnet.forms.claims_sheet import book_of, label
from qualnet.names import same_name
from qualnet.overlays import JOIN, Decision, Verdict, passage_id
from qualnet.problems import Place, Problem, UsageError, nearest
from qualnet.readers._words import sign_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qualnet.corpus import Segment
    from qualnet.forms._workbook import Choice, Filled
    from qualnet.forms.desk import Desk
    from qualnet.interactions import Claim
    from qualnet.language import Language
    from qualnet.problems import Problems

__all__ = [
    "Difference",
    "Kind",
    "Resolved",
    "assigned",
    "compare_coders",
    "read_resolutions",
    "write_differences",
]

Kind: TypeAlias = Literal["same", "only first", "only second", "direction", "sign", "status", "factors"]
KINDS: tuple[Kind, ...] = get_args(Kind)

KIND_WORDS: dict[Kind, dict[Language, str]] = {
    "same": {"de": "gleich", "en": "the same"},
    "only first": {"de": "nur {a}", "en": "only {a}"},
    "only second": {"de": "nur {b}", "en": "only {b}"},
    "direction": {"de": "Richtung", "en": "direction"},
    "sign": {"de": "Vorzeichen", "en": "sign"},
    "status": {"de": "Status oder Verneinung", "en": "status or denial"},
    "factors": {"de": "Faktoren", "en": "factors"},
}
COLUMNS: dict[str, dict[Language, str]] = {
    "id": {"de": "Nr.", "en": "No."},
    "document": {"de": "Interview", "en": "Interview"},
    "paragraph": {"de": "Abs.", "en": "Par."},
    "quote": {"de": "Textstelle", "en": "Passage"},
    "first": {"de": "Erste Codierung", "en": "First coding"},
    "second": {"de": "Zweite Codierung", "en": "Second coding"},
    "kind": {"de": "Unterschied", "en": "Difference"},
    "answer": {"de": "Es gilt", "en": "What holds"},
    "cause": {"de": "Ursache", "en": "Cause"},
    "effect": {"de": "Wirkung", "en": "Effect"},
    "sign": {"de": "Vorzeichen", "en": "Sign"},
    "status": {"de": "Status", "en": "Status"},
    "denied": {"de": "Verneint", "en": "Denied"},
    "why": {"de": "Begründung", "en": "Reason"},
}
ASKED = ("answer", "cause", "effect", "sign", "status", "denied", "why")
ANSWERS: dict[str, dict[Language, str]] = {
    "first": {"de": "die erste", "en": "the first"},
    "second": {"de": "die zweite", "en": "the second"},
    "both": {"de": "beide", "en": "both"},
    "neither": {"de": "keine", "en": "neither"},
    "other": {"de": "eine andere", "en": "another one"},
}
HELP: dict[Language, str] = {
    "de": """
INTERN: diese Datei enthält Zitate aus Interviews.
Jede Zeile ist eine Stelle, an der zwei Codierer:innen nicht dasselbe festgehalten haben.
Besprechen Sie die Stelle und wählen Sie unter Es gilt: die erste, die zweite, beide, keine, oder eine andere.
Bei einer anderen: füllen Sie Ursache, Wirkung und Vorzeichen aus.
Die Begründung wird mit der Entscheidung aufgehoben. Zeilen, die leer bleiben, bleiben offen.
Die ersten Codierungen bleiben, wie sie sind; der Konsens steht für sich.
Einlesen: qualnet agreement resolve DATEI
""",
    "en": """
INTERNAL: this file holds quotes from interviews.
Each row is a passage about which two coders did not record the same.
Talk about it and choose under What holds: the first, the second, both, neither, or another one.
For another one, fill in cause, effect and sign.
The reason is kept with the decision. Rows left empty stay open.
The first codings stay as they are; the consensus stands apart.
Read it back: qualnet agreement resolve FILE
""",
}
FORM = Form(
    HELP,
    COLUMNS,
    ASKED,
    {"quote": 60, "first": 34, "second": 34, "kind": 18, "why": 40, "cause": 28, "effect": 28},
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What two coders recorded about the same words.

    Attributes
    ----------
    id
        Of the claims that it is about.
    first, second
        Claims of the one and of the other.
    kind
        What differs most: nothing, who said anything at all, the direction, the sign, the
        status, or the factors.
    """

    id: str
    document_id: str
    case_id: str
    first: tuple[Claim, ...]
    second: tuple[Claim, ...]
    kind: Kind

    @property
    def segments(self) -> list[Segment]:
        """The segments of both, each once, in the order of the text."""
        found = {s.segment_id: s for c in (*self.first, *self.second) for s in c.segments}
        return sorted(found.values(), key=lambda s: (s.paragraph or 0, s.start or 0))


def assigned(desk: Desk, coder: str, share: float, seed: int) -> list[str]:
    """Choose interviews for a second coder at random, some of every city.

    Parameters
    ----------
    desk
        The project.
    coder
        Who gets them; what she has stated claims about already is not chosen.
    share
        Share of a city's interviews, 0 to 1; at least one of each city.
    seed
        The same seed chooses the same interviews.

    Returns
    -------
    list of str
        Document ids, in the project's order.
    """
    done = {c.document_id for c in desk.claims if c.coder_id == coder}
    case_of = {d.document_id: d.case_id for d in desk.prepared.corpus.document_cases}
    with_passages = {p.document_id for p in desk.listed}
    by_case: dict[str, list[str]] = defaultdict(list)
    for document in desk.prepared.corpus.documents:
        if document.kind == "interview" and document.document_id in with_passages - done:
            by_case[case_of.get(document.document_id, "")].append(document.document_id)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    chosen = {
        document
        for case_id in sorted(by_case)
        for document in chance.sample(sorted(by_case[case_id]), math.ceil(share * len(by_case[case_id])))
    }
    return [d.document_id for d in desk.prepared.corpus.documents if d.document_id in chosen]


def compare_coders(desk: Desk, first: str, second: str) -> list[Difference]:
    """Set what two coders recorded side by side, in the interviews that both worked on.

    Claims belong together when their passages share words, or a chain of such claims joins them.

    Parameters
    ----------
    desk
        The project.
    first, second
        The coders; the first one's is the first coding.

    Returns
    -------
    list of Difference
        Passages where they agree included.

    Raises
    ------
    UsageError
        When one of them stated no claim.
    """
    names = sorted({c.coder_id for c in desk.claims} - {""})
    for coder in (first, second):
        if coder not in names:
            values = (("name", coder), ("near", nearest(coder, names)), ("names", ", ".join(names)))
            raise UsageError(Problem(Place("--coders"), "unknown-coder", values))
    by_document: dict[str, list[Claim]] = defaultdict(list)
    worked: dict[str, set[str]] = defaultdict(set)
    for claim in desk.claims:
        worked[claim.document_id].add(claim.coder_id)
        if claim.coder_id in {first, second}:
            by_document[claim.document_id].append(claim)
    # who decided that a passage states nothing has looked as well
    document_of = {s.segment_id: s.document_id for s in desk.prepared.corpus.segments}
    for row in desk.prepared.corpus.decided:
        worked[document_of[row.segment_id]].add(row.coder_id)
    found = []
    for document_id, claims in by_document.items():
        if {first, second} <= worked[document_id]:
            for group in _groups(claims):
                one = tuple(c for c in group if c.coder_id == first)
                other = tuple(c for c in group if c.coder_id == second)
                mark = hashlib.sha256("\0".join(sorted(c.claim_id for c in group)).encode()).hexdigest()[:8]
                found.append(Difference(mark, document_id, group[0].case_id, one, other, _kind(one, other)))
    return found


def _groups(claims: list[Claim]) -> list[list[Claim]]:
    """Group claims whose passages share words."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=_begin):
        near = [g for g in groups if any(_share_words(claim, other) for other in g)]
        joined = [c for g in near for c in g]
        groups = [g for g in groups if g not in near]
        groups.append([*joined, claim])
    return sorted(groups, key=lambda g: _begin(g[0]))


def _begin(claim: Claim) -> tuple[int, int, int, str]:
    """Order claims as their text does; in a table of quotes, as its rows stand."""
    first = claim.segments[0] if claim.segments else None
    at = (first.paragraph or 0, first.start or 0) if first else (0, 0)
    return (*at, claim.place.row, claim.claim_id)


def _share_words(one: Claim, other: Claim) -> bool:
    for a in one.segments:
        for b in other.segments:
            if a.segment_id == b.segment_id or (
                a.quote and a.quote == b.quote and a.paragraph == b.paragraph
            ):
                return True
            if None not in (a.start, a.end, b.start, b.end) and a.start < b.end and b.start < a.end:  # type: ignore[operator]
                return True
    return False


def _kind(first: Iterable[Claim], second: Iterable[Claim]) -> Kind:
    ones, others = Counter(map(_said, first)), Counter(map(_said, second))
    if ones == others:
        return "same"
    left, right = ones - others, others - ones
    if not right:
        return "only first"
    if not left:
        return "only second"
    pairs, turned = {x[:2] for x in left}, {x[1::-1] for x in right}
    if pairs == {x[:2] for x in right}:
        return "sign" if {x[:3] for x in left} != {x[:3] for x in right} else "status"
    return "direction" if pairs == turned else "factors"


def _said(claim: Claim) -> tuple[str, str, str, str, bool]:
    return (claim.cause, claim.effect, claim.sign, claim.status, claim.denied)


def write_differences(
    path: Path, desk: Desk, differences: Iterable[Difference], coders: tuple[str, str], language: Language
) -> int:
    """Write the passages where two coders differ, for a talk about them.

    Parameters
    ----------
    path
        The workbook to write.
    desk
        The project.
    differences
        What :func:`compare_coders` gave.
    coders
        Their names.
    language
        Of columns, drop-downs and labels.

    Returns
    -------
    int
        How many passages it lists; those that are agreed on already are left out.
    """
    agreed = desk.prepared.agreed
    open_ = [
        d
        for d in differences
        if d.kind != "same" and not all(c.claim_id in agreed for c in (*d.first, *d.second))
    ]
    names = {d.document_id: d.name for d in desk.prepared.corpus.documents}
    rows = []
    for item in open_:
        segments = item.segments
        kind = KIND_WORDS[item.kind][language].format(a=coders[0], b=coders[1])
        rows.append(
            {
                "id": item.id,
                "document": names[item.document_id],
                "paragraph": str(segments[0].paragraph or "") if segments else "",
                "quote": JOIN.join(dict.fromkeys(s.quote for s in segments)),
                "first": "\n".join(_sentence(desk, c, language) for c in item.first),
                "second": "\n".join(_sentence(desk, c, language) for c in item.second),
                "kind": kind,
            }
        )
    write_form(path, FORM, language, rows, _choices(desk, open_, language))
    return len(rows)


def _sentence(desk: Desk, claim: Claim, language: Language) -> str:
    book = book_of(desk.prepared, claim.case_id)
    ends = [label(book, c, language) or "?" for c in (claim.cause_coded, claim.effect_coded)]
    more: list[str] = [claim.status] * (claim.status != "observed")
    more += [words.COLUMNS["denied"][language].lower()] * claim.denied
    return f"{ends[0]} -> {ends[1]} ({', '.join([claim.sign, *more])})"


def _choices(desk: Desk, rows: list[Difference], language: Language) -> Iterator[Choice]:
    n = max(len(rows), 1)
    for column, offered in (
        ("answer", ANSWERS),
        ("sign", words.SIGNS),
        ("status", words.STATUS),
        ("denied", words.YES),
    ):
        yield (column,), 1, n, [named[language] for named in offered.values()]
    first = 1
    for r, row in enumerate(rows, start=1):
        if r == len(rows) or rows[r].case_id != row.case_id:
            book = book_of(desk.prepared, row.case_id)
            yield ("cause", "effect"), first, r, [label(book, c.id, language) for c in book.factors()]
            first = r + 1


@dataclass
class Resolved:
    """What a talk about differences decided.

    Attributes
    ----------
    verdicts
        Which claims count.
    decisions
        Claims that neither of the two had stated.
    n_open
        Rows that nobody filled in.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    n_resolved: int = 0
    n_open: int = 0


def read_resolutions(
    path: Path, desk: Desk, differences: Iterable[Difference], who: str, now: str, problems: Problems
) -> Resolved:
    """Read back what a talk decided.

    Parameters
    ----------
    path
        The workbook of :func:`write_differences`, or its table as CSV.
    desk
        The project.
    differences
        What :func:`compare_coders` gives now.
    who, now
        Who agreed, and at which time (ISO 8601, UTC).
    problems
        Where to note what is wrong; then nothing of the file is to be kept.
    """
    resolved = Resolved()
    filled = read_form(path, FORM, {"id", "first", "second", "answer"}, problems)
    if filled is None:
        return resolved
    known = {d.id: d for d in differences}
    for number, values in filled.rows():
        if not any(values[c] for c in ASKED):
            resolved.n_open += 1
            continue
        item = known.get(values["id"])
        if item is None:
            problems.add(filled.place(number, "id"), "no-such-difference", value=values["id"])
            continue
        answer = filled.word(number, "answer", values["answer"], ANSWERS)
        if answer == "":
            problems.add(filled.place(number, "answer"), "answer-incomplete")
        other = _other(filled, number, values, desk, item, who, now) if answer == "other" else None
        if not answer or (answer == "other" and other is None):
            continue
        resolved.n_resolved += 1
        for claims, is_first in ((item.first, True), (item.second, False)):
            counts = answer in {"both", "first" if is_first else "second"}
            resolved.verdicts += [_verdict(c, who, now, values["why"], counts=counts) for c in claims]
        if other is not None:
            resolved.decisions.append(other)
            resolved.verdicts.append(
                Verdict(
                    other.claim_id,
                    who,
                    now,
                    "yes",
                    who,
                    other.document,
                    values["why"],
                    other.quote,
                    other.cause,
                    other.effect,
                )
            )
    return resolved


def _verdict(claim: Claim, who: str, now: str, why: str, *, counts: bool) -> Verdict:
    return Verdict(
        claim.claim_id,
        who,
        now,
        "yes" if counts else "no",
        claim.coder_id,
        claim.document_id,
        why,
        " ".join(s.quote for s in claim.segments),
        claim.cause_coded,
        claim.effect_coded,
    )


def _other(
    filled: Filled, number: int, values: dict[str, str], desk: Desk, item: Difference, who: str, now: str
) -> Decision | None:
    """Give the claim that both stated in their talk, and neither before."""
    problems, before = filled.problems, len(filled.problems.errors)
    book = book_of(desk.prepared, item.case_id)
    facts: dict[str, Any] = {}
    for column in ("cause", "effect"):
        code = book.names().get(same_name(values[column])) if values[column] else ""
        if code is None:
            near = nearest(values[column], book.spellings())
            place = filled.place(number, column)
            problems.add(place, "unknown-code", what="code", code=values[column], near=near)
        facts[column] = code or ""
    if not (values["cause"] or values["effect"]):
        problems.add(filled.place(number, "cause"), "answer-incomplete")
    sign = words.meaning(words.SIGNS, values["sign"]) or sign_of(values["sign"])
    if sign is None:
        problems.add(filled.place(number, "sign"), "unknown-sign", value=values["sign"])
    status = filled.word(number, "status", values["status"], words.STATUS)
    denied = filled.word(number, "denied", values["denied"], words.YES)
    if len(problems.errors) > before:
        return None
    segments = item.segments
    quote = JOIN.join(dict.fromkeys(s.quote for s in segments))
    return Decision(
        f"{passage_id(item.document_id, quote)}-1",
        who,
        now,
        "claim",
        item.document_id,
        why=values["why"],
        paragraph=str(segments[0].paragraph or "") if segments else "",
        quote=quote,
        sign=sign or "",
        status=status or "",
        denied=denied or "",
        **facts,
    )
