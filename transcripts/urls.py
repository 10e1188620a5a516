from django.urls import path

from transcripts import views

app_name = "transcripts"
urlpatterns = [
    path("transcripts/<int:enrolment>/", views.transcript, name="transcript"),
    path("transcripts/editions/<int:pk>/", views.edition, name="edition"),
    path("transcripts/<int:enrolment>/issue/", views.issue, name="issue"),
]
