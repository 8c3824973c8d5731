"""One spelling for what is the same to a reader: widths, case, accents of typing, traditional
characters, digits; and what is no words of the writer: links, quotes."""

import re
import unicodedata

from core.patterns import Pattern

LONGEST = 400
"""Characters that are read of one message: its beginning, and a little of its end."""
TAIL = 100

TRADITIONAL = (
    "這個們來說時國過對會發學沒還為開動點關種樣間長話見經兩機電車問題現場給氣當應東將張應頭邊馬風體師業樂書員無論"
    "變轉換導匯載傳狀態積餘額幫請視頻檔剩嗎麼進謝煩軸軌從圖畫製讓裡剛幾聲單預覽課項輸與該錯誤補寫標題級級願歡夢戀"
    "愛親媽爺奶婆孫兒園館飛龍鳥魚貓豬雞鴨雲霧陽陰葉樹華綠紅藍黃銀鐘錶錢價貴賣買費貨賬帳號碼網絡線連設計劃術藝術攝"
    "錄聽讀認識記憶紀節慶禮賀婚壽歲歷順調試驗護總結構組織細緊張輕鬆靜暗顯飄動搖擺滿潔濃淡爾遠適選擇難離雙隨雖響頁須"
    "預顏額顧飯飲餐館驚髮鬧魯鮮麗麥黨齊齡龜壞慢慣懶戲戰戶擁擔據擴擠損撥攜敵數斷舊晝暈暫曆楊極槍櫻歐殘殺毀沖決況涼"
    "減淚淨測渾溫滅濕灣瀏灑火災燈燒燭爛牆獨獲獎環瑪瓊產畢療癢盡監盤眾睜碼確礎禍禪種稱穩窩窗競筆籃籌粵糧紗紙純終統"
    "絕絲緣編緩縮繞繪繼續纖罵羅義習聯職肅腦腳臉臨興舉舖艙艱莊蓋薩藥蘇蘭處虛蝦蟲補裝複見規覺觀觸計訂討訊訓託訪詞詢"
    "詩誇誕誠誰調談諒證譜譯議讀讚豐財貌責貼資賓賞賽贈贏趕趙跡踐躍軟較輯輪輩輸辦農運達遞遲還郵鄉鄰醜醫釋針鈴銷鋼鋪"
    "錦鍵鎖鎮鏡鐵鑰閃閉閒閨閱闊隊階陳陸隱際隻雜電靈韓頂項頓頗領頻顆類飾餓駕騎騙驅驗骯鬆鹽黏壓廳廣廢彈彎後復徑徵"
    "恆恥悅惡愉態慘憂憑懷懸幹幾庫嘆嘗嚇嚴囉團圍圓塊墊壇夠夾奪奮奧婦嬌實寬寧寶專尋導屬島峽嶺巖幣幫冊凍剎剪劇劍勁勝"
    "勞勢勳匯區協卻參吳員嗚嘩噴嚕噸兇亞亂佈佔併俠倆倉個偉側偵備傑傘債傷傾僅價儀億儲兌內兩册衝製裏週麵鐘颱嚮姊甯"
    "煙橫刪別條講熱嬤係語簡報濾門聖質揀籠維闆權飽帶揮歸勵註優鵝陣範萬墾橋灘樓宮聞壘養螢帥滾凱綁訴倫則厲強靚準練洩"
    "薦漲務棄擋穎顛許紹湯豔謠丟揚廟轎鑼鷹紋營駿龐爍餅蓮牠檯鶴爐蠟掃濺楓箏遊誌遶並約妳寵搶擊攤曬殼潑澆燦爭牽獅獸皺"
    "睏礙稅窮縣縱纏罰聰脹膚膠臘艷蘋蘿螞蟻褲襪襯評賺購贊蹟輔轟辭邏醬鉛鍋鑽駐騷驕鴿鵬鸚鵡鹹"
)
SIMPLIFIED = (
    "这个们来说时国过对会发学没还为开动点关种样间长话见经两机电车问题现场给气当应东将张应头边马风体师业乐书员无论"
    "变转换导汇载传状态积余额帮请视频档剩吗么进谢烦轴轨从图画制让里刚几声单预览课项输与该错误补写标题级级愿欢梦恋"
    "爱亲妈爷奶婆孙儿园馆飞龙鸟鱼猫猪鸡鸭云雾阳阴叶树华绿红蓝黄银钟表钱价贵卖买费货账帐号码网络线连设计划术艺术摄"
    "录听读认识记忆纪节庆礼贺婚寿岁历顺调试验护总结构组织细紧张轻松静暗显飘动摇摆满洁浓淡尔远适选择难离双随虽响页须"
    "预颜额顾饭饮餐馆惊发闹鲁鲜丽麦党齐龄龟坏慢惯懒戏战户拥担据扩挤损拨携敌数断旧昼晕暂历杨极枪樱欧残杀毁冲决况凉"
    "减泪净测浑温灭湿湾浏洒火灾灯烧烛烂墙独获奖环玛琼产毕疗痒尽监盘众睁码确础祸禅种称稳窝窗竞笔篮筹粤粮纱纸纯终统"
    "绝丝缘编缓缩绕绘继续纤骂罗义习联职肃脑脚脸临兴举铺舱艰庄盖萨药苏兰处虚虾虫补装复见规觉观触计订讨讯训托访词询"
    "诗夸诞诚谁调谈谅证谱译议读赞丰财貌责贴资宾赏赛赠赢赶赵迹践跃软较辑轮辈输办农运达递迟还邮乡邻丑医释针铃销钢铺"
    "锦键锁镇镜铁钥闪闭闲闺阅阔队阶陈陆隐际只杂电灵韩顶项顿颇领频颗类饰饿驾骑骗驱验肮松盐黏压厅广废弹弯后复径征"
    "恒耻悦恶愉态惨忧凭怀悬干几库叹尝吓严啰团围圆块垫坛够夹夺奋奥妇娇实宽宁宝专寻导属岛峡岭岩币帮册冻刹剪剧剑劲胜"
    "劳势勋汇区协却参吴员呜哗喷噜吨凶亚乱布占并侠俩仓个伟侧侦备杰伞债伤倾仅价仪亿储兑内两册冲制里周面钟台向姐宁"
    "烟横删别条讲热嬷系语简报滤门圣质拣笼维板权饱带挥归励注优鹅阵范万垦桥滩楼宫闻垒养萤帅滚凯绑诉伦则厉强靓准练泄"
    "荐涨务弃挡颖颠许绍汤艳谣丢扬庙轿锣鹰纹营骏庞烁饼莲它台鹤炉蜡扫溅枫筝游志绕并约你宠抢击摊晒壳泼浇灿争牵狮兽皱"
    "困碍税穷县纵缠罚聪胀肤胶腊艳苹萝蚂蚁裤袜衬评赚购赞迹辅轰辞逻酱铅锅钻驻骚骄鸽鹏鹦鹉咸"
)
_FOLD = str.maketrans(TRADITIONAL, SIMPLIFIED)
_QUIET = re.compile("['’‘`´¡¿\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f\u064b-\u0652\u0640]")
_ACCENT = re.compile("[\u0300-\u036f]")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DRAWN_OUT = re.compile(r"([^\d\s])\1{2,}")


def folded(text: str) -> str:
    """The text as one line in one spelling. Pure; bounded, however long the text is."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - TAIL]} {text[-TAIL:]}"
    narrow = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", narrow)).replace("ı", "i")
    quiet = _QUIET.sub("", _LINK.sub(" ", unicodedata.normalize("NFC", bare)))
    return " ".join(_DRAWN_OUT.sub(r"\1\1", quiet).split())


_SIMPLIFIED = str.maketrans(
    "導匯載傳狀態積餘額點說幫請給視頻檔還剩嗎麼進問謝煩間軸軌現樣開從頭個張圖畫製動變轉換這們讓裡剛幾兩為當樂聲單預覽課單發項輸與應該錯誤補",
    "导汇载传状态积余额点说帮请给视频档还剩吗么进问谢烦间轴轨现样开从头个张图画制动变转换这们让里刚几两为当乐声单预览课单发项输与应该错误补",
)


def narrowed(text: str) -> str:
    """Case-folded, full-width forms narrowed, traditional characters of our tables simplified,
    spaces single."""
    narrow = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)
    return " ".join(re.sub("['\u2018\u2019\u00b4`]", "", narrow).split())


ASKED = re.compile("[?？؟]")


def is_question(text: str) -> bool:
    """Whether a mark says that something is asked."""
    return ASKED.search(text) is not None


LINK = Pattern(
    r"https?://[^\s<>\"`\u2018-\u201d\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+",
    re.I,
)

QUOTED = re.compile(
    '"[^"\n]{0,200}"|\u201c[^\u201d\n]{0,200}\u201d|\u300c[^\u300d\n]{0,200}\u300d'
    "|\u300a[^\u300b\n]{0,200}\u300b|\u00ab[^\u00bb\n]{0,200}\u00bb|\u201e[^\u201c\u201d\n]{0,200}[\u201c\u201d]"
)
"""What is to be written on a video says nothing of who writes to us."""


def links_in(text: str) -> tuple[tuple[str, ...], str]:
    """The http(s) links that a user typed, each once and in order, and the text without them."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        address, after = _trimmed(match.group())
        if address not in found:
            found.append(address)
        return " " + after

    rest = LINK.sub(take, text)
    rest = re.sub(r"<\s*>|\(\s*\)|（\s*）", " ", rest) if found else rest
    return tuple(found), " ".join(rest.split()) if found else text


def _trimmed(address: str) -> tuple[str, str]:
    """A link without the punctuation of the sentence around it; brackets stay where they are
    balanced."""
    end = len(address)
    while end and (address[end - 1] in ".,;:!?'*_~|" or _unbalanced(address[:end])):
        end -= 1
    return address[:end], address[end:]


def _unbalanced(address: str) -> bool:
    last = address[-1]
    return last in ")]}" and address.count(last) > address.count(
        {")": "(", "]": "[", "}": "{"}[last]
    )
