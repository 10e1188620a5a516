from django.urls import path

from archive import (
    history_views,
    pack_views,
    paper_trail_views,
    paper_views,
    public_views,
    signing_views,
    views,
)

app_name = "archive"
urlpatterns = [
    path("archive/", views.index, name="index"),
    path("archive/check/", views.check, name="check"),
    path("archive/classes/<int:pk>/request-book/", views.request_book, name="request_book"),
    path("archive/paper/", paper_trail_views.overview, name="paper_overview"),
    path("archive/register/", paper_trail_views.seal_register, name="seal_register"),
    path("archive/register/export/", paper_trail_views.export_register, name="export_register"),
    path("archive/history/", history_views.history, name="history"),
    path("archive/history/check/", history_views.check_history, name="check_history"),
    path("archive/history/checks/<int:pk>/", history_views.history_check, name="history_check"),
    path("archive/evidence-packs/", pack_views.evidence_packs, name="evidence_packs"),
    path("archive/evidence-packs/request/", pack_views.request_pack, name="request_pack"),
    path("archive/evidence-packs/<int:pk>/progress/", pack_views.pack_progress, name="pack_progress"),
    path("archive/evidence-packs/<int:pk>/download/", pack_views.download_pack, name="download_pack"),
    path("archive/evidence-packs/<int:pk>/retry/", pack_views.retry_pack, name="retry_pack"),
    path("archive/classes/<int:pk>/issued/", views.issued_of_class, name="issued_of_class"),
    path("papers/", paper_views.papers, name="papers"),
    path("papers/<slug:panel>/request/", paper_views.request_papers, name="request_papers"),
    # archive/editions/<pk>/
    path("archive/editions/<int:pk>/", views.edition, name="edition"),
    path("archive/editions/<int:pk>/progress/", views.progress, name="progress"),
    path("archive/editions/<int:pk>/download/", views.download, name="download"),
    path("archive/editions/<int:pk>/retry/", views.retry, name="retry"),
    path("archive/editions/<int:pk>/verify/", views.verify, name="verify"),
    path("archive/editions/<int:pk>/signatures/", signing_views.signatures, name="signatures"),
    path("archive/editions/<int:pk>/sign/", signing_views.sign, name="sign"),
    path("archive/editions/<int:pk>/seal/", signing_views.seal, name="seal"),
    path("archive/editions/<int:pk>/files/<int:number>/", signing_views.file_of, name="file_of"),
    path("archive/editions/<int:pk>/paper/", paper_trail_views.paper_sheet, name="paper_sheet"),
    path("archive/editions/<int:pk>/paper/record/", paper_trail_views.record_lines, name="record_lines"),
    path(
        "archive/editions/<int:pk>/paper/<int:fact_pk>/withdraw/",
        paper_trail_views.withdraw_line,
        name="withdraw_line",
    ),
    path(
        "archive/editions/<int:pk>/paper/<int:fact_pk>/scan/", paper_trail_views.sheet_scan, name="sheet_scan"
    ),
    # Printed as a code on every page: it has to work for decades, and without an account.
    path("verify/<slug:code>/", public_views.public, name="public"),
    path("verify/<slug:code>/file/", public_views.check_file, name="check_file"),
]
