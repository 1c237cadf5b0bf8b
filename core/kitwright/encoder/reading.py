"""Reading with the encoder's network: without gradients, and on one thread of the processor.

The products of a message are too small to be shared out: two threads take as long as one, and with several turns at
once, or another busy process, they wait for each other many times as long.
"""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reading() -> Iterator[None]:
    """Within it, this thread computes alone."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            yield
    finally:
        torch.set_num_threads(threads)
