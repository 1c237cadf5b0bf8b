"""What the processor can do, as far as the choice of a number format depends on it."""

import functools


@functools.cache
def multiplies_bf16() -> bool:
    """Whether the CPU has instructions for bf16; without them bf16 is slower than fp32."""
    import torch

    tests = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")  # torch has no public name for them
    return any(test() for test in (getattr(torch.cpu, name, None) for name in tests) if test)
