"""How fast is the gradient of `Network`? Ratios to hand-written NumPy and scikit-learn.

    python3 -m uv run python benchmarks/network_gradient.py

The digits network 64-32-10 (tanh, softmax, cross-entropy). Hand-written means: the four
matrices by name, one line a formula, nothing checked. scikit-learn's MLPClassifier
trains the same network for one epoch of mini-batches with Adam; it also computes the
loss of each batch. Contenders take turns within one run and their medians are compared,
so that a busy machine disturbs all alike.
"""

import time

import numpy as np

from course_utils.batches import mini_batches
from course_utils.datasets import digits, one_hot
from course_utils.descent import descend
from course_utils.network import Network
from course_utils.optimizers import Adam


def hand_written(theta, X, Y):
    """The gradient of the 64-32-10 network, written out."""
    W1, b1 = theta[:2048].reshape(32, 64), theta[2048:2080]
    W2, b2 = theta[2080:2400].reshape(10, 32), theta[2400:]
    h = np.tanh(X @ W1.T + b1)
    a = h @ W2.T + b2
    e = np.exp(a - a.max(1, keepdims=True))
    phi = e / e.sum(1, keepdims=True)
    d2 = (phi - Y) / len(X)
    d1 = (d2 @ W2) * (1 - h * h)
    dW1, dW2 = d1.T @ X, d2.T @ h
    db1, db2 = d1.sum(0), d2.sum(0)
    return np.concatenate([dW1.ravel(), db1, dW2.ravel(), db2])


def epochs(network, theta, X, Y, n):
    """One epoch of mini-batches with Adam: ours, and scikit-learn's if installed."""
    risk = network.risk(X, Y, "cross_entropy")
    batches = mini_batches(len(X), n, np.random.default_rng(0))
    ours = {
        "course_utils": lambda: descend(
            risk, theta, Adam(1e-3), steps=len(batches), batches=batches
        )
    }
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        return ours
    model = MLPClassifier(
        network.sizes[1:-1], activation="tanh", alpha=0, batch_size=n, random_state=0
    )
    classes = Y.argmax(1)
    everything = np.arange(Y.shape[1])
    return ours | {
        "scikit-learn": lambda: model.partial_fit(X, classes, classes=everything)
    }


def medians(contenders: dict, rounds: int = 300) -> dict:
    """The median time of each, in seconds; each goes first equally often."""
    times = {name: [] for name in contenders}
    for turn in range(rounds):
        names = list(contenders)
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            start = time.perf_counter()
            contenders[name]()
            times[name].append(time.perf_counter() - start)
    return {name: float(np.median(t)) for name, t in times.items()}


def report(what, times):
    ours, *others = times.items()
    ratios = [f"{ours[1] / time:.2f} × {name}" for name, time in others]
    print(f"{what:>20}: {ours[1] * 1e6:7.0f} µs", *ratios, sep=" = ")


def main():
    X, y = digits()
    X, Y = X / 16, one_hot(y)
    network = Network((64, 32, 10), output="softmax")
    theta = network.initial(np.random.default_rng(0))
    for n in (16, 32, 64, 128, 256, len(X)):
        risk = network.risk(X[:n], Y[:n], "cross_entropy")
        contenders = {
            "course_utils": lambda risk=risk: risk.gradient(theta),
            "hand-written": lambda n=n: hand_written(theta, X[:n], Y[:n]),
        }
        ours, by_hand = (gradient() for gradient in contenders.values())
        np.testing.assert_allclose(ours, by_hand, atol=1e-12)
        report(f"gradient, n = {n}", medians(contenders))
    for n in (32, 128):
        report(f"epoch, n = {n}", medians(epochs(network, theta, X, Y, n), rounds=20))


if __name__ == "__main__":
    main()
