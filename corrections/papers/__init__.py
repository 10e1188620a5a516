"""The papers of a dossier: the form that asks (giấy đề nghị thay đổi thông tin) and the minutes (biên bản sửa điểm).

What is frozen with the act is the payload; its PDF is made after the act is committed, and then kept for good.
"""
