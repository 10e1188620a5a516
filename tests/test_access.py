"""Who gets what at every address: the table is the contract, and no address may be missing from it.

404: may not know of it. 403: may see it but not do this. 405: GET never changes state. Anonymous visitors are
sent to sign in everywhere but at the public addresses.

Toàn teaches the 6A course of the table, Lan teaches elsewhere, Mai leads 6A.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import signed_in
from tests.scene import Scene

PEOPLE = ["hanh", "vinh", "khoa", "cuc", "dung", "mai", "toan", "lan"]
PUBLIC = {"health", "language", "sign_in", "sign_in_code", "public"}

TABLE = """
address                  method  path                                            hanh vinh khoa cuc  dung mai  toan lan
home                     GET     /                                               200  200  200  200  200  200  200  200
people                   GET     /people/                                        200  200  200  403  403  403  403  403
departments              GET     /departments/                                   200  200  200  200  200  200  200  200
department_found         GET     /departments/found/                             405  405  405  405  405  405  405  405
department_found         POST    /departments/found/                             422  403  422  403  403  403  403  403
department               GET     /departments/{department}/                      200  200  200  200  200  200  200  200
department_rename        GET     /departments/{department}/rename/               405  405  405  405  405  405  405  405
department_rename        POST    /departments/{department}/rename/               422  403  422  403  403  403  403  403
member_add               GET     /departments/{department}/add-member/           405  405  405  405  405  405  405  405
member_add               POST    /departments/{department}/add-member/           422  403  422  403  403  403  403  403
head_appoint             GET     /departments/{department}/appoint-head/         405  405  405  405  405  405  405  405
head_appoint             POST    /departments/{department}/appoint-head/         422  403  422  403  403  403  403  403
membership_end           GET     /departments/{department}/end-membership/       405  405  405  405  405  405  405  405
membership_end           POST    /departments/{department}/end-membership/       422  403  422  403  403  403  403  403
delegations              GET     /delegations/                                   200  200  200  403  403  403  403  403
delegation_give          GET     /delegations/give/                              405  405  405  405  405  405  405  405
delegation_give          POST    /delegations/give/                              422  403  403  403  403  403  403  403
delegation               GET     /delegations/{delegation}/                      200  200  200  403  403  403  403  403
delegation_end           GET     /delegations/{delegation}/end/                  405  405  405  405  405  405  405  405
delegation_end           POST    /delegations/{delegation}/end/                  303  403  403  403  403  403  403  403
oversight                GET     /oversight/                                     200  200  200  200  200  200  200  200
oversight_leader         GET     /oversight/{leader}/                            200  403  403  403  403  403  403  403
oversight_give           GET     /oversight/{leader}/give/                       405  405  405  405  405  405  405  405
oversight_give           POST    /oversight/{leader}/give/                       422  403  403  403  403  403  403  403
oversight_end            GET     /oversight/scopes/{scope}/end/                  405  405  405  405  405  405  405  405
oversight_end            POST    /oversight/scopes/{scope}/end/                  303  403  403  403  403  403  403  403
substitutes              GET     /courses/{course}/substitutes/                  200  403  200  403  403  403  403  403
substitute_appoint       GET     /courses/{course}/substitutes/appoint/          405  405  405  405  405  405  405  405
substitute_appoint       POST    /courses/{course}/substitutes/appoint/          422  403  422  403  403  403  403  403
substitute_end           GET     /substitutes/{substitution}/end/                405  405  405  405  405  405  405  405
substitute_end           POST    /substitutes/{substitution}/end/                303  403  303  403  403  403  403  403
permission_list          GET     /permission-list/                               200  200  200  403  403  403  403  403
permission_list_pdf      GET     /permission-list/pdf/                           200  200  200  403  403  403  403  403
permission_list_excel    GET     /permission-list/excel/                         200  200  200  403  403  403  403  403
sign_out                 GET     /sign-out/                                      405  405  405  405  405  405  405  405
own_account              GET      /account/                                       200  200  200  200  200  200  200  200
password                 GET      /account/password/                              200  200  200  200  200  200  200  200
password                 POST     /account/password/                              422  422  422  422  422  422  422  422
sessions_end             GET      /account/sessions/end/                          405  405  405  405  405  405  405  405
sessions_end             POST     /account/sessions/end/                          303  303  303  303  303  303  303  303
session_end              GET      /account/sessions/{session}/end/                405  405  405  405  405  405  405  405
session_end              POST     /account/sessions/{session}/end/                404  404  404  404  404  404  303  404
device_confirm           GET      /account/devices/{device}/confirm/              405  405  405  405  405  405  405  405
device_confirm           POST     /account/devices/{device}/confirm/              404  404  404  404  404  404  303  404
second_factor            GET      /account/second-factor/                         200  200  200  200  200  200  200  200
second_factor_start      GET      /account/second-factor/start/                   405  405  405  405  405  405  405  405
second_factor_start      POST     /account/second-factor/start/                   422  422  422  422  422  422  422  422
second_factor_confirm    GET      /account/second-factor/confirm/                 405  405  405  405  405  405  405  405
second_factor_confirm    POST     /account/second-factor/confirm/                 422  422  422  422  422  422  422  422
recovery_codes           GET      /account/second-factor/codes/                   405  405  405  405  405  405  405  405
recovery_codes           POST     /account/second-factor/codes/                   422  422  422  422  422  422  422  422
second_factor_remove     GET      /account/second-factor/remove/                  405  405  405  405  405  405  405  405
second_factor_remove     POST     /account/second-factor/remove/                  422  422  422  422  422  422  422  422
accounts                 GET      /accounts/                                      200  403  403  403  403  403  403  403
account_new              GET      /accounts/new/                                  200  403  403  403  403  403  403  403
account_new              POST     /accounts/new/                                  422  403  403  403  403  403  403  403
slips                    GET      /accounts/slips/                                405  405  405  405  405  405  405  405
slips                    POST     /accounts/slips/                                303  403  403  403  403  403  403  403
watch_list               GET      /accounts/watch/                                200  403  403  403  403  403  403  403
watch_remind             GET      /accounts/watch/remind/                         405  405  405  405  405  405  405  405
watch_remind             POST     /accounts/watch/remind/                         303  403  403  403  403  403  403  403
account_journal          GET      /accounts/journal/                              200  403  403  403  403  403  403  403
security                 GET      /accounts/security/                             200  403  403  403  403  403  403  403
security                 POST     /accounts/security/                             422  403  403  403  403  403  403  403
role_end                 GET      /accounts/roles/{held}/end/                     405  405  405  405  405  405  405  405
role_end                 POST     /accounts/roles/{held}/end/                     303  403  403  403  403  403  403  403
account                  GET      /accounts/{account}/                            200  403  403  403  403  403  403  403
account_edit             GET      /accounts/{account}/edit/                       200  403  403  403  403  403  403  403
account_edit             POST     /accounts/{account}/edit/                       422  403  403  403  403  403  403  403
role_give                GET      /accounts/{account}/give-role/                  405  405  405  405  405  405  405  405
role_give                POST     /accounts/{account}/give-role/                  422  403  403  403  403  403  403  403
password_reset           GET      /accounts/{account}/reset-password/             405  405  405  405  405  405  405  405
password_reset           POST     /accounts/{account}/reset-password/             200  403  403  403  403  403  403  403
account_disable          GET      /accounts/{account}/disable/                    405  405  405  405  405  405  405  405
account_disable          POST     /accounts/{account}/disable/                    303  403  403  403  403  403  403  403
account_enable           GET      /accounts/{account}/enable/                     405  405  405  405  405  405  405  405
account_enable           POST     /accounts/{account}/enable/                     303  403  403  403  403  403  403  403
account_unlock           GET      /accounts/{account}/unlock/                     405  405  405  405  405  405  405  405
account_unlock           POST     /accounts/{account}/unlock/                     303  403  403  403  403  403  403  403
account_sign_out         GET      /accounts/{account}/sign-out/                   405  405  405  405  405  405  405  405
account_sign_out         POST     /accounts/{account}/sign-out/                   303  403  403  403  403  403  403  403
account_remove_factor    GET      /accounts/{account}/remove-second-factor/       405  405  405  405  405  405  405  405
account_remove_factor    POST     /accounts/{account}/remove-second-factor/       303  403  403  403  403  403  403  403
classes                  GET     /classes/                                       200  200  200  200  200  200  200  200
school_class             GET     /classes/{class}/                               200  200  200  200  404  200  200  404
class_now                GET     /classes/{class}/results/                       302  302  302  302  404  302  404  404
class_results            GET     /classes/{class}/results/year/                  200  200  200  200  404  200  404  404
proposals                GET     /classes/{class}/proposals/year/                200  200  200  200  404  200  404  404
propose                  GET     /classes/{class}/proposals/year/propose/        405  405  405  405  405  405  405  405
propose                  POST    /classes/{class}/proposals/year/propose/        403  403  403  403  404  303  404  404
decide                   GET     /classes/{class}/proposals/year/decide/         405  405  405  405  405  405  405  405
decide                   POST    /classes/{class}/proposals/year/decide/         422  403  403  403  403  403  403  403
reconsider               GET     /proposals/{proposal}/reconsider/               405  405  405  405  405  405  405  405
reconsider               POST    /proposals/{proposal}/reconsider/               303  403  403  403  403  403  403  403
set_up                   GET     /year-set-up/                                   200  403  200  403  403  403  403  403
set_up_school            GET     /year-set-up/school/                            200  403  200  403  403  403  403  403
set_up_school            POST    /year-set-up/school/                            422  403  422  403  403  403  403  403
set_up_new_year          GET     /year-set-up/new-year/                          200  403  200  403  403  403  403  403
set_up_new_year          POST    /year-set-up/new-year/                          422  403  422  403  403  403  403  403
set_up_calendar          GET     /year-set-up/{year_name}/calendar/                   200  403  200  403  403  403  403  403
set_up_calendar          POST    /year-set-up/{year_name}/calendar/                   422  403  422  403  403  403  403  403
set_up_classes           GET     /year-set-up/{year_name}/classes/                    200  403  200  403  403  403  403  403
set_up_classes_add       GET     /year-set-up/{year_name}/classes/add/                405  405  405  405  405  405  405  405
set_up_classes_add       POST    /year-set-up/{year_name}/classes/add/                422  403  422  403  403  403  403  403
set_up_classes_copy      GET     /year-set-up/{year_name}/classes/copy/               405  405  405  405  405  405  405  405
set_up_classes_copy      POST    /year-set-up/{year_name}/classes/copy/               422  403  422  403  403  403  403  403
class_rename             GET     /classes/{class}/rename/                        405  405  405  405  405  405  405  405
class_rename             POST    /classes/{class}/rename/                        303  403  303  403  403  403  403  403
class_withdraw           GET     /classes/{class}/withdraw/                      405  405  405  405  405  405  405  405
class_withdraw           POST    /classes/{class}/withdraw/                      303  403  303  403  403  403  403  403
set_up_subjects          GET     /year-set-up/{year_name}/subjects/                   200  403  200  403  403  403  403  403
set_up_open              GET     /year-set-up/{year_name}/subjects/open/              405  405  405  405  405  405  405  405
set_up_open              POST    /year-set-up/{year_name}/subjects/open/              303  403  303  403  403  403  403  403
set_up_grade             GET     /year-set-up/{year_name}/subjects/6/                 200  403  200  403  403  403  403  403
set_up_choose            GET     /year-set-up/{year_name}/subjects/6/choose/          405  405  405  405  405  405  405  405
set_up_choose            POST    /year-set-up/{year_name}/subjects/6/choose/          303  403  303  403  403  403  403  403
set_up_copy              GET     /year-set-up/{year_name}/subjects/6/copy/            405  405  405  405  405  405  405  405
set_up_copy              POST    /year-set-up/{year_name}/subjects/6/copy/            404  403  404  403  403  403  403  403
set_up_own               GET     /year-set-up/{year_name}/subjects/6/own/             200  403  200  403  403  403  403  403
set_up_own               POST    /year-set-up/{year_name}/subjects/6/own/             422  403  422  403  403  403  403  403
set_up_shape             GET     /year-set-up/{year_name}/subjects/6/toan/            200  403  200  403  403  403  403  403
set_up_shape             POST    /year-set-up/{year_name}/subjects/6/toan/            422  403  422  403  403  403  403  403
set_up_withdraw          GET     /year-set-up/{year_name}/subjects/6/toan/withdraw/   405  405  405  405  405  405  405  405
set_up_withdraw          POST    /year-set-up/{year_name}/subjects/6/toan/withdraw/   404  403  404  403  403  403  403  403
set_up_teachers          GET     /year-set-up/{year_name}/teachers/                   200  403  200  403  403  403  403  403
set_up_place             GET     /year-set-up/{year_name}/teachers/place/             405  405  405  405  405  405  405  405
set_up_place             POST    /year-set-up/{year_name}/teachers/place/             422  403  422  403  403  403  403  403
pupil_results            GET     /pupils/{pupil}/results/                        200  200  200  200  404  200  404  404
why                      GET     /pupils/{pupil}/results/year/why/               200  200  200  200  404  200  404  404
movements                GET     /movements/                                     200  200  200  200  200  200  200  200
movements_export         GET     /movements/export/                              405  405  405  405  405  405  405  405
movements_export         POST    /movements/export/                              200  200  200  200  403  200  403  403
receive_pupil            GET     /movements/receive/                             403  403  200  200  403  403  403  403
receive_pupil            POST    /movements/receive/                             403  403  422  422  403  403  403  403
movement_cancel          GET     /movements/{movement}/cancel/                   405  405  405  405  405  405  405  405
movement_cancel          POST    /movements/{movement}/cancel/                   403  403  303  303  403  403  403  403
earlier_results          GET     /movements/{movement}/earlier-results/          403  403  200  200  403  403  403  403
earlier_results          POST    /movements/{movement}/earlier-results/          403  403  422  422  403  403  403  403
earlier_results_upload   GET     /movements/{movement}/earlier-results/upload/   405  405  405  405  405  405  405  405
earlier_results_upload   POST    /movements/{movement}/earlier-results/upload/   403  403  422  422  403  403  403  403
earlier_results_template GET     /movements/{movement}/earlier-results/template/ 403  403  200  200  403  403  403  403
pupil_movements          GET     /pupils/{pupil}/movements/                      200  200  200  200  404  200  404  404
movement_record          GET     /pupils/{pupil}/movements/record/transferred/   403  403  200  200  403  403  403  403
movement_record          POST    /pupils/{pupil}/movements/record/transferred/   403  403  422  422  403  403  403  403
transfer_file            GET     /pupils/{pupil}/transfer-file/                  405  405  405  405  405  405  405  405
transfer_file            POST    /pupils/{pupil}/transfer-file/                  403  403  200  200  403  403  403  403
pupils                   GET     /pupils/                                        200  200  200  200  200  200  200  200
pupil                    GET     /pupils/{pupil}/                                200  200  200  200  404  200  200  404
pupil_history            GET     /pupils/{pupil}/history/                        200  200  200  200  404  200  404  404
pupil_edit               GET     /pupils/{pupil}/edit/                           403  403  200  200  404  200  403  404
pupil_save               GET     /pupils/{pupil}/save/                           405  405  405  405  405  405  405  405
pupil_save               POST    /pupils/{pupil}/save/                           403  403  303  303  404  303  403  404
class_profiles           GET     /classes/{class}/profiles/                      200  200  200  200  404  200  404  404
class_profiles_save      GET     /classes/{class}/profiles/save/                 405  405  405  405  405  405  405  405
class_profiles_save      POST    /classes/{class}/profiles/save/                 403  403  303  303  404  303  404  404
profiles                 GET     /profiles/                                      200  200  200  200  403  403  403  403
pupil_add                GET     /classes/{class}/pupils/add/                    403  403  200  200  403  403  403  403
pupil_admit              GET     /classes/{class}/pupils/admit/                  405  405  405  405  405  405  405  405
pupil_admit              POST    /classes/{class}/pupils/admit/                  403  403  422  422  403  403  403  403
duplicates               GET     /pupils/duplicates/                             403  403  200  200  403  403  403  403
duplicates_different     GET     /pupils/duplicates/different/                   405  405  405  405  405  405  405  405
duplicates_different     POST    /pupils/duplicates/different/                   403  403  422  422  403  403  403  403
register                 GET     /register/                                      200  200  200  200  403  403  403  403
register_print           GET     /register/print/                                405  405  405  405  405  405  405  405
register_print           POST    /register/print/                                403  403  422  422  403  403  403  403
register_numbering       GET     /register/numbering/                            403  403  200  200  403  403  403  403
register_number          GET     /register/numbering/number/                     405  405  405  405  405  405  405  405
register_number          POST    /register/numbering/number/                     403  403  303  303  403  403  403  403
new_profile              GET     /corrections/new/pupils/{pupil}/                403  403  200  200  404  200  403  404
new_profile              POST    /corrections/new/pupils/{pupil}/                403  403  422  422  404  422  403  404
summer                   GET     /summer/                                        200  200  200  200  200  200  200  200
rules                    GET     /assessment-rules/                              200  200  200  200  200  200  200  200
rules_choose             GET     /assessment-rules/{policy}/choose/              405  405  405  405  405  405  405  405
rules_choose             POST    /assessment-rules/{policy}/choose/              400  403  403  403  403  403  403  403
decisions                GET     /decisions/                             200  200  200  200  200  200  200  200
decision_enter           GET     /decisions/enter/                       200  403  403  403  403  403  403  403
decision_enter           POST    /decisions/enter/                       422  403  403  403  403  403  403  403
decision                 GET     /decisions/{decision}/                  200  200  200  200  200  200  200  200
decision                 GET     /decisions/{movement_decision}/         200  200  200  200  404  404  404  404
decision_edit            GET     /decisions/{decision}/edit/             200  403  403  403  403  403  403  403
decision_edit            POST    /decisions/{decision}/edit/             422  403  403  403  403  403  403  403
decision_scan            GET     /decisions/{decision}/scan/             200  200  200  200  200  200  200  200
decision_download        GET     /decisions/{decision}/download/         200  200  200  200  200  200  200  200
decision_confirm         GET     /decisions/{decision}/confirm/          405  405  405  405  405  405  405  405
decision_confirm         POST    /decisions/{decision}/confirm/          422  422  422  422  422  422  422  422
decision_confirm         POST    /decisions/{movement_decision}/confirm/ 422  422  422  422  404  404  404  404
board                    GET     /board/                                 200  200  200  200  200  200  200  200
board_appoint            GET     /board/appoint/                         200  403  403  403  403  403  403  403
board_appoint            POST    /board/appoint/                         422  403  403  403  403  403  403  403
board_end                GET     /board/{seat}/end/                      200  403  403  403  403  403  403  403
board_end                POST    /board/{seat}/end/                      422  403  403  403  403  403  403  403
policy                   GET     /policy/                                200  200  200  200  200  200  200  200
policy_history           GET     /policy/{policy}/history/               200  200  200  200  200  200  200  200
policy_edit              GET     /policy/{policy}/edit/                  200  403  403  403  403  403  403  403
policy_edit              POST    /policy/{policy}/edit/                  422  403  403  403  403  403  403  403
policy_presets           GET     /policy/{policy}/presets/               200  403  403  403  403  403  403  403
policy_preset            GET     /policy/{policy}/presets/S3/            200  403  403  403  403  403  403  403
policy_apply             GET     /policy/{policy}/presets/S3/apply/      405  405  405  405  405  405  405  405
policy_apply             POST    /policy/{policy}/presets/S3/apply/      400  403  403  403  403  403  403  403
incidents                GET     /incidents/                             200  200  200  200  200  200  200  200
incident_desk            GET     /incidents/desk/                        200  200  200  403  200  403  403  403
incident_new             GET     /incidents/new/                         200  200  200  200  200  200  200  200
incident_new             POST    /incidents/new/                         422  422  422  422  422  422  422  422
incident                 GET     /incidents/{incident}/                  200  200  200  404  200  404  200  404
incident_answer          GET     /incidents/{incident}/answer/           405  405  405  405  405  405  405  405
incident_answer          POST    /incidents/{incident}/answer/           422  422  422  404  422  404  403  404
incident_settle          GET     /incidents/{incident}/settle/           405  405  405  405  405  405  405  405
incident_settle          POST    /incidents/{incident}/settle/           403  403  403  404  403  404  303  404
marks                    GET     /courses/{course}/semester-1/                   200  200  200  200  404  200  200  404
marks_save               GET     /courses/{course}/semester-1/save/              405  405  405  405  405  405  405  405
marks_save               POST    /courses/{course}/semester-1/save/              403  403  403  403  404  403  303  404
cell_history             GET     /courses/{course}/history/{pupil}/{column}/     200  200  200  200  404  200  200  404
marks_import             GET     /courses/{course}/semester-1/import/            403  403  403  403  404  403  200  404
marks_import_upload      GET     /courses/{course}/semester-1/import/upload/     405  405  405  405  405  405  405  405
marks_import_upload      POST    /courses/{course}/semester-1/import/upload/     403  403  403  403  404  403  422  404
marks_template           GET     /courses/{course}/semester-1/template/          403  403  403  403  404  403  200  404
imports                  GET     /imports/                                       200  403  200  200  403  403  403  403
import_kind              GET     /imports/pupils/                                403  403  200  200  403  403  403  403
import_kind              GET     /imports/staff/                                 200  403  403  403  403  403  403  403
import_kind              GET     /imports/classes/                               200  403  200  403  403  403  403  403
import_kind              GET     /imports/assignments/                           200  403  200  403  403  403  403  403
import_kind              GET     /imports/marks/                                 404  404  404  404  404  404  404  404
import_upload            GET     /imports/pupils/upload/                         405  405  405  405  405  405  405  405
import_upload            POST    /imports/pupils/upload/                         403  403  422  422  403  403  403  403
import_upload            POST    /imports/staff/upload/                          422  403  403  403  403  403  403  403
import_upload            POST    /imports/classes/upload/                        422  403  422  403  403  403  403  403
import_upload            POST    /imports/assignments/upload/                    422  403  422  403  403  403  403  403
import_template          GET     /imports/pupils/template/                       403  403  200  200  403  403  403  403
import_template          GET     /imports/assignments/template/                  200  403  200  403  403  403  403  403
import                   GET     /imports/{import}/                              404  404  200  200  404  404  404  404
import_confirm           GET     /imports/{import}/confirm/                      405  405  405  405  405  405  405  405
import_confirm           POST    /imports/{import}/confirm/                      404  404  303  303  404  404  404  404
import_discard           GET     /imports/{import}/discard/                      405  405  405  405  405  405  405  405
import_discard           POST    /imports/{import}/discard/                      404  404  303  303  404  404  404  404
import_columns           GET     /imports/{import}/columns/                      404  404  200  200  404  404  404  404
import_columns_choose    GET     /imports/{import}/columns/choose/               405  405  405  405  405  405  405  405
import_columns_choose    POST    /imports/{import}/columns/choose/               404  404  422  422  404  404  404  404
import_answer            GET     /imports/{import}/answer/                       405  405  405  405  405  405  405  405
import_answer            POST    /imports/{import}/answer/                       404  404  303  303  404  404  404  404
import_replace           GET     /imports/{import}/replace/                      405  405  405  405  405  405  405  405
import_replace           POST    /imports/{assignments}/replace/                 303  404  303  404  404  404  404  404
import_replace           POST    /imports/{import}/replace/                      404  404  404  404  404  404  404  404
import_refused           GET     /imports/{import}/refused/                      404  404  200  200  404  404  404  404
import_progress          GET     /imports/{running}/progress/                    404  404  200  200  404  404  404  404
import_retry             GET     /imports/{running}/retry/                       405  405  405  405  405  405  405  405
import_retry             POST    /imports/{running}/retry/                       404  404  303  303  404  404  404  404
exports                  GET     /exports/                                       200  200  200  200  403  200  403  403
export                   GET     /exports/pupils/?class={class}                  200  200  200  200  404  200  404  404
export                   GET     /exports/pupils/                                200  200  200  200  403  200  403  403
export                   GET     /exports/staff/                                 200  200  200  403  403  403  403  403
export                   GET     /exports/accounts/                              200  200  200  403  403  403  403  403
export                   GET     /exports/classes/                               200  200  200  200  403  403  403  403
export                   GET     /exports/assignments/                           200  200  200  200  403  403  403  403
export                   GET     /exports/assignments-matrix/                    200  200  200  200  403  403  403  403
lock_board               GET     /lock-board/                                    200  200  200  403  200  200  200  200
lock_order               GET     /lock-board/order/                              405  405  405  405  405  405  405  405
lock_order               POST    /lock-board/order/                              422  403  403  403  403  403  403  403
lock_execute             GET     /lock-board/orders/{order}/execute/             405  405  405  405  405  405  405  405
lock_execute             POST    /lock-board/orders/{order}/execute/             403  403  303  403  403  403  403  403
lock_withdraw            GET     /lock-board/orders/{order}/withdraw/           405  405  405  405  405  405  405  405
lock_withdraw            POST    /lock-board/orders/{order}/withdraw/           303  403  403  403  403  403  403  403
year                     GET     /school-years/{year}/                           200  200  200  200  403  403  403  403
year_close               GET     /school-years/{year}/close/                     405  405  405  405  405  405  405  405
year_close               POST    /school-years/{year}/close/                     422  403  422  403  403  403  403  403
year_reopen              GET     /school-years/{year}/reopen/                    405  405  405  405  405  405  405  405
year_reopen              POST    /school-years/{year}/reopen/                    422  403  403  403  403  403  403  403
year_turn                GET     /school-years/{year}/turn/                      200  200  200  200  403  403  403  403
year_turn_preview        GET     /school-years/{year}/turn/preview/              405  405  405  405  405  405  405  405
year_turn_preview        POST    /school-years/{year}/turn/preview/              403  403  200  403  403  403  403  403
year_turn_carry          GET     /school-years/{year}/turn/carry/                405  405  405  405  405  405  405  405
year_turn_carry          POST    /school-years/{year}/turn/carry/                403  403  422  403  403  403  403  403
year_turn_late           GET     /school-years/{year}/turn/late/                 405  405  405  405  405  405  405  405
year_turn_late           POST    /school-years/{year}/turn/late/                 403  403  422  403  403  403  403  403
year_turn_undo           GET     /school-years/{year}/turn/undo/                 405  405  405  405  405  405  405  405
year_turn_undo           POST    /school-years/{year}/turn/undo/                 403  403  404  403  403  403  403  403
leavers                  GET     /school-years/{year}/leavers/graduated/         200  200  200  200  403  403  403  403
leavers_workbook         GET     /school-years/{year}/leavers/graduated/workbook/ 200 200  200  200  403  403  403  403
transcript               GET     /transcripts/{pupil}/                           200  200  200  200  404  200  404  404
edition                  GET     /transcripts/editions/{transcript}/            200  200  200  200  404  200  404  404
issue                    GET     /transcripts/{pupil}/issue/                     405  405  405  405  405  405  405  405
issue                    POST    /transcripts/{pupil}/issue/                     303  403  403  403  403  403  403  403
requests                 GET     /corrections/                                   200  200  200  200  200  200  200  200
new                      GET     /corrections/new/{pupil}/{column}/              403  403  403  403  404  403  200  404
new                      POST    /corrections/new/{pupil}/{column}/              403  403  403  403  404  403  422  404
dossier                  GET     /corrections/{correction}/                      200  200  200  404  404  404  200  404
approve                  GET     /corrections/{correction}/approve/              405  405  405  405  405  405  405  405
approve                  POST    /corrections/{correction}/approve/              303  403  403  404  404  404  403  404
refuse                   GET     /corrections/{correction}/refuse/               405  405  405  405  405  405  405  405
refuse                   POST    /corrections/{correction}/refuse/               422  403  403  404  404  404  403  404
execute                  GET     /corrections/{correction}/execute/              405  405  405  405  405  405  405  405
execute                  POST    /corrections/{correction}/execute/              403  403  409  404  404  404  403  404
evidence                 GET     /corrections/{correction}/evidence/{evidence}/  200  200  200  404  404  404  200  404
index                    GET     /archive/                                       200  200  200  200  403  403  403  403
check                    GET     /archive/check/                                 405  405  405  405  405  405  405  405
check                    POST    /archive/check/                                 303  303  303  303  403  403  403  403
request_book             GET     /archive/classes/{class}/request-book/          405  405  405  405  405  405  405  405
request_book             POST    /archive/classes/{class}/request-book/          403  403  403  303  403  403  403  403
edition                  GET     /archive/editions/{edition}/                    200  200  200  200  403  403  403  403
progress                 GET     /archive/editions/{edition}/progress/           200  200  200  200  403  403  403  403
download                 GET     /archive/editions/{edition}/download/           404  404  404  404  403  403  403  403
retry                    GET     /archive/editions/{edition}/retry/              405  405  405  405  405  405  405  405
retry                    POST    /archive/editions/{edition}/retry/              403  403  403  303  403  403  403  403
verify                   GET     /archive/editions/{edition}/verify/             405  405  405  405  405  405  405  405
verify                   POST    /archive/editions/{edition}/verify/             404  404  404  404  403  403  403  403
"""


@dataclass(frozen=True)
class Row:
    address: str
    method: str
    path: str
    statuses: dict[str, int]


def rows() -> list[Row]:
    _, *lines = TABLE.strip().splitlines()
    found = []
    for line in lines:
        address, method, path, *statuses = line.split()
        found.append(Row(address, method, path, dict(zip(PEOPLE, map(int, statuses), strict=True))))
    return found


def addresses(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        else:
            yield from addresses(entry)


pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(shared_scene: Scene) -> Scene:
    return shared_scene


def test_every_address_is_in_the_table():
    assert set(addresses(get_resolver())) == {row.address for row in rows()} | PUBLIC


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_each_person_gets_what_the_table_says(row, scene):
    got = {}
    for person in PEOPLE:
        client = signed_in(Client(), scene.cast.people[person])
        with scene.undone():
            got[person] = client.generic(
                row.method, row.path.format(**scene.keys), headers={"accept": "text/html"}
            ).status_code

    assert got == row.statuses


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_nobody_gets_anything_without_signing_in(row, scene, client):
    response = client.generic(row.method, row.path.format(**scene.keys))

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
