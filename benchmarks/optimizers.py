"""How long is one step of an optimizer? Against torch.optim, and optax under jit.

    python3 -m uv run --with torch --with optax python -m benchmarks.optimizers

All start at the same θ, are given the same gradients (nobody computes one) in double
precision, and make one step a call, as an ordinary loop does. First they walk a hundred
steps, and must be at the same point to rounding; then they are timed. ε is 0 for
Adagrad, because optax adds it inside the root. optax's step is compiled beforehand, may
overwrite its arguments (which helps it), and is waited for. Microseconds.
"""

from functools import partial

import numpy as np

from course_utils import Adagrad, Adam, GradientDescent

from .report import table
from .timing import medians, peer, times_as_long

torch, jax, optax = peer("torch"), peer("jax"), peer("optax")

ETA, NO_EPSILON = 1e-3, np.finfo(float).tiny
STEPS, ROUNDS = 100, 40

# Each rule: ours; its name and settings in torch; its name and settings in optax.
RULES = {
    "GradientDescent": (lambda: GradientDescent(ETA), ("SGD", {}), ("sgd", {})),
    "Adagrad": (
        lambda: Adagrad(ETA, NO_EPSILON),
        ("Adagrad", {"eps": NO_EPSILON}),
        ("adagrad", {"initial_accumulator_value": 0.0, "eps": NO_EPSILON}),
    ),
    "Adam": (lambda: Adam(ETA), ("Adam", {}), ("adam", {})),
}


# Every contender: from θ₀ and the gradients to a `walk()` that makes a step with each
# of them, from where the last walk ended, and returns θ.


def with_ours(make, theta, gradients):
    optimizer = make()

    def walk():
        nonlocal theta
        for gradient in gradients:
            theta = optimizer.step(theta, gradient)
        return theta

    return walk


def with_torch(name, settings, theta, gradients):
    theta = torch.tensor(theta, requires_grad=True)
    gradients = [torch.tensor(gradient) for gradient in gradients]
    optimizer = getattr(torch.optim, name)([theta], lr=ETA, **settings)

    def walk():
        for gradient in gradients:
            theta.grad = gradient
            optimizer.step()
        return theta.detach().numpy()

    return walk


def with_optax(name, settings, theta, gradients):
    theta = jax.numpy.array(theta)
    gradients = [jax.numpy.array(gradient) for gradient in gradients]
    optimizer = getattr(optax, name)(ETA, **settings)
    state = optimizer.init(theta)

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(theta, state, gradient):
        updates, state = optimizer.update(gradient, state, theta)
        return optax.apply_updates(theta, updates), state

    def walk():
        nonlocal theta, state
        for gradient in gradients:
            theta, state = step(theta, state, gradient)
            theta.block_until_ready()
        return theta

    return walk


def walks(rule: str, d: int) -> dict:
    """The contenders that are installed, each having walked once to the same point."""
    ours, (in_torch, settings), in_optax = RULES[rule]
    theta, *gradients = np.random.default_rng(0).standard_normal((1 + STEPS, d))
    start = {"course_utils": partial(with_ours, ours)}
    if torch:
        fused = settings | {"fused": True}
        start["torch"] = partial(with_torch, in_torch, settings)
        start["torch, fused"] = partial(with_torch, in_torch, fused)
    if jax and optax:
        start["optax, jit"] = partial(with_optax, *in_optax)
    made = {name: begin(theta, gradients) for name, begin in start.items()}
    expected = made["course_utils"]()
    for name, walk in made.items():
        if name != "course_utils":
            np.testing.assert_allclose(walk(), expected, 1e-9, 1e-12, err_msg=name)
    return made


def main():
    if jax:
        jax.config.update("jax_enable_x64", True)
    names = ["course_utils", "torch", "torch, fused", "optax, jit"]
    rows = []
    for rule in RULES:
        for d in (2, 100, 10_000):
            took = medians(walks(rule, d), ROUNDS)
            step = {name: 1000 * time / STEPS for name, time in took.items()}
            ours = step["course_utils"]
            others = [times_as_long(step.get(name), ours) for name in names[1:]]
            rows.append([rule, f"{d:,}", f"{ours:.1f}", *others])
    print(table(["rule", "d", *names], rows))


if __name__ == "__main__":
    main()
