"""Tests that concurrent polls of a feed do not overwrite each other's state."""

from adapters import clients
from adapters.storage.feed_state import FeedState, begin_reading, find_feed_state, put_feed_state

URL = "https://news.example/rss"


def test_a_poll_goes_on_from_its_own_state(aws):
    writes = clients.s3().meta.events

    def overtake(**_: object) -> None:
        writes.unregister("after-call.s3.PutObject", overtake)
        other = find_feed_state(aws.bucket, "desk", URL)
        assert put_feed_state(aws.bucket, "desk", URL, FeedState(failures=3, etag=other.etag))

    writes.register("after-call.s3.PutObject", overtake)
    begun = begin_reading(aws.bucket, "desk", URL, FeedState())
    assert begun
    assert not put_feed_state(aws.bucket, "desk", URL, begun)
    assert find_feed_state(aws.bucket, "desk", URL).failures == 3
