from schoolrecords.refused_command import RefusedCommand


class Command(RefusedCommand):
    reason = "Nobody stands above the rules: there are no superusers. Use found_school for the first account."
