"""Releases: which quotes may leave the project, or a paraphrase instead. The file is `releases.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet.corpus.anchor import SHOWN
from qualnet.corpus.rows import NOWHERE
from qualnet.names import only_words, same_name
from qualnet.overlays._log import Log
from qualnet.overlays.corrections import ClaimFinder, Target
from qualnet.problems import Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.corpus import Corpus
    from qualnet.corpus.consent import Consent
    from qualnet.problems import Place

__all__ = [
    "LEVELS",
    "RELEASES",
    "Level",
    "Release",
    "apply_releases",
    "consented",
    "may_leave",
    "read_releases",
]

Level: TypeAlias = Literal["quote", "paraphrase", "no"]
LEVELS: tuple[Level, ...] = get_args(Level)
RELEASES = Log(
    "releases.csv",
    ("id", "who", "when", "why", "release", "paraphrase", "document", "quote", "cause", "effect"),
    ("id", "who", "when", "release", "document"),
)


@dataclass(frozen=True, slots=True)
class Release:
    """What of one claim may leave the project.

    Attributes
    ----------
    id
        The claim's id when it was released.
    who, when, why
        Who released it, at which time (ISO 8601, UTC), and for which reason.
    release
        ``quote``: its words; ``paraphrase``: the words of :attr:`paraphrase` alone; ``no``: nothing.
    document, quote, cause, effect
        The claim, by which it is found again in a newer export. Only these very words are released.
    """

    id: str
    who: str
    when: str
    release: Level
    document: str
    why: str = ""
    paraphrase: str = ""
    quote: str = ""
    cause: str = ""
    effect: str = ""
    place: Place = NOWHERE


def may_leave(level: Level, consent: Consent | None) -> bool:
    """Tell whether an interview's consent allows a release.

    Parameters
    ----------
    level
        Of the release.
    consent
        What the interview consented to; None where that is not limited.
    """
    return level == "no" or consent in {None, "quote"} or (consent == "paraphrase" and level == "paraphrase")


def read_releases(folder: Path, shown: str, problems: Problems) -> list[Release]:
    """Read all releases, in their order.

    Parameters
    ----------
    folder
        The folder of overlays.
    shown
        How problems name it.
    problems
        Where to note what is wrong.
    """
    found = []
    for place, values in RELEASES.read(folder, shown, problems):
        level = next((x for x in LEVELS if x == values["release"]), None)
        if level is None:
            problems.add(
                place.at(column="release"),
                "unknown-value",
                field="release",
                value=values["release"],
                near=nearest(values["release"], LEVELS),
                names=", ".join(LEVELS),
            )
        elif level == "paraphrase" and not values["paraphrase"]:
            problems.add(place.at(column="paraphrase"), "overlay-cell-empty", column="paraphrase")
        else:
            found.append(Release(**{**values, "release": level}, place=place))  # type: ignore[arg-type]
    return found


def apply_releases(
    releases: Iterable[Release],
    corpus: Corpus,
    codebook: Codebook,
    problems: Problems,
) -> dict[str, Release]:
    """Find the claims of an input of which something was released.

    Parameters
    ----------
    releases
        All of them; the last one about a claim holds.
    corpus
        One input; its codes are resolved.
    codebook
        With which they were resolved.
    problems
        Where to note releases that hold no longer: the words are others now, or the claim is gone.

    Returns
    -------
    dict
        Claim id to its release.
    """
    finder = ClaimFinder(corpus, codebook)
    found: dict[str, tuple[Release, Problems]] = {}
    for release in releases:
        if same_name(release.document) not in finder.documents:
            continue
        told = Problems()
        target = Target(release.id, release.document, release.quote, release.cause, release.effect)
        at = finder.find(target, release.place, told)
        if at is None:
            quote = release.quote[:SHOWN]
            problems.add(release.place, "correction-gone", document=release.document, quote=quote)
            continue
        claim_id = corpus.relations[at].relation_id
        now = finder.quotes[claim_id]
        if release.release == "quote" and only_words(now) != only_words(release.quote):
            told = Problems()
            old, new = release.quote[:SHOWN], now[:SHOWN]
            told.add(release.place, "release-of-other-words", claim=claim_id, old=old, new=new)
        found[claim_id] = release, told
    for _, told in found.values():
        problems.found.extend(told.found)
    return {
        claim_id: release
        for claim_id, (release, told) in found.items()
        if release.release != "no" and not any(p.rule == "release-of-other-words" for p in told)
    }


def consented(
    releases: Mapping[str, Release], consent: Mapping[str, Consent], problems: Problems
) -> dict[str, Release]:
    """Give those releases that the interviews consent to.

    Parameters
    ----------
    releases
        Claim id to its release.
    consent
        Document to what its interview consented to, where that is limited.
    problems
        Where to note the others.
    """
    levels = {same_name(document): level for document, level in consent.items()}
    found = {}
    for claim_id, release in releases.items():
        if may_leave(release.release, levels.get(same_name(release.document))):
            found[claim_id] = release
        else:
            place, document = release.place, release.document
            problems.add(place, "release-without-consent", claim=claim_id, document=document)
    return found
