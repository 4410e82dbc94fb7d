import pytest

from hanlin.kernel.text import pinyin_key, pinyin_plain, to_traditional


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("单珺", "shanjun"), ("仇旻", "qiumin"), ("解昇", "xiesheng"), ("曾喆", "zengzhe"), ("区峣", "ouyao"),
        ("查良镛", "zhaliangyong"),
        ("尉迟敬德", "yuchijingde"), ("万俟卨", "moqixie"), ("盖聂", "genie"),
        ("任弼时", "renbishi"), ("朴树", "piaoshu"), ("顾昀", "guyun"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_names_are(name, plain):
    assert pinyin_plain(name) == plain


def test_the_directory_sorts_by_sound_then_tone_then_character():
    names = ["仇旻", "曾喆", "单珺", "区峣", "陈玥", "林祎", "吴赟", "任远", "仁远"]

    assert sorted(names, key=pinyin_key) == ["陈玥", "林祎", "区峣", "仇旻", "仁远", "任远", "单珺", "吴赟", "曾喆"]


def test_traditional_keeps_the_mainland_words():
    assert to_traditional("领导干部关于信息化软件的群里复核") == "領導幹部關於信息化軟件的群裡複核"
