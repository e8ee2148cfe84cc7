"""How much work goes in; whether there is some left comes out."""

import time

DEFAULT_SECONDS = 20.0
# Of the time there is, what reading the pages may take, and what the rules may take after them.
_FOR_PAGES, _FOR_RULES = 0.6, 0.85


class OutOfBudgetError(Exception):
    """The file asks for more time or room than there is: what is left of it was not seen."""


class Budget:
    """Time to look at one file.

    Attributes:
        seconds: All there is, from the making of this object.
    """

    def __init__(self, seconds: float = DEFAULT_SECONDS) -> None:
        self.seconds = seconds
        self._started = time.monotonic()

    def spend_on_pages(self) -> None:
        """Go on reading pages.

        Raises:
            OutOfBudgetError: The time for them is over.
        """
        self._spend(_FOR_PAGES)

    def spend(self) -> None:
        """Go on with the rules.

        Raises:
            OutOfBudgetError: The time for them is over.
        """
        self._spend(_FOR_RULES)

    def _spend(self, share: float) -> None:
        if time.monotonic() - self._started > self.seconds * share:
            raise OutOfBudgetError(f"it would take more than {self.seconds:g} seconds")
