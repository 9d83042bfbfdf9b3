"""The browser of whoever sits before the terminal."""

import os
import sys
import webbrowser


def open_page(url: str) -> None:
    """Open a page, if there is a browser to open it in."""
    if _has_browser():
        webbrowser.open(url)


def _has_browser() -> bool:
    """Whether opening a page makes sense: somebody's desktop, and no build machine."""
    on_desktop = sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return bool(on_desktop) and "CI" not in os.environ and sys.stdout.isatty()
