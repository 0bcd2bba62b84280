"""Packages are used through their faces, faces hold what others use and no more, and modules and functions stay short.

A face is the `__init__.py` of a package; what it offers is pinned in tests/data/faces.toml, so that a change of it is a decision seen in
review. What breaks a rule is pinned there too, as a debt: a new one is refused, and one that is paid must be struck off. No debt: empty tables.

To print the pins anew: `python -m tests.search.test_faces > tests/data/faces.toml`
"""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import DATA, ROOT

MODULE_LINES, FUNCTION_LINES, MEAN_FUNCTION_LINES = 250, 40, 10
PINS = DATA / "faces.toml"
FACADE = "search"

ImportedName = tuple[str, str, str]
"""Who imports, from which module, which name ("" for the module itself)."""


@cache
def sources() -> dict[str, Path]:
    """The modules of search and web, by their dotted names; a package by its own."""
    files = [path for package in ("search", "web") for path in sorted((ROOT / package).rglob("*.py"))]
    dotted = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files}
    return {name.removesuffix(".__init__"): path for path, name in dotted.items()}


@cache
def faces() -> dict[str, tuple[str, ...]]:
    """The packages of search, itself included, and the names in their `__all__`."""
    packages = [name for name, path in sources().items() if path.name == "__init__.py" and name.startswith("search")]
    return {name: _exports(ast.parse(sources()[name].read_text("utf-8"))) for name in packages}


def _exports(tree: ast.Module) -> tuple[str, ...]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return tuple(sorted(ast.literal_eval(node.value)))
    return ()


@cache
def imported_names() -> tuple[ImportedName, ...]:
    """Every import of search or web by a module of search or web, those inside functions and for types alone included."""
    return tuple(
        (module, *imported)
        for module, path in sources().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for imported in _imports(node)
        if imported[0].split(".")[0] in (FACADE, "web")
    )


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a statement imports; a module that is imported as a name of its package counts as that module.

    A face may offer a function of the same name as a module (`search.index.fingerprint`): the function is what is imported then.
    """
    if isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: imports are absolute"
        for alias in node.names:
            package, whole = node.module or "", f"{node.module}.{alias.name}"
            is_module = whole in sources() and alias.name not in faces().get(package, ())
            yield (whole, "") if is_module else (package, alias.name)


def is_inside(module: str, package: str) -> bool:
    """Whether a module is of a package, at any depth, or is its face."""
    return module == package or module.startswith(f"{package}.")


def passed_by(module: str, imported: str) -> list[str]:
    """The packages of search whose face an import goes past: those that hold the imported module, and not the one that imports it."""
    parts = imported.split(".")
    above = [".".join(parts[:depth]) for depth in range(2, len(parts))]
    return [package for package in above if not is_inside(module, package)]


def test_packages_are_used_through_their_faces() -> None:
    """No module imports a module that is inside a package which it is not itself a part of; nor the face of its own package."""
    own = [
        (module, imported)
        for module, imported, _ in imported_names()
        if imported in faces() and imported != module and is_inside(module, imported)
    ]
    assert imports_past_faces() == pinned()["imports_past_faces"]
    assert own == []


def test_the_web_knows_the_facade_alone() -> None:
    """What web imports of search is a name that search itself offers."""
    taken = {(source, name) for module, source, name in imported_names() if is_inside(module, "web")}
    of_search = {(source, name) for source, name in taken if is_inside(source, FACADE)}
    assert {source for source, _ in of_search} == {FACADE}
    assert {name for _, name in of_search} <= set(faces()[FACADE])


@pytest.mark.parametrize("package", faces())
def test_a_face_is_what_was_agreed(package: str) -> None:
    """The names of a package are those of faces.toml."""
    assert list(faces()[package]) == pinned()["faces"].get(package), (
        f"if this is meant: see {PINS.name} in the docstring"
    )


def test_no_face_is_agreed_of_a_package_that_is_gone() -> None:
    """And the other way round."""
    assert set(pinned()["faces"]) == set(faces())


def test_what_a_face_offers_is_used() -> None:
    """Each name is imported by a module outside its package; those of the façade are for web and for other programs."""
    assert unused() == pinned()["unused"]


def test_modules_are_short() -> None:
    """At most 250 lines, but for the debts of faces.toml."""
    assert long_modules() == pinned()["long_modules"]


def test_functions_are_short() -> None:
    """At most 40 lines, but for the debts of faces.toml, and under 10 in the mean."""
    assert long_functions() == pinned()["long_functions"]
    lengths = [lines for _, lines in functions()]
    assert sum(lengths) / len(lengths) < MEAN_FUNCTION_LINES


@cache
def pinned() -> dict[str, dict[str, object]]:
    """What was agreed."""
    return tomllib.loads(PINS.read_text("utf-8"))


def imports_past_faces() -> dict[str, list[str]]:
    """The modules that import what is inside another package, and what they import."""
    found: dict[str, set[str]] = {}
    for module, imported, _ in imported_names():
        if passed_by(module, imported):
            found.setdefault(module, set()).add(imported)
    return {module: sorted(imported) for module, imported in found.items()}


def unused() -> dict[str, list[str]]:
    """The names of each face that nothing outside its package imports."""
    used = {(source, name) for module, source, name in imported_names() if not is_inside(module, source)}
    found = {
        package: [name for name in names if (package, name) not in used]
        for package, names in faces().items()
        if package != FACADE
    }
    return {package: names for package, names in found.items() if names}


def functions() -> Iterator[tuple[str, int]]:
    """Every function and method, by its module and name, with its lines from `def` to the end."""
    for module, path in sources().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{module}.{node.name}", node.end_lineno - node.lineno + 1


def long_modules() -> dict[str, int]:
    """The modules over the limit, with their lines."""
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in sources().items()}
    return {module: count for module, count in lines.items() if count > MODULE_LINES}


def long_functions() -> dict[str, int]:
    """The functions over the limit, with their lines."""
    return {name: lines for name, lines in functions() if lines > FUNCTION_LINES}


def _printed() -> str:
    """The pins as they would be now."""
    tables: dict[str, dict[str, object]] = {
        "faces": dict(faces()), "unused": dict(unused()), "imports_past_faces": dict(imports_past_faces()), "long_modules": dict(long_modules()), "long_functions": dict(long_functions()),
    }  # fmt: skip
    lines = ["# What tests/search/test_faces.py holds modules to. Print it anew: python -m tests.search.test_faces"]
    for table, values in tables.items():
        lines += ["", f"[{table}]"]
        for key, value in sorted(values.items()):
            if isinstance(value, int):
                lines.append(f'"{key}" = {value}')
            else:
                assert isinstance(value, list | tuple)
                lines += [f'"{key}" = [', *(f'    "{name}",' for name in sorted(value)), "]"]
    return "\n".join(lines)


if __name__ == "__main__":
    print(_printed())  # noqa: T201 # this prints the pins
