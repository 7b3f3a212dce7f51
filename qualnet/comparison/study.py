"""Everything built from a project: what the report writes and a notebook works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from qualnet.analysis.degree import Degree
    from qualnet.analysis.loops import Loops
    from qualnet.analysis.saturation import Saturation
    from qualnet.codebook import Codebook, Vocabulary
    from qualnet.comparison.compare import Comparison
    from qualnet.comparison.heard import Heard
    from qualnet.corpus import Case, Corpus, Document, Segment
    from qualnet.interactions import Claim
    from qualnet.language import Language, Text
    from qualnet.network import Network
    from qualnet.problems import Problem

__all__ = ["Study"]


@dataclass(frozen=True)
class Study:
    """Networks of all cases and layers, their comparison, and the evidence behind them.

    Attributes
    ----------
    cases
        In the project's order.
    claims
        Every claim, also those that draw no arrow, by case, document and id.
    comparisons
        Layer to comparison; ``stated`` holds the claims, others co-occurrence.
    loops, degrees, saturation
        By case, of the stated layer.
    decided
        By case, of the coded passages with a causal expression: how many are decided, and how
        many there are. Empty without the stated layer, and in what is shared.
    feedback
        Case, cause and effect to what people of the city said of that arrow.
    codings
        Case and factor to the segments that are coded with it by a coder who counts.
    released
        Claim id to the words that may leave the project: its own, or a paraphrase.
    context
        Name of a context table to its rows.
    positions
        Factor to x and y in the picture that all cities share; empty before outputs are written.
    min_sources
        Fewest interviews from which on something is in it; 1 unless it is made to be shared.
    """

    title: Text
    language: Language
    codebook: Codebook
    city_codebooks: dict[str, Codebook]
    vocabulary: Vocabulary
    corpus: Corpus
    cases: tuple[Case, ...]
    claims: tuple[Claim, ...]
    comparisons: dict[str, Comparison]
    loops: dict[str, Loops] = field(default_factory=dict)
    degrees: dict[str, dict[str, Degree]] = field(default_factory=dict)
    saturation: dict[str, Saturation] = field(default_factory=dict)
    decided: dict[str, tuple[int, int]] = field(default_factory=dict)
    feedback: dict[tuple[str, str, str], Heard] = field(default_factory=dict)
    codings: dict[tuple[str, str], tuple[Segment, ...]] = field(default_factory=dict)
    released: dict[str, str] = field(default_factory=dict)
    context: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    profile: Literal["internal", "public"] = "internal"
    min_sources: int = 1

    @property
    def networks(self) -> dict[str, Network]:
        """Networks of claims by case."""
        return self.comparisons["stated"].networks if "stated" in self.comparisons else {}

    @property
    def main(self) -> Comparison:
        """The claims; co-occurrence where there are none, or nobody has stated one yet."""
        first = sorted(self.comparisons, key=lambda layer: layer != "stated")
        named = (x for x in first if any(n.drawn for n in self.comparisons[x].networks.values()))
        return self.comparisons[next(named, first[0])]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Document by id."""
        return {d.document_id: d for d in self.corpus.documents}

    @cached_property
    def synthetic(self) -> bool:
        """Whether any of the data is invented."""
        return any(d.synthetic for d in self.corpus.documents)

    def case_name(self, case_id: str) -> str:
        """Give the name of a case as people read it."""
        labels = {
            a.owner_id: a.value
            for a in self.corpus.attributes
            if a.owner_type == "case" and a.name == "label"
        }
        names = {c.case_id: c.name for c in self.cases}
        return labels.get(case_id) or names.get(case_id, case_id)

    def interactions(self) -> pd.DataFrame:
        """Give every interaction of every layer and case as a table."""
        import pandas as pd  # noqa: PLC0415

        from qualnet.comparison.tables import INTERACTION_COLUMNS, interaction_rows  # noqa: PLC0415

        return pd.DataFrame(interaction_rows(self), columns=list(INTERACTION_COLUMNS))

    def factors(self) -> pd.DataFrame:
        """Give every factor of every case as a table."""
        import pandas as pd  # noqa: PLC0415

        from qualnet.comparison.tables import FACTOR_COLUMNS, factor_rows  # noqa: PLC0415

        return pd.DataFrame(factor_rows(self), columns=list(FACTOR_COLUMNS))

    def evidence(self) -> pd.DataFrame:
        """Give every claim with document, place, role, coder and quote as a table."""
        import pandas as pd  # noqa: PLC0415

        from qualnet.comparison.tables import EVIDENCE_COLUMNS, evidence_rows  # noqa: PLC0415

        return pd.DataFrame(evidence_rows(self), columns=list(EVIDENCE_COLUMNS))

    def __repr__(self) -> str:
        n = sum(d.kind == "interview" for d in self.corpus.documents)
        return f"<Study: {len(self.cases)} cases, {n} interviews, {len(self.claims)} claims>"

    def _repr_html_(self) -> str:
        """Show the study in a notebook."""
        return "".join(network._repr_html_() for network in self.networks.values())
