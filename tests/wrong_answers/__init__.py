"""Wrong answers and what a student must be told about them, one file a lecture.

`section_02.py` holds

    WRONG = {"2.1": [(0.5, "signo al revés · sign reversed"), …], …}

for every exercise of lecture 2 at least two pairs: an answer (a number, an array, a
function, …) and a part of the line that `check` prints for it.
"""
