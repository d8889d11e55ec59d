"""Offices that introduce people: "Armenian economy minister", «бывший посол Чили в Перу», "who heads the archive".

An office has a role in English normal form, the country that it serves, and whether the text calls it former.
"""

from pipeline.offices.beside import after, before, predicated
from pipeline.offices.nouns import data, noun, plain
from pipeline.offices.office import Office
from pipeline.offices.places import country_mentions
from pipeline.offices.roles import english_role, russian_role

__all__ = [
    "Office",
    "after",
    "before",
    "country_mentions",
    "data",
    "english_role",
    "noun",
    "plain",
    "predicated",
    "russian_role",
]
