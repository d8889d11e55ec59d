"""Content keys: the code that a stage runs decides, and no other."""

from pathlib import Path

from pipeline import compare, entities, keys, segment, statements


def files(room: object) -> set[str]:
    seen: set[Path] = set()
    waiting = list(keys._files(room.__name__))  # type: ignore[attr-defined]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += keys._imported(file)
    return {file.relative_to(keys.TOP).as_posix() for file in seen}


def test_a_room_brings_its_modules_its_data_and_what_it_imports() -> None:
    found = files(statements)
    assert {"pipeline/statements/__init__.py", "pipeline/statements/cues.py", "pipeline/document.py"} <= found
    assert {"pipeline/offices/__init__.py", "pipeline/languages/ru/cues.toml"} & found
    assert "pipeline/compare/number/__init__.py" not in found


def test_a_module_is_not_its_neighbours() -> None:
    assert "pipeline/align/search.py" not in files(segment)
    assert "pipeline/compare/number/__init__.py" in files(compare)


def test_imports_in_parentheses_and_inside_functions_count(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text(
        "from pipeline import (\n    align,  # first\n    numerals as n,\n)\n\ndef f():\n    from pipeline.align import search\n"
    )
    found = {path.relative_to(keys.TOP).as_posix() for path in keys._imported(module)}
    assert {
        "pipeline/align/__init__.py",
        "pipeline/numerals/__init__.py",
        "pipeline/align/search.py",
    } <= found


def test_keys_tell_values_apart() -> None:
    assert keys.key("a", ["b"]) != keys.key("a", "b")
    assert keys.code(entities) == keys.code(entities) != keys.code(segment)
    assert keys.environment() == keys.environment()
