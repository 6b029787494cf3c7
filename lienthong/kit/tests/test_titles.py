from lienthong.kit.text import says_type, titled


def test_a_type_is_said_once():
    assert titled("Kế hoạch", "Triển khai đợt 2") == "Kế hoạch Triển khai đợt 2"
    assert titled("Kế hoạch", "kế hoạch triển khai đợt 2") == "kế hoạch triển khai đợt 2"
    assert titled("", "Về việc góp ý") == "Về việc góp ý"


def test_a_longer_word_is_not_the_type():
    assert not says_type("Tờ", "Tờtrình")
    assert says_type("Tờ trình", "Tờ trình: xin ý kiến")
