"""Whole messages of which it is certain what they mean, in all languages: consent, anger, thanks, to
have all deleted, the name of a topic or of a thing alone."""

from core.domain.understanding.meaning import Topic

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
