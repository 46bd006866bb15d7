import pytest

from adapters.web.conditional import etag_matches
from adapters.web.problems import PROBLEMS


@pytest.mark.parametrize(
    ("if_none_match", "matches"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc","y"', True),
        ("*", True),
        (" * ", True),
        ('"ab"', False),
        ('"abcd"', False),
        ("abc", False),
        ('W/"x", "y"', False),
        ('"*"', False),
        ("", False),
    ],
)
def test_an_entity_tag_is_found_in_a_list(if_none_match, matches):
    assert etag_matches(if_none_match, '"abc"') is matches


def test_every_problem_has_a_name_of_its_own():
    names = [problem.name for problem in PROBLEMS.values()]
    assert len(set(names)) == len(names)
