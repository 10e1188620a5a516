from django.urls import include, path

from schoolrecords import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("", include("accounts.urls")),
    path("", include("archive.urls")),
]
