from django.urls import path

from corrections import (
    anomaly_views,
    attendance_views,
    chain_views,
    execution_views,
    paper_views,
    profile_views,
    request_views,
    views,
)

app_name = "corrections"
urlpatterns = [
    path("corrections/", views.requests, name="requests"),
    path("corrections/export/", views.export, name="export"),
    path("corrections/report/", anomaly_views.report, name="report"),
    path("corrections/new/<int:enrolment_pk>/<int:column_pk>/", request_views.new, name="new"),
    path("corrections/new/courses/<int:pk>/", request_views.new_cells, name="new_cells"),
    path("corrections/new/courses/<int:pk>/semester-<int:semester>/", request_views.choose, name="choose"),
    path("corrections/courses/<int:pk>/waiting/", request_views.waiting, name="waiting"),
    path("corrections/new/courses/<int:pk>/effect/", request_views.effect, name="effect"),
    path("corrections/new/classes/<int:pk>/", attendance_views.new_attendance, name="new_attendance"),
    path(
        "corrections/new/classes/<int:pk>/effect/",
        attendance_views.attendance_effect,
        name="attendance_effect",
    ),
    path("corrections/new/pupils/<int:enrolment>/", profile_views.new_profile, name="new_profile"),
    path("corrections/register/<int:pk>/", paper_views.register, name="register"),
    path("corrections/register/<int:pk>/pdf/", paper_views.register_pdf, name="register_pdf"),
    # corrections/<pk>/
    path("corrections/<int:pk>/", chain_views.dossier, name="dossier"),
    path("corrections/<int:pk>/endorse/", chain_views.endorse, name="endorse"),
    path("corrections/<int:pk>/decline/", chain_views.decline, name="decline"),
    path("corrections/<int:pk>/approve/", chain_views.approve, name="approve"),
    path("corrections/<int:pk>/refuse/", chain_views.refuse, name="refuse"),
    path("corrections/<int:pk>/ask-back/", chain_views.ask_back, name="ask_back"),
    path("corrections/<int:pk>/answer/", chain_views.answer, name="answer"),
    path("corrections/<int:pk>/withdraw/", chain_views.withdraw, name="withdraw"),
    path("corrections/<int:pk>/carry-out/", execution_views.carry_out, name="carry_out"),
    path("corrections/<int:pk>/present/", execution_views.present, name="present"),
    path("corrections/<int:pk>/present-here/", execution_views.present_here, name="present_here"),
    path("corrections/<int:pk>/execute/", execution_views.execute, name="execute"),
    path("corrections/<int:pk>/evidence/<int:evidence_pk>/", views.evidence, name="evidence"),
    path("corrections/<int:pk>/papers/<int:paper_pk>/", paper_views.paper, name="paper"),
]
