"""Resolves template.yaml with a stack's parameters: conditions and intrinsic functions, as CloudFormation does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from support.paths import ROOT

TEMPLATE = ROOT / "template.yaml"


@dataclass(frozen=True)
class Call:
    """One of CloudFormation's intrinsic functions, such as `!If [...]`."""

    name: str
    argument: object


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the one in C takes a tenth of the time
    """Reads !Ref, !Sub and other tags as Call objects."""


def _call(loader: Loader, name: str, node: yaml.Node) -> Call:
    read = {yaml.ScalarNode: loader.construct_scalar, yaml.MappingNode: loader.construct_mapping}
    if isinstance(node, yaml.SequenceNode):
        return Call(name, loader.construct_sequence(node, deep=True))
    return Call(name, read[type(node)](node))


Loader.add_multi_constructor("!", _call)


@dataclass(frozen=True)
class Stack:
    """A template with parameter values. Values that only AWS can provide, such as an ARN, stay as `${Name.Arn}`."""

    template: Mapping
    parameters: Mapping[str, str]

    def section(self, name: str) -> dict:
        """Returns the Resources or Outputs whose condition holds."""
        members = self.template[name].items()
        return {key: self.value(member) for key, member in members if self._is("Condition" not in member or member["Condition"])}

    def broken_rules(self) -> set[str]:
        """Returns the names of the rules that reject these parameters."""
        rules = self.template["Rules"].items()
        return {
            name
            for name, rule in rules
            if self._is(rule["RuleCondition"]) and not all(self._is(item["Assert"]) for item in rule["Assertions"])
        }

    def value(self, value: object) -> object:
        """Resolves all intrinsic functions in a value."""
        match value:
            case Call("If", [condition, yes, no]):
                return self.value(yes if self._is(condition) else no)
            case Call("Ref", name):
                return self.parameters.get(name, None if name == "AWS::NoValue" else f"${{{name}}}")
            case Call("GetAtt", name):
                return f"${{{name}}}"
            case Call("FindInMap", [name, first, second]):
                return self.template["Mappings"][name][self.value(first)][self.value(second)]
            case Call("Sub", [text, names]):
                return self._filled(text, {key: self.value(name) for key, name in names.items()})
            case Call("Sub", text):
                return self._filled(text, {})
            case Call(name, _):
                raise NotImplementedError(name)
            case dict():
                resolved = {key: self.value(item) for key, item in value.items()}
                return {key: item for key, item in resolved.items() if item is not None}
            case list():
                return [item for item in map(self.value, value) if item is not None]
        return value

    def _is(self, condition: object) -> bool:
        match condition:
            case bool():
                return condition
            case str() | Call("Condition", _):
                name = condition if isinstance(condition, str) else condition.argument
                return self._is(self.template["Conditions"][name])
            case Call("Equals", [left, right]):
                return self.value(left) == self.value(right)
            case Call("Not", [negated]):
                return not self._is(negated)
            case Call("And", members):
                return all(map(self._is, members))
            case Call("Or", members):
                return any(map(self._is, members))
        raise NotImplementedError(condition)

    def _filled(self, text: str, names: Mapping[str, object]) -> str:
        known = self.parameters | names
        return re.sub(r"\$\{([\w:.]+)\}", lambda found: str(known.get(found[1], found[0])), text)


@cache
def whole_template() -> Mapping:
    """Returns template.yaml as it is written. Tests share it, so they must not change it."""
    return yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader)


def stack(**parameters: str | int) -> Stack:
    """Returns the template with these parameters and defaults for the others. Raises KeyError for an unknown parameter."""
    template = whole_template()
    defaults = {name: parameter.get("Default", "") for name, parameter in template["Parameters"].items()}
    for name, value in parameters.items():
        assert re.search(template["Parameters"][name].get("AllowedPattern", ""), str(value)), (name, value)
        assert value in template["Parameters"][name].get("AllowedValues", [value]), (name, value)
    return Stack(template, defaults | parameters)
