from django.urls import path

from gradebook.views import (
    classes,
    exports,
    import_columns,
    import_lists,
    import_marks,
    imports,
    marks,
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
    path("imports/", import_lists.imports, name="imports"),
    path("imports/<int:pk>/", imports.preview, name="import"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("imports/<int:pk>/columns/", import_columns.columns, name="import_columns"),
    path("imports/<int:pk>/columns/choose/", import_columns.choose, name="import_columns_choose"),
    path("imports/<int:pk>/answer/", imports.answer, name="import_answer"),
    path("imports/<int:pk>/replace/", imports.replace_teachers, name="import_replace"),
    path("imports/<int:pk>/refused/", imports.refused, name="import_refused"),
    path("imports/<int:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<int:pk>/retry/", imports.retry, name="import_retry"),
    path("imports/<slug:kind>/", import_lists.of_kind, name="import_kind"),
    path("imports/<slug:kind>/upload/", import_lists.upload, name="import_upload"),
    path("imports/<slug:kind>/template/", import_lists.template, name="import_template"),
    # exports/
    path("exports/", exports.exports, name="exports"),
    path("exports/<slug:kind>/", exports.export, name="export"),
    # lock-board/
    path("lock-board/", windows.lock_board, name="lock_board"),
    path("lock-board/order/", windows.order, name="lock_order"),
    path("lock-board/orders/<int:pk>/execute/", windows.execute, name="lock_execute"),
    path("lock-board/orders/<int:pk>/withdraw/", windows.withdraw, name="lock_withdraw"),
]
