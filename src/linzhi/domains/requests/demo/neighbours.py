"""Stories about people: neighbours, the committee, services, questions, ideas and thanks."""

from __future__ import annotations

from linzhi.domains.requests.demo.story import HOT, Story

NEIGHBOURS: dict[str, Story] = {
    "renovation_noise": Story(
        "neighbour.noise_home", "community", (
            ("夜间装修噪声", "{b}{u}单元楼上装修，晚上八九点还在打电钻，孩子要写作业，说了也不听。"),
            ("周末中午装修声音大", "{b}{f}楼周末中午还在砸墙，老人睡不了午觉。"),
        ),
        ("和装修户签了时间约定：工作日 8:00–12:00、14:00–18:00，周末不用电钻，物业门岗按时断工人出入。",
         "上门协调，双方加了微信，打钻前一天在群里说一声。"),
        progress=("网格员当晚上门，工人已停。",), thanks=("安静了，谢谢协调。",),
        grumble=("答应得好好的，第二天照打。", "等了两天才有人上门。"), unsolved=("昨晚九点半又开始了。",), nature="complaint", weight=6,
    ),
    "upstairs": Story(
        "neighbour.noise_home", "grid", (("楼上孩子跑跳到半夜", "{b}{u}单元楼上孩子每天跑到十一点，我神经衰弱，实在受不了。"),),
        ("请两家坐下来聊了一次，楼上铺了地垫，说好九点半后不跑。",), thanks=("好多了，邻居也客气。",), grumble=("铺了地垫还是咚咚响。",), weight=4,
    ),
    "dance": Story(
        "neighbour.noise_shop", "police", (("广场舞音响太大", "东门广场舞从七点跳到九点半，音响开得窗户都震。"),),
        ("和领队约好：晚上八点半收，音量不过 60 分贝，换到离楼远的一侧。",), progress=("民警和网格员今晚到现场。",), thanks=("声音小了。",),
        grumble=("换了地方，吵的换成我们楼了。",), nature="complaint", months=HOT + (10,), weight=3,
    ),
    "barbecue": Story(
        "neighbour.smoke", "urban_management", (
            ("烧烤店油烟直排", "小区门口新开的烧烤店没有烟管，油烟直接往{b}窗户里灌，晚上不敢开窗。"),
            ("楼下小饭馆烟道漏油", "{b}底商饭馆的烟道往下滴油，一楼阳台全是油渍。"),
        ),
        ("已责令停业整改，装了净化器和专用烟道，复查合格才恢复营业。", "商户已清洗烟道、更换接口，承诺每季度清洗一次。"),
        progress=("执法队晚上去看了，已下整改通知。",), remark=("该店营业执照有经营范围，没有排烟许可。",), thanks=("味道没有了。",),
        grumble=("整改完还是有味。",), unsolved=("净化器装了不开。",), nature="complaint", weight=4, photo="smoke",
    ),
    "throwing": Story(
        "neighbour.throwing", "police", (("有人高空抛物", "今天下午{b}楼上扔下一个啤酒瓶，就碎在我脚边上，差一点砸到人。"),),
        ("调取朝天监控找到当事人，已批评教育并书面警告；{b}加装一路朝上的摄像头。",), progress=("派出所已调监控，逐户走访。",),
        thanks=("查得快，有震慑。",), urgent=True, where="tall", weight=2,
    ),
    "dogs": Story(
        "neighbour.pets", "urban_management", (
            ("遛狗不牵绳，吓到老人", "早上七点左右有人在中心花园遛大狗不牵绳，我妈被吓得差点摔倒。"),
            ("{b}楼下狗粪没人清", "{b}楼下草地上全是狗粪，没处下脚。"),
        ),
        ("和养犬户见了面，当场牵绳；花园装了拾便箱和提示牌，早晚有志愿者劝导。", "保洁清理干净，楼栋群里发了文明养犬约定，17 户签了名。"),
        progress=("网格员早上去守了两天，认出了是哪家。",), thanks=("现在都牵绳了。",), grumble=("牵了三天又不牵了。",), nature="complaint", weight=4,
    ),
    "old_neighbour": Story(
        "welfare.elderly", "grid", (("独居老人好几天没见出门", "{b}{u}单元{f}楼的老爷爷一个人住，三四天没见他下楼了，敲门声音很小，请去看看。"),),
        ("上门看过，老人感冒在家，已联系女儿，社区医生量了血压、送了药，约好每天打个电话。",), thanks=("有人惦记真好。",), weight=2, public=False,
    ),
    "meals": Story(
        "welfare.elderly", "civil_affairs", (("想给老人订助餐，怎么办", "我父亲 82 岁，腿脚不好，听说有助餐点可以送饭，怎么申请？"),),
        ("已登记，下周一起每天中午送到家，10 元一份，补贴后自付 6 元；联系人是助餐点罗师傅。",), thanks=("饭热乎，老人爱吃。",), nature="consult", weight=3,
    ),
    "add_lift": Story(
        "elevator.adding", "desk", (
            ("加装电梯怎么申请", "我们单元想加装电梯，要多少户同意，钱怎么分，先找谁？"),
            ("加装电梯一楼不同意怎么办", "单元里就一楼不同意加装，说挡光，能不能帮忙协调？"),
        ),
        ("要由专有部分面积和人数都占三分之二以上的业主参加表决，参加者各四分之三以上同意。材料清单和表决票样已发您，楼栋长可以先召集一次碰头会，社区派人到场。",
         "已约两边周六上午在社区二楼谈一次，设计单位也来，讲清采光影响和补偿办法。"),
        thanks=("讲得清楚，有样本真好。",), nature="consult", where="old", weight=4,
    ),
    "income": Story(
        "owners.income", "housing", (("公共收益去哪了，一直没有公示", "电梯广告、快递柜、停车收入一年不少，业委会和物业从来没有贴过账，请查一查。"),),
        ("已责成 10 日内公示近一年明细，今日贴出：收入 214,600 元，支出 131,250 元，凭证可到业委会查阅；今后按月公布。",),
        progress=("已约谈物业和业委会，要求交明细和凭证。",), remark=("账户是物业代管，建议改为共管。",), thanks=("账贴出来了，看得懂。",),
        grumble=("贴的字太小，也没有合同。",), unsolved=("只贴了总数，没有明细。",), nature="complaint", weight=4,
    ),
    "committee": Story(
        "owners.committee_form", "desk", (
            ("业委会选举怎么报名", "听说明年要换届，普通业主怎么报名当候选人，有什么条件？"),
            ("没有业委会，想成立一个", "我们小区一直没有业委会，大家想成立，第一步做什么？"),
        ),
        ("业主本人、按时交物业费、没有利害关系就可以报名，由居民推荐或自荐，名单公示 7 天；筹备组下月成立，会在单元门口贴公告。",
         "先由 20% 以上业主联名向街道提出，街道会同社区 60 日内组织筹备组。联名表样已放在社区窗口。"),
        thanks=("明白了。",), nature="consult", weight=3,
    ),
    "fund": Story(
        "house.fund", "desk", (("维修资金怎么查余额", "我想查我们楼的维修资金还有多少，在哪儿查？"),),
        ("带身份证和房产证到住建窗口，或在政务服务网查“维修资金”；您这幢的账户余额已打印好，随时来社区取。",), thanks=("马上就答了，好。",),
        nature="consult", weight=3,
    ),
    "certificate": Story(
        "welfare.proof", "desk", (("居住证明在哪里开", "孩子上学要居住证明，社区能开吗，带什么？"), ("办老年卡要哪些材料", "我妈满 65 了，老年卡在社区办还是街道办？")),
        ("带身份证和房产证或租房合同，工作日来社区一楼，当场就能开。", "带身份证和一张照片，来社区就行，三天后取卡。"), thanks=("回复很快。",),
        nature="consult", weight=5, public=False,
    ),
    "school": Story(
        "welfare.school", "education", (("明年入学划片变不变", "听说明年划片要变，我们小区还是清禾一小吗？"),),
        ("明年划片方案 5 月公布，目前没有调整的计划；公布后会贴在小区公告栏。",), thanks=("知道了，谢谢。",), nature="consult", months=(2, 3, 4, 5, 9, 10, 11), weight=2,
    ),
    "fee_dispute": Story(
        "property.fee", "housing", (("物业费涨了没有开会", "物业贴通知说下季度涨 3 毛，没有开业主大会，凭什么涨？"),),
        ("涨价须由业主共同决定，已责令撤回通知，按原标准收；要调价请先开业主大会。",), progress=("已约谈物业项目经理。",), thanks=("支持，有法可依。",),
        nature="complaint", weight=3,
    ),
    "attitude": Story(
        "property.service_quality", "community", (("报修没人理，前台态度差", "下水堵了打三次电话没有人来，去前台问还说不归他们管。"),),
        ("约物业经理上门道歉，当天疏通；前台已换人，报修电话加了录音。",), progress=("社区陪物业经理今晚上门。",), thanks=("经理来道歉了，可以。",),
        grumble=("道歉有什么用，早干嘛去了。",), nature="complaint", weight=4,
    ),
    "stalls": Story(
        "illegal.stall", "urban_management", (("东门早上流动摊点堵路", "早上七点东门外摊点把路都占了，送孩子上学的车堵成一串。"),),
        ("已划定 6 个便民摊位，7:30 前收摊，其余劝离，执法队早高峰定点值守。",), progress=("中队明早到现场。",), thanks=("路通了，也还能买早点。",),
        grumble=("值守的人一走又回来了。",), nature="complaint", weight=3,
    ),
    "group_rent": Story(
        "house.group_renting", "housing", (("{b}有人隔断群租", "{b}{u}单元{f}楼一套房子隔成七八间出租，电线乱拉，进进出出都是生人。"),),
        ("联合检查确认隔断 5 间，已责令拆除，房东签了整改书，消防复查通过。",), progress=("住建、派出所、消防约好一起上门。",), thanks=("安全多了。",),
        nature="complaint", weight=2, public=False,
    ),
    "bench": Story(
        "facility.barrier_free", "property", (("建议在坡道边装扶手和长椅", "{b}到东门那段坡，老人走着吃力，建议装扶手，半路放一把长椅。"),),
        ("扶手已装 18 米，长椅两把放在樟树下，费用从公共收益列支，业委会已公示。",), progress=("业委会同意列支，正在比价。",), thanks=("歇脚的地方有了。",),
        nature="suggestion", weight=3,
    ),
    "sharing": Story(
        "parking.space", "community", (("建议和旁边单位错时停车", "隔壁写字楼晚上车位空着，能不能和他们商量错时停车，给我们小区缓解一点？"),),
        ("写字楼同意晚 7 点到早 8 点开放 46 个车位，每月 80 元，到物业登记即可。",), progress=("已和写字楼物业谈过一次，等他们回话。",), thanks=("好主意办成了。",),
        nature="suggestion", weight=2,
    ),
    "swap": Story(
        "sanitation.sorting", "community", (("建议办一次旧物交换", "家里有孩子的旧书旧玩具，扔了可惜，建议社区办一次旧物交换。"),),
        ("定在本月最后一个周六上午，中心花园，报名表在社区公众号。",), thanks=("孩子玩得很开心。",), nature="suggestion", weight=2,
    ),
    "praise": Story(
        "property.service_quality", "desk", (
            ("表扬网格员", "昨天我摔了一跤，网格员扶我回家还帮我买了药，一定要表扬！"),
            ("表扬夜班保安", "夜里下大雨，{b}的保安师傅帮我把轮椅抬上台阶，衣服都湿了，谢谢他。"),
            ("表扬维修师傅", "半夜水管爆了，何师傅十几分钟就到，弄到两点多，真心感谢。"),
        ),
        ("谢谢您，已经转告本人，也写进了这个月的好人好事榜。",), thanks=("应该的。",), nature="praise", weight=5,
    ),
    "tip_fire": Story(
        "property.service_quality", "housing", (
            ("举报物业把消防器材撤走应付检查", "检查前一天物业从别的楼搬灭火器过来，检查完又搬走。我是里面的人，不方便留名字。"),
            ("举报物业私自出租地下室", "物业把地下设备间隔成房间租给人住，收现金，不开票。"),
        ),
        ("已暗访核实，责令限期整改并记入信用记录，罚款另行处理。谢谢您提供线索。",), progress=("已安排不打招呼的检查。",), remark=("注意保密，不得向被反映单位透露来源。",),
        nature="tip_off", weight=1, public=False,
    ),
    "wage": Story(
        "welfare.job", "human_resources", (("保洁阿姨反映被拖欠工资", "我们楼的保洁阿姨三个月没有发工资，她不会写字，我替她说一声。"),),
        ("劳动监察已介入，三个月工资 7,200 元今日补发到卡。",), progress=("已约用工单位负责人谈话。",), thanks=("阿姨让我谢谢你们。",), weight=1, public=False,
    ),
}
