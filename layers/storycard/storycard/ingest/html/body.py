"""Extracts paragraphs, bullets and set-apart quotes from the HTML of an article's body."""

from dataclasses import dataclass

from storycard.article import QuestionAndAnswer
from storycard.ingest.html.blocks import Block, read_blocks
from storycard.ingest.html.fact_lists import find_facts, leads_elsewhere
from storycard.ingest.questions.sections import find_questions
from storycard.ingest.quotes.quote_blocks import QuoteBlock
from storycard.language.reading_words import ReadingWords


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article's body.

    `pull_quotes` are the quotes that an editor marked as such, `block_quotes` those in any other quote element.
    `questions` has the pairs of each section of questions and answers, which may be an interview.
    """

    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    pull_quotes: tuple[QuoteBlock, ...] = ()
    block_quotes: tuple[QuoteBlock, ...] = ()
    questions: tuple[tuple[QuestionAndAnswer, ...], ...] = ()


def read_body(markup: str, words: ReadingWords) -> Body:
    """Reads an HTML fragment, well-formed or not."""
    return build_body(read_blocks(markup), words)


def build_body(blocks: list[Block], words: ReadingWords) -> Body:
    """Sorts the blocks of an article into a Body."""
    quotes = [
        (block.pulled, QuoteBlock(tuple(block.lines), tuple(block.source), tuple(block.after_source)))
        for block in blocks
        if block.kind == "quote"
    ]
    paragraphs = (block.text for block in blocks if block.kind == "paragraph")
    return Body(
        paragraphs=tuple(paragraph for paragraph in paragraphs if not leads_elsewhere(paragraph, words)),
        bullets=find_facts(blocks, words),
        pull_quotes=tuple(quote for pulled, quote in quotes if pulled),
        block_quotes=tuple(quote for pulled, quote in quotes if not pulled),
        questions=find_questions(blocks, words),
    )
