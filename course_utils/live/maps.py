"""Pictures of a model: what it decides where, what it sees, how it is wired."""

from itertools import groupby

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from ..validation import finite, integer, labels, sequence, shape
from . import say
from .view import COLOURS, MARKERS, STILL, View, level_lines, typeset


class Regions(View):
    """What a classifier says everywhere in the plane, with the examples on top.

    Parameters
    ----------
    points : tuple or callable
        The examples (X, y), X of shape (N, 2), y of whole numbers 0, 1, …; a function
        of the result where the examples themselves move.
    of : callable
        Picks the classifier: a function from points (M, 2) to p(y = 1 | x), (M,), or to
        a probability for each class, (M, classes).
    """

    frame = {"xlabel": "x₁", "ylabel": "x₂", "xlim": (-3, 3), "ylim": (-3, 3)}
    side, shades = 60, 12

    def __init__(self, points, of=None, **frame):
        super().__init__(of, **frame)
        self.above = self.note or self._score
        if not callable(points):
            self._examples(points)
        self.points = points if callable(points) else lambda _result: points

    @staticmethod
    def _examples(points):
        if len(sequence("points", points)) != 2:
            raise ValueError(f"points = {points!r}: must be (X, y)")
        X = finite("points", points[0], "N", 2)
        shape("points", labels("points", points[1]), len(X))

    def draw(self, ax, result):
        (left, right), (low, high) = self.frame["xlim"], self.frame["ylim"]
        x = left + (right - left) * (np.arange(self.side) + 0.5) / self.side
        y = low + (high - low) * (np.arange(self.side) + 0.5) / self.side
        self.x, self.y = np.meshgrid(x, y)
        self.image = ax.imshow(
            np.ones((self.side, self.side, 3)),
            extent=(left, right, low, high),
            origin="lower",
            aspect="auto",
            interpolation="nearest",
        )
        (self.border,) = ax.plot([], [], "k", lw=2)
        look = {"ls": "", "mec": "k", "ms": 7}
        classes = range(1 + max(1, int(np.max(self.points(result)[1]))))
        self.dots = [
            ax.plot([], [], marker=MARKERS[c], color=COLOURS[c], **look)[0]
            for c in classes
        ]
        return [self.image, self.border, *self.dots]

    def _chances(self, points, result):
        """A probability for each class, (M, classes), whichever kind it is."""
        p = np.asarray(self.of(result)(points), float)
        return np.stack([1 - p, p], axis=-1) if p.ndim == 1 else p

    def move(self, result):
        grid = np.stack([self.x.ravel(), self.y.ravel()], axis=-1)
        p = self._chances(grid, result)
        self.shares = np.bincount(np.argmax(p, axis=1), minlength=p.shape[1]) / len(p)
        light = 0.35 + 0.65 * np.array([to_rgb(c) for c in COLOURS[: p.shape[1]]])
        steps = np.rint(p * self.shades) / self.shades  # few colours: a small record
        colours = np.clip(1 - 0.6 * (1 - steps @ light), 0, 1)
        self.image.set_data(colours.reshape(self.side, self.side, 3))
        first = p[:, 0] - np.max(p[:, 1:], axis=1)
        (border,) = level_lines(self.x, self.y, first.reshape(self.x.shape), [0.0])
        self.border.set_data(*border.T)
        X, y = self.points(result)
        for c, dots in enumerate(self.dots):
            dots.set_data(*X[y == c].T)

    def _right(self, result) -> tuple[int, int]:
        """How many examples are classified strictly right: a tie is not."""
        X, y = self.points(result)
        p = self._chances(X, result)
        own = np.take_along_axis(p, np.asarray(y, int)[:, None], axis=1)[:, 0]
        others = np.where(np.arange(p.shape[1]) == np.asarray(y)[:, None], -np.inf, p)
        return int(np.sum(own > np.max(others, axis=1))), len(X)

    def _score(self, result) -> str:
        right, all_of = self._right(result)
        return f"✓ {right} / {all_of}"

    def says(self, result):
        right, all_of = self._right(result)
        yield say.REGIONS, {"right": str(right), "all": str(all_of)}
        for c, share in enumerate(self.shares):
            yield say.SHARE, {"c": c, "share": round(100 * share)}


class Images(View):
    """Small grey pictures in a row or two, each with a caption.

    `of` picks (pictures, captions): (n, height, width) and n texts.
    """

    frame = {"xticks": [], "yticks": []}

    def __init__(self, of=None, *, columns=6, **frame):
        super().__init__(of, **frame)
        self.columns = integer("columns", columns, low=1)

    def draw(self, ax, result):
        pictures, captions = self.of(result)
        n, height, width = np.shape(pictures)
        self.cell = np.array([height + 3, width + 1])  # a gap, and room for the caption
        self.shape = -(-n // self.columns), min(n, self.columns)
        whole = self.cell * self.shape
        self.image = ax.imshow(
            np.zeros(whole),
            cmap="gray_r",
            vmin=np.min(pictures),
            vmax=np.max(pictures),
            interpolation="nearest",
        )
        ax.spines[:].set_visible(False)
        self.captions = [
            ax.text(
                left + (width - 1) / 2, top + height + 0.2, "", ha="center", va="top"
            )
            for top, left in self._corners(n)
        ]
        return [self.image, *self.captions]

    def _corners(self, n: int):
        return (self.cell * divmod(k, self.columns) for k in range(n))

    def move(self, result):
        pictures, captions = self.of(result)
        n, height, width = np.shape(pictures)
        white = self.image.norm.vmin
        whole = np.full(self.cell * self.shape, white, dtype=float)
        for picture, (top, left) in zip(pictures, self._corners(n), strict=True):
            whole[top : top + height, left : left + width] = picture
        self.image.set_data(whole)
        for k, text in enumerate(self.captions):
            text.set_text(str(captions[k]) if k < n else "")

    def says(self, result):
        pictures, captions = self.of(result)
        runs = [(text, len(list(alike))) for text, alike in groupby(captions)]
        texts = [f"{text} ({n})" if n > 1 else str(text) for text, n in runs]
        facts = {"n": len(pictures), "captions": ", ".join(texts)}
        range_of = {"smallest": np.min(pictures), "largest": np.max(pictures)}
        yield say.IMAGES, {**facts, **range_of}


class Graph(View):
    """A network as a graph: layers from left to right, numbers in nodes and on edges.

    Parameters
    ----------
    sizes : sequence of int
        The width of each layer, the input first.
    of : callable, optional
        Picks a dict: "nodes", for each layer the text in each node; "edges", for each
        pair of layers a text [to][from]; "lit", which of them to light up, as pairs
        ("nodes", k) or ("edges", k).
    """

    frame = {"xticks": [], "yticks": []}

    def __init__(self, sizes, of=None, **frame):
        super().__init__(of, **frame)
        self.sizes = tuple(integer("sizes", n, low=1) for n in sequence("sizes", sizes))

    def draw(self, ax, result):
        ax.spines[:].set_visible(False)
        ax.set(xlim=(-0.4, len(self.sizes) - 0.6), ylim=(-0.6, max(self.sizes) - 0.4))
        self.nodes, self.wires, self.texts = [], [], []
        for k, n in enumerate(self.sizes):
            x, y = np.full(n, k), self._heights(n)
            self.nodes.append(ax.scatter(x, y, s=5200, edgecolors="k", zorder=3))
            self.texts.append(
                [ax.text(k, z, "", ha="center", va="center", zorder=4) for z in y]
            )
        self.labels = [self._wire(ax, k) for k in range(len(self.sizes) - 1)]
        words = [text for texts in self.texts for text in texts]
        words += [text for rows in self.labels for row in rows for text in row]
        return [*self.nodes, *self.wires, *words]

    def _heights(self, n: int) -> np.ndarray:
        """The first node on top, every layer in the middle."""
        return (max(self.sizes) - 1) / 2 + (n - 1) / 2 - np.arange(n)

    def _wire(self, ax, k: int) -> list:
        """The edges from layer k to layer k + 1, and their labels [to][from]."""
        starts, ends = (self._heights(n) for n in self.sizes[k : k + 2])
        pairs = [((k, start), (k + 1, end)) for end in ends for start in starts]
        self.wires.append(ax.add_collection(LineCollection(pairs, zorder=1)))
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1}

        def near(start: float, end: float) -> float:
            """How far along: level edges half-way, crossing ones before they cross."""
            return 0.5 if start == end else 0.36

        return [
            [
                ax.text(
                    k + near(start, end),
                    start + near(start, end) * (end - start),
                    "",
                    ha="center",
                    va="center",
                    size=12,
                    bbox=paper,
                    zorder=2,
                )
                for start in starts
            ]
            for end in ends
        ]

    def move(self, result):
        part = self.of(result)
        lit = set(part.get("lit", ()))
        for k, nodes in enumerate(self.nodes):
            nodes.set_facecolor("#ffe0b0" if ("nodes", k) in lit else "white")
            for text, said in zip(self.texts[k], part["nodes"][k], strict=True):
                text.set_text(typeset(said))
        for k, wires in enumerate(self.wires):
            here = ("edges", k) in lit
            wires.set(color=COLOURS[1] if here else STILL, linewidth=3 if here else 1.5)
            for row, said in zip(self.labels[k], part["edges"][k], strict=True):
                for text, weight in zip(row, said, strict=True):
                    text.set_text(typeset(weight))

    def says(self, result):
        yield say.GRAPH, {"n": len(self.sizes)}
        for k, nodes in enumerate(self.of(result)["nodes"]):
            texts = (" ".join(text.split()) for text in nodes)
            yield say.LAYER, {"k": k, "nodes": ", ".join(texts)}
