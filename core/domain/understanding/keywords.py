"""The keywords of the skills by what they want (docs/backend.md 12.1), and other whole messages of
which it is certain what they mean, in all languages."""

from enum import StrEnum

from core.domain.understanding.meaning import Topic


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


def phrases(block: str) -> tuple[str, ...]:
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
    Intent.EXPORT: phrases("""
        export | exports | exporting | download | send me the video | send video | send it | get the video | save
        save video | give me the video | send the file | send mp4 | give me the file | get the file | get the mp4
        give me the mp4 | render | render it | download link | get the link | send the link | exprot | exort | expot
        exportt | dowload | donwload | downlaod | downlod | downloads
        导出 | 汇出 | 输出 | 下载 | 保存 | 存下来 | 发给我 | 发我 | 把视频给我 | 给我视频 | 渲染
    """),
    Intent.CREDITS: phrases("""
        credits | credit | balance | how many left | how many credits | how much credit | credits left
        how many credits do i have left | how many do i have left | cedits | creditss | ballance
        积分 | 余额 | 点数 | 额度 | 还剩多少 | 剩多少 | 还有多少
    """),
    Intent.STATUS: phrases("""
        status | show tracks | show timeline | timeline | tracks | whats in it | what is in it | progress
        whats done | what is done | is it ready | is it done | done yet | ready yet | is it finished | how long
        how much longer | how long does it take | where is my video | wheres my video | stauts
        what does it look like now | are you done | any news | any update | any updates | is my video ready
        状态 | 进度 | 现在什么样了 | 现在什么样 | 什么样了 | 时间轴 | 时间线 | 轨道 | 到哪了 | 到哪一步了 | 好了吗
        好了没 | 好了没有 | 做好了吗 | 完成了吗 | 还要多久 | 多久 | 要多久 | 有什么内容
    """),
    Intent.UPLOAD: phrases("""
        upload | uploading | upload photos | upload a photo | uplaod | how do i upload | send photos | send a photo
        send pictures | how do i send photos | where do i upload
        上传 | 上载 | 发照片 | 发图片 | 传照片 | 传图片 | 传图 | 发图
    """),
    Intent.CANCEL: phrases("""
        cancel | stop | abort | never mind | nevermind | nvm | forget it | forget about it | stop it | cancel it
        cancle | dont do it | leave it
        取消 | 停止 | 停 | 停下 | 终止 | 算了 | 不要了 | 别做了 | 不做了
    """),
    Intent.UNDO: phrases("""
        undo | undo that | undo it | undo this | undo the last change | undo last change | undo the change | go back
        revert | revert it | revert that | previous version | the version before | version before | last version
        back to the version before | back to the previous version | restore the previous version
        go back to the previous version | go back to the version before
        撤销 | 撤回 | 撤消 | 还原 | 上一版 | 上一个版本 | 上个版本 | 恢复上一版 | 恢复上一个版本 | 恢复上个版本
        回到上一版 | 回到上一个版本 | 回到上个版本 | 退回上一版 | 退回上一步 | 撤销上一步 | 撤销刚才的修改
    """),
    Intent.NEW: phrases("""
        new | new project | new video | new one | start over | start again | start new | start fresh | restart
        reset | from scratch | start from scratch | begin again | start a new project
        新建 | 新项目 | 新视频 | 新的项目 | 新的视频 | 重新开始 | 从头开始 | 从头再来 | 重置 | 新开一个
    """),
    Intent.REGENERATE: phrases("""
        regenerate | redo | redo it | try again | again | do it again | once more | one more | one more time
        another one | another version | retry | make another one | regenrate
        重新生成 | 再来一个 | 重做 | 再做一个 | 再来一次 | 再试一次 | 重来 | 重试 | 换一个 | 再生成一个 | 重新做
        再来一遍 | 再来一版 | 换一版
    """),
    Intent.HELP: phrases("""
        help | help me | how does this work | how does it work | how do i use this | how to use | commands
        how to use this | what can you do | what can i do | what is this | what do you do | instructions | menu
        how do you work | who are you | what are you | hlep | how to start | how do i start | faq
        帮助 | 怎么用 | 如何使用 | 怎么使用 | 你能做什么 | 你会做什么 | 能做什么 | 会什么 | 使用说明 | 说明 | 教程
        你是谁 | 这是什么 | 怎么玩 | 怎么弄 | 菜单 | 指令 | 能干什么 | 能干嘛
    """),
    Intent.GREETING: phrases("""
        hi | hello | hey | hello there | hi there | hey there | start | good morning | good afternoon | good evening
        yo | greetings | helo | hallo | hola | anyone there | are you there | lets start
        你好 | 您好 | 你好呀 | 嗨 | 哈喽 | 哈罗 | 在吗 | 在么 | 早上好 | 下午好 | 晚上好 | 早
    """),
    Intent.THANKS: phrases("""
        thanks | thank you | thank u | thx | ty | tysm | many thanks | thanks a lot | thank you so much
        thank you very much | cheers | tks | thnx | much appreciated | 3q
        谢谢 | 谢谢你 | 谢谢您 | 多谢 | 感谢 | 非常感谢 | 谢啦 | 谢了 | 太谢谢了
    """),
    Intent.REPLY: phrases("""
        yes | no | ok | okay | yep | yeah | sure | nope | yup | y | n | k | kk | fine | go ahead | do it | keep
        keep it | strip | strip it | of course | alright | sounds good | no thanks | correct | great | nice
        perfect | cool | good | awesome | love it | looks good | wow | amazing | beautiful | go
        好 | 好的 | 可以 | 行 | 不 | 不用 | 不要 | 是 | 是的 | 对 | 嗯 | 嗯嗯 | 要 | 没问题 | 确认 | 不用了 | 保留
        去掉 | 好吧 | 好滴 | ok的 | 开始 | 太棒了 | 完美 | 不错 | 很好 | 喜欢
    """),
    Intent.GENERATE: phrases("""
        generate | create | make a video | generate video | create video | make video
        生成 | 生成视频 | 制作 | 做视频 | 做一个视频 | 制作视频
    """),
}
SAYINGS = """
convert my still images | turn my still images | turn my photo into a smooth | turn this image into a 10-second
converting static images into shareable video content for developers and content creators
generating videos from images and audio without manual editing for marketers and content creators
turning still images into videos for beginners with no editing experience for beginners and first-time creators
create five product photos and a voiceover MP3 into a 1080p MP4
convert three landscape photos in JPG format into a 1080p MP4
turn three simple product photos or personal snapshots into a 1080p MP4
转换我的静态图片 | 把我的照片变成流畅的 | 把这张图片变成 10 秒的 | 把我的静态图片变成视频
把静态图片做成视频，给没有剪辑经验的新手和第一次创作的人 | 把静态图片转成开发者和内容创作者可以分享的视频
用图片和音频生成视频，不用手动剪辑，给营销人员和内容创作者 | 把三张 JPG 格式的风景照转成 1080p MP4
把三张简单的产品照或随手拍变成 1080p MP4 | 把五张产品照和一段 MP3 配音做成 1080p MP4
"""
"""What the documents of the skills propose to say, half sentences included: each is a wish."""
YES = """
k | kk | y | ok | okay | okey | ok ok | okay ok | sure | yep | yup | yeah | fine | alright | all right | ok yes | yes ok
好 | 好的 | 好啊 | 好吧 | 嗯 | 嗯嗯 | 行 | 可以 | 可以的 | 没问题 | 沒問題 | 是 | 是的 | 对 | 對
vale | dale | claro | de acuerdo | sí claro | beleza | tá bom | d'accord | va bene | certo | oui | bien sûr
ок | окей | ладно | хорошо | ага | klar | in ordnung | einverstanden | ja | ja gerne | passt
tamam | olur | evet | oke | baik | sip | iya | ya | ok sip | ठीक है | ठीक | हाँ | हां | theek hai | haan
はい | うん | オーケー | 了解 | わかった | いいよ | お願いします | 네 | 응 | 좋아 | 좋아요 | 오케이 | 그래
تمام | حسنا | حسنًا | ماشي | طيب | نعم | أجل | موافق
"""
"""Plain consent: a yes to what was asked, and beside a photo not yet an order."""
WIPE = """
delete everything | delete all | delete it all | erase everything | wipe everything | remove everything
lösch alles | alles löschen | alles weg | alles weg damit | borra todo | bórralo todo | elimina todo | eliminar todo
apaga tudo | apague tudo | apaga isso tudo | exclui tudo | deleta tudo | supprime tout | efface tout | tout supprimer
cancella tutto | elimina tutto | удали всё | удалить всё | удали все | сотри всё | стереть всё
her şeyi sil | hepsini sil | hapus semua | hapus semuanya | sab delete karo | sab mita do | सब मिटा दो | सब हटा दो
सब कुछ मिटा दो | सब कुछ हटा दो | सब डिलीट कर दो | احذف كل شي | احذف كل شيء | امسح كل شي | امسح كل شيء | احذف الكل | امسح الكل
全部删除 | 全部删掉 | 全删了 | 全删掉 | 都删掉 | 都删了 | 删掉所有 | 删除所有 | 删除全部 | 通通删掉 | 通通删光 | 全都删掉 | 全都删除
全部消して | 全部消去 | 全部削除 | 全部削除して | ぜんぶ消して | 전부 지워 | 전부 지워줘 | 다 지워 | 다 지워줘 | 전부 삭제 | 전부 삭제해줘
모두 삭제 | 모두 지워줘 | 다 삭제해줘 | 싹 다 지워줘
"""
"""To have all of it gone: the answer says what is kept, and has the button that deletes it."""
RUDE = """
wtf | wth | fuck | fuck off | fuck you | fuck this | stfu | shut up | shit | damn | damn it | idiot | stupid | dumb
stupid bot | dumb bot | you suck | this sucks | arschloch | scheiße | scheisse | so ein mist | halt die klappe | idiot
dummer bot | blöder bot | mierda | joder | carajo | idiota | cállate | bot tonto | merda | porra | burro | seu burro
cala a boca | merde | putain | ta gueule | con | connard | cazzo | stronzo | che cavolo | блин | блять | дурак | тупой
тупой бот | заткнись | salak | aptal | lanet | kahretsin | bego | goblok | anjir | sialan | bodoh | tolol | bewakoof
bakwas | बेवकूफ | बकवास | गधा | غبي | اخرس | زفت | تبا | 滚 | 傻逼 | 傻 | 妈的 | 卧槽 | 靠 | 垃圾 | 笨蛋 | 智障 | 幹
バカ | ばか | クソ | くそ | アホ | ふざけるな | 바보 | 멍청이 | 젠장 | 시발 | 씨발 | 닥쳐
"""
"""Anger and nothing else: it is answered as disappointment, and nobody asks whether to change the
video so."""
TOPICS: dict[Topic, str] = {
    Topic.PRICE: """
        price | prices | pricing | preis | preise | kosten | precio | precios | preço | preços | prix | tarif | prezzo
        prezzi | цена | цены | стоимость | fiyat | fiyatlar | ücret | harga | 价格 | 价钱 | 收费 | 料金 | 値段 | 가격 | 요금
        कीमत | दाम | سعر | السعر | الاسعار
        wie viel | wieviel | cuánto | quanto | combien | сколько | ne kadar | kaç para | berapa | berapaan | 多少 | いくら
        얼마 | 얼마예요 | कितना | कितने का | kitna | kitne ka | بكم | كم
    """,
    Topic.PRIVACY: """
        privacy | datenschutz | privacidad | privacidade | confidentialité | vie privée | конфиденциальность
        приватность | gizlilik | privasi | 隐私 | 隐私政策 | プライバシー | 개인정보 | 프라이버시 | गोपनीयता | الخصوصية
    """,
}
"""A word that is nothing but the topic of a question."""
COURTESIES: dict[Topic, str] = {
    Topic.THANKS: """
        gracias | muchas gracias | mil gracias | danke | danke schön | vielen dank | merci | merci beaucoup | obrigado
        obrigada | valeu | vlw | grazie | grazie mille | спасибо | спс | спасибо большое | teşekkürler | teşekkür ederim
        sağol | makasih | terima kasih | trims | धन्यवाद | शुक्रिया | dhanyavaad | shukriya | شكرا | شكراً | مشكور
        ありがとう | ありがとうございます | あざす | 고마워 | 고마워요 | 감사합니다 | 감사해요 | ㄱㅅ | ㄱㅅㄱㅅ | ㄳ
        谢谢 | 多谢 | 3q | 感恩
    """,
    Topic.BYE: """
        bye | goodbye | adiós | chao | tschüss | tschüß | au revoir | tchau | ciao ciao | arrivederci | пока
        до свидания | hoşça kal | görüşürüz | dadah | sampai jumpa | अलविदा | مع السلامة | さようなら | バイバイ | 안녕히 계세요
        잘 가 | 再见 | 拜拜
    """,
}
"""A courtesy and nothing else."""
THING = """
video | videos | vid | vídeo | vidéo | vídeos | видео | ролик | फोटो | वीडियो | فيديو | 视频 | 影片 | 動画 | 영상 | 비디오
photo | foto | fotos | фото | 照片 | 写真 | 사진 | صورة
"""
"""The name of a thing, and nothing of what is to become of it."""
