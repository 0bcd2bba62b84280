"""What is held in memory so as not to be made twice. Nothing is written to disk; knows nothing of what it holds."""

import threading
from collections.abc import Callable
from operator import itemgetter
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Values by key: bounded by weight, the least recently used dropped first, shared by threads.

    Args:
        capacity: the greatest sum of weights, in whatever unit the callers weigh; 0 holds nothing.
    """

    def __init__(self, capacity: int) -> None:
        self._lock = threading.Lock()
        self._capacity = capacity
        self._held: LRUCache[K, tuple[V, int]] = LRUCache(capacity, getsizeof=itemgetter(1))

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()

    def get(self, key: K) -> V | None:
        """What is held under a key."""
        with self._lock:
            entry = self._held.get(key)
        return None if entry is None else entry[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """Hold a value of this weight; one that outweighs the whole cache is not held."""
        if weight <= self._capacity:
            with self._lock:
                self._held[key] = (value, weight)


class Once(Generic[V]):
    """A value that is made when it is first asked for, once, whatever thread asks.

    Args:
        make: makes the value.
    """

    def __init__(self, make: Callable[[], V]) -> None:
        self._lock = threading.Lock()
        self._make = make
        self._value: list[V] = []

    def get(self) -> V:
        """The value."""
        with self._lock:
            if not self._value:
                self._value.append(self._make())
            return self._value[0]
