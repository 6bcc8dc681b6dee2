"""How long is one epoch of the digits network? Against torch and scikit-learn.

    python3 -m uv run --with torch --with scikit-learn python -m benchmarks.training

The network of lecture 7 (64-32-10, tanh, softmax, cross-entropy) trained with Adam on
the 1797 digits, n = 32 examples a step as there, and fewer and more. All but
scikit-learn start at the same θ, take the same batches, and must end the epoch at the
same point; scikit-learn draws a start of its own, so its risk after the epoch is shown.
torch trains an `nn.Sequential` in a plain loop. scikit-learn's `partial_fit` is called
once a batch, as one does with a stream, or once an epoch with all the data, which it
then divides itself. Below which time no program with NumPy can be: the five matrix
products of each step, alone. Milliseconds.
"""

from functools import partial

import numpy as np

from course_utils import Adam, Network, descend, digits, mini_batches, one_hot

from .report import table
from .timing import medians, peer, times_as_long

torch = peer("torch")
neural_network = peer("sklearn.neural_network")

ETA, ROUNDS, SIZES = 1e-3, 16, (32, 16, 128)
X, labels = digits()
X, Y = X / 16, one_hot(labels)
network = Network((64, 32, 10), output="softmax")
risk = network.risk(X, Y, "cross_entropy")
start = network.initial(np.random.default_rng(0))


class Ours:
    """`descend`, as in lecture 7."""

    def __init__(self, batches):
        self.batches = batches

    def epoch(self):
        path = descend(risk, start, Adam(ETA), self.batches, steps=len(self.batches))
        self.theta = path[-1]


class ByHand:
    """The same written out in NumPy, for this network alone, with nothing checked."""

    def __init__(self, batches):
        self.batches = batches

    def epoch(self):
        theta, m, nu = start, 0.0, 0.0
        for t, batch in enumerate(self.batches, start=1):
            g = self.gradient(theta, X[batch], Y[batch])
            m = 0.9 * m + 0.1 * g
            nu = 0.999 * nu + 0.001 * g * g
            root = np.sqrt(nu / (1 - 0.999**t))
            theta = theta - ETA * m / (1 - 0.9**t) / (root + 1e-8)
        self.theta = theta

    def gradient(self, theta, X, Y):
        W1, b1 = theta[:2048].reshape(32, 64), theta[2048:2080]
        W2, b2 = theta[2080:2400].reshape(10, 32), theta[2400:]
        h = np.tanh(X @ W1.T + b1)
        a = h @ W2.T + b2
        e = np.exp(a - a.max(1, keepdims=True))
        d2 = (e / e.sum(1, keepdims=True) - Y) / len(X)
        d1 = (d2 @ W2) * (1 - h * h)
        dW1, dW2 = d1.T @ X, d2.T @ h
        return np.concatenate([dW1.ravel(), d1.sum(0), dW2.ravel(), d2.sum(0)])


class Products:
    """The five matrix products of each step, and nothing else."""

    theta = None

    def __init__(self, batches):
        self.sizes = [len(batch) for batch in batches]
        (self.W1, _), (self.W2, _) = network.unpack(start)
        self.h, self.d2 = X[: max(self.sizes), :32], Y[: max(self.sizes)]

    def epoch(self):
        for n in self.sizes:
            x, h, d2 = X[:n], self.h[:n], self.d2[:n]
            x @ self.W1.T, h @ self.W2.T  # forward
            d2 @ self.W2, d2.T @ h, h.T @ x  # backward, where h stands for d1


class Torch:
    """nn.Sequential and torch.optim.Adam, in the loop of torch's own tutorial."""

    def __init__(self, batches, dtype="float64", **settings):
        nn, self.dtype = torch.nn, getattr(torch, dtype)
        layers = nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10)
        self.model = nn.Sequential(*layers).to(self.dtype)
        own = self.model.parameters()  # W¹, b¹, W², b²: laid out as θ is
        nn.utils.vector_to_parameters(torch.tensor(start, dtype=self.dtype), own)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=ETA, **settings)
        self.loss = nn.CrossEntropyLoss()
        self.X, self.labels = torch.tensor(X, dtype=self.dtype), torch.tensor(labels)
        self.batches = [torch.tensor(batch) for batch in batches]

    def epoch(self):
        for batch in self.batches:
            self.optimizer.zero_grad()
            self.loss(self.model(self.X[batch]), self.labels[batch]).backward()
            self.optimizer.step()

    @property
    def theta(self):
        own = self.model.parameters()
        return torch.nn.utils.parameters_to_vector(own).detach().double().numpy()


class Sklearn:
    """MLPClassifier.partial_fit: once a batch, or once an epoch with all the data."""

    def __init__(self, batches, once: bool):
        self.batches = [np.arange(len(X))] if once else batches
        self.model = neural_network.MLPClassifier(
            network.sizes[1:-1],
            activation="tanh",
            alpha=0,
            batch_size=len(batches[0]) if once else "auto",  # all of what it is given
            random_state=0,
        )

    def epoch(self):
        for batch in self.batches:
            self.model.partial_fit(X[batch], labels[batch], classes=range(10))

    @property
    def theta(self):
        Ws = [W.T for W in self.model.coefs_]
        return network.pack(Ws, self.model.intercepts_)


# Each with the library that it needs, and how to make it of the batches.
CONTENDERS = {
    "course_utils": (np, Ours),
    "NumPy, written out": (np, ByHand),
    "NumPy, only the matrix products": (np, Products),
    "torch": (torch, Torch),
    "torch, fused Adam": (torch, partial(Torch, fused=True)),
    "torch, float32": (torch, partial(Torch, dtype="float32")),
    "partial_fit, once a batch": (neural_network, partial(Sklearn, once=False)),
    "partial_fit, once an epoch": (neural_network, partial(Sklearn, once=True)),
}


def trained(n: int) -> dict:
    """The contenders that are installed, after one epoch with n examples a step."""
    batches = list(mini_batches(len(X), n, np.random.default_rng(1)))
    made = {}
    for name, (library, make) in CONTENDERS.items():
        if library is not None:
            made[name] = make(batches)
            made[name].epoch()
            check(name, made[name].theta, made["course_utils"].theta)
    return made


def check(name: str, theta, expected) -> None:
    """Whoever starts at the same θ is at the same θ now, to rounding."""
    if theta is not None and "partial_fit" not in name:
        atol = 1e-4 if "float32" in name else 1e-10
        np.testing.assert_allclose(theta, expected, atol=atol, err_msg=name)


def main():
    took, risks = {}, {}
    for n in SIZES:
        made = trained(n)
        if n == SIZES[0]:
            risks = {k: risk(c.theta) for k, c in made.items() if c.theta is not None}
        took[n] = medians({name: c.epoch for name, c in made.items()}, ROUNDS)
    rows = []
    for name in CONTENDERS:
        times = [
            times_as_long(took[n].get(name), took[n]["course_utils"]) for n in SIZES
        ]
        rows.append([name, *times, f"{risks[name]:.2f}" if name in risks else ""])
    print(f"Before the first step R = {risk(start):.2f}.\n")
    print(table(["", *(f"n = {n}" for n in SIZES), f"R after, n = {SIZES[0]}"], rows))


if __name__ == "__main__":
    main()
