"""The trigger words of all skills (docs/backend.md 12.1), and the courtesy and format words around
them (D37)."""

from enum import StrEnum


class Intent(StrEnum):
    """What a message wants. GENERATE, REGENERATE and EDIT go to the backend as a turn."""

    EXPORT = "export"
    CREDITS = "credits"
    STATUS = "status"
    UPLOAD = "upload"
    CANCEL = "cancel"
    UNDO = "undo"
    NEW = "new"
    REGENERATE = "regenerate"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    REPLY = "reply"
    """A bare yes, no, ok, praise or thumb: it means something only as the answer to a question of
    the backend."""
    GENERATE = "generate"
    EDIT = "edit"


def _phrases(block: str) -> tuple[str, ...]:
    """One phrase between two bars or line ends."""
    return tuple(
        phrase.strip()
        for line in block.splitlines()
        for phrase in line.split("|")
        if phrase.strip()
    )


# Read in this order: what is free and certain first. Folded spelling, simplified characters, no
# apostrophes.
KEYWORDS: dict[Intent, tuple[str, ...]] = {
    Intent.EXPORT: _phrases("""
        export | exports | exporting | download | send me the video | send video | send it | get the video | save
        save video | give me the video | send the file | send mp4 | give me the file | get the file | get the mp4
        give me the mp4 | render | render it | download link | get the link | send the link | exprot | exort | expot
        exportt | dowload | donwload | downlaod | downlod | downloads
        导出 | 汇出 | 输出 | 下载 | 保存 | 存下来 | 发给我 | 发我 | 把视频给我 | 给我视频 | 渲染
    """),
    Intent.CREDITS: _phrases("""
        credits | credit | balance | how many left | how many credits | how much credit | credits left
        how many credits do i have left | how many do i have left | cedits | creditss | ballance
        积分 | 余额 | 点数 | 额度 | 还剩多少 | 剩多少 | 还有多少
    """),
    Intent.STATUS: _phrases("""
        status | show tracks | show timeline | timeline | tracks | whats in it | what is in it | progress
        whats done | what is done | is it ready | is it done | done yet | ready yet | is it finished | how long
        how much longer | how long does it take | where is my video | wheres my video | stauts
        what does it look like now | are you done | any news | any update | any updates | is my video ready
        状态 | 进度 | 现在什么样了 | 现在什么样 | 什么样了 | 时间轴 | 时间线 | 轨道 | 到哪了 | 到哪一步了 | 好了吗
        好了没 | 好了没有 | 做好了吗 | 完成了吗 | 还要多久 | 多久 | 要多久 | 有什么内容
    """),
    Intent.UPLOAD: _phrases("""
        upload | uploading | upload photos | upload a photo | uplaod | how do i upload | send photos | send a photo
        send pictures | how do i send photos | where do i upload
        上传 | 上载 | 发照片 | 发图片 | 传照片 | 传图片 | 传图 | 发图
    """),
    Intent.CANCEL: _phrases("""
        cancel | stop | abort | never mind | nevermind | nvm | forget it | forget about it | stop it | cancel it
        cancle | dont do it | leave it
        取消 | 停止 | 停 | 停下 | 终止 | 算了 | 不要了 | 别做了 | 不做了
    """),
    Intent.UNDO: _phrases("""
        undo | undo that | undo it | undo this | undo the last change | undo last change | undo the change | go back
        revert | revert it | revert that | previous version | the version before | version before | last version
        back to the version before | back to the previous version | restore the previous version
        go back to the previous version | go back to the version before
        撤销 | 撤回 | 撤消 | 还原 | 上一版 | 上一个版本 | 上个版本 | 恢复上一版 | 恢复上一个版本 | 恢复上个版本
        回到上一版 | 回到上一个版本 | 回到上个版本 | 退回上一版 | 退回上一步 | 撤销上一步 | 撤销刚才的修改
    """),
    Intent.NEW: _phrases("""
        new | new project | new video | new one | start over | start again | start new | start fresh | restart
        reset | from scratch | start from scratch | begin again | start a new project
        新建 | 新项目 | 新视频 | 新的项目 | 新的视频 | 重新开始 | 从头开始 | 从头再来 | 重置 | 新开一个
    """),
    Intent.REGENERATE: _phrases("""
        regenerate | redo | redo it | try again | again | do it again | once more | one more | one more time
        another one | another version | retry | make another one | regenrate
        重新生成 | 再来一个 | 重做 | 再做一个 | 再来一次 | 再试一次 | 重来 | 重试 | 换一个 | 再生成一个 | 重新做
        再来一遍 | 再来一版 | 换一版
    """),
    Intent.HELP: _phrases("""
        help | help me | how does this work | how does it work | how do i use this | how to use | commands
        how to use this | what can you do | what can i do | what is this | what do you do | instructions | menu
        how do you work | who are you | what are you | hlep | how to start | how do i start | faq
        帮助 | 怎么用 | 如何使用 | 怎么使用 | 你能做什么 | 你会做什么 | 能做什么 | 会什么 | 使用说明 | 说明 | 教程
        你是谁 | 这是什么 | 怎么玩 | 怎么弄 | 菜单 | 指令 | 能干什么 | 能干嘛
    """),
    Intent.GREETING: _phrases("""
        hi | hello | hey | hello there | hi there | hey there | start | good morning | good afternoon | good evening
        yo | greetings | helo | hallo | hola | anyone there | are you there | lets start
        你好 | 您好 | 你好呀 | 嗨 | 哈喽 | 哈罗 | 在吗 | 在么 | 早上好 | 下午好 | 晚上好 | 早
    """),
    Intent.THANKS: _phrases("""
        thanks | thank you | thank u | thx | ty | tysm | many thanks | thanks a lot | thank you so much
        thank you very much | cheers | tks | thnx | much appreciated | 3q
        谢谢 | 谢谢你 | 谢谢您 | 多谢 | 感谢 | 非常感谢 | 谢啦 | 谢了 | 太谢谢了
    """),
    Intent.REPLY: _phrases("""
        yes | no | ok | okay | yep | yeah | sure | nope | yup | y | n | k | kk | fine | go ahead | do it | keep
        keep it | strip | strip it | of course | alright | sounds good | no thanks | correct | great | nice
        perfect | cool | good | awesome | love it | looks good | wow | amazing | beautiful | go
        好 | 好的 | 可以 | 行 | 不 | 不用 | 不要 | 是 | 是的 | 对 | 嗯 | 嗯嗯 | 要 | 没问题 | 确认 | 不用了 | 保留
        去掉 | 好吧 | 好滴 | ok的 | 开始 | 太棒了 | 完美 | 不错 | 很好 | 喜欢
    """),
    Intent.GENERATE: _phrases("""
        generate | create | make a video | generate video | create video | make video
        生成 | 生成视频 | 制作 | 做视频 | 做一个视频 | 制作视频
    """),
}

COURTESY = _phrases("""
    please | pls | plz | plss | pleas | kindly | thanks | thank you | thx | ty | hi | hello | hey | bro | can you
    could you | would you | can u | could u | will you | can i | could i | may i | i want to | i want
    i would like to | id like to | i need to | i wanna | i need | wanna | want to | now | just | then | so | the
    my | me | a | an | and | dear | sir | guys | friend | bot | lets | right now | ok | okay | great | perfect
    nice | cool | awesome | lovely | love it | looks good | good | asap | yes | yeah | yep | for me | to me
    quickly | quick | again please | nemo
    请问 | 请 | 麻烦你 | 麻烦您 | 麻烦 | 帮我 | 帮忙 | 给我 | 我想 | 我要 | 想要 | 想 | 要 | 可以 | 可不可以
    能不能 | 能否 | 能 | 一下 | 下 | 吧 | 吗 | 呢 | 啊 | 呀 | 哦 | 哈 | 啦 | 了 | 谢谢 | 多谢 | 拜托 | 你 | 您
    我的 | 我 | 的 | 现在 | 立即 | 立刻 | 马上 | 直接 | 赶紧 | 快 | 快点 | 好的 | 好 | 很好 | 不错 | 太棒了 | 完美
    你好 | 您好 | 那 | 就 | 先
""")
_IT = _phrases("""
    it | this | that | them | all
    这个 | 那个 | 它 | 把 | 将 | 都
""")
_VIDEO = _phrases("""
    video | videos | clip | file | movie | result
    视频 | 短片 | 成片 | 影片 | 文件 | 片子 | 作品
""")
_SHOW = _phrases("""
    show | check | see | view | tell | display | what is | whats | what | is | are | of | current
    查看 | 看看 | 看 | 查询 | 查 | 显示 | 展示 | 告诉 | 当前 | 目前 | 是 | 什么 | 怎么样 | 如何 | 一下
""")

FILLERS: dict[Intent, tuple[str, ...]] = {
    Intent.EXPORT: (
        *_IT,
        *_VIDEO,
        *_phrases("""
            mp4 | mov | gif | h264 | 1080p | 1080 | 720p | 720 | 4k | 2k | 480p | hd | full hd | fullhd | 1920x1080
            1080x1920 | high quality | hq | quality | resolution | format | final | finished | as | in | to | for
            how do i | how can i | how to | where can i | again | link | phone | here | instagram | insta | tiktok
            youtube | whatsapp | facebook | twitter | linkedin | wechat | version
            高清 | 超清 | 全高清 | 格式 | 为 | 成 | 到 | 手机 | 本地 | 相册 | 最终 | 版本 | 链接 | 出来 | 再 | 怎么
            如何 | 抖音 | 小红书 | 微信 | 朋友圈 | b站 | 快手 | 画质 | 分辨率 | 最后 | 完成
        """),
    ),
    Intent.CREDITS: (
        *_SHOW,
        *_phrases("""
            how many | how much | do i have | have i | i have | left | remaining | still | account | any
            还有 | 还剩 | 剩余 | 剩下 | 剩 | 有 | 多少 | 几 | 几个 | 账户 | 账号 | 查一下
        """),
    ),
    Intent.STATUS: (
        *_SHOW,
        *_VIDEO,
        *_phrases("""
            project | job | on | draft | yet | already | still | it | going | hows | how is | there
            项目 | 任务 | 工程 | 草稿 | 怎样 | 里面 | 里 | 还 | 已经 | 还没 | 做 | 生成 | 做到 | 制作
        """),
    ),
    Intent.UPLOAD: _phrases("""
        photo | photos | picture | pictures | image | images | pic | pics | file | files | video | clip | how | do
        i | to | where | some | new | another | more | one | how to | should i
        照片 | 图片 | 图 | 文件 | 素材 | 视频 | 音频 | 音乐 | 怎么 | 如何 | 在哪 | 哪里 | 几张 | 一张 | 新 | 里
    """),
    Intent.CANCEL: (
        *_IT,
        *_VIDEO,
        *_phrases("""
            job | request | everything
            任务 | 制作 | 生成 | 全部 | 这次
        """),
    ),
    Intent.NEW: _phrases("""
        start | create | begin | open | project | one | with
        开始 | 创建 | 建 | 做 | 一个 | 个 | 项目
    """),
    Intent.REGENERATE: (
        *_IT,
        *_VIDEO,
        *_phrases("""
            once | time | do | make | whole
            一次 | 一遍 | 个 | 一个 | 整个
        """),
    ),
    Intent.HELP: _phrases("""
        i | need | some | how | to | this | it | use
        看 | 看看 | 这个 | 需要 | 有 | 到底
    """),
    Intent.GREETING: _phrases("""
        there | everyone | all | again | to | lets
        大家 | 早上 | 机器人 | 在 | 人
    """),
    Intent.THANKS: _phrases("""
        so | much | very | a lot | it | works | is | was | that | this | all | for | help | video | amazing | wow
        beautiful
        很 | 非常 | 喜欢 | 太 | 棒 | 赞 | 收到 | 帮助 | 视频
    """),
    Intent.REPLY: _phrases("""
        it | that | this | thats | is | do | thanks
        好看 | 这样 | 这个 | 它
    """),
    Intent.GENERATE: _phrases("""
        it | start | begin | on
        开始 | 它
    """),
}
