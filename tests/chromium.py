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
from collections import Counter
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
    "--remote-debugging-pipe",
)
_PATIENCE_S = 120.0
# Chromium reads from descriptor 3 and writes to 4
_BEGIN = (
    "import os, sys; a, b = map(int, sys.argv[1:3]); os.dup2(a, 3); os.dup2(b, 4); os.execvp(sys.argv[3], sys.argv[3:])"
)


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
            time.sleep(0.05)
        return value

    def open(self, address: str) -> None:
        """Go to an address and wait until the page stands."""
        self._loaded("Page.navigate", url=address)

    def reload(self) -> None:
        """Load the page once more and wait until it stands."""
        self._loaded("Page.reload")

    def _loaded(self, method: str, **parameters: object) -> None:
        loads = self.browser.loads[self.session]
        self.send(method, **parameters)
        while self.browser.loads[self.session] == loads:
            self.browser.receive()

    def click(self, selector: str) -> None:
        """Click on an element."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def type(self, selector: str, text: str) -> None:
        """Type into a field, from its keyboard, and leave it."""
        self.run(f"(function (e) {{ e.focus(); e.select(); }})(document.querySelector({json.dumps(selector)}))")
        self.send("Input.insertText", text=text)
        self.key("Enter")
        self.run("document.activeElement.blur()")

    def key(self, key: str) -> None:
        """Press a key."""
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
        code = 13 if key == "Enter" else ord(key.upper()) if len(key) == 1 else 0
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def size(self, width: int, height: int) -> None:
        """Give the page a size."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path: Path) -> None:
        """Write what the page looks like."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))


class Browser:
    """A running browser; ``asked`` is every address that its pages asked for, ``loads`` how often a page has been loaded in each session."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing, self._rest, self._number = reading, writing, b"", 0
        self.asked: list[str] = []
        self.loads: Counter[str] = Counter()

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
        """Return the next thing that the browser says, having noted what it tells of its pages."""
        while b"\0" not in self._rest:
            assert select.select([self._reading], [], [], _PATIENCE_S)[0], "the browser says nothing"
            more = os.read(self._reading, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        if said.get("method") == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])
        if said.get("method") == "Page.loadEventFired":
            self.loads[said["sessionId"]] += 1
        return said

    def tab(self, script: str = "") -> Tab:
        """Open an empty page; ``script`` runs before those of every document in it."""
        target = self.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Network"):
            tab.send(f"{domain}.enable")
        tab.send("Page.addScriptToEvaluateOnNewDocument", source=script)
        return tab


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
    own = Browser(reading, writing)
    try:
        own.send("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder / "downloads")})
        yield own
        own.send("Browser.close", {})
        process.wait(timeout=_PATIENCE_S)
    finally:
        process.kill()
        process.wait()
        os.close(reading)
        os.close(writing)
