"""The school's comment bank: what teachers write under TT 27/2020 (primary) and TT 22/2021 (secondary)."""

from collections.abc import Iterator

from accounts.models import User
from gradebook.actions.phrases import Wording, add_phrases
from gradebook.models import Level, Phrase, Subject

GOOD, FAIR, WEAK = Phrase.Standing.GOOD, Phrase.Standing.FAIR, Phrase.Standing.WEAK
SUPPORT, GIFTED = Phrase.Need.SUPPORT, Phrase.Need.GIFTED
INCLUSION, PROGRESS = Phrase.Need.INCLUSION, Phrase.Need.PROGRESS
ANY, HOMEROOM = "", "chu-nhiem"

# Each: the code of a subject (or any), how the pupil stands, what the pupil needs, the phrase.
_PRIMARY = (
    (ANY, GOOD, "", "{tên} nắm vững kiến thức, kĩ năng của môn {môn}; tích cực phát biểu, biết giúp đỡ bạn."),
    (ANY, GOOD, GIFTED, "{tên} tiếp thu nhanh, có năng khiếu; em cần được giao thêm bài tập mở rộng."),
    (ANY, FAIR, "", "{tên} hoàn thành các yêu cầu của môn {môn}; em cần mạnh dạn phát biểu hơn."),
    (ANY, FAIR, PROGRESS, "{tên} có nhiều tiến bộ so với đầu kì; cô mong em tiếp tục cố gắng."),
    (ANY, WEAK, SUPPORT, "{tên} chưa hoàn thành một số nội dung; em cần được thầy cô và gia đình kèm thêm."),
    (ANY, "", INCLUSION, "{tên} tham gia học tập cùng các bạn và thực hiện được mục tiêu của kế hoạch cá nhân."),
    ("toan", GOOD, "", "Tính toán nhanh, chính xác; vận dụng tốt khi giải toán có lời văn."),
    ("toan", FAIR, "", "Thực hiện đúng các phép tính; cần đọc kĩ đề khi giải toán có lời văn."),
    ("toan", WEAK, SUPPORT, "Tính toán còn nhầm lẫn; cần ôn bảng cộng, trừ, nhân, chia và luyện tập hằng ngày."),
    ("tieng-viet", GOOD, "", "Đọc lưu loát, diễn cảm; chữ viết đều, đẹp; biết dùng từ ngữ gợi tả khi viết."),
    ("tieng-viet", FAIR, "", "Đọc to, rõ ràng; viết đúng chính tả; cần luyện viết câu đủ ý hơn."),
    ("tieng-viet", WEAK, SUPPORT, "Đọc còn chậm, viết còn sai chính tả; cần luyện đọc và chép bài mỗi ngày."),
    ("ngoai-ngu-1", GOOD, "", "Phát âm tốt, tự tin hỏi đáp về các chủ đề đã học."),
    ("ngoai-ngu-1", FAIR, "", "Nghe và đọc được các từ, mẫu câu đã học; cần luyện nói nhiều hơn."),
    (HOMEROOM, GOOD, "", "{tên} chăm ngoan, lễ phép, tự giác trong học tập; hòa đồng, biết giúp đỡ bạn bè."),
    (HOMEROOM, FAIR, "", "{tên} ngoan, biết vâng lời thầy cô; cần mạnh dạn hơn trong hoạt động của lớp."),
    (HOMEROOM, WEAK, SUPPORT, "{tên} cần được nhắc nhở thêm về nền nếp và sự tập trung; mong gia đình phối hợp."),
)  # fmt: skip
_EVERY_LEVEL = (
    (ANY, GOOD, "", "Nắm vững kiến thức môn {môn}, vận dụng linh hoạt; có ý thức tự học tốt."),
    (ANY, GOOD, GIFTED, "Có năng khiếu về môn {môn}; nên tham gia bồi dưỡng học sinh giỏi."),
    (ANY, FAIR, "", "Hiểu bài, làm bài đầy đủ; cần luyện thêm các bài vận dụng."),
    (ANY, FAIR, PROGRESS, "Có tiến bộ rõ trong học kì; cần giữ vững cố gắng."),
    (ANY, WEAK, SUPPORT, "Chưa nắm chắc kiến thức cơ bản; cần ôn lại bài cũ và tham gia lớp phụ đạo."),
    (ANY, "", INCLUSION, "Tham gia các hoạt động học tập theo kế hoạch giáo dục cá nhân, có cố gắng."),
    ("ngu-van", GOOD, "", "Cảm thụ văn học tốt; bài viết có cảm xúc, diễn đạt mạch lạc."),
    ("ngu-van", FAIR, "", "Hiểu nội dung văn bản; bài viết đủ ý, cần trau dồi cách diễn đạt."),
    ("ngu-van", WEAK, SUPPORT, "Bài viết còn sơ sài, mắc lỗi chính tả và dùng từ; cần đọc và viết nhiều hơn."),
    ("giao-duc-the-chat", "", "", "Thực hiện đúng kĩ thuật động tác, có ý thức rèn luyện thể lực."),
    ("nghe-thuat", "", "", "Tích cực tham gia hoạt động, biết thể hiện cảm xúc qua sản phẩm của mình."),
    (HOMEROOM, GOOD, "", "{tên} gương mẫu, có trách nhiệm, chấp hành tốt nội quy; tích cực trong hoạt động tập thể."),
    (HOMEROOM, FAIR, "", "{tên} chấp hành nội quy, hòa đồng; cần chủ động hơn trong học tập và rèn luyện."),
    (HOMEROOM, WEAK, SUPPORT, "{tên} còn vi phạm nội quy; cần rèn tính kỉ luật, gia đình phối hợp nhắc nhở."),
    (HOMEROOM, "", PROGRESS, "{tên} đã khắc phục khuyết điểm, có nhiều tiến bộ trong rèn luyện."),
)  # fmt: skip
_LOWER = (
    ("toan", GOOD, "", "Tư duy tốt, lập luận chặt chẽ, trình bày lời giải rõ ràng."),
    ("toan", FAIR, "", "Nắm được các dạng toán cơ bản; cần cẩn thận hơn khi biến đổi và trình bày."),
    ("toan", WEAK, SUPPORT, "Kĩ năng tính toán còn yếu, hay bỏ bài; cần rèn lại từ các dạng bài cơ bản."),
    ("ngoai-ngu-1", GOOD, "", "Vốn từ phong phú, sử dụng tốt bốn kĩ năng; tự tin khi giao tiếp."),
    ("ngoai-ngu-1", FAIR, "", "Nắm được ngữ pháp cơ bản; cần luyện nghe và nói thường xuyên."),
    ("ngoai-ngu-1", WEAK, SUPPORT, "Vốn từ còn ít, ngữ pháp chưa chắc; cần học từ mới mỗi ngày."),
    ("khoa-hoc-tu-nhien", GOOD, "", "Hiểu bản chất hiện tượng, thực hành thí nghiệm tốt, biết liên hệ thực tế."),
    ("khoa-hoc-tu-nhien", FAIR, "", "Nắm được kiến thức; cần rèn kĩ năng thực hành và giải thích hiện tượng."),
    (ANY, FAIR, PROGRESS, "{tên} có tiến bộ, điểm trung bình môn {môn} học kì này đạt {điểm}; cần giữ vững cố gắng."),
)  # fmt: skip
_UPPER = (
    ("toan", GOOD, "", "Nắm chắc phương pháp, giải tốt các bài vận dụng cao; trình bày chặt chẽ."),
    ("toan", WEAK, SUPPORT, "Còn hổng kiến thức lớp dưới; cần ôn tập theo chuyên đề và làm đủ bài tập."),
    ("ngoai-ngu-1", GOOD, "", "Sử dụng tốt bốn kĩ năng, viết mạch lạc, tự tin thuyết trình bằng tiếng Anh."),
    ("vat-li", FAIR, "", "Nắm được các định luật cơ bản; cần luyện giải bài tập và đọc đồ thị."),
    (ANY, GOOD, "", "{tên} có tư duy tốt, chủ động tìm hiểu mở rộng; điểm trung bình môn {môn} đạt {điểm}."),
)  # fmt: skip
_SETS = (
    (Level.PRIMARY, _PRIMARY),
    ("", _EVERY_LEVEL),
    (Level.LOWER_SECONDARY, _LOWER),
    (Level.UPPER_SECONDARY, _UPPER),
)


def share(*, by: User) -> None:
    add_phrases(wordings=list(_wordings()), shared=True, by=by)


def _wordings() -> Iterator[Wording]:
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    for level, phrases in _SETS:
        for code, standing, need, text in phrases:
            # A smaller school than the whole does not teach them all.
            if not code or code in subjects:
                yield Wording(text, subjects.get(code), level, standing, need)
