"""Learning in neural networks: the mathematics behind the lectures.

Read it in this order, an evening for all of it; each module says first what it is
about, and its `__all__` what it offers. What does not fit is a ValueError that names
the argument and says what is allowed (`validation`).
"""

# NumPy, or a word to whom it is missing.
from .needed import *

# A risk, surfaces to walk on, and the walk.
from .risk import *
from .surfaces import *
from .descent import *
from .optimizers import *

# A first model, and the data to learn from.
from .activations import *
from .perceptron import *
from .datasets import *
from .batches import *

# Losses, networks, backpropagation.
from .losses import *
from .network import *
from .gradient_check import *

# Beyond the risk of the data alone.
from .regularization import *
from .generative import *
