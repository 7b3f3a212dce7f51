"""The explorer's data and page, against claims counted by hand."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from qualnet import build
from qualnet.report.offline import bundle
from tests.project_files import CLAIMS, project

HOSTILE = "</script><img src=x onerror=alert(1)>"


def page_of(folder: Path) -> str:
    build(folder)
    return (folder / "outputs/index.html").read_text("utf-8")


def payload_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_runs_nothing_but_its_own_script(tmp_path: Path) -> None:
    page = page_of(project(tmp_path, CLAIMS + f"i5;A;money;staff;+;{HOSTILE};AB;;\n"))
    assert HOSTILE not in page
    assert any(s["text"] == HOSTILE for s in payload_of(page)["segments"])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["trusted-types"] == "'none'"
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        texts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(texts) == 1
        digest = base64.b64encode(hashlib.sha256(texts[0].encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    # the only address in the page is the name of SVG, which nobody fetches
    assert set(re.findall(r"https?://[^\"'\s]*", page)) <= {"http://www.w3.org/2000/svg"}
    assert "innerHTML" not in page


def test_interviews_are_counted_as_by_hand(tmp_path: Path) -> None:
    data = payload_of(page_of(project(tmp_path, CLAIMS)))
    index = {f["id"]: i for i, f in enumerate(data["factors"])}
    stated = data["layers"][0]
    edge = next(e for e in stated["edges"] if (e["s"], e["t"]) == (index["staff"], index["progress"]))
    a, b = edge["by"]
    # all of A's three interviews; one of them opposes the other two
    assert (a["n"], a["p"], a["m"], a["sign"], a["contested"]) == (3, 1, 2, "-", True)
    assert a["share"] == 1
    # Wilson's interval of n of n begins at n / (n + z squared): 3 / (3 + 1.96 * 1.96)
    assert (a["lo"], a["hi"]) == (0.4385, 1)
    assert [c["n"] for c in data["cities"]] == [3, 1]
    quoted = {data["documents"][data["evidence"][k]["d"]]["name"] for k in a["ev"]}
    assert len(quoted) == 3
    assert (b["n"], b["sign"], edge["state"]) == (1, "-", ["named", "named"])


def test_everything_named_opens_quotes(tmp_path: Path) -> None:
    data = payload_of(page_of(project(tmp_path, CLAIMS)))
    for layer in data["layers"]:
        for edge in layer["edges"]:
            for state, item in zip(edge["state"], edge["by"], strict=True):
                assert (state == "named") == bool(item and item["ev"])
                for k in [*(item["ev"] if item else ()), *(item["no"] if item else ())]:
                    assert all(data["segments"][s]["text"] for s in data["evidence"][k]["s"])
            if state == "denied":
                assert item["no"]


def test_modules_with_one_name_twice_are_refused(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { a } from "./other.js";\nconst same = a;\n')
    (tmp_path / "other.js").write_text("export const a = 1;\nconst same = 2;\n")
    with pytest.raises(ValueError, match=r"same stands in other\.js and in main\.js"):
        bundle(tmp_path)


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { a } from "./other.js";\n')
    (tmp_path / "other.js").write_text('import { b } from "./main.js";\nexport const a = 1;\n')
    with pytest.raises(ValueError, match=r"main\.js -> other\.js -> main\.js"):
        bundle(tmp_path)


def test_modules_come_after_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import {\n  a,\n} from "./other.js";\nexport const main = a;\n')
    (tmp_path / "other.js").write_text("export const a = 1;\n")
    script = bundle(tmp_path)
    assert script.index("const a = 1") < script.index("const main = a")
    assert "import" not in script
    assert "export" not in script
