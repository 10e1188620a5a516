from django.urls import path

from corrections import attendance_views, profile_views, request_views, views

app_name = "corrections"
urlpatterns = [
    path("corrections/", views.requests, name="requests"),
    path("corrections/new/<int:enrolment_pk>/<int:column_pk>/", request_views.new, name="new"),
    path("corrections/new/courses/<int:pk>/", request_views.new_cells, name="new_cells"),
    path("corrections/new/courses/<int:pk>/semester-<int:semester>/", request_views.choose, name="choose"),
    path("corrections/new/courses/<int:pk>/effect/", request_views.effect, name="effect"),
    path("corrections/new/classes/<int:pk>/", attendance_views.new_attendance, name="new_attendance"),
    path(
        "corrections/new/classes/<int:pk>/effect/",
        attendance_views.attendance_effect,
        name="attendance_effect",
    ),
    path("corrections/new/pupils/<int:enrolment>/", profile_views.new_profile, name="new_profile"),
    # corrections/<pk>/
    path("corrections/<int:pk>/", views.dossier, name="dossier"),
    path("corrections/<int:pk>/approve/", views.approve, name="approve"),
    path("corrections/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("corrections/<int:pk>/execute/", views.execute, name="execute"),
    path("corrections/<int:pk>/evidence/<int:evidence_pk>/", views.evidence, name="evidence"),
]
