from django.urls import include, path

from schoolrecords import views
from schoolrecords.health import health

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", health, name="health"),
    path("language/", views.language, name="language"),
    path("", include("accounts.urls")),
    path("", include("gradebook.urls")),
    path("", include("transcripts.urls")),
    path("", include("corrections.urls")),
    path("", include("archive.urls")),
]
