"""Take the pictures of README and docs: the demonstration's pages in a browser without a window.

``make pictures`` builds the demonstration in a folder of its own and writes `docs/pictures/`.
A picture has at most 256 colours, so that it stays small in the repository.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

import base64
import json
import shutil
import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from playwright.sync_api import sync_playwright

from qualnet import build
from qualnet.forms.desk import open_desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from qualnet.language import Language

DOCS = Path(__file__).resolve().parent
TARGET = DOCS / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1440, 900)
MOST = 250_000
COLOURS = 256
LANGUAGES: tuple[Language, ...] = ("de", "en")
ARROW = ("communication", "acceptance_deficit")
"""What the evidence is shown of: five interviews of Soest, one against four."""
PIXELS = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const data = canvas.getImageData(0, 0, image.width, image.height).data;
  const parts = [];
  for (let i = 0; i < data.length; i += 30000)
    parts.push(String.fromCharCode(...data.subarray(i, i + 30000)));
  return btoa(parts.join(""));
}"""


def palette(pixels: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give the most frequent colours, and for each pixel the nearest of them."""
    codes = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    values, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    colours = np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(np.int32)
    # no two colours that nobody can tell apart: the rarer one gives way
    chosen: list[int] = []
    for i in np.argsort(-counts, kind="stable"):
        if len(chosen) == COLOURS:
            break
        if not chosen or np.abs(colours[chosen] - colours[i]).max(axis=1).min() > 6:  # noqa: PLR2004
            chosen.append(int(i))
    kept = colours[chosen]
    nearest = np.concatenate(
        [
            ((part[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
            for part in np.array_split(colours, 64)
        ]
    )
    return kept.astype(np.uint8), nearest[which.reshape(-1)].astype(np.uint8)


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    """Write pixels (height, width, 3) as a PNG with a palette."""
    height, width, _ = pixels.shape
    colours, indices = palette(pixels.reshape(-1, 3))
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = indices.reshape(height, width)

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours.tobytes()), (b"IDAT", zlib.compress(rows.tobytes(), 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(part(*p) for p in parts) + part(b"IEND", b"")


def take(page: Page, helper: Page, name: str) -> None:
    """Write what the window shows."""
    shot = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode("ascii")
    raw = np.frombuffer(base64.b64decode(helper.evaluate(PIXELS, shot)), dtype=np.uint8)
    written = png(raw.reshape(SIZE[1], SIZE[0], 4)[:, :, :3])
    path = TARGET / f"{name}.png"
    if len(written) >= MOST:
        msg = f"{path.name} has {len(written)} bytes, {MOST} at most"
        raise SystemExit(msg)
    path.write_bytes(written)
    sys.stdout.write(f"{path.relative_to(DOCS.parent).as_posix()}: {len(written) // 1000} kB\n")


def edge_of(page: Page) -> int:
    """Give the number by which the page knows the arrow whose evidence is shown."""
    payload = json.loads(page.locator("#payload").text_content() or "")
    ids = [factor["id"] for factor in payload["factors"]]
    edges = payload["layers"][0]["edges"]
    return next(i for i, edge in enumerate(edges) if (ids[edge["s"]], ids[edge["t"]]) == ARROW)


def demonstration(folder: Path) -> Path:
    """Build the demonstration in a folder of its own, with pages to state claims on."""
    for name in ("interviews", "codebooks"):
        shutil.copytree(DOCS.parent / name, folder / name)
    for name in ("qualnet.yaml", "layout.json"):
        shutil.copy(DOCS.parent / name, folder / name)
    build(folder)
    desk = open_desk(folder)
    for language in LANGUAGES:
        desk.write_page("AB", language, case="soest", output=folder / f"claims.{language}.html")
    return folder


def run() -> None:
    """Take all pictures."""
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not program:
        msg = f"none of {', '.join(BROWSERS)} is installed"
        raise SystemExit(msg)
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = demonstration(Path(name))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, reduced_motion="reduce")
        page, helper = context.new_page(), context.new_page()
        study = (folder / "outputs" / "index.html").as_uri()

        def show(address: str) -> None:
            page.goto("about:blank")
            page.goto(address)
            page.wait_for_timeout(500)

        show(study)
        states = {
            "overview": "v=overview",
            "comparison": "v=compare",
            "evidence": f"v=compare&sel=edge.{edge_of(page)}",
            "difference": "v=difference",
            "loops": "v=loops",
        }
        for language in LANGUAGES:
            for picture, state in states.items():
                show(f"{study}#{state}&lang={language}")
                take(page, helper, f"{picture}.{language}")
            show((folder / f"claims.{language}.html").as_uri())
            take(page, helper, f"claims.{language}")
        browser.close()


if __name__ == "__main__":
    run()
