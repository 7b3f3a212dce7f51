"""Correct one claim by its id, and tell its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qualnet.names import same_name
from qualnet.overlays import CORRECTIONS, RELEASES, SAID, add_decisions, latest, may_leave
from qualnet.problems import InputError, Place, Problem, Problems, nearest
from qualnet.readers._claims import claim_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.forms.desk import Desk
    from qualnet.interactions import Claim
    from qualnet.overlays import Level

__all__ = ["Event", "fix_claim", "history", "release_claim"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a claim."""

    when: str
    who: str
    why: str
    field: str
    old: str
    new: str


def fix_claim(
    desk: Desk, claim_id: str, changes: Mapping[str, str], *, who: str, why: str, now: str
) -> list[Event]:
    """Correct a claim: of an export in `corrections.csv`, of ours in `claims.csv`.

    Parameters
    ----------
    desk
        The project.
    claim_id
        The id that the page shows.
    changes
        Field to its new value, in the words of our tables; fields as in
        :data:`qualnet.overlays.FIELDS`.
    who, why, now
        Who corrects it, for which reason, and at which time (ISO 8601, UTC).

    Returns
    -------
    list of Event
        What was changed; what is so already is left out.

    Raises
    ------
    UsageError
        When there is no such claim.
    InputError
        When a value means nothing; nothing is written then.
    """
    claim = desk.claim(claim_id)
    wanted = _checked(desk, claim, changes)
    old = _facts(claim) | {"withdrawn": "" if claim_id in {c.claim_id for c in desk.claims} else "yes"}
    events = [Event(now, who, why, f, old[f], new) for f, new in wanted.items() if new != old[f]]
    if not events:
        return []
    decision = latest(desk.prepared.decisions).get(claim_id)
    if decision is not None:
        facts: dict[str, Any] = {e.field: e.new for e in events if e.field != "withdrawn"}
        answer = "withdrawn" if wanted.get("withdrawn") == "yes" else "claim"
        new = replace(decision, **facts, answer=answer, when=now, why=why)  # type: ignore[arg-type]
        add_decisions(desk.overlays, desk.shown, [new])
        return events
    known = desk.prepared.corrected.get(claim_id, [])
    first = known[0] if known else None
    rows = [
        {
            "id": first.id if first else claim_id,
            "who": who,
            "when": now,
            "why": why,
            "field": event.field,
            "old": event.old,
            "new": event.new,
            # what was imported, by which it is found in a newer export
            "document": claim.document_id,
            "quote": first.quote if first else " ".join(s.quote for s in claim.segments),
            "cause": first.cause if first else claim.cause_coded,
            "effect": first.effect if first else claim.effect_coded,
        }
        for event in events
    ]
    CORRECTIONS.add(desk.overlays, desk.shown, rows)
    return events


def release_claim(
    desk: Desk, claim_id: str, level: Level, paraphrase: str = "", *, who: str, why: str, now: str
) -> bool:
    """Release the words of a claim, or a paraphrase of them, or take that back.

    Parameters
    ----------
    desk
        The project.
    claim_id
        The id that the page shows.
    level
        ``quote``, ``paraphrase`` or ``no``.
    paraphrase
        The words that may be read instead.
    who, why, now
        Who releases it, for which reason, and the time (ISO 8601, UTC).

    Returns
    -------
    bool
        Whether that is new.

    Raises
    ------
    UsageError
        When there is no such claim.
    InputError
        When the interview does not consent to it.
    """
    claim = desk.claim(claim_id)
    if not may_leave(level, desk.prepared.consent.get(claim.document_id)):
        values = (("claim", claim_id), ("document", claim.document_id))
        raise InputError(Problem(Place(claim_id), "release-without-consent", values))
    quote = " ".join(s.quote for s in claim.segments)
    old = desk.prepared.released.get(claim_id)
    if (old.release, old.paraphrase) == (level, paraphrase) if old else level == "no":
        return False
    row = {
        "id": claim_id,
        "who": who,
        "when": now,
        "why": why,
        "release": level,
        "paraphrase": paraphrase,
        "document": claim.document_id,
        "quote": quote,
        "cause": claim.cause_coded,
        "effect": claim.effect_coded,
    }
    RELEASES.add(desk.overlays, desk.shown, [row])
    return True


def _facts(claim: Claim) -> dict[str, str]:
    return {
        "cause": claim.cause_coded,
        "effect": claim.effect_coded,
        "sign": claim.sign,
        "status": claim.status,
        "denied": "yes" if claim.denied else "",
        "about_case": claim.about_case,
        "condition": claim.condition,
        "hedge": claim.hedge,
        "certainty": claim.certainty,
        "memo": claim.comment,
    }


def _checked(desk: Desk, claim: Claim, changes: Mapping[str, str]) -> dict[str, str]:
    """Give the changes in our own words."""
    problems = Problems()
    prepared = desk.prepared
    book = prepared.city_codebooks.get(claim.case_id, prepared.codebook)
    facts = claim_facts(changes, lambda field: Place(f"--{field.replace('_', '-')}"), problems) or {}
    wanted: dict[str, str] = {}
    for field, value in changes.items():
        if field in {"cause", "effect"} and value:
            code = book.names().get(same_name(value))
            if code is None:
                near = nearest(value, book.spellings())
                problems.add(Place(f"--{field}"), "unknown-code", what="code", code=value, near=near)
            wanted[field] = code or ""
        elif field == "denied":
            wanted[field] = "yes" if facts.get("denied") else ""
        elif field in {"sign", "status"}:
            wanted[field] = facts.get(field, "")
        elif field == "about_case":
            names = {same_name(c.name): c.case_id for c in prepared.corpus.cases}
            wanted[field] = names.get(same_name(value), value)
        else:
            wanted[field] = value
    problems.stop_on_errors()
    return wanted


def history(desk: Desk, claim_id: str) -> list[Event]:
    """Tell everything that was done to a claim, in its order.

    Parameters
    ----------
    desk
        The project.
    claim_id
        The id that the page shows, or that was ever decided about.

    Raises
    ------
    UsageError
        When nothing has this id.
    """
    prepared = desk.prepared
    released = [
        Event(r.when, r.who, r.why, "release", "", r.paraphrase or r.release)
        for r in prepared.releases
        if r.id == claim_id
    ]
    return sorted([*_changes(desk, claim_id), *released], key=lambda event: event.when)


def _changes(desk: Desk, claim_id: str) -> list[Event]:
    prepared = desk.prepared
    made = [d for d in prepared.decisions if d.claim_id == claim_id]
    if not made:
        known = prepared.corrected.get(claim_id) or [c for c in prepared.corrections if c.id == claim_id]
        if not known:
            desk.claim(claim_id)
        return [Event(c.when, c.who, c.why, c.field, c.old, c.new) for c in known]
    events: list[Event] = []
    before: dict[str, str] = {}
    for decision in made:
        now = {"answer": decision.answer, "quote": decision.quote}
        now |= dict(zip(SAID, decision.said[1:], strict=True))
        events += [
            Event(decision.when, decision.who, decision.why, field, before.get(field, ""), value)
            for field, value in now.items()
            if value != before.get(field, "")
        ]
        before = now
    return events
