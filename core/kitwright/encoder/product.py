"""A product with a weight that stays, laid out once as the processor reads it; an ordinary one does that each time.

oneDNN's own operators, as torch's compiler uses them, take half to two thirds of the time of `linear` for the few
tokens of a message. Where they are missing, `linear` computes the same.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import torch

_ROWS: Final = 64  # tokens that the layout is chosen for


class Product:
    """`x @ weight.T + bias`.

    Args:
        weight: shape (out, in).
        bias: shape (out,).
        precision: of weight, bias and result.
    """

    def __init__(self, weight: "torch.Tensor", bias: "torch.Tensor", precision: "torch.dtype") -> None:
        self._weight, self._bias = weight.to(precision), bias.to(precision)
        self._precision = precision
        packed = _packed(self._weight)
        self._is_packed = packed is not None
        if packed is not None:
            self._weight = packed

    def __call__(self, states: "torch.Tensor", *, gelu: bool = False) -> "torch.Tensor":
        """The product of states, shape (tokens, in), and GELU of it where asked for."""
        import torch

        given = states.to(self._precision)
        if self._is_packed:
            after, kind = ("gelu", "none") if gelu else ("none", "")
            found: torch.Tensor = torch.ops.mkldnn._linear_pointwise(given, self._weight, self._bias, after, [], kind)
            return found
        plain = torch.nn.functional.linear(given, self._weight, self._bias)
        return torch.nn.functional.gelu(plain) if gelu else plain


def _packed(weight: "torch.Tensor") -> "torch.Tensor | None":
    """The weight as oneDNN lays it out; None where torch was built without."""
    import torch

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return None
    try:
        found: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), _ROWS)
    except (AttributeError, RuntimeError):
        return None
    return found
