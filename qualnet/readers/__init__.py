"""Readers: one module per source format, each from any tool's file to the normal form.

A reader has two functions: ``sniff(source)`` tells by the content whether the file is of its
kind, ``read(source, options, problems)`` reads it. Readers do not know each other. A reader of files
that hold several interviews also has ``forget(source, options, document_id, problems)``, which
gives the file's bytes without one of them, or None when nothing worth keeping is left. A reader of
files that belong together also has ``beside(source, options)``: the paths of the other files that it
reads with this one (a text beside its annotations, a list of codes beside the passages). Those in a
folder are then no inputs of their own.

Files come from strangers. What this package offers is done in a process of its own, with little
memory and time and no right to write (:mod:`qualnet.readers._isolation`).
"""

from __future__ import annotations

from qualnet.readers._isolation import find_inputs, forget, read_file
from qualnet.readers._reading import Found, Reader, readers
from qualnet.readers._relation_codes import read_relation_codes
from qualnet.readers._source import Sheet, Source, read_table

__all__ = [
    "Found",
    "Reader",
    "Sheet",
    "Source",
    "find_inputs",
    "forget",
    "read_file",
    "read_relation_codes",
    "read_table",
    "readers",
]
