"""The process that reads strangers' files: little memory, little time, no files of its own.

It takes requests as lines of JSON and answers in lines of JSON. It is run by
:mod:`qualnet.readers._isolation`, and nothing else imports it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import math
import os
import sys
import traceback
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from qualnet.problems import Problems
from qualnet.readers import _isolation, _reading
from qualnet.readers._source import Source
from qualnet.readers._wire import lines_of, problems_as_data

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["answer", "limit", "serve"]

MEMORY = 2 * 2**30
FILES = 64
WRITTEN = 4 * 2**30
"""Bytes that a copy of a database may have; nothing else is written."""


def limit(seconds: float, *, may_copy: bool) -> None:
    """Bound what this process may use from now on.

    Parameters
    ----------
    seconds
        Time of the processor beyond what it has used.
    may_copy
        Whether a file may be written: a database is read from a copy.
    """
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has none; there the time alone is bounded, from outside
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    latest = math.ceil(used.ru_utime + used.ru_stime + seconds)
    bounds = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_CPU": latest,
        "RLIMIT_FSIZE": WRITTEN if may_copy else 0,
        "RLIMIT_NOFILE": FILES,
        "RLIMIT_CORE": 0,
    }
    for name, bound in bounds.items():
        with contextlib.suppress(OSError, ValueError, AttributeError):
            what = getattr(resource, name)
            resource.setrlimit(what, (bound, resource.getrlimit(what)[1]))


def serve(requests: IO[str], answers: IO[str]) -> None:
    """Answer one request after the other until there is none."""
    sources: dict[str, Source] = {}
    for line in requests:
        request = json.loads(line)
        limit(request["seconds"], may_copy=request["may_copy"])
        try:
            for answered in answer(request, sources):
                answers.write(answered + "\n")
        except MemoryError:
            sources.clear()
            answers.write(json.dumps({"failed": "memory"}) + "\n")
        except Exception as error:  # noqa: BLE001 (whatever a stranger's file makes of a reader)
            spot = traceback.extract_tb(error.__traceback__)[-1]
            detail = f"{type(error).__name__}, {Path(spot.filename).name}:{spot.lineno}"
            answers.write(json.dumps({"failed": "fault", "detail": detail}) + "\n")
        answers.flush()


def answer(request: dict[str, Any], sources: dict[str, Source]) -> Iterator[str]:
    """Do what is asked, and give lines; the last one has the problems.

    Parameters
    ----------
    request
        What to do (``find``, ``read``, ``forget``, ``sheets``), and with which file.
    sources
        The files that were looked at, so that reading need not begin anew.
    """
    problems = Problems()
    done: dict[str, Any] = {}
    path, shown, root = Path(request["path"]), request["shown"], Path(request["root"])
    if request["do"] == "find":
        options, reader = request["options"], request["reader"]
        sources.clear()
        found = list(_reading.find_inputs(path, shown, problems, reader, options, root))
        if len(found) == 1:
            sources[str(found[0].source.path)] = found[0].source
        done["found"] = [
            [str(f.source.path), f.source.shown, f.reader, [str(p) for p in f.beside]] for f in found
        ]
        yield json.dumps(done | {"problems": problems_as_data(problems)})
        return
    source = sources.pop(str(path), None) or Source(path, shown, root)
    if request["do"] == "sheets":
        for sheet in source.workbook(problems):
            yield json.dumps([sheet.name, sheet.header, sheet.header_row, sheet.rows])
    else:
        found_ = _reading.Found(source, request["reader"], tuple(map(Path, request["beside"])))
        if request["do"] == "read":
            yield from lines_of(_reading.read_file(found_, request["options"], problems))
        else:
            try:
                content = _reading.forget(found_, request["options"], request["document"], problems)
                done["content"] = None if content is None else base64.b64encode(content).decode()
            except NotImplementedError:
                done["unable"] = True
    yield json.dumps(done | {"problems": problems_as_data(problems)})


if __name__ == "__main__":
    _isolation.here()
    # whatever is printed by a reader must not stand among the answers
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(os.fdopen(0, encoding="utf-8"), out)
    sys.exit(0)
