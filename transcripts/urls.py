from django.urls import path

from transcripts import class_views, views

app_name = "transcripts"
urlpatterns = [
    path("transcripts/<int:enrolment>/", views.transcript, name="transcript"),
    path("transcripts/<int:enrolment>/issue/", views.issue, name="issue"),
    path("transcripts/editions/<int:pk>/", views.edition, name="edition"),
    path("transcripts/editions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("transcripts/classes/<int:pk>/", class_views.class_transcripts, name="class_transcripts"),
    path("transcripts/classes/<int:pk>/issue/", class_views.issue_whole_class, name="issue_class"),
]
