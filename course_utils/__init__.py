"""Learning in neural networks: the mathematics behind the lectures."""

from .batches import Batches, full_batch, mini_batches, stochastic
from .descent import descend, iterates
from .optimizers import (
    Adagrad,
    Adam,
    AdamW,
    AMSGrad,
    GradientDescent,
    Optimizer,
    Proximal,
)
from .risk import EmpiricalRisk, Risk
from .surfaces import (
    absolute_value,
    beale,
    double_well,
    parabola,
    quadratic,
    quartic,
    rosenbrock,
)

__all__ = [
    "AMSGrad",
    "Adagrad",
    "Adam",
    "AdamW",
    "Batches",
    "EmpiricalRisk",
    "GradientDescent",
    "Optimizer",
    "Proximal",
    "Risk",
    "absolute_value",
    "beale",
    "descend",
    "double_well",
    "full_batch",
    "iterates",
    "mini_batches",
    "parabola",
    "quadratic",
    "quartic",
    "rosenbrock",
    "stochastic",
]
