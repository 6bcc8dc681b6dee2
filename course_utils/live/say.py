"""What a figure can say of itself, in every language: its words, and no others.

A view's `says` yields (phrase, values): ``yield say.ENDS, {"name": "θ", "end": 0.5}``.
"""

from ..languages import told


class Phrase:
    """A text in each language, with a {field} for each value."""

    def __init__(self, **texts: str):
        self.texts = texts

    def label(self) -> str:
        """As it stands on a button, in the language that is spoken."""
        return told(self.texts.values(), between=" · ")


class Opening(Phrase):
    """It begins a sentence; the phrases that follow go on with it."""


ON = Opening(es="sobre {risk}", en="on {risk}")
OVER = Opening(es="sobre {risk}, desde {start}", en="on {risk}, from {start}")
AGAINST = Opening(es="contra {x}", en="against {x}")
WITHIN = Opening(es="en {y} contra {x}", en="in {y} against {x}")
BARS = Opening(es="en las barras {names}", en="in the bars {names}")
REGIONS = Opening(
    es="en las regiones de decisión, {right} de {all} ejemplos quedan bien",
    en="in the decision regions, {right} of {all} examples are right",
)
IMAGES = Opening(
    es="hay {n} imágenes ({captions}) con valores de {smallest} a {largest}",
    en="there are {n} pictures ({captions}) with values from {smallest} to {largest}",
)
GRAPH = Opening(es="en la red de {n} capas", en="in the network of {n} layers")

PATH = Phrase(
    es="{name} llega a {end} en t = {steps} y su menor R es {smallest}",
    en="{name} reaches {end} at t = {steps} and its smallest R is {smallest}",
)
ENDS = Phrase(es="{name} termina en {end}", en="{name} ends at {end}")
DIVERGES = Phrase(
    es="{name} diverge y sale de la figura en t = {leaves}",
    en="{name} diverges and leaves the figure at t = {leaves}",
)
LEVEL = Phrase(es="{name} se queda en {end}", en="{name} stays at {end}")
RISES = Phrase(
    es="{name} sube de {start} a {end}",
    en="{name} rises from {start} to {end}",
)
FALLS = Phrase(
    es="{name} baja de {start} a {end}",
    en="{name} falls from {start} to {end}",
)
DIP = Phrase(
    es="{name} baja de {start} a {turn} en {x} = {at} y sube a {end}",
    en="{name} falls from {start} to {turn} at {x} = {at} and rises to {end}",
)
PEAK = Phrase(
    es="{name} sube de {start} a {turn} en {x} = {at} y baja a {end}",
    en="{name} rises from {start} to {turn} at {x} = {at} and falls to {end}",
)
WAVERS_UP = Phrase(
    es="{name} sube con altibajos de {start} a {end}",
    en="{name} rises unsteadily from {start} to {end}",
)
WAVERS_DOWN = Phrase(
    es="{name} baja con altibajos de {start} a {end}",
    en="{name} falls unsteadily from {start} to {end}",
)
WANDERS = Phrase(
    es="{name} va de {start} a {end} entre {low} y {high}",
    en="{name} goes from {start} to {end} between {low} and {high}",
)
ENDLESS = Phrase(
    es="{name} empieza en {start} y diverge, con mínimo {low}",
    en="{name} starts at {start} and diverges, with minimum {low}",
)
CURVE = Phrase(
    es="{name} va de {start} a {end}",
    en="{name} goes from {start} to {end}",
)
OUTLINE = Phrase(
    es="{name} abarca {x} de {left} a {right} y {y} de {low} a {high}",
    en="{name} spans {x} from {left} to {right} and {y} from {low} to {high}",
)
DOTS = Phrase(
    es="hay {n} puntos {name}, {x} de {left} a {right}, {y} de {low} a {high}",
    en="there are {n} dots {name}, "
    "{x} from {left} to {right}, {y} from {low} to {high}",
)
CLOUD = Phrase(
    es="hay {n} puntos {name} alrededor de {middle}",
    en="there are {n} dots {name} around {middle}",
)
POINT = Phrase(es="{name} está en {value}", en="{name} is at {value}")
NOTHING = Phrase(es="{name} no tiene valor", en="{name} has no value")
GREY = Phrase(es="en gris, {names}", en="in grey, {names}")
HEIGHTS = Phrase(es="{name} mide {values}", en="{name} measures {values}")
MANY = Phrase(
    es="{name} va de {low} en {lowest} a {high} en {highest}",
    en="{name} goes from {low} at {lowest} to {high} at {highest}",
)
SHARE = Phrase(
    es="la clase {c} ocupa {share} % del plano",
    en="class {c} takes {share} % of the plane",
)
LAYER = Phrase(es="capa {k}: {nodes}", en="layer {k}: {nodes}")
NOTE = Phrase(es="arriba, {note}", en="above, {note}")

MET = Opening(es="meta cumplida: {goal}", en="goal met: {goal}")
NOT_MET = Opening(es="meta sin cumplir: {goal}", en="goal not met: {goal}")

BACK = Phrase(es="valores iniciales", en="back to the defaults")
PLAY = Phrase(es="andar o pausar", en="play or pause")

WITH = Phrase(es="con", en="with")
YES = Phrase(es="sí", en="yes")
NO = Phrase(es="no", en="no")
NO_VALUE = Phrase(es="sin valor", en="no value")
