"""Pages of documents, drawn for those who look at them: few at once, and the latest kept, so that
many readers cost as much as one.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from policy_tracker.errors import BusyError
from policy_tracker.isolation.page_image import page_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_tracker.isolation.page_image import Marks, PageImage

KEPT = 24
"""Pictures that are kept, of some hundred kilobytes each."""
AT_ONCE, ADMITTED = 2, 8
"""How many are drawn at once, and how many requests may wait for that or draw; the others are told
to ask again.
"""


class Pictures:
    """The pictures of one process; any thread may ask."""

    def __init__(
        self, draw: Callable[[bytes, str, int, Marks | None], PageImage] = page_image
    ) -> None:
        self._draw = draw
        self._kept: OrderedDict[str, PageImage] = OrderedDict()
        self._lock = Lock()
        self._admission, self._drawing = BoundedSemaphore(ADMITTED), BoundedSemaphore(AT_ONCE)

    def picture(
        self, tag: str, load: Callable[[], tuple[bytes, str]], page: int, marks: Marks | None
    ) -> PageImage:
        """The picture that `tag` names: one that is kept, else drawn of the document that `load`
        gives, with its name.

        Raises what `page_image` raises, and BusyError where too many are waiting.
        """
        if (kept := self._find(tag)) is not None:
            return kept
        if not self._admission.acquire(blocking=False):
            message = "Many pages are being drawn at this moment. Ask again in a few seconds."
            raise BusyError(message)
        try:
            with self._drawing:
                return self._find(tag) or self._keep(tag, self._draw(*load(), page, marks))
        finally:
            self._admission.release()

    def _find(self, tag: str) -> PageImage | None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def _keep(self, tag: str, picture: PageImage) -> PageImage:
        with self._lock:
            self._kept[tag] = picture
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return picture
