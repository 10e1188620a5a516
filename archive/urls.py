from django.urls import path

from archive import booklet_views, history_views, order_views, pack_views, paper_views, views

app_name = "archive"
urlpatterns = [
    path("archive/", views.index, name="index"),
    path("archive/check/", views.check, name="check"),
    path("archive/classes/<int:pk>/request-book/", views.request_book, name="request_book"),
    path("archive/history/", history_views.history, name="history"),
    path("archive/history/check/", history_views.check_history, name="check_history"),
    path("archive/history/checks/<int:pk>/", history_views.history_check, name="history_check"),
    path("archive/evidence-packs/", pack_views.evidence_packs, name="evidence_packs"),
    path("archive/evidence-packs/request/", pack_views.request_pack, name="request_pack"),
    path("archive/evidence-packs/<int:pk>/progress/", pack_views.pack_progress, name="pack_progress"),
    path("archive/evidence-packs/<int:pk>/download/", pack_views.download_pack, name="download_pack"),
    path("archive/evidence-packs/<int:pk>/retry/", pack_views.retry_pack, name="retry_pack"),
    path("archive/classes/<int:pk>/issued/", views.issued_of_class, name="issued_of_class"),
    path(
        "archive/pupils/<int:enrolment>/transcripts/",
        booklet_views.transcripts_of_pupil,
        name="transcripts_of_pupil",
    ),
    path(
        "archive/pupils/<int:enrolment>/transcripts/request/",
        booklet_views.request_transcript,
        name="request_transcript",
    ),
    path(
        "archive/pupils/<int:enrolment>/transcripts/hand-over/",
        booklet_views.hand_over_transcript,
        name="hand_over_transcript",
    ),
    path(
        "archive/classes/<int:pk>/transcripts/request/",
        booklet_views.request_class_transcripts,
        name="request_class_transcripts",
    ),
    path("papers/", paper_views.papers, name="papers"),
    path("papers/orders/<int:pk>/", order_views.order, name="paper_order"),
    path("papers/orders/<int:pk>/pause/", order_views.pause_order, name="paper_order_pause"),
    path("papers/orders/<int:pk>/resume/", order_views.resume_order, name="paper_order_resume"),
    path("papers/orders/<int:pk>/cancel/", order_views.cancel_order, name="paper_order_cancel"),
    path("papers/orders/<int:pk>/retry/", order_views.retry_order, name="paper_order_retry"),
    path("papers/<slug:panel>/request/", paper_views.request_papers, name="request_papers"),
    # archive/editions/<pk>/
    path("archive/editions/<int:pk>/", views.edition, name="edition"),
    path("archive/editions/<int:pk>/progress/", views.progress, name="progress"),
    path("archive/editions/<int:pk>/download/", views.download, name="download"),
    path("archive/editions/<int:pk>/pupils/<int:number>/", views.pupil_sheet, name="pupil_sheet"),
    path("archive/editions/<int:pk>/retry/", views.retry, name="retry"),
    path("archive/editions/<int:pk>/verify/", views.verify, name="verify"),
    # Printed as a code on every page: it has to work for decades, and without an account.
    path("verify/<slug:code>/", views.public, name="public"),
]
