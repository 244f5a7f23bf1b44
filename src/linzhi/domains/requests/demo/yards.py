"""Stories about the yard: rubbish, cars, chargers, fire lanes, playgrounds, green."""

from __future__ import annotations

from linzhi.domains.requests.demo.story import HOT, Story

YARDS: dict[str, Story] = {
    "bins_full": Story(
        "sanitation.garbage", "sanitation", (
            ("东门口垃圾桶满了没清", "东门口四个桶都满了，袋子堆到路上，一股味儿，苍蝇也多。"),
            ("{b}旁边投放点两天没有清运", "{b}旁边的投放点两天没有收了，汤水流了一地。"),
        ),
        ("已加派一趟清运，地面冲洗干净；周末起改为早晚各一次。", "清运车故障，已换车，今早清完并消了毒。"),
        progress=("环卫队已排今天下午的车。",), thanks=("清干净了，还洗了地。",), grumble=("清了一次又满了，要多派车。",),
        unsolved=("今天早上又堆满了。",), weight=6, photo="bins",
    ),
    "bulky": Story(
        "sanitation.bulky", "property", (
            ("{f}楼楼道堆了旧家具", "{b}{u}单元{f}楼楼道堆着旧沙发和床板，走路要侧着身子，万一着火跑不出去。"),
            ("装修垃圾堆在{b}门口", "有户人家装修，沙子水泥袋堆在{b}门口一个多星期了。"),
        ),
        ("上门说通了，住户自己清走了，物业把地扫了。", "已联系清运公司拉走，装修户补交了清运押金。"), progress=("网格员上门两次，住户答应周末前搬走。",),
        remark=("住户是独居老人，舍不得扔，请社区志愿者帮忙整理。",), thanks=("楼道通了。",), unsolved=("搬走一半，床板还在。",), weight=5, photo="stair",
    ),
    "flying_wire": Story(
        "safety.flying_wire", "property", (
            ("{b}楼下电动车飞线充电", "{b}{f}楼从窗户拉线下来给电动车充电，线就搭在一楼雨棚上，太吓人了。"),
            ("{b}{u}单元有人把电瓶拎回家充", "电梯里又看到有人推电动车上楼，楼道里还有插线板。"),
        ),
        ("已当场拔线，住户写了承诺，车推到充电棚；楼下加装了提示牌。", "上门劝离三辆车，电梯口装了阻车提示，充电棚再加 10 个口。"),
        progress=("网格员在现场，正联系车主。",), remark=("同一户今年第二次，已告知消防站。",), thanks=("反应快。",),
        unsolved=("晚上又把线放下来了。",), urgent=True, weight=4, photo="wire",
    ),
    "fire_lane": Story(
        "safety.fire_lane", "fire", (("{b}前消防通道停满了车", "{b}前面划了黄线的消防通道天天停满私家车，上次救护车都进不来。"),),
        ("联合消防、交警、物业清了一次场，劝离 9 辆，重新划线并装了隔离桩。",), progress=("物业先逐个打电话挪车。", "消防站约了周四现场执法。"),
        remark=("夜间车位缺口约 40 个，已提请四方会议研究错时停车。",), thanks=("通道空出来了。",), grumble=("清了一天，第二天照停。",),
        unsolved=("隔离桩被人挪开，又停上了。",), nature="complaint", weight=4, photo="car",
    ),
    "hydrant": Story(
        "safety.fire_equipment", "fire", (("{b}{f}楼消火栓没有水", "今天看到{b}{f}楼消火栓箱里水带没了，拧开也没有水。"),),
        ("管网末端阀门锈死，已更换并逐层试水，缺的水带补齐 6 盘。",), progress=("消防维保单位今天逐层排查。",), thanks=("查得仔细。",), where="tall", weight=2,
    ),
    "parking_block": Story(
        "parking.disorder", "property", (
            ("有车堵在车库出口", "一辆车横在车库出口，打电话不接，上班都出不去。"),
            ("{b}门口乱停车，轮椅过不去", "{b}门口的无障碍坡道被车挡死了，我母亲坐轮椅出不了门。"),
        ),
        ("已联系车主挪走，出口装了禁停标线和挪车电话牌。", "车已挪开，坡道两侧装了矮桩，今后保安每天巡两次。"), progress=("保安在现场，正联系车主。",),
        thanks=("挪走了，谢谢。",), grumble=("来得太慢，上班迟到了。",), unsolved=("第二天又挡上了。",), weight=5, photo="car",
    ),
    "parking_fee": Story(
        "parking.fee", "market_supervision", (("临时停车收费和公示的不一样", "牌子上写半小时内免费，我进去 20 分钟收了 5 块，问保安说系统就这样。"),),
        ("经查，收费系统误设为 15 分钟，已改正并退还多收的 5 元；同期多收的 37 笔一并原路退回。",), progress=("已调取收费记录核对。",),
        thanks=("钱退了，态度也好。",), nature="complaint", weight=2,
    ),
    "zombie_car": Story(
        "parking.zombie", "traffic_police", (("{b}旁有辆没人管的破车占着车位", "{b}旁边有辆车，轮胎都瘪了，落满灰，停了快两年，占着公共车位。"),),
        ("已找到车主，本人同意报废，拖车已拖走，车位恢复使用。",), progress=("已在车上贴通知，正在查车主。",), thanks=("多了一个车位。",), where="old",
        weight=2, photo="car",
    ),
    "playground": Story(
        "facility.playground", "property", (("儿童滑梯边角开裂", "中心花园的滑梯边上裂了一道口子，我家孩子手被划破了，请赶快围起来。"),),
        ("裂口已打磨补焊，换了两块护板，第三方看过才开放。",), progress=("先围起来停用，配件后天到。",), thanks=("修得细，孩子又能玩了。",),
        where="garage", weight=3, photo="slide",
    ),
    "pavement": Story(
        "facility.pavement", "property", (
            ("{b}门口地砖松动，下雨一踩一身水", "{b}门口一片地砖都翘起来了，前天有老人绊了一跤。"),
            ("{b}旁边井盖响", "{b}旁边的井盖松了，车一过就哐当一声，夜里特别响。"),
        ),
        ("起了 14 块砖重新铺平，旁边的沉降一起做了找平。", "换了带胶圈的井盖，夜里听过没有响声。"), progress=("已放警示牌，明天上午施工。",),
        thanks=("平整了。",), grumble=("补得高低不平。",), unsolved=("东头两块又翘了。",), weight=4, photo="tiles",
    ),
    "road": Story(
        "facility.municipal_road", "urban_management", (("人行道地砖松动", "小区门口到公交站那段人行道，好多砖松了，雨天踩上去溅一身。"),),
        ("市政养护队已翻修 36 平方米，并补了盲道砖。",), progress=("养护所已来量过，排在本周施工。",), thanks=("好走了。",), weight=3, photo="tiles",
    ),
    "locker": Story(
        "facility.delivery", "property", (("快递柜超时收费，短信也收不到", "快递柜没有发短信就按超时收我两块钱，好几个邻居都这样。"),),
        ("已约柜子的公司整改：免费时间由 12 小时改为 24 小时，短信失败的不收费，多收的已退。",), progress=("物业已约快递柜公司周五来谈。",),
        thanks=("终于有人管这个了。",), grumble=("退款还没有到。",), nature="complaint", weight=3,
    ),
    "green": Story(
        "sanitation.greenery", "property", (("{b}前大树挡光，树枝打到窗户", "{b}前面的樟树长到四楼了，屋里白天要开灯，刮风枝条直打玻璃。"),),
        ("园林师傅按标准修了冠，没有伤主干，枝条当天运走。",), progress=("已报绿化部门确认可以修剪的范围。",), thanks=("屋里亮了。",),
        grumble=("剪得太秃。",), months=(2, 3, 10, 11, 12), weight=3,
    ),
    "pests": Story(
        "sanitation.pest", "health", (("{b}{u}单元有老鼠", "一楼垃圾间和楼道晚上有老鼠，已经跑进家里了。"),),
        ("专业公司投放了毒饵站并封堵 5 处孔洞，两周后再查一次。",), progress=("消杀公司约了明天。",), thanks=("这几天没看见了。",), months=HOT, weight=3,
    ),
    "septic": Story(
        "sanitation.septic", "property", (("{b}化粪池冒溢", "{b}后面化粪池往外冒，污水流到人行道上，臭得没法开窗。"),),
        ("已抽运 3 车并疏通管道，路面冲洗消毒。",), progress=("吸污车已到，正在抽。",), thanks=("当天解决，不容易。",), urgent=True, where="old", weight=2,
    ),
    "smoking": Story(
        "neighbour.smoking", "grid", (("电梯厅总有人抽烟", "{b}{u}单元电梯厅天天有烟味，地上都是烟头，孩子坐电梯呛得咳嗽。"),),
        ("在电梯厅贴了提示，和几位爱抽烟的师傅说好到室外去，保洁每天多扫一次。",), thanks=("好多了。",), grumble=("贴了纸没有用。",), where="tall", weight=3,
    ),
    "ebike_shed": Story(
        "parking.ebike", "property", (("充电棚有一半插座没有电", "东门充电棚一排插座没有电，大家只能抢另外一排，晚上回来晚就充不上。"),),
        ("漏保跳闸，查出一个受潮的插座，换掉后 20 个口都有电。",), progress=("电工今晚来查线路。",), thanks=("能充上了。",), weight=4,
    ),
    "camera": Story(
        "safety.smart_alarm", "property", (("东门监控坏了，丢了东西查不到", "我在东门丢了个快递，物业说那边的监控坏了好久，查不了。"),),
        ("东门两个摄像头已换新，录像能存 30 天；快递后来在邻居家找到了。",), progress=("厂家来看过，硬盘坏了，已报价。",), nature="complaint", weight=2,
    ),
    "illegal_shed": Story(
        "illegal.building", "urban_management", (("{b}一楼把公共绿地围成院子", "{b}一楼有户把窗外的公共绿地围起来盖了阳光房，别人都没法走。"),),
        ("执法队送达限期拆除通知，当事人已自行拆除，物业恢复了绿化。",), progress=("已现场取证，向不动产登记中心核对了图纸。",),
        remark=("当事人情绪比较大，社区陪同做工作。",), thanks=("依法办事，点赞。",), unsolved=("只拆了顶，墙还在。",), nature="complaint", weight=3,
    ),
}
