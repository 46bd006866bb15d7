"""Links as pages and content systems write them into addresses an article may hold: absolute, http or https."""

from urllib.parse import quote, urljoin

from storycard.article import MAX_LINE, WEB_ADDRESS


def web_address(link: str, base: str = "") -> str:
    """`link` resolved against `base`; "" for anything that then is no address on the web, since a bad link is no bad article."""
    link = quote(link.strip(), safe="%!*'();:@&=+$,/?#[]~") if link.isascii() else link.strip().replace(" ", "%20")
    try:
        address = urljoin(base, link) if link else ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return address if len(address) <= MAX_LINE and WEB_ADDRESS.fullmatch(address) else ""
