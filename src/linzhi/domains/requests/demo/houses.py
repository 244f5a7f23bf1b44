"""Stories about houses: lifts, lights, water, gas, heat, walls and roofs."""

from __future__ import annotations

from linzhi.domains.requests.demo.story import COLD, HOT, WET, Story

HOUSES: dict[str, Story] = {
    "lift_noise": Story(
        "elevator.fault", "property", (
            ("{b}电梯有异响", "{b}{u}单元的电梯上行到{f}层就咯噔响，还抖一下，老人都不敢坐了。请派人看看。"),
            ("{b}{u}单元电梯运行时有摩擦声", "这两天电梯关门以后有很大的摩擦声，到站还会往下沉一点，心里发毛。"),
        ),
        ("导靴磨损，已经换了新的，又跑了二十趟，没有再响。检修单贴在轿厢里。", "维保师傅调了门机和抱闸，声音没有了，这周再来复查一次。"),
        progress=("已停梯挂牌，维保单位的师傅在路上，旁边那台照常用。", "查到是轿厢导靴磨损，正在拆。"),
        remark=("维保单位本月第二次上门，下次月检要求带配件。",),
        thanks=("处理得快，师傅还讲了原因，放心了。", "修好了，不响了。"), grumble=("修是修了，可停梯一整天没人说一声。",),
        unsolved=("才好了一天，今天早上又响了。", "上行不响了，下行到三楼还是抖。"),
        urgent=True, where="tall", weight=4, photo="lift",
    ),
    "lift_doors": Story(
        "elevator.fault", "property", (("{b}电梯门反复开合关不上", "{b}{u}单元电梯的门老是关到一半又打开，要等好几分钟才走。"),),
        ("光幕上积了灰，已清洁并更换一侧光幕，开关门正常。",), progress=("师傅到了，先断电检查光幕。",),
        thanks=("好用了，谢谢。",), grumble=("一个月坏两回，能不能彻底修。",), unsolved=("晚上又关不上了。",), where="tall", photo="lift",
    ),
    "lift_annual": Story(
        "elevator.overdue", "market_supervision", (("{b}电梯检验合格证过期了", "电梯里贴的合格证上个月就到期了，还在用，是不是没有年检？"),),
        ("经查，该电梯已于上周检验合格，新证未张贴。已责令使用单位当天更换，今后到期前一个月公示检验安排。",),
        progress=("已联系检验机构核对检验记录。",), thanks=("贴出来就放心了。",), nature="complaint", where="tall", weight=2,
    ),
    "garage_light": Story(
        "facility.lighting", "property", (
            ("{b}车库入口的灯不亮", "{b}地下车库入口两盏灯都不亮，晚上开车下去看不见路，老人推车也怕摔。"),
            ("{b}车库坡道灯一闪一闪", "车库坡道的灯一直在闪，晃眼睛，进出车看不清。"),
        ),
        ("换了镇流器，两盏都亮了。", "线路接头进水，已经重做防水接头，试了一晚上没有再闪。"),
        progress=("维修工到现场看了，是镇流器坏了，下午换。", "配件明天到，今晚先装一盏临时灯。"),
        remark=("同批灯具已到年限，列入下月集中更换清单。",), thanks=("灯亮了，晚上回家踏实了。", "很快，当天就修好了。"),
        grumble=("报了两次才来修。",), unsolved=("亮了一盏，另一盏还是黑的。",), where="garage", weight=5, photo="lamp",
    ),
    "stair_light": Story(
        "facility.lighting", "property", (
            ("{b}{u}单元{f}楼楼道灯坏了", "声控灯怎么跺脚都不亮，老人晚上上下楼看不见台阶。"),
            ("{b}北侧路灯不亮", "{b}北边那条小路的路灯黑了好几天，下夜班不敢走。"),
        ),
        ("已换新灯泡和声控开关，试了都亮。", "是灯头锈蚀，换了灯头和灯泡，今晚已经亮了。"), progress=("电工看过了，缺一个灯头，已去买。",),
        thanks=("亮堂了，谢谢。", "网格员当天就带人来了。"), grumble=("拖了一个星期，换个灯泡而已。",), unsolved=("没两天又不亮了。",), weight=6, photo="stair",
    ),
    "basement_leak": Story(
        "house.leak", "property", (
            ("地下室渗水，物资受潮", "{b}地下室墙角一直渗水，储物间里的东西都潮了，墙皮往下掉。"),
            ("{b}地下车库顶棚滴水", "车库顶上滴水，正好滴在通道上，地面又滑，车也被滴出印子。"),
        ),
        ("已在外墙侧开槽注浆，观察三天没有再渗，受潮的墙面做了铲除重刷。", "上方是绿地喷淋管漏水，已换管，顶棚做了堵漏。"),
        progress=("先放了两台抽湿机，堵漏单位已来看过方案。", "查明是外墙防水老化，等注浆材料到场。"),
        remark=("堵漏要动用维修资金的部分，已请业委会列入下次会议。",), thanks=("不渗了，墙也刷了。",), grumble=("东西泡坏了没有人管。",),
        unsolved=("昨晚下雨又渗进来了。",), months=WET + (8, 9, 10, 11), where="garage", weight=4, photo="leak",
    ),
    "roof_leak": Story(
        "house.leak", "property", (("{b}{u}单元顶楼下雨漏水", "我家在顶楼，一下雨天花板就湿一片，吊顶都鼓起来了，接水的盆都放了三个。"),),
        ("屋面防水重新铺了卷材，做了 24 小时闭水试验，没有再漏。",), progress=("上屋面看过，是女儿墙根部开裂，天晴就施工。",),
        remark=("质保期已过，走应急维修，费用票据留存。",), thanks=("总算不用接水了。",), unsolved=("这次大雨又漏，位置往西边挪了一点。",),
        where="old", months=WET + (8, 9, 10, 11), photo="leak",
    ),
    "facade": Story(
        "house.facade", "housing", (("{b}外墙砖脱落", "{b}东面外墙的面砖掉下来好几块，下面是人行道，孩子放学都从那里走，太危险了。"),),
        ("已请专业单位敲除空鼓面砖并做临时防护，排险完成；整面修缮由业主大会商定维修资金方案，住建部门指导。",),
        progress=("已拉警戒线、设绕行牌，鉴定单位上午到场。",), remark=("同小区另有两面墙疑似空鼓，已书面告知业委会。",),
        thanks=("当天就围起来了，处理及时。",), urgent=True, weight=2, photo="wall",
    ),
    "water_pressure": Story(
        "utility.water", "utilities", (("{b}水压太小，热水器打不着火", "{b}{f}楼以上早晚高峰水流只有筷子粗，热水器根本打不着。"),),
        ("泵房变频器参数漂移，已校正并更换压力传感器，早高峰实测压力正常。",), progress=("水务公司今早到泵房测了压力。",),
        thanks=("水大了，能正常洗澡了。",), grumble=("高峰期还是小，只比以前好一点。",), unsolved=("早上七点那一阵还是没有水压。",), where="tall",
    ),
    "pipe_burst": Story(
        "utility.water", "property", (("{b}{u}单元水管爆了，水往楼下流", "{f}楼水表井里水管爆了，水顺着楼梯往下流，快进电梯井了，赶紧来人！"),),
        ("已关阀抢修，换了一截管，恢复供水；电梯井做了排水检查，没有进水。",), progress=("总阀已关，正在抽水。", "管子已切开，半小时内接好。"),
        thanks=("十分钟就到了，辛苦了。",), urgent=True, weight=2,
    ),
    "gas_smell": Story(
        "utility.gas", "utilities", (("{b}楼道有煤气味", "{b}{u}单元{f}楼门口能闻到煤气味，已经开窗了，请马上派人来查。"),),
        ("燃气公司检测发现表后软管接头松动，已更换软管并保压测试，现场浓度为零；同单元逐户查了一遍。",),
        progress=("燃气抢修人员已到，先关了单元阀门。",), thanks=("来得快，还挨家查了。",), urgent=True, weight=1,
    ),
    "heating": Story(
        "utility.heating", "utilities", (
            ("{b}暖气不热，屋里只有 15 度", "供暖一个多星期了，{b}{u}单元{f}楼暖气片只有温吞气，家里有老人，晚上冻得睡不着。"),
            ("{b}暖气片一半热一半凉", "客厅的暖气片上半截凉，放过气也没有用。"),
        ),
        ("立管有气堵，已排气并清洗过滤器，入户测温 20.5 度。", "换热站调了二次网流量，三天内复测都在 20 度以上。"),
        progress=("供热公司约了今天下午入户测温。", "测得 16.2 度，已报换热站调整。"), thanks=("热起来了，老人很高兴。",),
        grumble=("来测了三回才热。",), unsolved=("热了两天又凉了。",), months=COLD, weight=6,
    ),
    "secondary_water": Story(
        "utility.secondary_water", "health", (("自来水发黄有味道", "这几天放出来的水发黄，还有一股铁锈味，是不是水箱没有清洗？"),),
        ("水箱已清洗消毒，第三方检测合格，报告贴在各单元；今后每半年清洗一次并公示。",), progress=("已取水样送检，清洗安排在后天夜里。",),
        thanks=("看到检测报告了，放心。",), nature="complaint", where="tall", weight=2,
    ),
    "solar": Story(
        "safety.falling", "property", (("楼顶太阳能支架松动", "{b}楼顶一排太阳能的支架锈断了，风大的时候晃得厉害，怕掉下来砸人。"),),
        ("逐个加固了 11 组支架，3 组无主的已公示后拆除。",), progress=("已用钢丝绳临时固定，联系各家来认领。",),
        remark=("无主设施公示 7 天后处理，照片已存。",), thanks=("这下大风天不怕了。",), where="old", weight=3, photo="roof",
    ),
    "door_entry": Story(
        "facility.door", "property", (
            ("单元门禁又坏了", "{b}{u}单元门禁刷卡没有反应，门一直敞着，谁都能进来。"),
            ("{b}{u}单元门关不严，风一吹就响", "闭门器坏了，夜里一刮风单元门咣咣响，一楼没法睡。"),
        ),
        ("门禁主板已更换，老卡都能用，过期的卡可到物业前台续。", "换了闭门器，门能自己合上，声音也小了。"),
        progress=("厂家说主板坏了，已下单。", "先派保安夜间守门口。"), thanks=("门能锁了，安心。",), grumble=("坏了快半个月才修。",),
        unsolved=("只好了两天，又刷不开了。",), weight=6, photo="door",
    ),
    "charging_report": Story(
        "parking.charging_car", "utilities", (("想装充电桩，物业不给盖章", "我有自己的产权车位，想装充电桩，电力公司要物业出证明，物业一直拖着不给。"),),
        ("已组织物业、供电公司现场勘查，该车位符合安装条件，证明当天已出，供电公司五个工作日内装表。",),
        progress=("约好周三上午三方到车位看线路。",), thanks=("总算办成了。",), where="garage", weight=3,
    ),
    "cable": Story(
        "utility.cable", "utilities", (("{b}楼前电线垂下来了", "{b}前面好几根黑线垂到一人高，不知道有没有电，孩子总去拉。"),),
        ("是废弃的通信线，已剪除；在用的线重新绑扎入槽。",), progress=("先拉了隔离带，已通知三家通信公司来认线。",),
        thanks=("清爽多了。",), where="old", weight=3, photo="wire",
    ),
    "cooling": Story(
        "neighbour.noise_shop", "environment", (("楼下饭店空调外机整夜嗡嗡响", "{b}底商的空调外机正对我家卧室，夜里一直响，热风也往上吹。"),),
        ("已要求商户加装减振垫和导风罩，夜间实测 43 分贝，达标。",), progress=("约了晚上十点到现场测噪声。",),
        thanks=("能开窗睡觉了。",), grumble=("白天还是吵。",), nature="complaint", months=HOT, weight=3,
    ),
}
