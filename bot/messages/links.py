"""Which addresses Telegram takes in a link. Any other it drops without a word, or refuses in a button."""

import re
from functools import lru_cache

MAX_URL_BYTES = 2048  # longer ones do not fit the entity budget of a message, and browsers balk at them

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_WEB = re.compile(
    rf"""(?:https?://)?
        (?:(?:{_LABEL}\.)+[^\W\d_]{{2,63}}       # a host with a dot and a top-level domain …
          |(?:{_OCTET}\.){{3}}{_OCTET})           # … or an IPv4 address
        (?::(?:[1-9][0-9]{{0,3}}|[1-5][0-9]{{4}}))?
        (?:[/?\#]\S*)?""",
    re.VERBOSE | re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\xa0\s\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@lru_cache(maxsize=4096)  # an address is asked for when it is written, read back and checked
def accepted(url: str) -> str | None:
    """The address as Telegram takes it, spaces in it encoded; None if it would be dropped.

    Web addresses only, with or without ``http(s)://``: a relative path, ``//host``,
    another scheme, a host without a dot or with blanks gives None.
    """
    tidy = url.strip().replace(" ", "%20")
    if len(tidy.encode(errors="replace")) > MAX_URL_BYTES or _UNSAFE.search(tidy):
        return None
    return tidy if _WEB.fullmatch(tidy) else None


def with_scheme(url: str) -> str:
    """An accepted address as a browser needs it; Telegram takes one without a scheme for http."""
    return url if re.match("https?://", url, re.IGNORECASE) else f"http://{url}"


def host(url: str) -> str:
    """The host of an accepted address, without ``www.``."""
    bare = re.split(r"[/?#]", re.sub(r"^https?://", "", url, flags=re.IGNORECASE), maxsplit=1)[0]
    return bare.removeprefix("www.")
