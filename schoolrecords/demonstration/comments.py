"""What teachers write about a pupil's work, by level; the commonest sentences of the staff room."""

from schoolrecords.demonstration.dice import Dice

GOOD, FAIR, PASS, POOR = range(4)

_ANY = {
    GOOD: (
        "Nắm vững kiến thức, vận dụng tốt vào bài tập.",
        "Em học tốt, tích cực phát biểu xây dựng bài.",
        "Có tinh thần tự học cao, hoàn thành tốt các nhiệm vụ học tập.",
        "Tiếp thu bài nhanh, biết giúp đỡ bạn trong học tập.",
        "Hiểu bài sâu, trình bày rõ ràng, sáng tạo.",
    ),
    FAIR: (
        "Nắm được kiến thức cơ bản, cần luyện tập thêm bài nâng cao.",
        "Có ý thức học tập, cần mạnh dạn phát biểu hơn.",
        "Học khá, cần trình bày bài cẩn thận hơn.",
        "Tiếp thu bài tốt, đôi khi còn thiếu tập trung.",
    ),
    PASS: (
        "Hoàn thành nội dung cơ bản, cần chăm chỉ hơn.",
        "Có tiến bộ, cần ôn lại kiến thức đã học.",
        "Cần chú ý nghe giảng và làm bài tập đầy đủ.",
        "Em cần rèn thêm kĩ năng vận dụng kiến thức vào thực hành.",
    ),
    POOR: (
        "Chưa nắm vững kiến thức cơ bản, cần phụ đạo thêm.",
        "Cần cố gắng nhiều hơn, gia đình và giáo viên cùng hỗ trợ.",
        "Còn thiếu bài tập về nhà, cần rèn ý thức tự giác.",
    ),
}
_OF_SUBJECT = {
    "toan": {
        GOOD: ("Tính toán nhanh, chính xác; giải tốt các bài toán có lời văn.",),
        FAIR: ("Thực hiện đúng các phép tính, cần cẩn thận khi giải toán có lời văn.",),
        PASS: ("Tính toán còn chậm, cần luyện thêm các phép tính cơ bản.",),
    },
    "tieng-viet": {
        GOOD: ("Đọc lưu loát, diễn cảm; chữ viết đẹp, câu văn giàu hình ảnh.",),
        FAIR: ("Đọc to, rõ ràng; cần luyện viết câu đủ ý.",),
        PASS: ("Đọc còn chậm, cần luyện viết đúng chính tả.",),
    },
    "giao-duc-the-chat": {
        GOOD: ("Thực hiện đúng, đẹp các động tác; tích cực tập luyện.",),
        FAIR: ("Thực hiện được các động tác, có ý thức rèn luyện.",),
        PASS: ("Thực hiện được động tác cơ bản, cần chăm tập luyện hơn.",),
    },
    "nghe-thuat": {
        GOOD: ("Có năng khiếu, thể hiện tốt cảm xúc trong bài thực hành.",),
        FAIR: ("Hát đúng giai điệu, bài vẽ đủ bố cục.",),
    },
    "ngoai-ngu-1": {
        GOOD: ("Phát âm chuẩn, tự tin giao tiếp trong các tình huống quen thuộc.",),
        FAIR: ("Nghe và đọc khá, cần luyện nói nhiều hơn.",),
        PASS: ("Vốn từ còn ít, cần học từ mới thường xuyên.",),
    },
}  # fmt: skip
_OF_HOMEROOM = {
    GOOD: (
        "Ngoan, lễ phép, gương mẫu; tích cực tham gia hoạt động của lớp.",
        "Có ý thức kỉ luật tốt, hòa đồng, biết giúp đỡ bạn bè.",
    ),
    FAIR: (
        "Ngoan, chấp hành nội quy; cần mạnh dạn hơn trong hoạt động tập thể.",
        "Có ý thức rèn luyện, hòa đồng với bạn bè.",
    ),
    PASS: ("Chấp hành nội quy, cần tự giác và chăm chỉ hơn.",),
    POOR: ("Còn thiếu tự giác, gia đình cần phối hợp nhắc nhở.",),
}


def homeroom_comment(quality: float, chance: Dice) -> str:
    """What the homeroom teacher writes of a pupil's conduct."""
    return chance.choice(_OF_HOMEROOM[band_of(quality)])


def comment(subject: str, quality: float, chance: Dice) -> str:
    """A sentence for work of this quality, from 0 to 10."""
    band = band_of(quality)
    return chance.choice(_ANY[band] + 2 * _OF_SUBJECT.get(subject, {}).get(band, ()))


def band_of(quality: float) -> int:
    return GOOD if quality >= 8 else FAIR if quality >= 6.5 else PASS if quality >= 5 else POOR
