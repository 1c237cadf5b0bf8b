"""A kit's own code: its package imported in isolation, and the functions that kit.yaml names."""

import importlib
import importlib.util
import inspect
import sys
import threading
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kitwright.errors import Fault
from kitwright.files import Faults, closest
from kitwright.kit.manifest import CodeSection
from kitwright.kit.tool_spec import ToolSpec, tool_spec

Place = Callable[..., str]
_HOOK_PARAMETERS: Final[Mapping[str, int]] = {"screen": 2, "policy": 3, "check": 3, "reset": 0}
_LOCK: Final = threading.RLock()


@dataclass(frozen=True, slots=True)
class _Loaded:
    tools: dict[str, ToolSpec] = field(default_factory=dict)
    commands: dict[str, Callable[..., Any]] = field(default_factory=dict)
    evals: dict[str, Callable[..., Any]] = field(default_factory=dict)
    hooks: dict[str, Callable[..., Any]] = field(default_factory=dict)


class KitCode:
    """The functions a kit brings; its package is imported when one is first asked for.

    The package goes by the name `kitwright_kit_<kit>`, so that relative imports inside it work and no
    module of a kit meets one of another.

    Args:
        name: the kit's name.
        root: the kit's folder.
        section: `code` of kit.yaml.
        place: gives file and line of a path in kit.yaml, for faults.
    """

    def __init__(self, name: str, root: Path, section: CodeSection, place: Place) -> None:
        self.package = f"kitwright_kit_{name}"
        self._root = root
        self._section = section
        self._place = place
        self._loaded: _Loaded | None = None

    @property
    def tools(self) -> Mapping[str, ToolSpec]:
        """Tools by name."""
        return self.load().tools

    @property
    def commands(self) -> Mapping[str, Callable[..., Any]]:
        """Commands of `kitwright run` by name."""
        return self.load().commands

    @property
    def evals(self) -> Mapping[str, Callable[..., Any]]:
        """What the kit measures by its own code, by name."""
        return self.load().evals

    @property
    def screen(self) -> Callable[..., Any] | None:
        """Looks at every message before any model runs; see `protocols.Screen`."""
        return self.load().hooks.get("screen")

    @property
    def policy(self) -> Callable[..., Any] | None:
        """May decide a turn before flows do; see `protocols.Policy`."""
        return self.load().hooks.get("policy")

    @property
    def check(self) -> Callable[..., Any] | None:
        """Looks at a reply before it is sent; see `protocols.Check`."""
        return self.load().hooks.get("check")

    @property
    def reset(self) -> Callable[[], Any] | None:
        """Undoes what tools changed in a demo."""
        return self.load().hooks.get("reset")

    def load(self) -> _Loaded:
        """Import everything that kit.yaml names, once.

        Raises:
            FaultsFound: KW112 for each function that can not be imported or has the wrong shape.
        """
        with _LOCK:
            if self._loaded is None:
                reader = _Importer(self.package, self._root, self._place)
                loaded = reader.load(self._section)
                reader.faults.raise_if_any()
                self._loaded = loaded
            return self._loaded


class _Importer:
    """Resolves the names of one kit."""

    def __init__(self, package: str, root: Path, place: Place) -> None:
        self.package = package
        self.root = root
        self.place = place
        self.faults = Faults()

    def load(self, section: CodeSection) -> _Loaded:
        loaded = _Loaded()
        for name, entry in section.tools.items():
            path = ("code", "tools", name, "function")
            function = self.function(entry.function, *path)
            if function:
                try:
                    loaded.tools[name] = tool_spec(name, function, entry.source)
                except ValueError as error:
                    self.wrong(str(error), entry.function, *path)
        for name, dotted in section.commands.items():
            function = self.function(dotted, "code", "commands", name)
            if function:
                loaded.commands[name] = function
        for name, own in section.evals.items():
            function = self.function(own.function, "code", "evals", name, "function")
            if function:
                loaded.evals[name] = function
        for name, count in _HOOK_PARAMETERS.items():
            dotted_hook = getattr(section, name)
            function = self.function(dotted_hook, "code", name) if dotted_hook else None
            if function:
                loaded.hooks[name] = function
                self.check_hook(function, count, dotted_hook, name)
        return loaded

    def check_hook(self, function: Callable[..., Any], count: int, dotted: str, name: str) -> None:
        try:
            inspect.signature(function).bind(*range(count))
        except TypeError:
            self.wrong(f"must take {count} arguments", dotted, "code", name)

    def function(self, dotted: str, *path: str) -> Callable[..., Any] | None:
        module_name, _, name = dotted.rpartition(".")
        module = self.module(module_name, dotted, path)
        if module is None:
            return None
        found = getattr(module, name, None)
        if callable(found):
            return found  # type: ignore[no-any-return]
        own = [key for key, value in vars(module).items() if inspect.isfunction(value) and not key.startswith("_")]
        problem = f"module {module_name} has no function of that name"
        self.wrong(problem, dotted, *path, choices=tuple(sorted(own)), hint=closest(name, own))
        return None

    def module(self, name: str, dotted: str, path: tuple[str, ...]) -> types.ModuleType | None:
        try:
            self.open_package()
            return importlib.import_module(f"{self.package}.{name}")
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a kit's module may raise anything while imported
            message = str(error).replace(f"{self.package}.", "")
            self.wrong(f"can not be imported ({type(error).__name__}: {message})", dotted, *path)
            return None

    def open_package(self) -> None:
        """Put the kit's folder up as a package, in place of another folder's kit of the same name."""
        known = sys.modules.get(self.package)
        if known is not None and list(known.__path__) == [str(self.root)]:
            return
        for name in [name for name in sys.modules if name == self.package or name.startswith(f"{self.package}.")]:
            del sys.modules[name]
        importlib.invalidate_caches()
        place = str(self.root)
        opening = self.root / "__init__.py"
        spec = importlib.util.spec_from_file_location(self.package, opening, submodule_search_locations=[place])
        if spec is None or spec.loader is None:
            raise ImportError(f"{opening} can not be imported")
        package = importlib.util.module_from_spec(spec)
        sys.modules[self.package] = package
        if opening.is_file():
            spec.loader.exec_module(package)

    def wrong(
        self, problem: str, value: str, *path: str, choices: tuple[str, ...] = (), hint: str | None = None
    ) -> None:
        place = self.place(*path)
        self.faults.add(Fault(code="KW112", place=place, problem=problem, value=value, choices=choices, hint=hint))
