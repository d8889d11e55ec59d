"""How many words and names are remembered, of all that a worker meets.

A reading is worth keeping while its word comes again, and the few thousand commonest words are nearly all of any text; names
that one document has, and no other, must not fill the memory of a worker that reads a hundred thousand documents.
"""

WORDS = 1 << 12
"""Words, or names, of which a function remembers what it found last: about a megabyte."""
READINGS = 1 << 10
"""Words whose readings are kept whole: a word that the dictionary does not know has a dozen, together 6 kB."""
PAIRS = 1 << 16
"""Pairs of an English and a Russian word, of which a long work has tens of thousands."""
