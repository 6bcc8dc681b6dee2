"""A network walked forward and back, one quantity a step."""

from .maps import Graph

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Passes(Graph):
    """Forward through a network and back: at step t, all that is known by then.

    First x, then a⁽ᵏ⁾ and h⁽ᵏ⁾ of each layer up to φ, the deltas from the last layer to
    the first, and in the same order the derivatives of the weights, on their edges.
    Above it stand the quantity of this step and the loss.

    Parameters
    ----------
    sizes : sequence of int
        The width of each layer, the input first.
    of : callable, optional
        Picks (t, trace, Ws, dWs): the step, a `Trace`, and from the first layer to the
        last the weights and the derivatives, [out, in].
    """

    def __init__(self, sizes, of=None, **frame):
        super().__init__(sizes, of, **frame)
        self.pick, self.of = self.of, self._known
        self.note = self.above = self.note or self._step
        self.last = len(self.sizes) - 1
        layers = range(1, self.last + 1)
        forward = [(letter, k) for k in layers for letter in "ah"]
        back = [(letter, k) for letter in "d∂" for k in reversed(layers)]
        self.steps = [("h", 0), *forward, *back]

    def _known(self, result) -> dict:
        """What a graph is told: the texts of nodes and edges, and which are lit."""
        t, trace, Ws, dWs = self.pick(result)
        known, (letter, k) = self.steps[: t + 1], self.steps[t]
        nodes = [
            ["\n".join(self._lines(trace, layer, unit, known)) for unit in range(n)]
            for layer, n in enumerate(self.sizes)
        ]
        edges = [
            [[short(w) for w in row] for row in (dW if ("∂", layer) in known else W)]
            for layer, (W, dW) in enumerate(zip(Ws, dWs, strict=True), start=1)
        ]
        lit = [("nodes", k)] if letter != "∂" else []
        if letter in "a∂":  # from the layer before; a delta comes from the next one
            lit.append(("edges", k - 1))
        elif letter == "d" and k < self.last:
            lit.append(("edges", k))
        return {"nodes": nodes, "edges": edges, "lit": lit}

    def _lines(self, trace, layer: int, unit: int, known):
        """What a unit knows of itself, a line each."""
        for letter, k in known:
            if k == layer and letter != "∂":
                last = letter == "h" and k == self.last
                value = (trace.phi if last else getattr(trace, letter)[k])[unit]
                yield f"{self._name(letter, k)} {value:.3f}"

    def _name(self, letter: str, k: int) -> str:
        return {("h", 0): "x", ("h", self.last): "φ"}.get((letter, k), letter)

    def _step(self, result) -> str:
        t, trace, *_ = self.pick(result)
        letter, k = self.steps[t]
        name = "∂ℓ/∂W" if letter == "∂" else self._name(letter, k)
        layer = "" if name in "xφ" else f"⁽{k}⁾".translate(SUPERSCRIPTS)
        return f"{name}{layer}     ℓ = {trace.loss:.3f}"


def short(w: float) -> str:
    """-0.065 as -.065, so that it fits on its edge; no -0."""
    return f"{w + 0.0:.2g}".replace("0.", ".", 1)
