"""A network of K hidden layers and its gradient by backpropagation (slides 15–25).

    forward    h⁽⁰⁾ = x,  a⁽ᵏ⁾ = W⁽ᵏ⁾ h⁽ᵏ⁻¹⁾ + b⁽ᵏ⁾,  h⁽ᵏ⁾ = g(a⁽ᵏ⁾),  φ = φ(a⁽ᴷ⁺¹⁾)
    backward   d⁽ᴷ⁺¹⁾ = d_out,  d⁽ᵏ⁾ = g'(a⁽ᵏ⁾) ⊙ (W⁽ᵏ⁺¹⁾ᵀ d⁽ᵏ⁺¹⁾)
    gradient   ∂ℓ/∂W⁽ᵏ⁾ = d⁽ᵏ⁾ h⁽ᵏ⁻¹⁾ᵀ,  ∂ℓ/∂b⁽ᵏ⁾ = d⁽ᵏ⁾

W is [out, in]: its row i belongs to the unit i it leads to. (The gradients of slides
19–25 are written for [in, out], their forwards for [out, in].) In the code rows are
examples, so that a product with W becomes a product with its transpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .activations import ACTIVATIONS
from .losses import LOSSES
from .risk import EmpiricalRisk
from .validation import finite, generator, integer, one_of, real, sequence, shape

__all__ = ["Network", "Trace"]

# Those of the hidden layers: each unit has a slope of its own.
ELEMENTWISE = [name for name, g in ACTIVATIONS.items() if g.slope]


@dataclass(frozen=True)
class Trace:
    """Every quantity of one example, under its name in the lecture.

    Attributes
    ----------
    a : dict
        a[1] … a[K+1], what goes into each layer's activation.
    h : dict
        h[0] = x … h[K], what the input and the hidden layers give out.
    phi, y : ndarray
        The output and its target.
    loss : float
        ℓ of this example.
    d : dict
        d[1] … d[K+1], the derivatives ∂ℓ/∂a⁽ᵏ⁾; d[K+1] is d_out.

    The gradient of W⁽ᵏ⁾ is ``np.outer(d[k], h[k - 1])``, that of b⁽ᵏ⁾ is ``d[k]``.
    """

    a: dict[int, np.ndarray]
    h: dict[int, np.ndarray]
    phi: np.ndarray
    y: np.ndarray
    loss: float
    d: dict[int, np.ndarray]

    def __repr__(self):
        lines = [f"h0 = {_row(self.h[0])}"]
        for k in self.a:
            h = f"h{k} = {_row(self.h[k])}" if k in self.h else f"φ = {_row(self.phi)}"
            lines.append(f"a{k} = {_row(self.a[k])}  {h}  d{k} = {_row(self.d[k])}")
        return "\n".join([*lines, f"y = {_row(self.y)}  ℓ = {self.loss:.4f}"])


class Network:
    """A fully connected network; its parameters are one flat vector θ.

    Parameters
    ----------
    sizes : sequence of int, ≥ 1
        Units of each layer: input, hidden ones, output. Two sizes are K = 0, no hidden
        layer: linear regression ("identity") or the perceptron ("sigmoid").
    hidden : str or sequence of str
        A name in `ACTIVATIONS`, for all hidden layers or one for each; not "softmax".
    output : str
        A name in `ACTIVATIONS`.

    Attributes
    ----------
    p : int
        The number of parameters, the length of θ: W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾, …
    is_weight : ndarray of bool, shape (p,)
        True on the weights, false on the biases: the mask for a penalty.
    """

    def __init__(self, sizes: Sequence[int], hidden="tanh", output="sigmoid"):
        layers = sequence("sizes", sizes)
        if len(layers) < 2:
            raise ValueError(f"sizes = {sizes!r}: must be at least (inputs, outputs)")
        self.sizes = tuple(integer("sizes", size, low=1) for size in layers)
        self.p = sum(out * (n_in + 1) for n_in, out in pairwise(self.sizes))
        K = len(self.sizes) - 2
        if isinstance(hidden, str):
            hidden = [one_of("hidden", hidden, ELEMENTWISE)] * K
        hidden = sequence("hidden", hidden)
        if len(hidden) != K:
            raise ValueError(f"hidden = {hidden!r}: must be {K} names, one a layer")
        self.hidden = tuple(one_of("hidden", name, ELEMENTWISE) for name in hidden)
        self.output = one_of("output", output, ACTIVATIONS)

    def __repr__(self):
        return f"Network({self.sizes}, hidden={self.hidden}, output={self.output!r})"

    @property
    def is_weight(self) -> np.ndarray:
        theta = np.zeros(self.p)
        for W, _ in self.unpack(theta):
            W[:] = 1
        return theta == 1

    def initial(self, rng) -> np.ndarray:
        """A random start: W ~ N(0, 1/n_in), b = 0 (slide 21, E24).

        The spread keeps a⁽ᵏ⁾ about as large as h⁽ᵏ⁻¹⁾. Equal weights would stay equal
        for ever; random ones break that symmetry.

        Parameters
        ----------
        rng : numpy.random.Generator
        """
        generator(rng)
        theta = np.zeros(self.p)
        for W, _ in self.unpack(theta):
            W[:] = rng.standard_normal(W.shape) / np.sqrt(W.shape[1])
        return theta

    def pack(self, Ws, bs) -> np.ndarray:
        """θ from W⁽¹⁾ … W⁽ᴷ⁺¹⁾ and b⁽¹⁾ … b⁽ᴷ⁺¹⁾.

        Parameters
        ----------
        Ws : sequence of array_like, shapes (n_k, n_{k−1})
        bs : sequence of array_like, shapes (n_k,)

        Returns
        -------
        ndarray, shape (p,)
        """
        n = len(self.sizes) - 1
        for name, given in (("Ws", Ws), ("bs", bs)):
            if len(sequence(name, given)) != n:
                raise ValueError(f"{name}: {len(given)}, must be {n}")
        theta = np.empty(self.p)
        layers = zip(self.unpack(theta), Ws, bs, strict=True)
        for k, ((W, b), W_given, b_given) in enumerate(layers, start=1):
            W[:] = finite(f"W{k}", W_given, *W.shape)
            b[:] = finite(f"b{k}", b_given, *b.shape)
        return theta

    def unpack(self, theta) -> list[tuple[np.ndarray, np.ndarray]]:
        """[(W⁽¹⁾, b⁽¹⁾), …, (W⁽ᴷ⁺¹⁾, b⁽ᴷ⁺¹⁾)], views of θ: writing to them writes to θ.

        Parameters
        ----------
        theta : ndarray of float, shape (..., p)

        Returns
        -------
        list of (W, b)
            Of shapes (..., n_k, n_{k−1}) and (..., n_k).
        """
        theta = real("theta", theta, ..., self.p)
        layers, lead, end = [], theta.shape[:-1], 0
        for n_in, out in pairwise(self.sizes):
            start, middle, end = end, end + out * n_in, end + out * (n_in + 1)
            W = theta[..., start:middle].reshape(lead + (out, n_in))
            layers.append((W, theta[..., middle:end]))
        return layers

    def forward(self, theta, X) -> np.ndarray:
        """φ(x; θ) of every example.

        Parameters
        ----------
        theta : array_like, shape (..., p)
        X : array_like, shape (N, n_in), or (n_in,) for one example

        Returns
        -------
        ndarray, shape (..., N, n_out) or (..., n_out)
        """
        X = finite("X", X, ..., self.sizes[0])
        layers = self.unpack(theta)
        with np.errstate(all="ignore"):
            _, (*_, phi) = self._forward(layers, np.atleast_2d(X))
        return phi if X.ndim > 1 else phi[..., 0, :]

    def risk(self, X, Y, loss: str) -> EmpiricalRisk:
        """R(θ) = (1/N) Σ ℓ(θ; x, y), and its gradient by backpropagation.

        Parameters
        ----------
        X : array_like, shape (N, n_in)
        Y : array_like, shape (N, n_out), or (N,) if there is one output
            Targets: in [0, 1] for "binary_cross_entropy"; for "cross_entropy" rows of
            numbers ≥ 0 that add up to 1, such as `datasets.one_hot`.
        loss : str
            A name in `LOSSES`: "half_squared_error" with any output,
            "binary_cross_entropy" with "sigmoid", "cross_entropy" with "softmax".

        Returns
        -------
        EmpiricalRisk
            Over θ of shape (..., p); leading axes broadcast.

        Raises
        ------
        ValueError
            If the output has no such loss, the shapes do not fit, or X or Y is empty,
            not finite or not a target of that loss.
        """
        ell, d_out = self._loss(loss)
        X = finite("X", X, "N", self.sizes[0])
        Y = self._targets(Y, loss, len(X))

        def value(theta, X, Y):
            a, h = self._forward(self.unpack(theta), X)
            return ell(a[-1], h[-1], Y).mean(-1)

        def gradient(theta, X, Y):
            layers = self.unpack(theta)
            _, h = self._forward(layers, X)
            d = self._backward(layers, h, d_out(h[-1], Y) / len(X))
            flat = np.empty(theta.shape)  # filled through its views, layer by layer
            for k, (dW, db) in enumerate(self.unpack(flat)):
                np.matmul(_transpose(d[k]), h[k], out=dW)
                d[k].sum(-2, out=db)
            return flat

        return EmpiricalRisk(value, gradient, X, Y, is_weight=self.is_weight)

    def trace(self, theta, x, y, loss: str) -> Trace:
        """Every a, h and d of one example, as the lecture writes them (slides 22–25).

        Parameters
        ----------
        theta : array_like, shape (p,)
        x : array_like, shape (n_in,)
        y : array_like, shape (n_out,), or a number if there is one output
        loss : str
            As in `risk`.
        """
        ell, d_out = self._loss(loss)
        theta = finite("theta", theta, self.p)
        X = finite("x", x, self.sizes[0])[None]
        Y = self._targets(finite("y", y).reshape(1, -1), loss, 1, "y")
        layers = self.unpack(theta)
        a, h = self._forward(layers, X)
        d = self._backward(layers, h, d_out(h[-1], Y))
        return Trace(
            a={k: row[0] for k, row in enumerate(a, start=1)},
            h={k: row[0] for k, row in enumerate(h[:-1])},
            phi=h[-1][0],
            y=Y[0],
            loss=float(ell(a[-1], h[-1], Y)[0]),
            d={k: row[0] for k, row in enumerate(d, start=1)},
        )

    def _forward(self, layers, X):
        """[a⁽¹⁾, …, a⁽ᴷ⁺¹⁾] and [h⁽⁰⁾, …, h⁽ᴷ⁾, φ], rows are examples."""
        a, h = [], [X]
        for (W, b), name in zip(layers, (*self.hidden, self.output), strict=True):
            a.append(h[-1] @ _transpose(W) + b[..., None, :])
            h.append(ACTIVATIONS[name].g(a[-1]))
        return a, h

    def _backward(self, layers, h, d_out):
        """[d⁽¹⁾, …, d⁽ᴷ⁺¹⁾], from the last to the first. Slide 20."""
        d = [d_out]
        for k in reversed(range(len(self.hidden))):
            W, _ = layers[k + 1]
            slope = ACTIVATIONS[self.hidden[k]].slope(h[k + 1])
            d.insert(0, (d[0] @ W) * slope)
        return d

    def _loss(self, loss):
        ell, d_out, _ = LOSSES[one_of("loss", loss, LOSSES)]
        if self.output not in d_out:
            fitting = [name for name in LOSSES if self.output in LOSSES[name].d_out]
            raise ValueError(
                f"loss = {loss!r}: must be one of {fitting} with output {self.output!r}"
            )
        return ell, d_out[self.output]

    def _targets(self, Y, loss, N, name="Y"):
        Y = finite(name, Y)
        if Y.ndim == 1 and self.sizes[-1] == 1:
            Y = Y[:, None]
        return LOSSES[loss].targets(name, shape(name, Y, N, self.sizes[-1]))


def _transpose(matrices):
    return matrices.swapaxes(-1, -2)


def _row(numbers):
    return "(" + ", ".join(f"{x + 0.0:.4f}" for x in numbers) + ")"
