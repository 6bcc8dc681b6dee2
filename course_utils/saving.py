"""The settings of an older install ask for `course_utils.saving.keep_pictures`."""

from .jupyter import keep_pictures as keep_pictures
