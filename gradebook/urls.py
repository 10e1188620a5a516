from django.urls import path

from gradebook.views import (
    admission,
    classes,
    duplicates,
    import_marks,
    import_pupils,
    imports,
    marks,
    profiles,
    proposals,
    pupils,
    register,
    results,
    rules,
    summer,
    windows,
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
    path("classes/<int:pk>/profiles/", profiles.class_profiles, name="class_profiles"),
    path("classes/<int:pk>/profiles/save/", profiles.save_class, name="class_profiles_save"),
    path("classes/<int:pk>/pupils/add/", admission.form, name="pupil_add"),
    path("classes/<int:pk>/pupils/admit/", admission.admit, name="pupil_admit"),
    path("profiles/", profiles.board, name="profiles"),
    # pupils/
    path("pupils/", pupils.pupils, name="pupils"),
    path("pupils/duplicates/", duplicates.duplicates, name="duplicates"),
    path("pupils/duplicates/different/", duplicates.different, name="duplicates_different"),
    # pupils/<enrolment>/
    path("pupils/<int:enrolment>/", pupils.pupil, name="pupil"),
    path("pupils/<int:enrolment>/history/", pupils.history, name="pupil_history"),
    path("pupils/<int:enrolment>/edit/", pupils.edit, name="pupil_edit"),
    path("pupils/<int:enrolment>/save/", pupils.save, name="pupil_save"),
    path("pupils/<int:enrolment>/results/", results.pupil_results, name="pupil_results"),
    path("pupils/<int:enrolment>/results/<slug:moment>/why/", results.why, name="why"),
    # register/
    path("register/", register.page, name="register"),
    path("register/print/", register.print_part, name="register_print"),
    path("register/numbering/", register.numbering, name="register_numbering"),
    path("register/numbering/number/", register.number, name="register_number"),
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
    # lock-board/
    path("lock-board/", windows.lock_board, name="lock_board"),
    path("lock-board/order/", windows.order, name="lock_order"),
    path("lock-board/orders/<int:pk>/execute/", windows.execute, name="lock_execute"),
    path("lock-board/orders/<int:pk>/withdraw/", windows.withdraw, name="lock_withdraw"),
]
