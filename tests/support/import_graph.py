"""Reads which modules import which, from their source: imports inside functions and for type checkers count as well."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = Mapping[str, set[str]]


def find_modules(folder: Path) -> dict[str, Path]:
    """Returns the files of all modules and packages below a folder of the import path, by dotted name."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def read_imports(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    """Returns for each module the other modules that it imports."""
    return {name: set(_imported(path.read_text("utf-8"), modules)) - {name} for name, path in modules.items()}


def find_circle(graph: Graph) -> list[str]:
    """Returns the modules of one import circle, with the first repeated at the end; empty if there is none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name not in done:
            for imported in sorted(graph[name]):
                if circle := walk(imported, [*way, name]):
                    return circle
            done.add(name)
        return []

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


def find_upward_imports(graph: Graph, layers: list[set[str]]) -> set[tuple[str, str]]:
    """Returns the imports of modules in a higher layer, or in another room of the same layer.

    Layers go from low to high. Each is a set of rooms: names of packages or modules, which include everything inside them.
    Raises KeyError for a module that no room holds.
    """
    heights = {room: height for height, layer in enumerate(layers) for room in layer}
    pairs = ((name, imported) for name, names in graph.items() for imported in names)
    return {
        (name, imported)
        for name, imported in pairs
        if (room := _room(name, heights)) != (other := _room(imported, heights)) and heights[other] >= heights[room]
    }


def _room(name: str, heights: Mapping[str, int]) -> str:
    room = name
    while room not in heights and "." in room:
        room = room.rpartition(".")[0]
    if room not in heights:
        raise KeyError(f"{name} is in none of the rooms {sorted(heights)}")
    return room


def _imported(source: str, modules: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names if alias.name in modules)
            case ast.ImportFrom(module, names, level):
                assert level == 0, f"imports here name their module in full, got a relative one of {module}"
                for alias in names:
                    inner = f"{module}.{alias.name}"
                    yield from (name for name in (inner, module) if name in modules and (name == inner or inner not in modules))
