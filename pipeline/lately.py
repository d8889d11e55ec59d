"""How many words and names are remembered, of all that a worker meets.

A reading is worth keeping while its word comes again, and the few thousand commonest words are nearly all of any text; names
that one document has, and no other, must not fill the memory of a worker that reads a hundred thousand documents.
"""

WORDS = 1 << 12
"""Words, or names, of which a function remembers what it found last: about a megabyte."""
READINGS = 1 << 13
"""Words whose readings are remembered: some 400 bytes for a word of the dictionary, 1 kB for one it does not know."""
WHOLE = 1 << 7
"""Words whose readings are kept as pymorphy3 gives them, to be inflected soon: a word it does not know has 6 kB of them."""
PAIRS = 1 << 16
"""Pairs of an English and a Russian word, of which a long work has tens of thousands."""
