from schoolrecords.refused_command import RefusedCommand


class Command(RefusedCommand):
    reason = "The history of school records is never deleted."
