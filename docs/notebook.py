"""Run the cells of docs/questions.ipynb and store what they show: python docs/notebook.py OUT

OUT is the folder that `diptych run corpora/demo -o OUT` wrote. The tests run the same cells on a run of their own.
"""

import ast
import json
import sys
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).with_name("questions.ipynb")


def run(notebook: dict[str, Any], known: dict[str, Any]) -> list[tuple[dict[str, Any], Any]]:
    """Every cell of code with the value of its last line, as Jupyter shows it; `known` are the names that are there."""
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            *statements, last = ast.parse("".join(cell["source"])).body
            value = None
            if isinstance(last, ast.Expr):
                exec(compile(ast.Module(statements, []), "<cell>", "exec"), known)
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), known)
            else:
                exec(compile(ast.Module([*statements, last], []), "<cell>", "exec"), known)
            shown.append((cell, value))
    return shown


def output(number: int, value: Any) -> list[dict[str, Any]]:
    """The value as a notebook keeps it: a table as HTML, anything as text."""
    if value is None:
        return []
    data = {"text/plain": repr(value).splitlines(keepends=True)}
    if hasattr(value, "_repr_html_"):
        data["text/html"] = value._repr_html_().splitlines(keepends=True)
    return [{"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}]


def main() -> None:
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    for number, (cell, value) in enumerate(run(notebook, {"OUT": sys.argv[1]}), 1):
        cell["execution_count"], cell["outputs"] = number, output(number, value)
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
