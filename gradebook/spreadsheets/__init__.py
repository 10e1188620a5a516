"""Spreadsheets in and out: an uploaded file becomes typed rows with reasons, and rows become workbooks.

Pure: no Django, no database, no clock, no translated sentence. A caller runs `safety.check_upload` on the
bytes first, and `pupil_list.read_pupil_list`, `score_sheet.read_score_sheet` or, for a sheet that the portal
wrote, `coded.read_coded` next; every refusal is a code of `problems.Code` with data.
"""
