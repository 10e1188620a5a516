from django.urls import path

from gradebook.views import (
    classes,
    import_marks,
    import_pupils,
    imports,
    marks,
    proposals,
    results,
    rules,
    set_up,
    set_up_classes,
    set_up_subjects,
    set_up_teachers,
    summer,
    windows,
    year_turn,
    years,
)

app_name = "gradebook"
urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:pk>/", classes.school_class, name="school_class"),
    path("classes/<int:pk>/results/", results.class_now, name="class_now"),
    path("classes/<int:pk>/results/<slug:moment>/", results.class_results, name="class_results"),
    path("classes/<int:pk>/proposals/<slug:stage>/", proposals.proposals, name="proposals"),
    path("classes/<int:pk>/proposals/<slug:stage>/propose/", proposals.propose_results, name="propose"),
    path("classes/<int:pk>/proposals/<slug:stage>/decide/", proposals.decide_results, name="decide"),
    path("proposals/<int:pk>/reconsider/", proposals.reconsider_result, name="reconsider"),
    # year-set-up/
    path("year-set-up/", set_up.overview, name="set_up"),
    path("year-set-up/school/", set_up.school, name="set_up_school"),
    path("year-set-up/new-year/", set_up.new_year, name="set_up_new_year"),
    path("year-set-up/<slug:name>/calendar/", set_up.calendar, name="set_up_calendar"),
    path("year-set-up/<slug:name>/classes/", set_up_classes.classes, name="set_up_classes"),
    path("year-set-up/<slug:name>/classes/add/", set_up_classes.add, name="set_up_classes_add"),
    path("year-set-up/<slug:name>/classes/copy/", set_up_classes.copy, name="set_up_classes_copy"),
    path("classes/<int:pk>/rename/", set_up_classes.rename, name="class_rename"),
    path("classes/<int:pk>/withdraw/", set_up_classes.withdraw, name="class_withdraw"),
    path("year-set-up/<slug:name>/subjects/", set_up_subjects.subjects, name="set_up_subjects"),
    path("year-set-up/<slug:name>/subjects/open/", set_up_subjects.open_compulsory, name="set_up_open"),
    path("year-set-up/<slug:name>/subjects/<int:grade>/", set_up_subjects.grade, name="set_up_grade"),
    path(
        "year-set-up/<slug:name>/subjects/<int:grade>/choose/", set_up_subjects.choose, name="set_up_choose"
    ),
    path("year-set-up/<slug:name>/subjects/<int:grade>/copy/", set_up_subjects.copy, name="set_up_copy"),
    path("year-set-up/<slug:name>/subjects/<int:grade>/own/", set_up_subjects.own_subject, name="set_up_own"),
    path(
        "year-set-up/<slug:name>/subjects/<int:grade>/<slug:code>/",
        set_up_subjects.shape,
        name="set_up_shape",
    ),
    path(
        "year-set-up/<slug:name>/subjects/<int:grade>/<slug:code>/withdraw/",
        set_up_subjects.withdraw,
        name="set_up_withdraw",
    ),
    path("year-set-up/<slug:name>/teachers/", set_up_teachers.teachers, name="set_up_teachers"),
    path("year-set-up/<slug:name>/teachers/place/", set_up_teachers.place, name="set_up_place"),
    # pupils/<enrolment>/
    path("pupils/<int:enrolment>/results/", results.pupil_results, name="pupil_results"),
    path("pupils/<int:enrolment>/results/<slug:moment>/why/", results.why, name="why"),
    # summer/
    path("summer/", summer.summer, name="summer"),
    # assessment-rules/
    path("assessment-rules/", rules.rules, name="rules"),
    path("assessment-rules/<int:pk>/choose/", rules.choose, name="rules_choose"),
    # courses/<pk>/
    path("courses/<int:pk>/semester-<int:semester>/", marks.marks, name="marks"),
    path("courses/<int:pk>/semester-<int:semester>/save/", marks.save, name="marks_save"),
    path("courses/<int:pk>/history/<int:enrolment>/<int:column>/", marks.cell_history, name="cell_history"),
    path("courses/<int:pk>/semester-<int:semester>/import/", import_marks.form, name="marks_import"),
    path(
        "courses/<int:pk>/semester-<int:semester>/import/upload/",
        import_marks.upload,
        name="marks_import_upload",
    ),
    path("courses/<int:pk>/semester-<int:semester>/template/", import_marks.template, name="marks_template"),
    # imports/
    path("imports/", import_pupils.imports, name="imports"),
    path("imports/upload/", import_pupils.upload, name="import_upload"),
    path("imports/pupil-template/", import_pupils.template, name="pupil_template"),
    path("imports/<int:pk>/", imports.preview, name="import"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    # school-years/<pk>/
    path("school-years/<int:pk>/", years.year, name="year"),
    path("school-years/<int:pk>/close/", years.close, name="year_close"),
    path("school-years/<int:pk>/reopen/", years.reopen, name="year_reopen"),
    path("school-years/<int:pk>/turn/", year_turn.turn, name="year_turn"),
    path("school-years/<int:pk>/turn/preview/", year_turn.preview, name="year_turn_preview"),
    path("school-years/<int:pk>/turn/carry/", year_turn.carry, name="year_turn_carry"),
    path("school-years/<int:pk>/turn/late/", year_turn.late, name="year_turn_late"),
    path("school-years/<int:pk>/turn/undo/", year_turn.undo, name="year_turn_undo"),
    path("school-years/<int:pk>/leavers/<slug:which>/", years.leavers, name="leavers"),
    path(
        "school-years/<int:pk>/leavers/<slug:which>/workbook/",
        years.leavers_workbook,
        name="leavers_workbook",
    ),
    # lock-board/
    path("lock-board/", windows.lock_board, name="lock_board"),
    path("lock-board/order/", windows.order, name="lock_order"),
    path("lock-board/orders/<int:pk>/execute/", windows.execute, name="lock_execute"),
    path("lock-board/orders/<int:pk>/withdraw/", windows.withdraw, name="lock_withdraw"),
]
