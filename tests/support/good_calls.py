"""One good call of every public function, class and method of the course.

`CALLS` says how each is called rightly and what makes a result of it that can be
looked at; the tests of bad input spoil one argument at a time. What a parameter may be
stands in `RANGES`, by its name, as the documentation has it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

import course_utils as course
from course_utils import activations, validation
from course_utils.exercises import check, hint, progress, solution
from course_utils.languages import language, spoken
from course_utils.live import (
    Bars,
    Curves,
    Goal,
    Graph,
    Images,
    Live,
    Passes,
    PathOnContours,
    PathOnCurve,
    Regions,
    cobweb,
    columns,
    histogram,
    levels,
    live,
    marked,
    reached,
    staircase,
    straight_lines,
)
from support.course import speaking

X = np.array([[0.0, 1], [1, 0.5], [2, -1], [-1, 0], [0.5, 2], [1.5, 1]])
Y = np.array([0, 1, 1, 0, 0, 1])
P = np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]])
Q = np.array([[0.5, 0.5], [1.0, 0.0], [0.3, 0.7]])
MEANS = np.array([[-1.0, 0], [1, 0.5]])
SIGMA = np.array([[2.0, 0.5], [0.5, 1]])
THETA = np.array([0.5, -1.0])
NET = course.Network((2, 3, 1))
PERCEPTRON, WEIGHT = course.Network((1, 1)), [np.array([[0.5]])]
START = np.linspace(-1, 1, NET.p)


@dataclass
class Good:
    """How something is called, and which of its arguments may be NaN or infinite.

    Those are the quantities that a model computes: after a path has diverged they may
    be anything, and what comes of them is documented.
    """

    call: Callable
    arguments: Callable[[], dict]
    computed: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)  # other words for a parameter
    slow: bool = False  # makes a figure


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def good(call: Callable, *computed: str, **arguments) -> Good:
    """A `Good` whose generator is new every time."""

    def fresh() -> dict:
        return {k: v() if v is rng else v for k, v in arguments.items()}

    return Good(call, fresh, computed)


def for_once(name: str) -> tuple[str, ...]:
    """What is spoken after a call of `language`; then all is as before."""
    with speaking(*spoken()):
        language(name)
        return spoken()


def walked(risk) -> tuple:
    """A risk's value and gradient, at a point that has as many coordinates as it."""
    p = 2 if risk.is_weight is None else len(risk.is_weight)
    theta = np.linspace(-0.5, 0.5, p)
    return risk(theta), risk.gradient(theta), risk.is_weight


def stepped(optimizer) -> list:
    """Three steps of an optimizer."""
    theta, points = THETA, []
    for _ in range(3):
        theta = optimizer.step(theta, course.parabola.gradient(theta))
        points.append(theta)
    return points


def rated(optimizer) -> np.ndarray:
    """The base class has a rate and no direction."""
    return optimizer.rate(1)


def first_of(points) -> list:
    return [next(points) for _ in range(3)]


def epoch(batches) -> list:
    """An epoch, unless nobody would wait for it."""
    return list(batches) if len(batches) <= 100 else [len(batches)]


def fitted(model) -> tuple:
    return model.priors, model.means, model.predict_proba(X[:, : model.means.shape[1]])


def built(network) -> tuple:
    if network.p > 1000:
        return (network.p,)
    theta = network.initial(rng())
    return theta, network.forward(theta, np.ones(network.sizes[0])), network.is_weight


def fitted_sum(u, v) -> np.ndarray:
    with validation.fitting(u=u, v=v):
        return u + v


def posterior(model) -> tuple:
    return model.w, model.b


def drawn(figure) -> str:
    """A figure in exact words."""
    return repr(figure)


def doubled(a=1.0):
    return np.array([a, 2 * a])


def small(result):
    return result[0] < 0.6


def summed(a=1.0, b=0.5):
    return np.array([a * b, 2.0])


def kept(words, met) -> str:
    """A figure that has a goal."""
    goal = Goal(words, met)
    return drawn(live(doubled, Curves(ylim=(0, 3)), goal=goal, a=(0.0, 2.0, 0.5)))


def searched(figure, name, b) -> list:
    return reached(figure, name, b=b)


def view(kind, result, **arguments) -> Good:
    """A view that shows a result, which is compute's and may be NaN."""

    def call(result, **k):
        return drawn(live(lambda a=1.0: result, kind(**k), a=(0, 2)))

    names = {"result": kind.__name__, "points": "points|Regions"}
    whole = {"result": result, "of": itself, "note": remark, **arguments}
    return replace(good(call, "result", **whole), names=names, slow=True)


def pieces(line: Callable) -> Callable:
    """The points of a line in pieces, without the NaN after every second one."""
    return lambda **k: [side.reshape(-1, 3)[:, :2] for side in line(**k)]


def remark(_result) -> str:
    return "n"


def itself(result):
    return result


OPTIMIZERS = {
    "GradientDescent": (course.GradientDescent, {}),
    "Adagrad": (course.Adagrad, {"epsilon": 1e-8}),
    "Adam": (course.Adam, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    "AMSGrad": (course.AMSGrad, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    "AdamW": (
        course.AdamW,
        {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.1},
    ),
}
# After a very long step these end in inf or NaN, and say so.
DIVERGE = {
    *OPTIMIZERS,
    *("Optimizer", "Proximal", "descend", "iterates", "check_gradient", "quadratic"),
    *("perceptron_risk", "hybrid_risk", "Network.risk", "EmpiricalRisk"),
    *("Risk", "Risk.__mul__", "Penalty"),
}
FUNCTIONS = {g: getattr(activations, g) for g in activations.__all__ if g.islower()}
SURFACES = [
    *("parabola", "quartic", "absolute_value", "double_well", "rosenbrock"),
    *("beale", "l1", "l2"),
]
VIEWS = [
    *("Curves", "Bars", "Graph", "Images", "Passes", "Regions", "PathOnCurve"),
    "PathOnContours",
]
DISTRIBUTIONS = ["cross_entropy", "kl_divergence"]
TARGETS = ["binary_cross_entropy", "half_squared_error"]
EMPIRICAL = course.perceptron_risk(X, Y)
LDA = course.LDA.fit(X, Y)
BAYES = course.GaussianNaiveBayes.fit(X, Y, shared=True)


def learned(theta, X):
    return theta.sum() + X.sum()


def learned_gradient(theta, X):
    return theta * X.sum()


CALLS: dict[str, Good] = {
    **{name: good(function, "a", a=P) for name, function in FUNCTIONS.items()},
    # batches
    "Batches": good(lambda **k: epoch(course.Batches(**k)), N=6, n=2, rng=rng),
    "full_batch": good(lambda **k: epoch(course.full_batch(**k)), N=6),
    "stochastic": good(lambda **k: epoch(course.stochastic(**k)), N=6, rng=rng),
    "mini_batches": good(
        lambda **k: epoch(course.mini_batches(**k)), N=6, n=4, rng=rng
    ),
    # datasets
    "blobs": good(course.blobs, rng=rng, size=3, means=MEANS, covariance=SIGMA),
    "moons": good(course.moons, rng=rng, size=3, noise=0.1),
    "gate": good(course.gate, name="AND"),
    "iris": good(course.iris),
    "digits": good(course.digits),
    "one_hot": good(course.one_hot, y=Y, classes=2),
    "split": good(course.split, rng=rng, X=X, y=Y, held_out=0.25),
    # descent
    **{
        name: replace(
            good(
                call,
                risk=EMPIRICAL,
                theta0=np.zeros(3),
                optimizer=course.GradientDescent(0.1),
                batches=course.full_batch(6),
                **more,
            ),
            names={"theta0": "theta0|theta", "batches": "batches|batch"},
        )
        for name, call, more in (
            ("descend", course.descend, {"steps": 3, "tolerance": 1e-3}),
            ("iterates", lambda **k: first_of(course.iterates(**k)), {}),
        )
    },
    # generative
    "GaussianNaiveBayes": good(
        lambda **k: fitted(course.GaussianNaiveBayes(**k)),
        priors=[0.5, 0.5],
        means=MEANS,
        variances=np.ones((2, 2)),
    ),
    "GaussianNaiveBayes.fit": good(
        lambda **k: fitted(course.GaussianNaiveBayes.fit(**k)), X=X, y=Y, shared=True
    ),
    "LDA": good(
        lambda **k: fitted(course.LDA(**k)),
        priors=[0.5, 0.5],
        means=MEANS,
        covariance=SIGMA,
    ),
    "LDA.fit": good(lambda **k: fitted(course.LDA.fit(**k)), X=X, y=Y),
    **{
        f"{name}.{method}": good(getattr(model, method), X=X)
        for name, model in (("LDA", LDA), ("GaussianNaiveBayes", BAYES))
        for method in ("log_joint", "predict", "predict_proba")
    },
    "gaussian_error": good(
        course.gaussian_error, w=[1.0, 2.0], b=0.5, means=MEANS, covariance=SIGMA
    ),
    "hybrid_risk": good(
        lambda **k: course.hybrid_risk(**k).gradient(np.arange(4)),
        X_labelled=X,
        y=Y,
        X_unlabelled=X,
        alpha=0.5,
    ),
    # checks of gradients
    "check_gradient": good(
        course.check_gradient, risk=course.beale, theta=THETA, tolerance=1e-6
    ),
    # losses
    "entropy": good(course.entropy, q=Q),
    **{name: good(getattr(course, name), "p", q=Q, p=P) for name in DISTRIBUTIONS},
    **{name: good(getattr(course, name), "phi", y=Q, phi=P) for name in TARGETS},
    # network
    "Network": good(
        lambda **k: built(course.Network(**k)),
        sizes=(2, 3, 1),
        hidden="tanh",
        output="sigmoid",
    ),
    "Network.initial": good(NET.initial, rng=rng),
    "Network.pack": replace(
        good(
            NET.pack,
            Ws=[np.ones((3, 2)), np.ones((1, 3))],
            bs=[np.ones(3), np.ones(1)],
        ),
        names={"Ws": r"Ws|W\d", "bs": r"bs|b\d"},
    ),
    "Network.unpack": good(NET.unpack, "theta", theta=START),
    "Network.forward": good(NET.forward, "theta", theta=START, X=X),
    "Network.risk": good(
        lambda **k: walked(NET.risk(**k)), X=X, Y=Y, loss="binary_cross_entropy"
    ),
    "Network.trace": good(
        NET.trace, theta=START, x=X[0], y=1.0, loss="binary_cross_entropy"
    ),
    # optimizers
    "Optimizer": good(lambda **k: rated(course.Optimizer(**k)), eta=0.1),
    **{
        name: good(lambda kind=kind, **k: stepped(kind(**k)), eta=0.1, **rest)
        for name, (kind, rest) in OPTIMIZERS.items()
    },
    **{
        f"{name}.step": good(
            lambda kind=kind, rest=rest, **k: kind(0.1, **rest).step(**k),
            *("theta", "gradient"),
            theta=THETA,
            gradient=2 * THETA,
        )
        for name, (kind, rest) in OPTIMIZERS.items()
    },
    "Proximal": good(
        lambda **k: stepped(course.Proximal(**k)),
        optimizer=course.GradientDescent(0.1),
        prox=np.round,
    ),
    "Proximal.step": good(
        course.Proximal(course.GradientDescent(0.1), np.round).step,
        *("theta", "gradient"),
        theta=THETA,
        gradient=2 * THETA,
    ),
    # perceptron
    "perceptron_risk": good(lambda **k: walked(course.perceptron_risk(**k)), X=X, y=Y),
    "logistic_regression": good(
        course.logistic_regression, X=X, y=Y, gamma=0.1, steps=5
    ),
    "classical_perceptron": good(
        course.classical_perceptron, X=X, y=Y, eta=1.0, theta0=np.zeros(3), epochs=5
    ),
    # regularization
    "Penalty": good(
        lambda **k: walked(course.Penalty(**k)), value=np.sum, gradient=np.ones_like
    ),
    "Penalty.over": good(
        lambda mask: course.l2.over(mask).gradient(np.ones(np.size(mask))),
        mask=np.array([True, False]),
    ),
    "soft_threshold": good(course.soft_threshold, "theta", theta=THETA, gamma=0.5),
    "ball_through": good(
        course.ball_through, theta=np.array([1.0, 0.5]), gamma1=0.3, gamma2=0.2
    ),
    # risk
    "Risk": good(
        lambda **k: walked(course.Risk(**k)),
        value=np.sum,
        gradient=np.ones_like,
        is_weight=np.array([True, False]),
    ),
    "EmpiricalRisk": good(
        lambda value, gradient, data, is_weight: walked(
            course.EmpiricalRisk(value, gradient, data, is_weight=is_weight)
        ),
        value=learned,
        gradient=learned_gradient,
        data=X,
        is_weight=np.array([True, True]),
    ),
    "Risk.gradient": good(EMPIRICAL.gradient, "theta", theta=np.ones(3)),
    "EmpiricalRisk.on": good(lambda **k: walked(EMPIRICAL.on(**k)), batch=[0, 2, 5]),
    "Risk.__call__": good(EMPIRICAL, "theta", theta=np.ones(3)),
    "Risk.__mul__": good(lambda factor: walked(course.beale * factor), factor=2.0),
    # surfaces
    **{name: good(getattr(course, name), "theta", theta=THETA) for name in SURFACES},
    "quadratic": good(lambda A: course.quadratic(A).gradient(np.ones(len(A))), A=SIGMA),
    # validation
    "finite": good(lambda value: validation.finite("value", value), value=X),
    "real": good(lambda value: validation.real("value", value), "value", value=X),
    "number": good(lambda value: validation.number("value", value), value=2.0),
    "integer": good(lambda value: validation.integer("value", value), value=2),
    "shape": good(lambda X: validation.shape("X", X, "N", 2), "X", X=X),
    "labels": good(lambda y: validation.labels("y", y), y=Y),
    "booleans": good(lambda m: validation.booleans("m", m), m=np.array([True, False])),
    "flag": good(lambda f: validation.flag("f", f), f=True),
    "function": good(lambda f: validation.function("f", f)(0), f=np.cos),
    "interval": good(lambda ends: validation.interval("ends", ends), ends=(0.0, 2.5)),
    "one_of": good(lambda w: validation.one_of("w", w, ["AND"]), w="AND"),
    "positive_definite": good(
        lambda S: validation.positive_definite("S", S, 2), S=SIGMA
    ),
    "sequence": good(lambda s: validation.sequence("s", s), s=(1, 2)),
    "fitting": good(lambda u: fitted_sum(u=validation.real("u", u), v=X), "u", u=X),
    "with_method": good(
        lambda m: validation.with_method("m", m, "normal") and 0, m=rng
    ),
    "generator": good(lambda rng: validation.generator(rng).normal(), rng=rng),
    # live figures
    **{
        name: replace(
            good(
                lambda make=make, **k: drawn(make(k["compute"], k["views"], a=k["a"])),
                compute=doubled,
                views=Curves(ylim=(0, 3)),
                a=(0.0, 2.0, 0.5),
            ),
            slow=True,
            names={"a": "a|slider 'a'"},
        )
        for name, make in (("live", live), ("Live", Live))
    },
    "Goal": replace(good(kept, words="small", met=small), slow=True),
    "reached": replace(
        good(
            searched,
            figure=live(
                summed,
                Curves(ylim=(0, 3)),
                goal=Goal("small", small),
                a=(0.0, 2.0, 0.5),
                b=(0.0, 1.0, 0.5),
            ),
            name="a",
            b=0.5,
        ),
        names={"name": "names|slider '[^']*'"},
    ),
    "Curves": view(
        Curves,
        {"f": (X[:, 0], X[:, 1]), "g": [1.0, 2, 3], "h": (1.0, 2.0)},
        still={"c": [1.0, 2, 3]},
        dots=("g",),
        goal=0.5,
        ylabel="y",
    ),
    "marked": good(lambda x: marked({"f": [3.0, 4.0, 5.0]}, x)["_f"], x=0.5),
    "Bars": view(Bars, {"a": [1.0, 2], "b": [3.0, 1]}, names=("p", "q"), stacked=False),
    "Graph": view(
        Graph,
        {"nodes": [["1", "2"], ["3"]], "edges": [[["4", "5"]]], "lit": [("nodes", 0)]},
        sizes=(2, 1),
    ),
    "Images": view(Images, (np.ones((2, 3, 3)), ["a", "b"]), columns=2),
    "Passes": view(
        Passes,
        (3, PERCEPTRON.trace(THETA, [1.0], 1.0, "half_squared_error"), WEIGHT, WEIGHT),
        sizes=(1, 1),
    ),
    "PathOnCurve": view(
        PathOnCurve, np.array([[1.0], [0.5]]), risk=course.parabola, xlim=(-3, 3)
    ),
    "PathOnContours": view(
        PathOnContours, np.array([THETA, THETA / 2]), risk=course.beale, ylim=(-2, 2)
    ),
    "Regions": view(
        Regions, lambda points: course.sigmoid(points.sum(-1)), points=(X, Y)
    ),
    "cobweb": good(cobweb, "path", path=X[:, 0]),
    "columns": good(columns, "heights", x=X[0], heights=X),
    "histogram": good(histogram, values=X[:, 0], edges=[-3.0, 0.0, 0.5, 3.0]),
    "staircase": good(staircase, edges=[-3.0, 0.0, 3.0], heights=[1.0, 2.0]),
    "levels": good(pieces(levels), heights=[-1.0, 1.0], xlim=(0.0, 300.0)),
    "straight_lines": good(pieces(straight_lines), normals=X, offsets=Y),
    # exercises
    "check": good(check, "answer", name="2.1", answer=...),
    "solution": good(solution, "answer", name="2.1", answer=...),
    "hint": good(hint, name="2.1"),
    "progress": good(progress),
    "language": good(for_once, name="en"),
}


# What a parameter may be, by its name; "callable.name" where it differs. An interval is
# written as the messages write it.
RANGES: dict[str, str | Callable] = {
    **{name: "[1, inf)" for name in ("N", "size", "sizes", "classes", "columns")},
    **{name: "[0, inf)" for name in ("noise", "gamma", "q", "p", "weight_decay")},
    **{name: "[0, inf)" for name in ("gamma1", "gamma2")},
    **{name: "[0, inf)" for name in ("steps", "tolerance", "epochs")},
    **{name: "(0, inf)" for name in ("epsilon", "check_gradient.tolerance")},
    **{name: "(0, inf)" for name in ("variances", "priors")},
    **{name: "(-inf, inf)" for name in ("b", "factor", "marked.x", "Curves.goal")},
    "n": "[1, 6]",
    "classical_perceptron.eta": "(0, inf)",
    "held_out": "(0, 1)",
    "beta1": "[0, 1)",
    "beta2": "[0, 1)",
    "alpha": "[0, 1]",
    "binary_cross_entropy.y": "[0, 1]",
    "binary_cross_entropy.phi": "[0, 1]",
    "Network.risk.Y": "[0, 1]",
    "Network.trace.y": "[0, 1]",
    **{
        f"{name}.y": lambda v: (v >= 0) & (v % 1 == 0)
        for name in ("hybrid_risk", "LDA.fit", "GaussianNaiveBayes.fit", "labels")
    },
    **{
        f"{name}.y": lambda v: (v == 0) | (v == 1)
        for name in (
            *("one_hot", "perceptron_risk", "classical_perceptron"),
            "logistic_regression",
        )
    },
    "EmpiricalRisk.on.batch": lambda v: (v >= -6) & (v < 6) & (v % 1 == 0),
}


def allowed(key: str, name: str) -> Callable:
    """A test of numbers: may this parameter of this callable be so?"""
    said = RANGES.get(f"{key}.{name}", RANGES.get(name, "(-inf, inf)"))
    if callable(said):
        return said
    low, high = ends(said)
    return lambda v: (
        ((v >= low) if said[0] == "[" else (v > low) | (low == -np.inf))
        & ((v <= high) if said[-1] == "]" else (v < high) | (high == np.inf))
    )


def ends(interval: str) -> tuple[float, float]:
    low, high = interval[1:-1].split(", ")
    return float(low), float(high)
