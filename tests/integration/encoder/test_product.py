"""The product of a layer: the same as torch's own, laid out for the processor or not."""

import pytest
import torch
from torch.nn.functional import gelu, linear

from kitwright.encoder import product
from kitwright.encoder.product import Product


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize(("precision", "error"), [(torch.float32, 1e-5), (torch.bfloat16, 5e-2)])
def test_it_is_torchs_own(
    is_packed: bool, precision: torch.dtype, error: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_packed:
        monkeypatch.setattr(product, "_packed", lambda _: None)
    torch.manual_seed(5)
    states, weight, bias = torch.randn(30, 384), torch.randn(1152, 384) / 20, torch.randn(1152)
    ours = Product(weight, bias, precision)
    expected = linear(states, weight, bias)
    assert torch.allclose(ours(states).float(), expected, atol=error)
    assert torch.allclose(ours(states, gelu=True).float(), gelu(expected), atol=error)
    assert ours(states).dtype == precision
