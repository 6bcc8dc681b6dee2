"""Learning in neural networks: the mathematics behind the lectures."""
