"""The languages of the course; what is said in all of them is said in this order."""

LANGUAGES = ("es", "en")
