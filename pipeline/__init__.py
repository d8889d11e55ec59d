"""Diptych: compare the English and Russian versions of political texts and code their passages.

The public verbs stand in `pipeline.api`; `pipeline.stages` shows the whole pipeline on one screen.
"""

__version__ = "0.1.0"
