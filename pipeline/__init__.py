"""Diptych: compare the English and Russian versions of political texts and code their passages.

    >>> import pipeline                                        # doctest: +SKIP
    >>> work = pipeline.compare("law.en.txt", "law.ru.txt")    # doctest: +SKIP
    >>> [d.kind for d in work.differences]                     # doctest: +SKIP
    ['number', 'omission']
"""

__version__ = "0.1.0"
