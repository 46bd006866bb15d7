"""Resolves links, as pages and content management systems write them, to absolute http or https URLs."""

from urllib.parse import quote, urljoin

from storycard.article import MAX_LINE, is_web_address


def web_address(link: str, base: str = "") -> str:
    """Returns `link` resolved against `base`. Returns "" for an invalid URL: a bad link must not reject the article."""
    link = quote(link.strip(), safe="%!*'();:@&=+$,/?#[]~") if link.isascii() else link.strip().replace(" ", "%20")
    try:
        address = urljoin(base, link) if link else ""
    except ValueError:  # the brackets do not hold an IPv6 address
        return ""
    return address if len(address) <= MAX_LINE and is_web_address(address) else ""
