"""What is refused, told as a table."""

from collections.abc import Callable

import pytest


def refusals(*rows: tuple[Callable, str]) -> Callable:
    """A test of each row: a call, and what its ValueError says."""

    @pytest.mark.parametrize(("call", "says"), rows)
    def test(call, says):
        with pytest.raises(ValueError, match=says):
            call()

    return test
