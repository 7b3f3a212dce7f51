"""A browser, and the demonstration's pages built once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from qualnet import build
from qualnet.pipeline import publish
from tests.demonstration import ROOT
from tests.project_files import project

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>\u2028\u202e=1+1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert program, f"none of {', '.join(BROWSERS)} is installed; `make test` installs Debian's"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    for part in ("interviews", "codebooks"):
        shutil.copytree(ROOT / part, folder / part)
    for part in ("qualnet.yaml", "layout.json"):
        shutil.copy(ROOT / part, folder / part)
    build(folder)
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose every text tries to become markup."""
    codebook = f"""format: 1
id: base
codes:
  - {{id: staff, label: '{HOSTILE} {"x" * 3000}', kind: challenge, definition: '{HOSTILE}', anchor_example: '{HOSTILE}', code_when: c}}
  - {{id: progress, label: 'مرحبا 🙂', kind: outcome, definition: d, anchor_example: a, code_when: c}}
"""
    claims = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;Codierer\n" + "".join(
        f"i{n} {HOSTILE};{case};staff;progress;-;{HOSTILE};{HOSTILE}\n"
        for n, case in enumerate(("<b>A", "B<img src=x onerror=alert(1)>", "C"))
    )
    folder = project(tmp_path_factory.mktemp("hostile"), claims, codebook)
    text = (folder / "qualnet.yaml").read_text("utf-8").replace("title: t", f"title: '{HOSTILE}'")
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    build(folder)
    return folder


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_findings(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]} ({v['nodes'][0]['failureSummary'][:200]})" for v in found
    ]


class Watched:
    """A page, and everything it said, asked for or ran."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.messages.append(m.text))
        page.on("pageerror", lambda e: self.messages.append(str(e)))
        page.on("dialog", self._dialog)
        page.on("request", lambda r: self._asked(r.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.messages.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.requests.append(url)

    def open(self, file: Path, state: str = "") -> Page:
        self.page.goto("about:blank")
        self.page.goto(f"{file.as_uri()}{'#' if state else ''}{state}")
        self.page.wait_for_timeout(150)
        return self.page


@pytest.fixture(params=["wide", "narrow"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def context_of(browser: Browser, size: tuple[int, int], scheme: str = "light") -> BrowserContext:
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        accept_downloads=True,
    )


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = context_of(browser, SIZES["wide"])
    yield Watched(context.new_page())
    context.close()
