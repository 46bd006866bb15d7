"""Indexes articles in S3 alone, newest first and by headline word or address, as empty objects whose keys hold all data.

Each entry names an article and carries the stamp of one revision. An entry whose stamp is not that of the article's current
revision is stale. Stale entries are deleted when read, so the index needs no rebuild and no transactions.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from adapters.clients import s3
from adapters.storage.revisions import ATTEMPTS, Revision
from adapters.storage.s3_objects import delete_object, get_object, head_object, put_object
from storycard.article import Article

RECENT = "index/recent/"
RECEIVED = "index/received/"
CHECK_ID = "storycard-check"  # the article that publishing.publish_check publishes; no list or search has it
WRITERS = 8  # at once; below botocore's pool of 10 connections
MAX_WORDS = 40  # per headline
MAX_LETTERS = 24  # per word
MAX_ENTRIES = 5_000  # read for one word; if more headlines have the word, it does not find the oldest of them
MAX_RECEIVED = 10_000  # entries of articles that wait for the worker, read for one search; 100 ms for 1,000
MAX_COUNTED = 3_000  # entries read to count all articles
MAX_KEY = 600  # bytes of words in one key; S3 allows 1,024, of which an ID takes up to 256
_FAR = 10**15 - 1  # ms; later than any date, so that the keys' alphabetical order is newest first
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")  # Thai to Han
_TRACKERS = re.compile(r"(utm_|fbclid|gclid|mc_)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One index entry: an article, and the stamp of the revision that was indexed."""

    key: str
    stamp: str
    article_id: str

    @property
    def place(self) -> str:
        """The entry's position in the list: greater means older."""
        return f"{self.stamp}/{self.article_id}"


def stamp_of(revision: Revision) -> str:
    """Returns the time of the revision, counted down in ms so that newer sorts first: `000998227600000`."""
    return f"{_FAR - max(0, round(revision.modified_at.timestamp() * 1000)):015d}"


def put_recent_entry(bucket: str, article: Article, revision: Revision) -> None:
    """Lists the article among the recent ones: one write, cheap enough to go with each write of an article."""
    if article.id == CHECK_ID:
        return
    # The condition keeps the digest that `index_article` may have left there.
    put_object(bucket, f"{RECENT}{_place(article, revision)}", b"", IfNoneMatch="*")


def put_received_entry(bucket: str, article: Article, revision: Revision) -> None:
    """Makes the article findable at once, also behind a long queue: one entry with all words of its headline and its address.

    `index_article` replaces it by an entry for each word, which a search need not read one by one. A withdrawn article has none.
    """
    if article.id == CHECK_ID or article.status == "withdrawn":
        return
    words = ""
    for word in sorted(words_of(article.headline))[:MAX_WORDS]:
        if len(f"{words} {word}".encode()) <= MAX_KEY:
            words = f"{words} {word}".strip()
    address = _address_hash(article.canonical_url) if article.canonical_url else "-"
    put_object(bucket, f"{RECEIVED}{article.id}/{address}/{words or '-'}/{_place(article, revision)}", b"", IfNoneMatch="*")


def index_article(bucket: str, article: Article, revision: Revision) -> None:
    """Replaces an article's entries by those of a revision: the recent one, one for each word of the headline and the address.

    The recent entry is written last, with a digest of the other keys. If it is there already, the entries are not written again.
    A list of all entries is stored with the article, so that those of earlier revisions can be deleted: the words of a
    withdrawn article must not remain. Entries of later revisions are kept.
    """
    _index(bucket, article, revision)
    for entry in _list_entries(bucket, f"{RECEIVED}{article.id}/"):
        if entry.stamp >= stamp_of(revision):
            delete_object(bucket, entry.key)


def _index(bucket: str, article: Article, revision: Revision) -> None:
    if article.id == CHECK_ID:
        return
    place = _place(article, revision)
    keys = [f"index/words/{word}/{place}" for word in sorted(words_of(article.headline))[:MAX_WORDS]]
    if article.canonical_url:
        keys.append(_address_prefix(article.canonical_url) + place)
    digest = hashlib.sha256("\n".join(["listed", *keys]).encode()).hexdigest()  # without "listed" by releases without lists
    recent = head_object(bucket, RECENT + place)
    if recent and recent.metadata.get("entries") == digest:
        return
    listed = _list_keys(bucket, article.id, keys)
    stale = [key for key in listed if key not in keys and _entry(key).stamp >= stamp_of(revision)]
    with ThreadPoolExecutor(WRITERS) as pool:
        for _ in pool.map(lambda key: put_object(bucket, key, b""), keys):
            pass
        for _ in pool.map(lambda key: delete_object(bucket, key), stale):
            pass
    _list_keys(bucket, article.id, [RECENT + place], forget=stale)
    put_object(bucket, RECENT + place, b"", Metadata={"entries": digest})


def _list_keys(bucket: str, article_id: str, keys: Iterable[str], forget: Iterable[str] = ()) -> set[str]:
    """Adds keys to the article's list of entries, removes others, and returns the previous list.

    The write is conditional, so that no writer overwrites the keys of another. Raises TimeoutError after ATTEMPTS lost writes.
    """
    key = f"articles/{article_id}/index.json"
    for _ in range(ATTEMPTS):
        existing = get_object(bucket, key)
        listed = set[str](json.loads(existing.body)) if existing else set[str]()
        wanted = (listed - set(forget)) | set(keys)
        body = json.dumps(sorted(wanted)).encode()
        condition = {"IfMatch": existing.etag} if existing else {"IfNoneMatch": "*"}
        if wanted == listed or put_object(bucket, key, body, ContentType="application/json", **condition):
            return listed
    raise TimeoutError(f"{key}: lost {ATTEMPTS} conditional writes in a row")


def recent_entries(bucket: str, after: str = "") -> Iterator[Entry]:
    """Yields the entries after a place, newest first."""
    return _list_entries(bucket, RECENT, RECENT + after)


def entries_with_word(bucket: str, word: str) -> list[Entry]:
    """Returns the entries of headlines with a word that starts with `word`, newest first, each article once."""
    found: dict[str, Entry] = {}
    for entry in sorted(islice(_list_entries(bucket, f"index/words/{word}"), MAX_ENTRIES), key=lambda entry: entry.place):
        found.setdefault(entry.article_id, entry)
    return list(found.values())


def entries_with_address(bucket: str, url: str) -> list[Entry]:
    """Returns the entries of articles with this canonical URL; scheme, tracking parameters and a final slash are ignored."""
    return list(_list_entries(bucket, _address_prefix(url)))


def received_entries(bucket: str, words: Collection[str], url: str = "") -> list[Entry]:
    """Returns the entries of articles that are not indexed yet and have all these words, or this address if there is one."""
    address = _address_hash(url) if url else ""
    found = []
    for entry in islice(_list_entries(bucket, RECEIVED), MAX_RECEIVED):
        entry_address, entry_words = entry.key.split("/")[3:5]
        if entry_address == address if address else words and _have(entry_words.split(), words):
            found.append(entry)
    return found


def count_articles(bucket: str) -> int | None:
    """Returns the number of all articles, None if there are too many to list them quickly."""
    entries = list(islice(recent_entries(bucket), MAX_COUNTED + 1))
    return len({entry.article_id for entry in entries}) if len(entries) <= MAX_COUNTED else None


def ids_beginning(bucket: str, begin: str, most: int) -> list[str]:
    """Returns up to `most` IDs of stored articles that start with `begin`, in alphabetical order."""
    answer = s3().list_objects_v2(Bucket=bucket, Prefix=f"articles/{begin}", Delimiter="/", MaxKeys=most)
    found = [item["Prefix"].split("/")[1] for item in answer.get("CommonPrefixes", ())]
    return [article_id for article_id in found if article_id != CHECK_ID]


def words_of(text: str) -> frozenset[str]:
    """Returns the index terms of a text: words without case and accents, or character pairs in scripts without spaces."""
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
    """Returns whether the headline has, for each of these words, a word that starts with it."""
    return _have(words_of(headline), words)


def _have(present: Collection[str], words: Iterable[str]) -> bool:
    return all(any(word.startswith(wanted) for word in present) for wanted in words)


def _place(article: Article, revision: Revision) -> str:
    return f"{stamp_of(revision)}/{article.id}"


def _list_entries(bucket: str, prefix: str, after: str = "") -> Iterator[Entry]:
    options = {"StartAfter": after} if after > prefix else {}
    for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, **options):
        for item in page.get("Contents", ()):
            yield _entry(item["Key"])


def _entry(key: str) -> Entry:
    stamp, article_id = key.rsplit("/", 2)[1:]
    return Entry(key, stamp, article_id)


def _address_prefix(url: str) -> str:
    return f"index/urls/{_address_hash(url)}/"


def _address_hash(url: str) -> str:
    parts = urlsplit(url)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _TRACKERS.match(name)])
    plain = f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}"
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]
