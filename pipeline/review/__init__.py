"""The review loop: the least certain findings go out to people, their corrections come back and stay.

`queued` chooses, `labelstudio` and `inception` carry the queue out and the answers in, `store` keeps the answers beside
the run with the reviewer's name, apart from what the machine found; `anchor` finds their places again when a text has
changed; `agreement` compares reviewers with each other and with the machine; `labelled` turns them into training data.
"""

from pipeline.review.queue import LAYERS, Item, queued
from pipeline.review.store import Review, read, write

__all__ = ["LAYERS", "Item", "Review", "queued", "read", "write"]
