"""What Matplotlib would paint, written down: short marks (how) and one array (where).

A slider moves, a few artists move, and only those are sent to the page. The recorder
is a Matplotlib renderer without pixels: scales, clipping, dashes and gaps have been
worked out by Matplotlib when a path arrives here, so the painter in the page needs to
know nothing but strokes, fills and small images.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.transforms import Affine2D, BboxBase

from .letters import SIZE, letters

UNIT = 16  # int16 steps per figure pixel, so the array reaches 2047 px each way
REACH = 2047
LIFT = -32768  # an x that means "lift the pen"
COLOURS = 32767  # at most, of one image


class Unsayable(ValueError):
    """An artist asks for something that the painter cannot paint."""


def record(figure: Figure, artists: list[Artist]) -> tuple[list[dict], bytes]:
    """Write down these artists as they stand now, the lowest first.

    Returns
    -------
    marks : list of dict
        How each thing is drawn: kind, colours, width, dashes, clip rectangle; and its
        `length`, how many of the numbers below are its own.
    points : bytes
        Where: little-endian int16, in sixteenths of a figure pixel, y downwards.

    Raises
    ------
    Unsayable
        If an artist cannot be said this way (a hatch, say); the message names it.
    """
    recorder = Recorder(figure)
    for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
        try:
            recorder.take(artist)
        except Unsayable as reason:
            raise Unsayable(f"{type(artist).__name__}: {reason}") from None
    chunks = [np.ravel(chunk) for chunk in recorder.chunks]
    points = np.concatenate(chunks) if chunks else np.empty(0)
    return recorder.marks, points.astype("<i2").tobytes()


def rectangle(box: BboxBase, height: float) -> list[float]:
    """Left, top, width and height of a box in a figure this high, in its pixels."""
    return [round(float(z), 2) for z in (box.x0, height - box.y1, *box.size)]


class Recorder(RendererBase):
    """A renderer that takes notes, in figure pixels with the origin at the top left."""

    def __init__(self, figure: Figure):
        super().__init__()
        self.width, self.height = figure.bbox.size
        self.dpi = figure.dpi
        self.marks: list[dict] = []
        self.chunks: list[np.ndarray] = []

    # What Matplotlib asks of every renderer

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def get_text_width_height_descent(self, s, prop, ismath):
        room = letters(s, prop.copy(), ismath)
        scale = self._scale(prop)
        return room.width * scale, room.height * scale, room.descent * scale

    def option_scale_image(self):
        return True  # images come as small as they are: the page enlarges them

    def take(self, artist: Artist) -> None:
        """Let one artist draw itself here."""
        if not isinstance(artist, AxesImage):
            return artist.draw(self)
        smooth = artist.get_interpolation()
        if smooth not in ("nearest", "none"):
            raise Unsayable(f"interpolation = {smooth!r}: only 'nearest' or 'none'")
        if np.ndim(artist.get_alpha()):
            raise Unsayable("an image has one alpha for all of its pixels")
        artist.set_interpolation("none")  # else Matplotlib resamples it for Agg
        artist.draw(self)
        artist.set_interpolation(smooth)

    def start_filter(self):
        raise Unsayable("a filter cannot be painted")

    def draw_path(self, gc, path, transform, rgbFace=None):
        # A stroke that runs to 1e300 is cut as in Agg, and keeps its slope and dashes.
        clip = None if rgbFace is not None else (0, 0, self.width, self.height)
        outline = self._outline(path, transform, clip)
        if len(outline):
            self._note(gc, rgbFace, self._pixels(outline))

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self._stamp(gc, marker_path, marker_trans, path.vertices, trans, rgbFace)

    def draw_path_collection(
        self, gc, trans, paths, all_transforms, offsets, *more, **kw
    ):
        offset_trans, faces, edges, widths, dashes = more[:5]
        alike = len(paths) == len(widths) == len(dashes) == 1 >= len(all_transforms)
        if not alike or len(offsets) < 2:  # one draw_path each: contours, say
            return super().draw_path_collection(
                gc, trans, paths, all_transforms, offsets, *more, **kw
            )
        none, shape = np.zeros(4), (len(offsets), 4)
        looks = [np.resize(c if len(c) else none, shape) for c in (faces, edges)]
        palette, colours = np.unique(np.hstack(looks), axis=0, return_inverse=True)
        plain = self.new_gc()
        plain.copy_properties(gc)
        plain.set_linewidth(widths[0] if len(edges) else 0)
        plain.set_dashes(*dashes[0])
        css = [[self._css(plain, c[:4]), self._css(plain, c[4:])] for c in palette]
        trans = Affine2D(*all_transforms) + trans
        colours = colours.ravel()
        self._stamp(plain, paths[0], trans, offsets, offset_trans, None, colours, css)

    def draw_image(self, gc, x, y, im, transform=None):
        height, width = im.shape[:2]
        corners = np.array([[0, 0], [width, height]])
        if transform is not None:
            corners = transform.transform([[0, 0], [1, 1]])
        rgba = np.ascontiguousarray(im).view("<u4").ravel()
        palette, colours = np.unique(rgba, return_inverse=True)
        if len(palette) > COLOURS:
            raise Unsayable(f"{len(palette)} colours: one image has {COLOURS} at most")
        gc.set_linewidth(0)
        self._note(
            gc,
            None,
            self._pixels(corners + [x, y]),
            colours.ravel(),
            kind="image",
            size=[width, height],
            alpha=1.0 if gc.get_alpha() is None else gc.get_alpha(),
            palette=palette.tolist(),
        )

    def draw_gouraud_triangles(self, *args):
        raise Unsayable("shaded triangles cannot be painted")

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        there = Affine2D().scale(self._scale(prop)).rotate_deg(angle)
        gc.set_linewidth(0)
        path = letters(s, prop.copy(), ismath).path  # a copy, as its hash may change
        self.draw_path(gc, path, there.translate(x, self.height - y), gc.get_rgb())

    def _scale(self, prop) -> float:
        return self.points_to_pixels(prop.get_size_in_points()) / SIZE

    # How it is written down

    def _stamp(
        self, gc, shape, shape_trans, places, trans, face, colours=None, css=None
    ):
        """One shape at many places; `colours` picks a (fill, stroke) pair of `css`."""
        places = trans.transform(places)
        if len(places) == 1 and css is None and np.all(np.isfinite(places)):
            there = shape_trans + Affine2D().translate(*places[0])
            return self.draw_path(gc, shape, there, face)  # of whatever size
        middle = [self.width / 2, self.height / 2]
        near = np.all(np.abs(places - middle) < [self.width, self.height], axis=1)
        outline = self._outline(shape, shape_trans) * [UNIT, -UNIT]
        chunks = [np.where(np.isnan(outline), LIFT, np.rint(outline))]
        chunks += [self._pixels(places[near])]  # nan is near nothing
        if css is None:
            return self._note(gc, face, *chunks, kind="stamps")
        self._note(gc, face, *chunks, colours[near], kind="stamps", palette=css)

    def _note(self, gc, face, *chunks, kind="path", **more):
        mark = {"kind": kind, "n": [len(chunk) for chunk in chunks], **more}
        mark["length"] = sum(map(np.size, chunks))
        if gc.get_hatch():
            raise Unsayable(f"hatch = '{gc.get_hatch()}': a hatch cannot be painted")
        if gc.get_clip_path()[0] is not None:
            raise Unsayable("only a rectangle can clip what moves")
        if gc.get_sketch_params():
            raise Unsayable("a sketched line cannot be painted")
        if gc.get_linewidth() > 0:
            mark |= self._pen(gc)
        if face is not None:
            mark["fill"] = self._css(gc, face)
        clip = gc.get_clip_rectangle()
        if clip is not None:
            mark["clip"] = rectangle(clip, self.height)
        self.marks.append(mark)
        self.chunks.extend(chunks)

    def _pen(self, gc) -> dict:
        pixels = self.points_to_pixels(1)
        pen = {
            "stroke": self._css(gc, gc.get_rgb()),
            "width": round(gc.get_linewidth() * pixels, 3),
            "join": gc.get_joinstyle(),
            "cap": gc.get_capstyle().replace("projecting", "square"),
        }
        offset, dashes = gc.get_dashes()
        if dashes is not None and len(dashes):
            pen["dash"] = [round(float(dash) * pixels, 3) for dash in dashes]
            pen["offset"] = round(float(offset) * pixels, 3)
        return pen

    @staticmethod
    def _css(gc, colour) -> str:
        if gc.get_forced_alpha():
            colour = (*colour[:3], gc.get_alpha())
        return to_hex(colour, keep_alpha=True)

    @staticmethod
    def _outline(path, transform, clip=None) -> np.ndarray:
        """Straight strokes with curves flattened; a row of nan lifts the pen."""
        path = path.cleaned(
            transform, remove_nans=True, clip=clip, simplify=path.should_simplify
        )
        keep = path.codes != path.STOP
        points, codes = path.vertices[keep], path.codes[keep]
        begins = codes == path.MOVETO
        begin = np.maximum.accumulate(np.where(begins, np.arange(len(codes)), 0))
        points = np.where((codes == path.CLOSEPOLY)[:, None], points[begin], points)
        return np.insert(points, np.flatnonzero(begins)[1:], np.nan, axis=0)

    def _pixels(self, points) -> np.ndarray:
        """Display coordinates to int16 units, y downwards; nan becomes LIFT."""
        down = np.asarray(points, float) * [1, -1] + [0, self.height]
        units = np.rint(np.clip(down, -REACH, REACH) * UNIT)
        return np.where(np.isnan(down), LIFT, units)
