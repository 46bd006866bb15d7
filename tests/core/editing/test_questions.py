"""Tests storycard.editing.questions: which questions have cards, and what stands there as the answer."""

from dataclasses import replace

from storycard.article import Article, QuestionAndAnswer
from storycard.design.kinds import MAX_QUESTIONS
from storycard.editing.questions import card_answers, card_questions, question_kinds
from support.reading import LANGUAGES

ENGLISH = LANGUAGES.of("en")
ARTICLE = Article(id="quay", headline="Quays must be rebuilt", language="en")
WHO = QuestionAndAnswer("Who pays for the quays?", "The state pays half.")
LEAD = "The state pays one half and the port pays the other half of it."
REST = "Nobody has said so far what happens if the price of granite rises as it did in the year of the great flood. " * 3


def questions(*pairs: QuestionAndAnswer) -> tuple[QuestionAndAnswer, ...]:
    return card_questions(replace(ARTICLE, questions=pairs), ENGLISH)


def test_all_short_pairs_have_cards_in_the_editors_order() -> None:
    pairs = tuple(QuestionAndAnswer(f"Who pays for quay {number}?", "The state.") for number in range(20))
    assert questions(*pairs) == pairs[:MAX_QUESTIONS]
    assert question_kinds(replace(ARTICLE, questions=pairs[:2]), ENGLISH) == ("question-1", "question-2")


def test_long_pairs_leave_no_hole_in_the_numbers() -> None:
    long_question = QuestionAndAnswer("Who pays for " + "the old quays and " * 12 + "the new?", "The state.")
    long_answer = QuestionAndAnswer("Who pays?", REST.replace(". ", ", ") + "or so.")
    assert questions(long_question, WHO, long_answer, WHO) == (WHO, WHO)


def test_without_a_question_the_first_is_listed_to_be_skipped_with_its_reason() -> None:
    assert question_kinds(ARTICLE, ENGLISH) == ("question-1",)


def test_first_sentence_stands_for_a_long_answer_only_if_it_means_something_alone() -> None:
    whole = f"{LEAD} {REST}"
    assert [*card_answers(QuestionAndAnswer("Who pays?", whole), ENGLISH)] == [whole, LEAD]
    assert questions(QuestionAndAnswer("Who pays?", whole)) != ()
    for short in ("Maybe.", "Not necessarily.", "It does, strategically.", "That depends (see below)."):
        assert [*card_answers(QuestionAndAnswer("Does it?", f"{short} {REST}"), ENGLISH)] == [f"{short} {REST}"]
        assert questions(QuestionAndAnswer("Does it?", f"{short} {REST}")) == ()


def test_endless_answer_is_never_set_whole() -> None:
    assert [*card_answers(QuestionAndAnswer("Who pays?", f"{LEAD} " + REST * 20), ENGLISH)] == [LEAD]
    assert [*card_answers(QuestionAndAnswer("Who pays?", "and so on " * 900), ENGLISH)] == []
