from django.urls import path

from archive import paper_views, views

app_name = "archive"
urlpatterns = [
    path("archive/", views.index, name="index"),
    path("archive/check/", views.check, name="check"),
    path("archive/classes/<int:pk>/request-book/", views.request_book, name="request_book"),
    path("archive/classes/<int:pk>/issued/", views.issued_of_class, name="issued_of_class"),
    path("papers/", paper_views.papers, name="papers"),
    path("papers/<slug:panel>/request/", paper_views.request_papers, name="request_papers"),
    # archive/editions/<pk>/
    path("archive/editions/<int:pk>/", views.edition, name="edition"),
    path("archive/editions/<int:pk>/progress/", views.progress, name="progress"),
    path("archive/editions/<int:pk>/download/", views.download, name="download"),
    path("archive/editions/<int:pk>/retry/", views.retry, name="retry"),
    path("archive/editions/<int:pk>/verify/", views.verify, name="verify"),
    # Printed as a code on every page: it has to work for decades, and without an account.
    path("verify/<slug:code>/", views.public, name="public"),
]
