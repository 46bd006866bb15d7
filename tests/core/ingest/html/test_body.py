"""Tests extracting quotes from HTML."""

import pytest

from storycard.ingest.quotes.quote_blocks import QuoteBlock
from support.reading import read_body


@pytest.mark.parametrize(
    "wordless",
    [
        "<script type=application/ld+json>{}</script>",
        "<style>p { color: red }</style>",
        "<button>Share this</button>",
        "<svg><title>Quote</title></svg>",
        "<span aria-hidden=true>“</span>",
        "<p hidden>Copied!</p>",
    ],
)
@pytest.mark.parametrize("quoting", ["blockquote", "figure class=pullquote"])
def test_quote_holds_only_visible_text(quoting: str, wordless: str) -> None:
    body = read_body(
        f"<{quoting}><p>We bake what the island eats</p>{wordless}<cite>Ana Ruiz{wordless}</cite></{quoting.split()[0]}>"
    )
    assert (*body.pull_quotes, *body.block_quotes) == (QuoteBlock(("We bake what the island eats",), ("Ana Ruiz",)),)


def test_quote_keeps_preformatted_text() -> None:
    assert read_body("<blockquote><pre>We bake\nwhat the island eats</pre></blockquote>").block_quotes == (
        QuoteBlock(("We bake what the island eats",)),
    )
