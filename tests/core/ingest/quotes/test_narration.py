"""Tests that the narrator's words are not drawn as the speaker's."""

import pytest

from storycard.ingest.quotes.narration import without_narration


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We bake what we eat,” she said. “Nobody else will.”", "We bake what we eat. Nobody else will."),
        ("“Who bakes?” she asked. “Nobody else will.”", "Who bakes? Nobody else will."),
        ("“We bake,” she said, “and nobody else will.”", "We bake, and nobody else will."),
        ("„Wir backen“, sagte sie. „Sonst tut es keiner.“", "Wir backen. Sonst tut es keiner."),
        ("« Nous cuisons », dit-elle. « Personne d’autre. »", "Nous cuisons. Personne d’autre."),
        ("“We bake,” she said. “Nobody else will,” she added.", "We bake. Nobody else will."),
        ("“We bake what we eat,” said Ana Ruiz.", "We bake what we eat."),
        ("“We bake. Nobody else will.”", "“We bake. Nobody else will.”"),
        ("“Yes” and “no” are both answers.", "“Yes” and “no” are both answers."),
        ("“Bread,” “salt,” “water”: we need them all.", "“Bread,” “salt,” “water”: we need them all."),
        ("We bake “sourdough,” and nobody else will.", "We bake “sourdough,” and nobody else will."),
        ("She told us: “We bake,” and nodded.", "She told us: “We bake,” and nodded."),
    ],
)
def test_narrator_is_left_out(text: str, said: str) -> None:
    assert without_narration(text) == said
