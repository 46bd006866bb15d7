"""Finds quotes in running text, and their speakers where the text leaves no doubt who spoke."""

import re
from collections.abc import Collection, Iterable

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns, plain_words
from storycard.ingest.plain_text import clean_line, clean_quote
from storycard.ingest.quotes.attribution import Source
from storycard.ingest.quotes.caseless_clauses import caseless_source
from storycard.ingest.quotes.clauses_after import pronoun_after, signature, source_after
from storycard.ingest.quotes.clauses_before import circumfixed_source, source_before
from storycard.ingest.quotes.dialogue import labelled_source, split_dialogue, split_final_attribution
from storycard.ingest.quotes.narration import is_doubtful, outer_pairs, without_narration
from storycard.ingest.quotes.people import full_names, is_introduced, mentions_relative, only_person
from storycard.language.sentences import CLOSING_MARKS, SENTENCE_ENDS, ends_sentence
from storycard.language.speech_words import SpeechWords

_MIN_QUOTE = 24  # columns; shorter quotations are single words, titles or irony
_MAX_PARAGRAPH = 5_000  # characters
_MAX_PARAGRAPHS = 500  # a live blog puts its newest entries first
_MAX_OPENING = 2  # words before a quote in its sentence: "They told me “...,” said Ana Ruiz" quotes others
_COMMAS = (",", "，", "،")
_BEFORE_QUOTE = (":", "：", *_COMMAS, "–", "—")
_SENTENCE_END = re.compile(rf"[{re.escape(SENTENCE_ENDS)}]+[{re.escape(CLOSING_MARKS)}]*(?:\s+(?=\S)|(?<=[。！？])(?=\S))")
_SPACED_MARKS = re.compile(r"(?<=[“\"«„])\s+(?=[‘'‚‹])")  # a thin space between an outer and an inner mark


def all_quotes(set_apart: Iterable[PullQuote], paragraphs: tuple[str, ...], words: SpeechWords) -> tuple[PullQuote, ...]:
    """Returns the quotes in `set_apart`, in their order, then those spoken in `paragraphs`.

    A quote in `set_apart` that has no speaker gets the one the text names. If one quote contains another, the later
    one is dropped.
    """
    spoken = find_spoken_quotes(paragraphs, words)
    attributed = [_with_speaker(quote, spoken, words) for quote in set_apart]
    kept: list[PullQuote] = []
    kept_words: list[str] = []
    for quote in (*attributed, *spoken):
        plain = plain_words(quote.text)
        if plain and not any(plain in other or other in plain for other in kept_words):
            kept.append(quote)
            kept_words.append(plain)
    return tuple(kept)


def find_spoken_quotes(paragraphs: tuple[str, ...], words: SpeechWords) -> tuple[PullQuote, ...]:
    """Returns the direct speech in `paragraphs` whose speaker is certain.

    The sentence names the speaker, or has a pronoun that can mean only one person.
    """
    people = full_names(paragraphs, words)
    quotes = []
    for paragraph in paragraphs[:_MAX_PARAGRAPHS]:
        if len(paragraph) <= _MAX_PARAGRAPH:
            names = {} if mentions_relative(paragraph, words) else people  # "Her husband agreed": he has her surname
            spoken = split_dialogue(paragraph, words) or _quoted(paragraph, words, people)
            quotes += [PullQuote(quote.text, names.get(quote.speaker, quote.speaker), quote.role) for quote in spoken]
            for speaker in [quote.speaker for quote in spoken if words.given_names]:
                last = speaker.split()[-1]
                people[last] = speaker if people.get(last, speaker).endswith(speaker) else last
    return tuple(
        quote for quote in quotes if columns(quote.text) >= _MIN_QUOTE and is_introduced(quote.speaker, paragraphs, words)
    )


def _with_speaker(quote: PullQuote, spoken: tuple[PullQuote, ...], words: SpeechWords) -> PullQuote:
    """Finds the speaker of an unattributed quote in its own words or in the body text, and leaves the narrator's words out."""
    said = clean_quote(without_narration(quote.text))
    if quote.speaker:
        return PullQuote(said, quote.speaker, quote.role)
    own = _quoted(quote.text, words, ())
    if own and all(other.speaker == own[0].speaker for other in own):
        return PullQuote(said if said != quote.text else own[0].text, own[0].speaker, own[0].role)
    if split := split_final_attribution(quote.text, words):
        return split
    plain = plain_words(said)
    same = [other for other in spoken if plain and plain in plain_words(other.text)]
    return PullQuote(said, same[0].speaker, same[0].role) if same else PullQuote(said)


def _quoted(paragraph: str, words: SpeechWords, people: Collection[str]) -> list[PullQuote]:
    """Finds attributed speech between quotation marks."""
    paragraph = _SPACED_MARKS.sub("", paragraph)
    outer = outer_pairs(paragraph)
    quotes: list[PullQuote] = []
    narration, previous, joined = "", Source(), False
    for index, pair in enumerate(outer):
        text = clean_line(paragraph[pair.start + 1 : pair.end])
        following = outer[index + 1] if index + 1 < len(outer) else None
        before = paragraph[outer[index - 1].end + 1 if index else 0 : pair.start]
        after = paragraph[pair.end + 1 : following.start if following else len(paragraph)]
        narration += f"{before} "
        source = _find_source(text, before, after, narration, words, people)
        if not source.speaker and previous.speaker and not after.strip(" .") and _is_one_sentence(before):
            source = previous  # “We bake,” she said. “Nobody else does.”
        skipped, joined = joined, False
        previous = source
        if words.speaker_inside_marks and not source.speaker and not f"{before}{after}".strip(" ."):
            quotes += _spoken_inside(text, words)
        if skipped or not source.speaker:
            continue
        if following and _interrupts(text, after, source):  # "My children need me," she said, "but ..."
            text = f"{text} {clean_line(paragraph[following.start + 1 : following.end])}"
            joined = True
        quotes.append(PullQuote(clean_quote(text.rstrip(" ,，،")), source.speaker, source.role))
    return quotes


def _spoken_inside(text: str, words: SpeechWords) -> list[PullQuote]:
    """Reads a first sentence that ends with its speaker inside the quotation marks: « On attend, dit Ana Ruiz. On espère. »

    A past tense may be the speaker's own: « Vous céderez, a dit Ana Ruiz. Je n’ai pas cédé. »
    """
    sentence = _first_sentence(text).strip()
    quote = split_final_attribution(sentence, words)
    clause = sentence.rpartition(quote.speaker)[0].rpartition(",")[2] if quote else ""
    return [quote] if quote and not set(words.auxiliaries).intersection(clause.split()) else []


def _interrupts(quote: str, narration: str, source: Source) -> bool:
    """Returns whether the narrator's words stand within a sentence: between commas, and without another name."""
    begins = quote.endswith(_COMMAS) or narration.lstrip().startswith(_COMMAS)
    own = f"{source.speaker} {source.role}".split()
    named = [word.strip(".,–—-") for word in narration.split() if word[0].isupper()]
    return begins and re.search(r"[,，،]\s*[–—-]?\s*$", narration) is not None and all(word in own for word in named)


def _is_one_sentence(text: str) -> bool:
    return ends_sentence(text) and not _SENTENCE_END.search(text.strip())


def _find_source(quote: str, before: str, after: str, narration: str, words: SpeechWords, people: Collection[str]) -> Source:
    """Finds who said a quote from the words after it and before it. If both name somebody, they have to agree."""
    sentence = "" if ends_sentence(before) or before.rstrip().endswith(";") else _last_sentence(before, words)
    tail = after.lstrip()
    is_predicate = tail.startswith(".") and words.source.match(sentence) and sentence.split()[-1].casefold() in words.auxiliaries
    introduced = sentence.rstrip(" ：:,，،–—") if is_predicate or before.rstrip().endswith(_BEFORE_QUOTE) else ""
    introduces_next = after.rstrip().endswith((":", "："))
    if is_doubtful(sentence, "" if _begins_another(quote, tail) else _first_sentence(tail), words):
        return Source()
    if words.given_names or words.surnames:
        new_sentence = introduces_next or tail.startswith(tuple(SENTENCE_ENDS))
        return caseless_source(sentence.rstrip(" ：:,，،"), "" if new_sentence else after, words, people)
    same_sentence = not after.startswith(".") and (not ends_sentence(quote) or tail[:1] in (*_COMMAS, "–", "—", "-"))
    same_sentence = same_sentence or (quote.endswith(("?", "!")) and not introduces_next)
    found = {
        source.speaker: source
        for source in (
            source_after(after, words, same_sentence=same_sentence) if len(sentence.split()) <= _MAX_OPENING else Source(),
            source_before(introduced, words, people) if introduced else Source(),
        )
        if source.speaker
    }
    if not found and introduced:
        circumfixed = circumfixed_source(introduced, after, words, people)
        found = {circumfixed.speaker: circumfixed} if circumfixed.speaker else {}
    if not found and before.rstrip().endswith((":", "：")) and ends_sentence(quote):
        labelled = labelled_source(introduced, words, people)
        found = {labelled.speaker: labelled} if labelled.speaker else {}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found and not narration.strip():
        return signature(after, words)
    pronoun = "" if found else pronoun_after(after, words)
    return Source(only_person(narration, pronoun, words, people)) if pronoun else Source()


def _begins_another(quote: str, tail: str) -> bool:
    """Returns whether a sentence ends with the quote, and the next begins."""
    return ends_sentence(quote) and not quote.endswith(("?", "!")) and tail[:1].isupper()


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.end()] if end else text


def _last_sentence(text: str, words: SpeechWords) -> str:
    """Returns the words after the last sentence's end. "Dr." and initials do not end one."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        last = text[: end.start()].split()[-1:]
        abbreviated = end[0].startswith(".") and last and (len(last[0]) == 1 or last[0].casefold() in words.short_titles)
        start = start if abbreviated else end.end()
    return text[start:].strip()
