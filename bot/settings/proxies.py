"""Which proxy leads to the Bot API: the settings', or the environment's as other programs take it."""

import os
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from bot.errors import BadInput
from bot.settings.files import read_secret
from bot.settings.sections.telegram import proxy_address
from bot.settings.values import Settings
from bot.words.addresses import is_this_machine

_OF_ALL = "all_proxy"


def read_proxy(settings: Settings, environment: Mapping[str, str] = os.environ) -> SecretStr | None:
    """The address of the proxy, perhaps with a password; None if there is none.

    ``telegram.proxy`` wins over ``telegram.proxy_file``, and that over HTTPS_PROXY (or HTTP_PROXY, as the
    Bot API is asked) and ALL_PROXY. For the environment's NO_PROXY counts, and this machine is asked without
    a proxy. Raises BadInput if the file or the variable holds no address of a proxy.
    """
    telegram = settings.telegram
    if telegram.proxy is not None:
        return telegram.proxy
    if telegram.proxy_file is not None:
        where = proxy_place(settings, environment)
        return _checked(read_secret(telegram.proxy_file, where), where)
    return proxy_of_environment(settings.api_url, environment)


def proxy_place(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """Where the proxy is named, or would be: the key, with its file, or the variable."""
    telegram = settings.telegram
    if telegram.proxy is None and telegram.proxy_file is not None:
        return f"telegram.proxy_file: {telegram.proxy_file}"
    variable = None if telegram.proxy else _variable(settings.api_url, environment)
    return variable or "telegram.proxy"


def proxy_of_environment(url: str, environment: Mapping[str, str] = os.environ) -> SecretStr | None:
    """The proxy that the environment names for this address; small letters win over capitals, as everywhere.

    An address without a kind is meant as HTTP. Raises BadInput if the variable holds none of a proxy.
    """
    name = _variable(url, environment)
    if name is None:
        return None
    address = environment[name].strip()
    return _checked(address if "://" in address else f"http://{address}", name)


def _variable(url: str, environment: Mapping[str, str]) -> str | None:
    """The variable that has the proxy for this address; None if it is asked without one."""
    place = urlsplit(url)
    given = {name.lower(): name for name, text in environment.items() if text.strip()}
    given |= {name: name for name in given if environment.get(name, "").strip()}
    host = place.hostname or ""
    excluded = environment.get(given.get("no_proxy", ""), "")
    if is_this_machine(host) or any(_excludes(one.strip().lower(), host) for one in excluded.split(",")):
        return None
    return given.get(f"{place.scheme}_proxy") or given.get(_OF_ALL)


def passwords_of(address: SecretStr | None) -> tuple[str, ...]:
    """What must not be shown of it: its password as it stands in the address, and as it is meant."""
    password = urlsplit(address.get_secret_value()).password if address else None
    return (password, unquote(password)) if password else ()


def _excludes(given: str, host: str) -> bool:
    """Whether an element of NO_PROXY (a domain, an address, a network) covers the host."""
    try:
        return ip_address(host) in ip_network(given, strict=False)
    except ValueError:
        name = given.lstrip("*.")
        return given == "*" or (bool(name) and f".{host}".endswith(f".{name}"))


def _checked(address: str, where: str) -> SecretStr:
    try:
        return proxy_address(SecretStr(address))
    except ValueError as error:
        raise BadInput(str(error), where=where) from None
