"""Reads feeds and news sitemaps: the pages that they list, and a marker by which a changed entry is recognised.

https://www.rssboard.org/rss-specification · https://www.rfc-editor.org/rfc/rfc4287 · https://www.jsonfeed.org/version/1.1/ ·
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from storycard.errors import ArticleInvalid, FeedInvalid
from storycard.ingest.encodings import decode_page
from storycard.ingest.feeds.entry import MAX_ENTRIES, FeedEntry
from storycard.ingest.feeds.json_feed import read_json_feed
from storycard.ingest.feeds.xml_feed import read_xml_feed


def read_feed(data: bytes, url: str, charset: str = "") -> tuple[FeedEntry, ...]:
    """Returns the entries of a feed in their order, one for each page, at most MAX_ENTRIES. Entries without a page are left out.

    `url` is the feed's own address, against which links are resolved; `charset` is the label in the HTTP header.
    Raises FeedInvalid.
    """
    try:
        text = decode_page(data, charset).text.lstrip("\ufeff \t\r\n")
    except ArticleInvalid as error:  # it is empty, or too long
        raise FeedInvalid("feed", "RSS, Atom, JSON Feed or a news sitemap", error.got) from None
    found = read_json_feed(text, url) if text.startswith("{") else read_xml_feed(text, url)
    by_page = {entry.url: entry for entry in reversed(found)}  # of entries for the same page, the first one counts
    return tuple(dict.fromkeys(by_page[entry.url] for entry in found))[:MAX_ENTRIES]


__all__ = ["FeedEntry", "read_feed"]
