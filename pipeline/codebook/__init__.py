"""A codebook: the versioned, bilingual, hierarchical list of codes that texts are coded with.

`load` reads one, `check` lints one, `diff` compares two versions and tells which annotations go stale.
"""

from pipeline.codebook.diff import Change, diff
from pipeline.codebook.lint import Problem, check, readings
from pipeline.codebook.model import LANGS, NONE, Code, Codebook, Group, load
from pipeline.codebook.terms import Match, Term, TermIndex, TermSyntaxError, compile_terms, index, plain

__all__ = [
    "LANGS",
    "NONE",
    "Change",
    "Code",
    "Codebook",
    "Group",
    "Match",
    "Problem",
    "Term",
    "TermIndex",
    "TermSyntaxError",
    "check",
    "compile_terms",
    "diff",
    "index",
    "load",
    "plain",
    "readings",
]
