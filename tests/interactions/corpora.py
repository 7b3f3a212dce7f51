"""Small corpora, row by row, for tests of the layers."""

from qualnet.codebook import Codebook, Vocabulary
from qualnet.corpus import Coding, Corpus, Document, DocumentCase, Segment, Speaker
from qualnet.interactions._model import Sources

NO_CODES = Vocabulary(Codebook("base", "", "", {}), {}, {}, {})


def segment(name: str, start: int | None = None, end: int | None = None, **more: object) -> Segment:
    return Segment(name, "d1", f"quote {name}", start, end, **more)  # type: ignore[arg-type]


def coded(*rows: tuple[Segment, str]) -> Corpus:
    """Make a corpus of one interview, d1 in case A, whose segments are coded as given."""
    corpus = Corpus(documents=[Document("d1", "d1")], document_cases=[DocumentCase("d1", "A")])
    for part, codes in rows:
        corpus.segments.append(part)
        corpus.codings += [Coding(f"{part.segment_id}/{c}", part.segment_id, c) for c in codes.split()]
    return corpus


def sources(*rows: tuple[Segment, str]) -> Sources:
    return Sources(coded(*rows), NO_CODES)


def asking(speaker: str) -> Speaker:
    return Speaker(speaker, "d1", "I", interviewer=True)
