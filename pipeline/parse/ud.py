"""English dependencies from the labels of spaCy's models (ClearNLP) to Universal Dependencies, heads included.

UD puts content words on top: in "trade fell in Chile" the noun hangs on the verb (obl) and the preposition on the
noun (case), as in "торговля упала в Чили"; in "trade is vital" the predicate is the root and "is" its copula.
One representation lets a rule read both languages.

Source: de Marneffe et al. (2021), Universal Dependencies, Computational Linguistics 47(2); label pairs after the
ClearNLP guidelines (Choi and Palmer 2012).
"""

RENAMED = {
    "ROOT": "root",
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "neg": "advmod",
    "relcl": "acl:relcl",
    "dative": "iobj",
    "npadvmod": "obl",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "oprd": "xcomp",
    "meta": "dep",
    "nmod": "compound",
    "nmod:": "nmod",
}
PREPOSITION = {"prep", "agent", "dative"}
VERBAL = {"VERB", "AUX", "ADJ", "ADV"}
OF_NOUN = "nmod:"  # kept apart from ClearNLP's own "nmod" until the labels are renamed


def to_ud(
    heads: list[int], deps: list[str], pos: list[str], lemmas: list[str]
) -> tuple[list[int], list[str]]:
    """The arcs of one sentence in Universal Dependencies."""
    heads, deps = list(heads), list(deps)
    _lift_predicates(heads, deps, lemmas)
    _lift_prepositional_objects(heads, deps, pos)
    return heads, [RENAMED.get(dep, dep) for dep in deps]


def _children(heads: list[int]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in heads]
    for child, head in enumerate(heads):
        if child != head:
            children[head].append(child)
    return children


def _promote(child: int, over: int, heads: list[int], deps: list[str], demoted_as: str) -> None:
    """Let `child` take the place of its head `over`, which becomes its dependent together with all other children."""
    siblings = [c for c, head in enumerate(heads) if head == over and c not in (over, child)]
    heads[child] = child if heads[over] == over else heads[over]
    deps[child] = deps[over]
    heads[over], deps[over] = child, demoted_as
    for sibling in siblings:
        heads[sibling] = child


def _lift_predicates(heads: list[int], deps: list[str], lemmas: list[str]) -> None:
    """In "Ruritania was the buyer" the nominal heads the clause and "was" is its copula."""
    for verb, children in enumerate(_children(heads)):
        complement = next((c for c in children if deps[c] in ("attr", "acomp")), None)
        if complement is None:
            continue
        if any(deps[c] == "expl" for c in children):
            deps[complement] = "nsubj"  # "there is a road": UD keeps the verb on top
        elif lemmas[verb] == "be":
            _promote(complement, verb, heads, deps, "cop")
        else:
            deps[complement] = "xcomp"


def _lift_prepositional_objects(heads: list[int], deps: list[str], pos: list[str]) -> None:
    """In "fell in Chile" the noun hangs on the verb and the preposition on the noun; inner prepositions first."""
    for preposition in reversed(range(len(heads))):
        if deps[preposition] not in PREPOSITION or pos[preposition] not in (
            "ADP",
            "SCONJ",
            "PART",
            "ADV",
            "VERB",
        ):
            continue
        children = [c for c, head in enumerate(heads) if head == preposition and c != preposition]
        noun = next((c for c in children if deps[c] in ("pobj", "obl", OF_NOUN)), None)
        clause = next((c for c in children if deps[c] == "pcomp"), None)
        governor = heads[preposition]
        if noun is not None:
            plain = "obl" if pos[governor] in VERBAL else OF_NOUN
            deps[preposition] = "obl:agent" if deps[preposition] == "agent" else plain
            _promote(noun, preposition, heads, deps, "case")
        elif clause is not None:
            deps[preposition] = "advcl" if pos[governor] in VERBAL else "acl"
            _promote(clause, preposition, heads, deps, "mark")
        elif deps[preposition] != "dative":
            deps[preposition] = "advmod"
