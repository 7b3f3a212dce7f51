"""Factor, Interaction and Network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from qualnet.language import text_in

if TYPE_CHECKING:
    import networkx as nx

    from qualnet.codebook import Code
    from qualnet.interactions import Claim, Meeting
    from qualnet.language import Language

__all__ = ["Factor", "Interaction", "InteractionSign", "Network"]

InteractionSign: TypeAlias = Literal["+", "-", "ambivalent", "unstated", "mixed", ""]


@dataclass(frozen=True, slots=True)
class Factor:
    """A code as a node.

    Attributes
    ----------
    sources
        Interviews that name it, in a coding or in a claim that draws, sorted.
    n_codings
        How often it was coded.
    """

    factor_id: str
    kind: str
    code: Code | None
    sources: tuple[str, ...] = ()
    n_codings: int = 0

    @property
    def n_sources(self) -> int:
        """In how many interviews it is named."""
        return len(self.sources)

    def label(self, language: Language = "de") -> str:
        """Give the name that people read."""
        return text_in(self.code.label, language) if self.code else self.factor_id


@dataclass(frozen=True)
class Interaction:
    """Factor -> factor in one network, with all that is known about it.

    In a co-occurrence layer ``meetings`` take the place of ``claims``: the pair has no
    direction, no sign and no words of cause and effect.

    Attributes
    ----------
    claims
        Every claim about the pair, in the order of ids; only those that draw count as sources.
    """

    cause: str
    effect: str
    claims: tuple[Claim, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    @cached_property
    def drawing(self) -> tuple[Claim, ...]:
        """The claims that make the arrow."""
        return tuple(c for c in self.claims if c.draws)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The interviews that say so, sorted; the same interview counts once."""
        units = self.drawing or self.meetings
        return tuple(sorted({u.document_id for u in units if u.interview}))

    @property
    def n_sources(self) -> int:
        """Number of interviews that say so."""
        return len(self.sources)

    @cached_property
    def n_other_sources(self) -> int:
        """Number of documents that say so and are no interviews."""
        units = self.drawing or self.meetings
        return len({u.document_id for u in units if not u.interview})

    @property
    def n_claims(self) -> int:
        """Number of claims that draw and are no repeats; of meetings in a co-occurrence."""
        return sum(not c.repeat for c in self.drawing) or self.n_met

    @property
    def n_met(self) -> int:
        """How often two codes meet in a co-occurrence."""
        return sum(m.n for m in self.meetings)

    def n_signed(self, sign: str) -> int:
        """Count interviews that state a sign; one that states two counts in both."""
        return len({c.document_id for c in self.drawing if c.sign == sign and c.interview})

    @cached_property
    def denials(self) -> tuple[Claim, ...]:
        """Claims of this case that deny the interaction."""
        return tuple(c for c in self.claims if c.counter)

    @property
    def n_denied(self) -> int:
        """Number of interviews that deny it."""
        return len({c.document_id for c in self.denials if c.interview})

    @cached_property
    def sign(self) -> InteractionSign:
        """The majority by interviews; ``mixed`` on a tie, ``unstated`` when none states one."""
        if not self.drawing:
            return ""
        counts = {s: self.n_signed(s) for s in ("+", "-", "ambivalent")}
        most = max(counts.values())
        if not most:
            return "unstated"
        leading = [s for s, n in counts.items() if n == most]
        return leading[0] if len(leading) == 1 else "mixed"  # type: ignore[return-value]

    @property
    def contested(self) -> bool:
        """Whether at least one interview opposes the others on the sign."""
        return bool(self.n_signed("+") and self.n_signed("-"))

    @property
    def is_self(self) -> bool:
        """Whether cause and effect are the same factor."""
        return self.cause == self.effect


@dataclass(frozen=True)
class Network:
    """Factors and interactions of one scope and one layer.

    Attributes
    ----------
    documents
        The interviews that could have named something: the n of "k of n", sorted.
    factors
        Every factor that is named here, by id.
    interactions
        By (cause, effect). Pairs that are only denied are in it, with no source.
    """

    case_id: str
    layer: str
    directed: bool
    documents: tuple[str, ...]
    factors: dict[str, Factor]
    interactions: dict[tuple[str, str], Interaction]
    synthetic: bool = False

    @property
    def n_documents(self) -> int:
        """Number of interviews."""
        return len(self.documents)

    @cached_property
    def drawn(self) -> dict[tuple[str, str], Interaction]:
        """The interactions that have evidence; what is only denied is not in it."""
        return {k: i for k, i in self.interactions.items() if i.drawing or i.meetings}

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The factors that have an interaction, sorted."""
        return tuple(sorted({end for pair in self.drawn for end in pair}))

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Give the network as a networkx graph, one edge per stated sign.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes carry ``kind``, ``label_de``, ``label_en``, ``n_sources``, ``synthetic``;
            edges (keyed by sign) ``sign``, ``n_sources`` (with that sign), ``n_claims``,
            ``contested``, ``n_denied``, ``sources`` and ``layer``. In a co-occurrence layer
            each pair stands once, with sign ``""``; its order means nothing.
        """
        import networkx as nx  # noqa: PLC0415

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            case=self.case_id,
            layer=self.layer,
            directed=self.directed,
            n_documents=self.n_documents,
            synthetic=self.synthetic,
        )
        for factor_id in self.nodes:
            factor = self.factors[factor_id]
            graph.add_node(
                factor_id,
                kind=factor.kind,
                label_de=factor.label("de"),
                label_en=factor.label("en"),
                n_sources=factor.n_sources,
                synthetic=self.synthetic,
            )
        for (cause, effect), item in sorted(self.drawn.items()):
            signs: list[str] = sorted({c.sign for c in item.drawing}) or [""]
            for sign in signs:
                claims = [c for c in item.drawing if c.sign == sign and not c.repeat]
                said = {c.document_id for c in claims if c.interview} if sign else set(item.sources)
                graph.add_edge(
                    cause,
                    effect,
                    key=sign,
                    sign=sign,
                    n_sources=len(said),
                    n_claims=len(claims) or item.n_met,
                    contested=item.contested,
                    n_denied=item.n_denied,
                    sources="; ".join(sorted(said)),
                    layer=self.layer,
                    synthetic=self.synthetic,
                )
        return graph

    def __repr__(self) -> str:
        kind = "interactions" if self.directed else "co-occurrences"
        return (
            f"<Network {self.case_id} ({self.layer}): {len(self.nodes)} factors, "
            f"{len(self.drawn)} {kind}, {self.n_documents} interviews>"
        )

    def _repr_html_(self) -> str:
        """Show the network in a notebook as a table of its interactions."""
        from html import escape  # noqa: PLC0415

        rows = "".join(
            f"<tr><td>{escape(self.factors[i.cause].label())}</td><td>{escape(i.sign)}</td>"
            f"<td>{escape(self.factors[i.effect].label())}</td>"
            f"<td>{i.n_sources}/{self.n_documents}</td></tr>"
            for i in sorted(self.drawn.values(), key=lambda i: (-i.n_sources, i.cause, i.effect))
        )
        head = "<tr><th>Ursache</th><th></th><th>Wirkung</th><th>Interviews</th></tr>"
        mark = " (erfundene Daten)" if self.synthetic else ""
        return f"<table><caption>{escape(repr(self))}{mark}</caption>{head}{rows}</table>"
