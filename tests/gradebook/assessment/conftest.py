"""Properties are judged by their truth, not by how busy the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile("assessment", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("assessment")
