"""Button talk in Chinese, simplified or traditional; clauses are looked at without spaces."""

import re

from core.nemo.gui.actions import CHINESE_DRAG, CHINESE_TARGETS, ButtonTalk, GuiAction, action_of
from core.patterns import Pattern

SIMPLIFIED = str.maketrans(
    "話滿畫點擊匯導開時間軸線預覽帳賬戶單設儀編輯調視頻鈕選標籤擇儲載請後當檔動這個曳關閉鍵確認進頁側欄體資庫餘額級訂閱費",
    "话满画点击导导开时间轴线预览账账户单设仪编辑调视频钮选标签择储载请后当档动这个拽关闭键确认进页侧栏体资库余额级订阅费",
)
"""Traditional characters of the words below, one for one."""

_LEAD = (
    r"^\W*+(?:请|您|你|现在|就|可以|可|能够|能|直接|随时|即可|然后|并且|并|再|最后|接着|之后|来|去|进行|立即|马上|也|还|"
    r"需要|只需|只要|需|想要|要|先|确认|无误|满意|建议|不妨|或者|或|试着|尝试|记得|下一步)*+"
)
_REPORT = Pattern(
    r"已|(?:我|为您|为你|给您|给你|帮您|帮你)(?!们?建议).*(?:了|上|好)|(?:添加|加入|加上|加|插入|制作|生成|写)了"
)
_KEYS = (
    r"按(?:下|住|一下)?(?:键盘)?(?:上的?)?(?:delete|del|backspace|ctrl|control|cmd|command|shift|alt|enter|esc|space|"
    r"空格|回车|退格|删除|方向|快捷|⌘)"
)
_AIMS = (
    r"导出|下载|保存|播放|预览|生成|分享|撤销|删除|确认|完成|编辑|上传|应用|下一步|右上|左上|右下|左下|右侧|左侧|上方|"
    r"下方|顶部|底部|这里|该按钮|按钮"
)
_CLICK = Pattern(
    rf"{_KEYS}|(?<![一二两三几有观亮要优特缺热重早晚])点(?:{_AIMS})|"
    r"(?:点击|单击|双击|点按|轻点|轻触|点一下|点选|点开|按下|按一下|右键)(?!音|声|动画|率|量|特效|效果|的声|的动画|感)",
    re.I,
)
_SCENE = Pattern(
    "画面|镜头|一只手|女孩|男孩|女士|男士|人物|主角|(?<!其)他|她|视频里|视频中|片中|场景"
)
"""Whoever clicks in a scene is not the user."""
_ADDRESSED = Pattern("您|你|请|可以")

_BUTTON = Pattern(r"(?:导出|下载|保存|分享|export|download)(?:按钮|图标|选项|菜单|键)", re.I)
_USE = Pattern(
    r"(?:选择|选中|使用|通过|找到|利用|用|在|看到).{0,16}(?:按钮|图标|菜单|选项卡|标签页|面板|侧边栏|侧栏|工具栏|下拉框|对话框)"
)
_OPEN = Pattern(
    r"(?:打开|展开|切换到|切换至|进入|前往|转到|查看|访问|去|到).{0,12}(?:面板|窗口|侧边栏|侧栏|菜单|选项卡|标签页|标签|"
    r"媒体库|素材库|素材区|资源库|资产库|音乐库|图层|属性栏|工具栏|编辑器|工作台)|(?:打开|切换到|进入)画布"
)
_LIBRARY = Pattern(
    r"(?:在|从|到|去|进入).{0,6}(?:媒体库|素材库|资源库|资产库|音乐库|音效库|图库|素材区)(?:中|里面|里|内)?.{0,6}"
    r"(?:找到|看到|查看|选择|挑选|选取|浏览|添加|替换|更换|管理|使用|预览)(?!了|的是)"
)
_PLACE = r"(?:编辑器|时间线|时间轴|画布|面板|属性栏|工具栏|轨道|滑块|编辑界面|编辑页面)"
_DO = r"(?:移动|排列|调整|编辑|修改|裁剪|剪辑|微调|更改|替换|删除|添加|操作)(?!了)"
_ADJUST = Pattern(
    rf"(?:在|到|用|使用|通过|从|去).{{0,10}}{_PLACE}(?:中|里|上|内|里面)?.{{0,10}}{_DO}|手动{_DO}"
)
_SEE = r"(?:预览|查看|观看|播放|看到|看看|看一下|检查|回放|找到)(?!了)"
_SCREEN = r"(?:时间线|时间轴|编辑器|播放器|预览窗口|预览区|预览面板|预览界面)"
_VIEW = Pattern(
    rf"(?:在|到|从|去|打开)?.{{0,8}}{_SCREEN}.{{0,8}}{_SEE}|{_SEE}.{{0,12}}{_SCREEN}|打开.{{0,4}}{_SCREEN}|"
    + _LEAD.replace("^", "")
    + r"(?<=[请以在先时能看可])预览.{0,10}$"
)
_SCROLL = Pattern(
    _LEAD
    + r"(?:(?:用|使用|通过)?鼠标(?:滚轮)?)?(?:向|往)?[上下左右]{0,2}(?:滚动|滑动|拖拉)(?:到|至|鼠标|页面|网页|时间线|时间轴|轨道|"
    r"列表|查看|浏览|一下|滚轮|以|来|即可)"
)
_PAGE = Pattern(
    _LEAD
    + r"(?:(?:刷新|重新加载|关闭|关掉|收起|折叠|缩放|放大|缩小|最小化).{0,6}(?:页面|网页|浏览器|窗口|面板|时间线|时间轴|标签页|弹窗|侧边栏)|"
    r"(?:用|使用|通过|把|将|移动).{0,4}(?:鼠标|滚轮|播放头|光标|快捷键))"
)
_PREPARES = Pattern(_LEAD + r"(?:选中|选择|选取|选定|框选|悬停|把鼠标|将鼠标|找到)")
"""What one does before a click: `选中片段，按删除键`."""
_ACCOUNT = Pattern(
    r"(?:查看|检查|前往|进入|打开|登录|访问|核对|确认|到|去|在).{0,10}(?:账户|账号|账单|余额|订阅|积分|套餐|会员|充值)"
)
_SETTINGS = Pattern(
    r"(?:前往|进入|打开|转到|访问).{0,8}(?:设置|控制台|仪表盘|仪表板|个人中心|工作台|后台|首页)|"
    r"(?:到|去|在)(?:设置|控制台|仪表盘|仪表板|个人中心|工作台)(?:页面|中|里)?"
)
_EXPORT = Pattern(
    _LEAD
    + r"(?:一键)?(?:导出|下载|保存|另存)(?:它|您的|你的|视频|成片|作品|文件|成品|结果|项目|最终"
    + r"|该|这个|完整|mp4|高清|"
    r"到|本地|手机|电脑|设备|相册|和|并|分享|或|下载|保存|导出|使用|啦|吧|即可|就行|就好|就可以|可以|哦|呢)*+(了?)\W*$",
    re.I,
)
_LEADS_IN = Pattern(
    r"\W*(?:(?:如果|如需|如|若|倘若|要是|当|待|想要|想|要|为了|一旦|只要|觉得).*|.{0,10}(?:后|时|的话|以前|之前|前)|"
    r"下一步|接下来|然后|最后|现在|提示|小贴士|温馨提示|小提示|步骤.{0,3}|第.步|操作.{0,4}|注意|建议|此外|另外|同时|方法.{0,3})\W*$"
)
_CHOOSE = r"(?:然后|并|再|接着)?(?:选择|设置|等待|确认)"
_HAPPENS = (
    r"即可|就可以|就能|便可|便能|以便|稍等|保存到|系统(?:会|将)|(?:视频)?(?:会|将会?)?自动(?:下载|保存|导出|开始)|"
    r"完成(?:导出|下载|保存)|来(?:导出|下载|保存|预览|调整)"
)
_CONTINUES = Pattern(rf"\W*(?:{_CHOOSE}|{_HAPPENS})")
_CONTINUES_FAR = Pattern(
    rf"\W*(?:{_CHOOSE}.*(?:格式|分辨率|清晰度|画质|位置|文件夹|选项|下载|导出|mp4|\d+p|4k)|{_HAPPENS})",
    re.I,
)
_BREAK = Pattern(
    r"(?<=[了好成毕绪\w])(?=(?:请(?:您|你)?(?:在|到|前往|直接|先)?|(?:然后|并且|并|再|接着|或者?)(?:请|可以)?)(?:点击|单击|点按|轻点|打开|拖))"
    r"|(?<=[了好成毕绪])(?=(?:您|你)(?:现在|也|还|就)?(?:可以|可|能))"
)
_SPACE = Pattern(r"\s+")


def breaks(sentence: str) -> list[int]:
    """Places, besides commas, where a new clause begins: "…请点击"."""
    return [match.start() for match in _BREAK.finditer(sentence)]


def leads_in(clause: str) -> bool:
    """Makes sense only with the clause beside it."""
    clause = _SPACE.sub("", clause)
    found = _LEADS_IN.match(clause) or _PREPARES.match(clause)
    return bool(found) and not re.search("已|了", clause)


def continues(clause: str, near: bool) -> bool:
    """Goes on with what one clicks, or tells what a click does; more surely so in the same sentence
    (`near`)."""
    return bool((_CONTINUES if near else _CONTINUES_FAR).match(_SPACE.sub("", clause)))


def read(clause: str, asks: bool) -> ButtonTalk | None:
    """What the clause tells the user to click; None for content. A question must name a button to
    count."""
    clause = _SPACE.sub("", clause)
    asks = asks or clause.endswith(("吗", "呢", "么"))
    if _REPORT.search(clause):
        return None
    dragged = CHINESE_DRAG.search(clause)
    if touch := dragged or _CLICK.search(clause):
        if _SCENE.search(clause, 0, touch.start()) and not _ADDRESSED.search(clause):
            return None
        return ButtonTalk(
            (GuiAction.EDIT,) if dragged else action_of(clause[touch.start() :], CHINESE_TARGETS)
        )
    if _BUTTON.search(clause):
        return ButtonTalk((GuiAction.EXPORT,))
    return None if asks else _told(clause)


def _told(clause: str) -> ButtonTalk | None:
    export = _EXPORT.match(clause)
    if export and (not export.group(1) or re.search("可|能", clause)):
        return ButtonTalk((GuiAction.EXPORT,))
    if _ACCOUNT.search(clause):
        return ButtonTalk((GuiAction.CREDITS,))
    if _ADJUST.search(clause):
        return ButtonTalk((GuiAction.EDIT,))
    if _VIEW.search(clause):
        return ButtonTalk((GuiAction.TIMELINE,))
    if _SETTINGS.search(clause) or _PAGE.search(clause):
        return ButtonTalk(())
    if _SCROLL.search(clause):
        return ButtonTalk(action_of(clause, CHINESE_TARGETS))
    if _OPEN.search(clause) or _LIBRARY.search(clause):
        return ButtonTalk((GuiAction.STATE,))
    return ButtonTalk(action_of(clause, CHINESE_TARGETS)) if _USE.search(clause) else None
