from django.urls import path

from archive import (
    bag_views,
    history_views,
    medium_views,
    pack_views,
    paper_views,
    retention_views,
    snapshot_views,
    views,
)

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
    # archive/bags/
    path("archive/bags/", bag_views.bags, name="bags"),
    path("archive/bags/request/", bag_views.request_bags, name="request_bags"),
    path("archive/bags/index/<str:name>", bag_views.bag_index, name="bag_index"),
    path("archive/bags/<int:pk>/progress/", bag_views.bag_progress, name="bag_progress"),
    path("archive/bags/<int:pk>/download/", bag_views.download_bag, name="download_bag"),
    path("archive/bags/<int:pk>/retry/", bag_views.retry_bag, name="retry_bag"),
    # archive/media/
    path("archive/media/", medium_views.media, name="media"),
    path("archive/media/record/", medium_views.record, name="record_medium"),
    path("archive/media/<int:pk>/", medium_views.medium, name="medium"),
    path("archive/media/<int:pk>/note/", medium_views.note_medium, name="note_medium"),
    path("archive/media/<int:pk>/sealing-form/", medium_views.sealing_form, name="sealing_form"),
    path("archive/media/<int:pk>/<str:name>", medium_views.medium_index, name="medium_index"),
    path("archive/classes/<int:pk>/issued/", views.issued_of_class, name="issued_of_class"),
    path("archive/retention/", retention_views.rules, name="retention"),
    path("archive/retention/rules/", retention_views.set_rule, name="set_retention"),
    path("archive/retention/destroy/", retention_views.destroy, name="destroy"),
    path("archive/destructions/<int:pk>/", retention_views.destruction, name="destruction"),
    path("archive/classes/<int:pk>/states/", snapshot_views.states, name="states"),
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
