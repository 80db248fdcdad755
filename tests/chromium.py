"""A browser for tests: headless Chromium, spoken to in its own protocol through two pipes; needs no further package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-pre-commit-input",  # or what is pressed before a page has first been painted is thrown away
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--remote-debugging-pipe",
)
_PATIENCE_S = 120.0
# Chromium reads from descriptor 3 and writes to 4
_BEGIN = (
    "import os, sys; a, b = map(int, sys.argv[1:3]); os.dup2(a, 3); os.dup2(b, 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
_MIDDLE = """
(function (own) {
  own.scrollIntoView({ block: "center" });
  var box = own.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  return { x: x, y: y, met: own.contains(document.elementFromPoint(x, y)) };
})(document.querySelector(%s))
"""


class Tab:
    """A page in the browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser, self.session = browser, session

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return what it gives."""
        return self.browser.send(method, parameters, self.session)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Return the value of an expression."""
        given = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in given, given["exceptionDetails"]
        return given["result"].get("value")

    def until(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Return the value of an expression as soon as it is true."""
        end = time.monotonic() + _PATIENCE_S
        while not (value := self.run(script)):
            assert time.monotonic() < end, script
            time.sleep(0.02)
        return value

    def open(self, address: str) -> None:
        """Go to an address and wait until the page stands."""
        document = self.send("Page.navigate", url=address)["loaderId"]
        while document not in self.browser.loaded[self.session]:
            self.browser.receive()

    def reload(self) -> None:
        """Load the page once more and wait until it stands."""
        before = set(self.browser.loaded[self.session])
        self.send("Page.reload")
        while self.browser.loaded[self.session] == before:
            self.browser.receive()

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of an element, which must be what is seen there, and let go."""
        with self.pressed(selector):
            pass

    @contextmanager
    def pressed(self, selector: str) -> Iterator[None]:
        """Press the mouse in the middle of an element, and let go in the same place of the screen after what happens meanwhile."""
        at = self.run(_MIDDLE % json.dumps(selector))
        assert at.pop("met"), f"{selector} is covered"
        own = {"button": "left", "clickCount": 1, **at}
        self.send("Input.dispatchMouseEvent", type="mousePressed", **own)
        yield
        self.send("Input.dispatchMouseEvent", type="mouseReleased", **own)

    def insert(self, text: str) -> None:
        """Type into the field that has the keyboard, and stay in it."""
        self.send("Input.insertText", text=text)

    def type(self, selector: str, text: str) -> None:
        """Type into a field instead of what it holds, and leave it by Enter."""
        self.run(f"(function (e) {{ e.focus(); e.select(); }})(document.querySelector({json.dumps(selector)}))")
        self.insert(text)
        self.key("Enter")
        self.run("document.activeElement.blur()")

    def key(self, key: str, *, held: bool = False) -> None:
        """Press a key; ``held``: it has been down for a while, and the keyboard repeats it."""
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
        code = 13 if key == "Enter" else ord(key.upper()) if len(key) == 1 else 0
        own = {"key": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", autoRepeat=held, **own, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **own)

    def attach(self, selector: str, path: Path) -> None:
        """Choose a file in a field for files."""
        field = self.send("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")["result"]
        self.send("DOM.setFileInputFiles", files=[str(path)], objectId=field["objectId"])

    def size(self, width: int, height: int) -> None:
        """Give the page a size."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path: Path) -> None:
        """Write what the page looks like."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))


class Profile:
    """A profile of its own in the browser, which shares no storage with any other."""

    def __init__(self, browser: Browser, context: str) -> None:
        self._browser, self._context = browser, context

    def tab(self, script: str = "") -> Tab:
        """Open an empty page in a window; ``script`` runs before those of every document in it."""
        own = {"url": "about:blank", "browserContextId": self._context, "newWindow": True}
        target = self._browser.send("Target.createTarget", own)["targetId"]
        attach = {"targetId": target, "flatten": True}
        tab = Tab(self._browser, self._browser.send("Target.attachToTarget", attach)["sessionId"])
        for domain in ("Page", "Runtime", "Network"):
            tab.send(f"{domain}.enable")
        tab.send("Page.setLifecycleEventsEnabled", enabled=True)
        tab.send("Emulation.setFocusEmulationEnabled", enabled=True)  # whichever window is in front
        tab.send("Page.addScriptToEvaluateOnNewDocument", source=script)
        return tab


class Browser:
    """A running browser.

    ``asked`` is every address that its pages asked for, ``loaded`` which documents stand or stood in each session, ``saved`` every file that it
    has downloaded whole.
    """

    def __init__(self, reading: int, writing: int, folder: Path) -> None:
        self._reading, self._writing, self._rest, self._number = reading, writing, b"", 0
        self._folder = folder
        self._names: dict[str, str] = {}
        self.asked: list[str] = []
        self.loaded: defaultdict[str, set[str]] = defaultdict(set)
        self.saved: list[Path] = []

    def send(self, method: str, parameters: dict[str, object], session: str | None = None) -> dict[str, Any]:
        """Send a command and return its answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        os.write(self._writing, json.dumps(command | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result

    def receive(self) -> dict[str, Any]:
        """Return the next thing that the browser says, having noted what it tells of its pages and downloads."""
        while b"\0" not in self._rest:
            assert select.select([self._reading], [], [], _PATIENCE_S)[0], "the browser says nothing"
            more = os.read(self._reading, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        told = said.get("params", {})
        match said.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])
            case "Page.lifecycleEvent" if told["name"] == "load":
                self.loaded[said["sessionId"]].add(told["loaderId"])
            case "Browser.downloadWillBegin":
                self._names[told["guid"]] = told["suggestedFilename"]
            case "Browser.downloadProgress" if told["state"] == "completed":
                path = self._folder / told["guid"]
                self.saved.append(path.replace(path.with_name(self._names[told["guid"]])))
        return said

    @contextmanager
    def profile(self) -> Iterator[Profile]:
        """Hold a new profile; its windows close with it."""
        own: dict[str, object] = {"browserContextId": self.send("Target.createBrowserContext", {})["browserContextId"]}
        where = {"behavior": "allowAndName", "downloadPath": str(self._folder), "eventsEnabled": True}
        self.send("Browser.setDownloadBehavior", own | where)
        yield Profile(self, str(own["browserContextId"]))
        self.send("Target.disposeBrowserContext", own)


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Run a browser that keeps its profile and what it downloads in ``folder``."""
    assert CHROMIUM is not None
    to_read, writing = os.pipe()
    reading, to_write = os.pipe()
    command = [CHROMIUM, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank"]
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGIN, str(to_read), str(to_write), *command],
        pass_fds=(to_read, to_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(to_write)
    own = Browser(reading, writing, folder / "downloads")
    try:
        yield own
        own.send("Browser.close", {})
        process.wait(timeout=_PATIENCE_S)
    finally:
        process.kill()
        process.wait()
        os.close(reading)
        os.close(writing)
