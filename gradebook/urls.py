from django.urls import path

from gradebook.views import (
    board,
    classes,
    import_marks,
    import_pupils,
    imports,
    incidents,
    marks,
    policy,
    proposals,
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
    # pupils/<enrolment>/
    path("pupils/<int:enrolment>/results/", results.pupil_results, name="pupil_results"),
    path("pupils/<int:enrolment>/results/<slug:moment>/why/", results.why, name="why"),
    # summer/
    path("summer/", summer.summer, name="summer"),
    # assessment-rules/
    path("assessment-rules/", rules.rules, name="rules"),
    path("assessment-rules/<int:pk>/choose/", rules.choose, name="rules_choose"),
    # decisions/
    path("decisions/", register.decisions, name="decisions"),
    path("decisions/enter/", register.enter, name="decision_enter"),
    path("decisions/<int:pk>/", register.decision, name="decision"),
    path("decisions/<int:pk>/edit/", register.edit, name="decision_edit"),
    path("decisions/<int:pk>/scan/", register.scan, {"inline": True}, name="decision_scan"),
    path("decisions/<int:pk>/download/", register.scan, {"inline": False}, name="decision_download"),
    path("decisions/<int:pk>/confirm/", register.confirm, name="decision_confirm"),
    # board/
    path("board/", board.board, name="board"),
    path("board/appoint/", board.seat, name="board_appoint"),
    path("board/<int:pk>/end/", board.end, name="board_end"),
    # policy/
    path("policy/", policy.policy, name="policy"),
    path("policy/<int:pk>/edit/", policy.edit, name="policy_edit"),
    path("policy/<int:pk>/history/", policy.history, name="policy_history"),
    path("policy/<int:pk>/presets/", policy.presets, name="policy_presets"),
    path("policy/<int:pk>/presets/<slug:code>/", policy.preset, name="policy_preset"),
    path("policy/<int:pk>/presets/<slug:code>/apply/", policy.apply, name="policy_apply"),
    # incidents/
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/desk/", incidents.desk, name="incident_desk"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/answer/", incidents.answer, name="incident_answer"),
    path("incidents/<int:pk>/settle/", incidents.settle, name="incident_settle"),
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
