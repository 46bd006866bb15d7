"""Which articles there are, newest first and by word or address, in S3 alone: empty objects whose keys say everything.

An entry names its article and, as a stamp, the moment of one revision. The article itself stays the only truth: an entry whose
stamp is not its revision's is stale, and whoever meets it removes it. So an index is never rebuilt, and no two writes must agree.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from adapters.clients import s3
from adapters.storage.revisions import Revision
from adapters.storage.s3_objects import put_object
from storycard.article import Article

RECENT = "index/recent/"
WRITERS = 8  # at once; below botocore's pool of 10 connections
MAX_WORDS = 40  # of a headline
MAX_LETTERS = 24  # of a word
MOST_ENTRIES = 5_000  # read for one word; of a word that more headlines have, the older ones are not found by it alone
_FAR = 10**15 - 1  # ms; later than any year that a date can have, so that keys are sorted newest first
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")  # Thai to Han
_TRACKERS = re.compile(r"(utm_|fbclid|gclid|mc_)")


@dataclass(frozen=True, slots=True)
class Entry:
    """That there was such an article, and at which revision."""

    key: str
    stamp: str
    article_id: str

    @property
    def place(self) -> str:
        """Where it stands among all: the greater, the older."""
        return f"{self.stamp}/{self.article_id}"


def stamp_of(revision: Revision) -> str:
    """When the revision was made, in ms, counted down: `000998227600000`."""
    return f"{_FAR - max(0, round(revision.modified_at.timestamp() * 1000)):015d}"


def list_recent(bucket: str, article: Article, revision: Revision) -> None:
    """Writes the one entry by which an article is among the recent ones; cheap enough to be written with the article."""
    put_object(bucket, f"{RECENT}{stamp_of(revision)}/{article.id}", b"")


def index_article(bucket: str, article: Article, revision: Revision) -> None:
    """Writes all entries of a revision: among the recent ones, by each word of its headline, and by its address."""
    place = f"{stamp_of(revision)}/{article.id}"
    keys = [RECENT + place, *(f"index/words/{word}/{place}" for word in sorted(words_of(article.headline))[:MAX_WORDS])]
    if article.canonical_url:
        keys.append(_address_prefix(article.canonical_url) + place)
    with ThreadPoolExecutor(WRITERS) as pool:
        for _ in pool.map(lambda key: put_object(bucket, key, b""), keys):
            pass


def recent_entries(bucket: str, after: str = "") -> Iterator[Entry]:
    """All entries, newest first, from behind a place on."""
    return _listed(bucket, RECENT, RECENT + after)


def entries_with_word(bucket: str, word: str) -> list[Entry]:
    """Entries of headlines with a word that begins like this one, newest first, each article once."""
    found: dict[str, Entry] = {}
    for entry in sorted(islice(_listed(bucket, f"index/words/{word}"), MOST_ENTRIES), key=lambda entry: entry.place):
        found.setdefault(entry.article_id, entry)
    return list(found.values())


def entries_with_address(bucket: str, url: str) -> list[Entry]:
    """Entries of articles whose canonical URL is this one, whatever scheme, trackers and final slash it is written with."""
    return list(_listed(bucket, _address_prefix(url)))


def ids_beginning(bucket: str, begin: str, most: int) -> list[str]:
    """IDs of stored articles that begin like this, in alphabetical order."""
    answer = s3().list_objects_v2(Bucket=bucket, Prefix=f"articles/{begin}", Delimiter="/", MaxKeys=most)
    return [item["Prefix"].split("/")[1] for item in answer.get("CommonPrefixes", ())]


def words_of(text: str) -> frozenset[str]:
    """What a headline is found by: its words without case and accents; pairs of characters where no spaces part words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    spaced = "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in plain)
    words: set[str] = set()
    for word in spaced.split():
        for run in _UNSPACED.findall(word):
            words |= {run[start : start + 2] for start in range(max(1, len(run) - 1))}
        words |= {part[:MAX_LETTERS] for part in _UNSPACED.sub(" ", word).split()}
    return frozenset(words)


def has_words(headline: str, words: Iterable[str]) -> bool:
    """Whether the headline has every one of these words, or one that begins like it."""
    there = words_of(headline)
    return all(any(word.startswith(wanted) for word in there) for wanted in words)


def _listed(bucket: str, prefix: str, after: str = "") -> Iterator[Entry]:
    options = {"StartAfter": after} if after > prefix else {}
    for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, **options):
        for item in page.get("Contents", ()):
            stamp, article_id = item["Key"].rsplit("/", 2)[1:]
            yield Entry(item["Key"], stamp, article_id)


def _address_prefix(url: str) -> str:
    parts = urlsplit(url)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _TRACKERS.match(name)])
    plain = f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}"
    return f"index/urls/{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}/"
