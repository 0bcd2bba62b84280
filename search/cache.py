"""What is held in memory so as not to be made twice: bounded by weight, least used first out, shared by threads.

Nothing is written to disk. Knows nothing of what it holds.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Values by key.

    Args:
        most: the greatest sum of weights; 0 holds nothing.
        weigh: the weight of a value; one that outweighs the whole cache is not held.
    """

    def __init__(self, most: int, weigh: Callable[[V], int]) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._weigh = weigh
        self._held: LRUCache[K, V] = LRUCache(most, getsizeof=weigh)

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()

    def get(self, key: K) -> V | None:
        """What is held under a key."""
        with self._lock:
            return self._held.get(key)

    def put(self, key: K, value: V) -> None:
        """Hold a value."""
        if self._weigh(value) <= self._most:
            with self._lock:
                self._held[key] = value
