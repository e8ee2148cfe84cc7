"""Names of modules go in; importing them then costs nothing until one of them is used.

WeasyPrint imports fontTools' subsetter and variable-font code at the start, a third of its own
import time, for fonts that HarfBuzz cannot subset. Ours it can.
"""

import contextlib
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until a name of it is wanted."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_real(self.__name__), name)


@contextlib.contextmanager
def imported_lazily(modules: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Let `import` find these modules without running them.

    Args:
        modules: By the name of each module, the functions of it that are imported by name. A
            function is replaced by one that imports the module when it is called; anything else is
            looked up when it is asked for.
    """
    standing_in = {}
    for name, functions in modules.items():
        if name in sys.modules:
            continue
        module = _Later(name)
        for function in functions:
            setattr(module, function, _caller(name, function))
        standing_in[name] = sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in standing_in.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _caller(module: str, function: str) -> Any:
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(_real(module), function)(*arguments, **options)

    return call


def _real(name: str) -> ModuleType:
    if isinstance(sys.modules.get(name), _Later):
        del sys.modules[name]
    return importlib.import_module(name)
