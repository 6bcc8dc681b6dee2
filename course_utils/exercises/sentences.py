"""What is said of numbers, whatever the exercise: in notebooks, and on the pages."""

NOT_YET = "todavía no · not yet"

SENTENCES = {
    "not yet": NOT_YET,
    "to do": "todavía no; por hacer: {names} · not yet; to do: {names}",
    "one": (
        "{what}se pide un número, y aquí hay {n} · "
        "{what}one number is asked for, and here are {n}"
    ),
    "number": (
        "{what}se pide un número, y esto es {kind} · "
        "{what}a number is asked for, and this is {kind}"
    ),
    "several": (
        "se piden {k} números, ({names}), y {there} · "
        "{k} numbers are asked for, ({names}), and {there}"
    ),
    "there are": "hay {n} · there are {n}",
    "this is": "esto es {kind} · this is {kind}",
    "nan": "nan, que no es un número · nan, which is no number",
    "text": "un texto (str): va sin comillas · text (str): it goes unquoted",
    "order": (
        "está bien, pero en otro orden: se pide ({names}) · "
        "right, but in another order: ({names}) is asked for"
    ),
    "sign": "el signo está al revés · the sign is reversed",
    "whole": "se cuentan cosas: números enteros · things are counted: whole numbers",
    "count": "casi, pero la cuenta debe ser exacta · nearly, but a count is exact",
    "exact": "casi: da el valor exacto · nearly: give the exact value",
    "digits": "casi: da tres cifras más · nearly: give three more digits",
    "part": "bien: {right}; mal: {wrong} · right: {right}; wrong: {wrong}",
    "wrong": "aún no es correcto · not right yet",
}
