"""Addresses: found in a text; made comparable, however they are written; and checked in settings."""

import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit

#: An address in a text: it ends before Chinese, full-width marks, a final stop or a bracket without its half,
#: and before any bracket that stands right behind the host.
ADDRESS = (
    r"(?:https?://(?=[0-9A-Za-z])|www\.)[!$-'*-.0-;=@-_a-z|~]*"
    r"(?:[/?#](?:[!#-'*-;=?-_a-z|~]|\([!#-'*-;=?-_a-z|~]*\))*)?"
    r"(?<=[#$%&+\-/0-9=@A-Z_a-z~|)])"
)
#: Characters that are compared: a database's index takes so many, and no two addresses are equal so far.
LONGEST = 500

_ARXIV_ID = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?"
_ARXIV = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:[a-z]+\.)?(?:arxiv|alphaxiv)\.org/[a-z]+/"
    rf"|(?:https?://)?huggingface\.co/papers/){_ARXIV_ID}(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(r"(\d{4}\.\d{4,5})(?:v\d+)?")
_LABEL = r"\w(?:[\w-]{0,61}\w)?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def fold_address(address: str) -> str:
    """An address without scheme, ``www.``, fragment, ``utm_`` parameters and the slash at its end.

    A paper of arXiv is ``arxiv:2106.01234``, whichever of its pages and versions is meant. Empty for
    what is no address.
    """
    written = address.strip()
    paper = _ARXIV.fullmatch(written) or _BARE_ARXIV.fullmatch(written)
    return f"arxiv:{paper[1].lower()}" if paper else _without_trimmings(written)[:LONGEST]


def web_address(text: str) -> str:
    """An address that others are put behind, without a slash at its end.

    Raises ValueError, which repeats none of it, if it is not of the web, has no host, or holds a
    password, a question or a place in the page.
    """
    wrong = "must be an http:// or https:// address with a host, and without a password, ? or #"
    try:
        parts = urlsplit(text)
        host_name(parts.hostname or "")
        usable = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:
        raise ValueError(wrong) from None
    if not usable or re.search(r"[\s@?#]", text):
        raise ValueError(wrong)
    return text.rstrip("/")


def host_name(text: str) -> str:
    """The name or the IP address of a machine, as it is. Raises ValueError if it is neither."""
    try:
        ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text) or text.replace(".", "").isdecimal():
            raise ValueError("must be the name or the IP address of a machine alone") from None
    return text


def is_this_machine(host: str) -> bool:
    """Whether a name or address means the machine that it is used on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_trimmings(written: str) -> str:
    try:
        parts = urlsplit(written if _SCHEME.match(written) else f"//{written}")
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    if "." not in host:
        return ""
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("utm_")]
    query = parts.query if "utm_" not in parts.query else urlencode(kept)
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
