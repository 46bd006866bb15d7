"""What a deployment must not take away is noticed."""

import copy

import pytest
from changes import KEPT, losses, read
from resolved import TEMPLATE

NOW = read(str(TEMPLATE))
RELEASED = read(str(TEMPLATE.parent / ".ci/released-template.yaml"))


def test_this_template_takes_nothing_away_from_the_last_release():
    assert list(losses(RELEASED, NOW)) == []


def test_a_template_takes_nothing_away_from_itself():
    assert list(losses(NOW, NOW)) == []


@pytest.mark.parametrize("name", [name for name, entry in NOW["Resources"].items() if entry["Type"] in KEPT])
def test_what_holds_something_stays(name):
    without = copy.deepcopy(NOW)
    del without["Resources"][name]
    assert list(losses(NOW, without)) == [f"{name}: {NOW['Resources'][name]['Type']} would be deleted"]


@pytest.mark.parametrize(
    ("resource", "key", "value"),
    [("Bucket", "BucketName", "cards"), ("RenderQueue", "FifoQueue", True), ("WebhooksSecret", "Name", "webhooks")],
)
def test_a_new_name_is_a_new_and_empty_thing(resource, key, value):
    renamed = copy.deepcopy(NOW)
    renamed["Resources"][resource].setdefault("Properties", {})[key] = value
    assert list(losses(NOW, renamed)) == [f"{resource}: another {key} would replace it"]


def test_the_bucket_outlives_its_stack():
    mortal = copy.deepcopy(NOW)
    del mortal["Resources"]["Bucket"]["DeletionPolicy"]
    assert list(losses(NOW, mortal)) == ["Bucket: DeletionPolicy was Retain, is None"]


def test_parameters_of_the_last_release_still_work():
    other = copy.deepcopy(NOW)
    other["Parameters"]["Colour"] = {"Type": "String"}
    del other["Parameters"]["Theme"]
    assert len(list(losses(NOW, other))) == 2
