"""What a page says beside the lecture, in both languages."""

COMMAND = "python3 -m pip install uv && python3 -m uv run -m course_utils {}"  # es, en

TEXTS = {
    "es": {
        "course": "Aprendizaje en redes neuronales, en vivo",
        "skip": "Ir al texto",
        "contents": "Lecciones",
        "here": "Contenido",
        "start": "Empieza aquí",
        "slides": "Diapositivas",
        "read": "Leer",
        "full": "Pantalla completa",
        "back": "Diapositiva anterior",
        "forth": "Diapositiva siguiente",
        "previous": "Anterior",
        "next": "Siguiente",
        "language": "English",
        "link": "Enlace a esta sección",
        "hello": (
            "Todo lo que ves está en esta página: funciona sin red. Mueve los "
            "deslizadores con el dedo, el ratón o las flechas del teclado; ▶ camina "
            "y ↺ vuelve al principio. Cada imagen la calculó el código del curso."
        ),
        "narrow": (
            "En esta pantalla angosta, lo que el texto llama «a la izquierda» queda "
            "arriba, y «a la derecha», abajo."
        ),
        "reset": "Volver al principio",
        "walk": "Caminar por",
        "still": "En esta página no se mueve",
        "together": "Aquí se mueven juntos",
        "fields": (
            "Los ejercicios que piden números se contestan aquí: 1/2, 0.5 y 0,5 son "
            "lo mismo, y varios números se separan con punto y coma. Lo que resuelves "
            "se recuerda en este navegador, si él lo permite. Las respuestas están en "
            "el código fuente de la página, a la vista de quien las busque."
        ),
        "check": "Comprobar",
        "helps": "La pista está aquí abajo.",
        "either": "o bien",
        "apart": (
            "Lo que no va con lo que mueves vuelve al principio, y aquí mismo se dice"
        ),
        "fell": "Volvió al principio",
        "hint": "Pista",
        "solution": "Solución",
        "answer": "Escribe tu respuesta en el cuaderno",
        "how": "cómo abrirlo",
        "notebook": "El cuaderno de esta lección",
        "beside": "Está junto a esta página",
        "run": (
            "En el cuaderno el código se ejecuta, los deslizadores tienen todos sus "
            "valores y cada ejercicio dice enseguida si acertaste. Hacen falta la "
            "carpeta del curso y Python 3.11 o posterior. En esa carpeta:"
        ),
        "table": "Tabla",
        "output": "Resultado",
        "code": "Código",
        "credit": (
            "El curso sigue la clase «Aprendizaje en redes neuronales» de Ximena "
            "Gutierrez Vasques y Víctor Mijangos (Facultad de Ingeniería, 13 a 17 de "
            "enero de 2020), que es obra de sus autores."
        ),
        "licence": (
            "Código: licencia MIT. Textos y figuras: CC BY 4.0. Letra de las "
            "fórmulas: STIX Two Math, licencia SIL OFL 1.1."
        ),
        "index": (
            "Ocho lecciones sobre cómo aprende una red neuronal, con figuras que "
            "siguen a tu mano. Cada una es una sola página y no necesita nada: ni "
            "Python, ni servidor, ni red."
        ),
    },
    "en": {
        "course": "Learning in neural networks, live",
        "skip": "Go to the text",
        "contents": "Lectures",
        "here": "Contents",
        "start": "Start here",
        "slides": "Slides",
        "read": "Read",
        "full": "Full screen",
        "back": "Previous slide",
        "forth": "Next slide",
        "previous": "Previous",
        "next": "Next",
        "language": "Español",
        "link": "Link to this section",
        "hello": (
            "All that you see is in this page: it works without a network. Move the "
            "sliders with a finger, the mouse or the arrow keys; ▶ walks and ↺ goes "
            "back to the start. Every picture was computed by the course’s code."
        ),
        "narrow": (
            "On this narrow screen, what the text calls “on the left” is above, and "
            "“on the right”, below."
        ),
        "reset": "Back to the start",
        "walk": "Walk along",
        "still": "On this page it does not move",
        "together": "Here these move together",
        "fields": (
            "Exercises that ask for numbers are answered here: 1/2, 0.5 and 0,5 are "
            "the same, and a semicolon parts several numbers. What you solve is "
            "remembered in this browser, if it allows that. The answers are in the "
            "page’s source, for all who look."
        ),
        "check": "Check",
        "helps": "The hint is here below.",
        "either": "or else",
        "apart": (
            "What does not go with what you move goes back to the start, and it is "
            "said right here"
        ),
        "fell": "Back at the start",
        "hint": "Hint",
        "solution": "Solution",
        "answer": "Write your answer in the notebook",
        "how": "how to open it",
        "notebook": "The notebook of this lecture",
        "beside": "It lies beside this page",
        "run": (
            "In the notebook the code runs, the sliders have all of their values, and "
            "each exercise says at once whether you are right. It needs the folder of "
            "the course and Python 3.11 or newer. In that folder:"
        ),
        "table": "Table",
        "output": "Output",
        "code": "Code",
        "credit": (
            "The course follows the lecture “Aprendizaje en redes neuronales” by "
            "Ximena Gutierrez Vasques and Víctor Mijangos (Facultad de Ingeniería, "
            "13–17 January 2020), which is its authors’ work."
        ),
        "licence": (
            "Code: MIT licence. Prose and figures: CC BY 4.0. Typeface of the "
            "formulas: STIX Two Math, SIL OFL 1.1."
        ),
        "index": (
            "Eight lectures on how a neural network learns, whose figures follow your "
            "hand. Each is a single page and needs nothing: no Python, no server, no "
            "network."
        ),
    },
}
