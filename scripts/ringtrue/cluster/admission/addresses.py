"""IP addresses and networks as the API server reads them: parts of an IPv4 address may begin with zeros."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])", re.ASCII)

NO_ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
NO_NETWORK = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"


def address(written: str) -> IPv4Address | IPv6Address | None:
    """ADM-08, ADM-14, ADM-22: an address, without a zone; None for anything else."""
    if "%" in written or not written.isascii():
        return None
    start = written.rfind(":") + 1
    dotted = written[start:]
    try:
        return ip_address(written[:start] + (_ZEROS.sub("", dotted) if "." in dotted else dotted))
    except ValueError:
        return None


def network(written: str) -> IPv4Network | IPv6Network | None:
    """ADM-08, ADM-20: an address and the length of its prefix; None for anything else."""
    base, slash, length = written.partition("/")
    if not slash or not (length.isascii() and length.isdecimal()) or address(base) is None:
        return None
    try:
        return ip_network(f"{address(base)}/{int(length)}", strict=False)
    except ValueError:
        return None


def special(found: IPv4Address | IPv6Address) -> str:
    """ADM-08: why an address cannot be anybody's from outside; "" when it can."""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return special(found.ipv4_mapped)
    if found.is_unspecified:
        return "may not be unspecified (0.0.0.0 or ::)"
    if found.is_loopback:
        return "may not be in the loopback range (127.0.0.0/8, ::1/128)"
    if found.is_link_local:
        return "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
    local = "224.0.0.0/24" if found.version == 4 else "ff02::/16"
    return (
        "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)" if found in ip_network(local) else ""
    )
