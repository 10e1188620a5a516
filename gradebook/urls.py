from django.urls import path

from gradebook.views import (
    classes,
    earlier_results,
    import_marks,
    import_pupils,
    imports,
    marks,
    movement_forms,
    movements,
    proposals,
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
    # pupils/<enrolment>/
    path("pupils/<int:enrolment>/results/", results.pupil_results, name="pupil_results"),
    path("pupils/<int:enrolment>/results/<slug:moment>/why/", results.why, name="why"),
    # movements/, pupils/<enrolment>/movements/
    path("movements/", movements.movements, name="movements"),
    path("movements/export/", movements.export, name="movements_export"),
    path("movements/receive/", movement_forms.receive_pupil, name="receive_pupil"),
    path("movements/<int:pk>/cancel/", movement_forms.cancel, name="movement_cancel"),
    path("movements/<int:pk>/earlier-results/", earlier_results.earlier_results, name="earlier_results"),
    path("movements/<int:pk>/earlier-results/upload/", earlier_results.upload, name="earlier_results_upload"),
    path(
        "movements/<int:pk>/earlier-results/template/",
        earlier_results.template,
        name="earlier_results_template",
    ),
    path("pupils/<int:enrolment>/movements/", movements.pupil_movements, name="pupil_movements"),
    path(
        "pupils/<int:enrolment>/movements/record/<slug:kind>/",
        movement_forms.record,
        name="movement_record",
    ),
    path("pupils/<int:enrolment>/transfer-file/", movement_forms.transfer_file, name="transfer_file"),
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
