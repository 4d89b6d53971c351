"""The startup code of a profile: a folder of files, a script, or a module."""

from __future__ import annotations

import ast
import importlib
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from re_worker.reasons import reason

log = logging.getLogger("re_worker")


class CodeFailure(Exception):
    """Code of the user has failed. ``traceback`` begins where that code begins."""

    def __init__(self, message: str, cause: BaseException) -> None:
        super().__init__(message)
        trace = cause.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename in (__file__, ast.__file__):
            trace = trace.tb_next
        lines = traceback.format_exception(type(cause), cause, trace)
        self.traceback = "".join(lines) + "\n" + message


class StartupCode:
    """Where the startup code is; exactly one of the three places is given."""

    def __init__(self, folder: str | None, script: str | None, module: str | None) -> None:
        self._folder = folder
        self._script = script
        self._module = module

    @property
    def root(self) -> str | None:
        """The folder from which the code, and later scripts, may import; None for a module."""
        if self._folder is not None:
            return self._folder
        return os.path.dirname(self._script) if self._script is not None else None

    def run(self, namespace: dict[str, Any]) -> None:
        """Runs the code in a namespace.

        :raises CodeFailure: if the code fails.
        :raises OSError: if it is not there.
        """
        if self._folder is not None:
            self._run_folder(self._folder, namespace)
        elif self._script is not None:
            log.info("Loading startup script '%s' ...", self._script)
            with local_imports(os.path.dirname(self._script)):
                _run_file(self._script, namespace)
        elif self._module is not None:
            self._import_module(self._module, namespace)

    @staticmethod
    def _run_folder(folder: str, namespace: dict[str, Any]) -> None:
        files = sorted(name for name in os.listdir(folder) if name.endswith((".py", ".ipy")))
        if not files:
            raise OSError(f"The startup folder '{folder}' contains no startup files (*.py, *.ipy)")
        is_new = folder not in sys.path
        if is_new:
            sys.path.append(folder)
        try:
            for name in files:
                path = os.path.join(folder, name)
                log.info("Loading startup file '%s' ...", path)
                _run_file(path, namespace)
        finally:
            if is_new and folder in sys.path:
                sys.path.remove(folder)

    @staticmethod
    def _import_module(name: str, namespace: dict[str, Any]) -> None:
        log.info("Loading startup module '%s' ...", name)
        importlib.invalidate_caches()
        try:
            module = importlib.import_module(name)
        except BaseException as error:
            raise CodeFailure(f"Error while loading module '{name}': {reason(error)}", error) from error
        namespace.update(vars(module))


def run_script(script: str, root: str | None, namespace: dict[str, Any]) -> None:
    """Runs a script that was uploaded, as if it were a file of the startup code.

    :raises CodeFailure: if the script fails; what it did until then remains.
    """
    if not script:
        return
    with local_imports(root):
        namespace["__name__"] = "__main__"
        namespace["__file__"] = os.path.join(root or "", "script")
        try:
            exec(_compile(script, "<script>"), namespace)
        except BaseException as error:
            # Clients look for the beginning of the text, misspelt as it is.
            raise CodeFailure(f"Failed to execute stript: {reason(error)}", error) from error


@contextmanager
def local_imports(root: str | None) -> Iterator[None]:
    """Lets code import modules beside it. They are forgotten afterwards, so that a later script imports them anew."""
    importlib.invalidate_caches()
    if root is None or not os.path.isdir(root):
        yield
        return
    sys.path.insert(0, root)
    known = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - known:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(root):
                del sys.modules[name]
        if root in sys.path:
            sys.path.remove(root)


def _run_file(path: str, namespace: dict[str, Any]) -> None:
    namespace["__file__"] = path
    namespace["__name__"] = "__main__"
    try:
        with open(path, encoding="utf-8") as file:
            source = file.read()
        exec(_compile(source, path), namespace)
    except BaseException as error:
        raise CodeFailure(f"Error while executing script '{path}': {reason(error)}", error) from error
    finally:
        namespace.pop("__file__", None)


def _compile(source: str, path: str) -> CodeType:
    tree = _IPythonImports().visit(ast.parse(source, path))
    # The future of this file is not that of the startup code.
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class _IPythonImports(ast.NodeTransformer):
    """Imports of ``get_ipython`` from IPython bring the one of the worker, which is no IPython."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        if (node.module or "").split(".")[0] != "IPython":
            return node
        own = [alias for alias in node.names if alias.name == "get_ipython"]
        others = [alias for alias in node.names if alias.name != "get_ipython"]
        result: list[ast.stmt] = []
        if others:
            result.append(ast.ImportFrom(node.module, others, node.level))
        if own:
            result.append(ast.ImportFrom("re_worker.ipython", own, 0))
        return [ast.copy_location(statement, node) for statement in result]
