"""Tests support.template_changes: it reports resources that a deployment would delete or replace."""

import copy

import pytest

from support.template import TEMPLATE
from support.template_changes import KEPT, losses, main, read

NOW = read(TEMPLATE)
RELEASED = TEMPLATE.parent / ".ci/released-template.yaml"


def test_template_loses_nothing_of_the_last_release(capsys):
    assert main(RELEASED, TEMPLATE) == 0
    assert capsys.readouterr().out.startswith("# Release ")


def test_first_release_loses_nothing(tmp_path, capsys):
    assert main(tmp_path / "released.yaml", TEMPLATE) == 0
    assert "not there" in capsys.readouterr().out


def test_prints_losses_and_exits_with_1(tmp_path, capsys):
    renamed = tmp_path / "template.yaml"
    renamed.write_text(TEMPLATE.read_text(encoding="utf-8").replace("  Bucket:\n", "  Cards:\n", 1), encoding="utf-8")
    assert main(TEMPLATE, renamed) == 1
    assert "Bucket: AWS::S3::Bucket would be deleted" in capsys.readouterr().out


def test_template_loses_nothing_of_itself():
    assert list(losses(NOW, NOW)) == []


@pytest.mark.parametrize("name", [name for name, entry in NOW["Resources"].items() if entry["Type"] in KEPT])
def test_reports_deleted_resource(name):
    without = copy.deepcopy(NOW)
    del without["Resources"][name]
    assert list(losses(NOW, without)) == [f"{name}: {NOW['Resources'][name]['Type']} would be deleted"]


@pytest.mark.parametrize(
    ("resource", "key", "value"),
    [("Bucket", "BucketName", "cards"), ("RenderQueue", "FifoQueue", True), ("WebhooksSecret", "Name", "webhooks")],
)
def test_reports_renamed_resource_as_replaced(resource, key, value):
    renamed = copy.deepcopy(NOW)
    renamed["Resources"][resource].setdefault("Properties", {})[key] = value
    assert list(losses(NOW, renamed)) == [f"{resource}: another {key} would replace it"]


def test_reports_changed_deletion_policy_of_the_bucket():
    mortal = copy.deepcopy(NOW)
    del mortal["Resources"]["Bucket"]["DeletionPolicy"]
    assert list(losses(NOW, mortal)) == ["Bucket: DeletionPolicy was Retain, is None"]


def test_keeping_a_resource_that_was_deleted_with_the_stack_is_no_loss():
    mortal = copy.deepcopy(NOW)
    del mortal["Resources"]["WebhooksSecret"]["DeletionPolicy"]
    assert list(losses(mortal, NOW)) == []


def test_reports_parameters_that_break_an_update():
    other = copy.deepcopy(NOW)
    other["Parameters"]["Colour"] = {"Type": "String"}
    del other["Parameters"]["Theme"]
    assert len(list(losses(NOW, other))) == 2
