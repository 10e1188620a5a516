from django.urls import path

from gradebook.views import classes, marks, windows

app_name = "gradebook"
urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:pk>/", classes.school_class, name="school_class"),
    # courses/<pk>/
    path("courses/<int:pk>/semester-<int:semester>/", marks.marks, name="marks"),
    path("courses/<int:pk>/semester-<int:semester>/save/", marks.save, name="marks_save"),
    path("courses/<int:pk>/history/<int:enrolment>/<int:column>/", marks.cell_history, name="cell_history"),
    # lock-board/
    path("lock-board/", windows.lock_board, name="lock_board"),
    path("lock-board/order/", windows.order, name="lock_order"),
    path("lock-board/orders/<int:pk>/execute/", windows.execute, name="lock_execute"),
]
