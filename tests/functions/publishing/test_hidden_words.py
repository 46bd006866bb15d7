"""Checks that no word that is killed, closed, private or not yet public is in anything that readers or the team can read."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from support.newsroom_events import ARTICLE
from support.newsroom_model import Model, play
from support.newsroom_outputs import newsroom_with_outputs


def play_words(data: st.DataObject) -> None:
    with newsroom_with_outputs() as outputs:
        public: set[str] = set()  # since the article was last not public; pinned cards of earlier versions stay
        ever: set[str] = set()

        def look(model: Model) -> None:
            seen = model.headline(outputs.desk.now)
            now = {seen} if seen else set()
            assert now <= outputs.public() <= (public | now if now else now)  # before the worker has heard of it
            outputs.render()
            ever.update(now)
            public.intersection_update(public if now else ())
            public.update(now)
            assert outputs.public() == now
            assert now <= outputs.stored("cards/") <= public
            assert outputs.stored(f"articles/{ARTICLE}/versions/") <= public  # the team may look at what was public
            assert outputs.announced() <= ever
            top = model.top[2] if model.top else None
            kept = {top.headline} if top and top.kind not in ("withdraw", "delete") else set()
            assert outputs.team() <= kept
            assert outputs.stored("preview/") <= kept - now

        play(data, outputs.desk, look)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_hidden_words_are_nowhere(data):
    play_words(data)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, phases=[Phase.generate, Phase.shrink])
@given(data=st.data())
def test_hidden_words_are_nowhere_in_a_thousand_sequences(data):
    play_words(data)
