"""One archive with the database and the stored files it names; made while people work, proved before it is used.

Never in it: SECRET_KEY, FIELD_KEY, demo secrets, the keys of secret ballots. Without FIELD_KEY nobody reads an
identity number out of a stolen archive, and neither does the house: the key is kept apart from the archives.
"""


class BackupError(Exception):
    """Why there is no backup, or why an archive is refused; the words are for whoever runs the command."""
