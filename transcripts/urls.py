from django.urls import path

from transcripts import certificate_views, class_views, received_views, views

app_name = "transcripts"
urlpatterns = [
    path("transcripts/<int:enrolment>/", views.transcript, name="transcript"),
    path("transcripts/<int:enrolment>/issue/", views.issue, name="issue"),
    path("transcripts/editions/<int:pk>/", views.edition, name="edition"),
    path("transcripts/editions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("transcripts/classes/<int:pk>/", class_views.class_transcripts, name="class_transcripts"),
    path("transcripts/classes/<int:pk>/issue/", class_views.issue_whole_class, name="issue_class"),
    path("transcripts/<int:enrolment>/certificate/", certificate_views.certificate, name="certificate"),
    path("transcripts/<int:enrolment>/receive/", received_views.receive, name="receive"),
    path("transcripts/received/<int:pk>/", received_views.received, name="received"),
    path("transcripts/received/<int:pk>/file/", received_views.received_file, name="received_file"),
    path("transcripts/received/<int:pk>/withdraw/", received_views.withdraw, name="withdraw_received"),
]
