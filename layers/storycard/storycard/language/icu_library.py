"""Opens the ICU library in the icu4py wheel, for the functions that icu4py does not wrap."""

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_OLDEST, _AFTER_NEWEST = 78, 100  # versions of ICU, which end the names of its functions: u_charDirection_78


class _Library(NamedTuple):
    functions: ctypes.CDLL
    version: int


def icu_function(name: str, result: type, arguments: Sequence[type]) -> Callable[..., Any]:
    """Returns ICU's C function `name` with the ctypes of its result and arguments. The first call takes 15 ms: it loads ICU."""
    library = _library()
    function = library.functions[f"{name}_{library.version}"]
    function.restype, function.argtypes = result, arguments
    return function


@cache
def _library() -> _Library:
    """Opens the common ICU library; auditwheel and delocate put it in different folders."""
    import icu4py.breakers  # loads the libraries that libicuuc depends on

    package = Path(icu4py.__file__).parent
    folders = (package.parent / "icu4py.libs", package / ".libs", package / ".dylibs")
    found = sorted(path for folder in folders for path in folder.glob("libicuuc*"))
    if not found:
        raise RuntimeError(f"expected libicuuc beside {package}, found none: reinstall icu4py from a wheel")
    functions = ctypes.CDLL(str(found[0]))
    for version in range(_OLDEST, _AFTER_NEWEST):
        if hasattr(functions, f"u_charDirection_{version}"):
            return _Library(functions, version)
    raise RuntimeError(f"expected ICU {_OLDEST} or newer in {found[0].name}, found no u_charDirection: install the pinned icu4py")
