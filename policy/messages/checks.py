"""What is said of a pack whose names, types, citations or rules do not fit together."""

from __future__ import annotations

from policy.lang.ast import Citation
from policy.lang.citing import citation_text
from policy.lang.keywords import KEYWORDS, period_text, spelling

__all__ = ["HELPS", "MESSAGES", "RELATED", "argument"]

MESSAGES = {
    # names
    "C001": {"zh": "`{name}` 在这里没有定义", "en": "`{name}` is not known here"},
    "C002": {"zh": "没有叫 `{name}` 的实体", "en": "there is no entity called `{name}`"},
    "C003": {"zh": "没有叫 `{name}` 的类型、枚举或实体", "en": "there is no type, enum or entity called `{name}`"},
    "C004": {"zh": "`{owner}` 没有 `{name}` 这个字段", "en": "`{owner}` has no field `{name}`"},
    "C005": {"zh": "枚举 `{enum}` 中没有 `{name}` 这一项", "en": "enum `{enum}` has no member `{name}`"},
    "C006": {"zh": "没有叫 `{name}` 的参数", "en": "there is no parameter called `{name}`"},
    "C007": {"zh": "没有叫 `{name}` 的定义或函数", "en": "there is no definition or function called `{name}`"},
    "C008": {"zh": "没有编号为 `{name}` 的规则", "en": "there is no rule `{name}`"},
    "C009": {"zh": "`{name}` 是枚举，这里需要实体", "en": "`{name}` is an enum, an entity is needed here"},
    "C010": {"zh": "`{name}` 重复：前面已经用过这个名称", "en": "`{name}` is declared twice"},
    "C011": {"zh": "`{name}` 是系统保留的名称", "en": "the name `{name}` is reserved"},
    "C012": {"zh": "`{name}` 在这条规则里已经另有所指", "en": "`{name}` already stands for something else in this rule"},
    "C013": {"zh": "{clause} 写了两次，只能写一次", "en": "{clause} is given twice, it may stand once"},
    # the header, entities and enums
    "C014": {"zh": "规则包没有开头部分", "en": "the pack has no header"},
    "C015": {"zh": "规则包有两个开头部分，第二个是 `{name}`", "en": "the pack has two headers, the second one is `{name}`"},
    "C016": {"zh": "实体 `{name}` 没有主键", "en": "entity `{name}` has no key"},
    "C017": {"zh": "实体 `{entity}` 有不止一个主键", "en": "entity `{entity}` has more than one key"},
    "C018": {"zh": "主键 `{name}` 应为文本，并且不能可空", "en": "the key `{name}` has to be a text, and not optional"},
    "C019": {"zh": "实体 `{entity}` 有不止一个发生日", "en": "entity `{entity}` has more than one day on which its fact occurs"},
    "C020": {"zh": "发生日 `{name}` 应为日期", "en": "`{name}` is marked `occurs` and has to be a date"},
    "C021": {
        "zh": "`{name}` 标为树，应当引用本实体 `{entity}`",
        "en": "`{name}` is marked `tree` and has to be a reference to its own entity `{entity}`",
    },
    "C022": {"zh": "字段和定义的变量不能是{type}，只有参数可以", "en": "only a parameter can be {type}, not a field or an argument"},
    "C023": {"zh": "枚举 `{name}` 一项也没有", "en": "enum `{name}` has no members"},
    "C024": {"zh": "规则包的文件夹里没有法规文件 `{name}`", "en": "there is no regulation file `{name}` in the folder of the pack"},
    "C025": {"zh": "`{name}` 是实体，字段要写明是对它的引用", "en": "`{name}` is an entity, a field has to say that it refers to it"},
    "C026": {"zh": "参数不能是实体 `{name}` 的一行", "en": "a parameter cannot be a row of entity `{name}`"},
    "C027": {
        "zh": "`{name}` 标为密级标志，应为枚举，其各项的标识就是密级",
        "en": "`{name}` is marked `secrecy` and has to be an enum whose members are levels of secrecy",
    },
    "C028": {
        "zh": "`{name}` 标为密级标志，但枚举的 `{member}` 不是密级的标识",
        "en": "`{name}` is marked `secrecy`, but `{member}` of its enum is no level of secrecy",
    },
    "C029": {
        "zh": "`{name}` 不能保密：{flag}字段在报告中处处要用",
        "en": "`{name}` cannot be confidential: {flag} fields are shown throughout a report",
    },
    "C030": {"zh": "没有叫 `{name}` 的日历", "en": "there is no calendar called `{name}`"},
    # types
    "C101": {"zh": "`{text}` 是{actual}，这里需要{wanted}", "en": "`{text}` is {actual}, but {wanted} is needed here"},
    "C102": {
        "zh": "`{left}` 是{a}，`{right}` 是{b}，两者不能比较",
        "en": "`{left}` is {a} and `{right}` is {b}: they cannot be compared",
    },
    "C103": {
        "zh": "`{left}` 是{a}，`{right}` 是{b}，单位不同的期间不能比较",
        "en": "`{left}` is {a} and `{right}` is {b}: periods of different units cannot be compared",
    },
    "C104": {"zh": "`{left}` 是{type}，没有先后大小之分", "en": "`{left}` is {type}, and such values have no order"},
    "C105": {"zh": "`{text}` 是计数，计数只能用来比较", "en": "`{text}` is a count, which can only be compared"},
    "C106": {
        "zh": "`{left}` 是{a}，`{right}` 是{b}，两者不能{operator}",
        "en": "`{left}` is {a} and `{right}` is {b}: {operator} is not possible",
    },
    "C107": {
        "zh": "`{left}` 是{a}，`{right}` 是{b}，“则”和“否则”后面的类型应当相同",
        "en": "`{left}` is {a} and `{right}` is {b}: both branches of an `if` need the same type",
    },
    "C108": {"zh": "`{text}` 是{type}，没有字段 `{name}`", "en": "`{text}` is {type} and has no field `{name}`"},
    "C109": {
        "zh": "`{name}` 需要{wanted}个值，这里给了{given}个",
        "en": "wrong number of values for `{name}`: {given} instead of {wanted}",
    },
    "C110": {
        "zh": "实体 `{entity}` 没有标为“树”的字段，分不出上下级",
        "en": "entity `{entity}` has no field marked `tree`, so no row of it lies under another",
    },
    "C111": {
        "zh": "`{entity}` 没有发生日，不知道按哪一天分先后",
        "en": "`{entity}` has no day marked `occurs` that could decide which comes first",
    },
    "C113": {
        "zh": "`{field}` 不是 `{entity}` 对自身的引用，不能沿着它逐级向上",
        "en": "`{field}` does not lead from one row of `{entity}` to another",
    },
    "C114": {"zh": "计数没有早晚，请用 `{sign}`", "en": "counts are compared with `{sign}`, not with words for days"},
    "C115": {"zh": "这里嵌套得太深，无法检查", "en": "this is nested too deeply"},
    "C117": {
        "zh": "`{name}` 在规则 `{first}` 和 `{second}` 中所指不同，不能一起引用",
        "en": "`{name}` is not the same thing in rules `{first}` and `{second}`",
    },
    "C118": {
        "zh": "年度的起止只能用参数和检查基准日，不能用 `{name}`",
        "en": "the first and last year may use parameters and `as_of` only, not `{name}`",
    },
    # citations
    "C201": {"zh": "《{title}》没有{article}", "en": "there is no {article} in 《{title}》"},
    "C202": {"zh": "{article}只有{count}款，没有第{number}款", "en": "{article} has no paragraph {number}, the last one is {count}"},
    "C203": {"zh": "{place}只有{count}项，没有第{number}项", "en": "{place} has no item {number}, the last one is {count}"},
    "C205": {"zh": "{place}没有分项", "en": "{place} has no items"},
    "C204": {"zh": "引用了 `{text}`，但规则包没有说明是哪部法规", "en": "`{text}` is cited, but the pack does not name its regulation"},
    "C206": {"zh": "`{text}` 已经写过不设规则的理由", "en": "`{text}` already has a reason why there is no rule"},
    "C207": {"zh": "`{text}` 有规则 `{rule}`，又写了“不设规则”", "en": "`{text}` has rule `{rule}`, and is said to have none"},
    # parameters
    "C301": {
        "zh": "参数 `{name}` 的默认值 `{value}` 超出范围：自 {low} 至 {high}",
        "en": "the default `{value}` of parameter `{name}` is outside its bounds, from {low} to {high}",
    },
    "C302": {
        "zh": "参数 `{name}` 的下限 `{low}` 大于上限 `{high}`",
        "en": "the lower bound `{low}` of parameter `{name}` is above the upper bound `{high}`",
    },
    "C303": {"zh": "参数 `{name}` 是{type}，不能有上下限", "en": "parameter `{name}` is {type}, which has no bounds"},
    "C304": {"zh": "参数 `{name}` 没有依据", "en": "parameter `{name}` has no basis"},
    "C305": {"zh": "参数的值应当直接写出，不能是 `{text}`", "en": "the value of a parameter is written out, it cannot be `{text}`"},
    "C306": {"zh": "参数 `{name}` 不能设为 `{value}`", "en": "parameter `{name}` cannot be `{value}`"},
    "C307": {"zh": "临期天数应在0日至366日之间，不能是 `{text}`", "en": "the warning window is 0 to 366 days, it cannot be `{text}`"},
    "C308": {
        "zh": "`{value}` 超出参数 `{name}` 的范围：自 {low} 至 {high}",
        "en": "`{value}` is outside the bounds of parameter `{name}`, from {low} to {high}",
    },
    # rules
    "C401": {"zh": "规则 `{rule}` 没有依据", "en": "rule `{rule}` has no basis"},
    "C402": {"zh": "规则 `{rule}` 没有对象", "en": "rule `{rule}` has no `for each`"},
    "C403": {"zh": "规则 `{rule}` 没有写应当做什么", "en": "rule `{rule}` has no duty"},
    "C404": {"zh": "一条规则只能有一项要求，这是第二项", "en": "a rule has one duty, this is a second one"},
    "C405": {"zh": "规则 `{rule}` 没有写违反时怎么办", "en": "rule `{rule}` has no `otherwise`"},
    "C406": {"zh": "这里有期限，但规则的要求没有可以比对的完成日", "en": "there is a due day, but nothing in the duty has a day that could meet it"},
    "C407": {
        "zh": "这里有期限，但 `{entity}` 没有发生日，无从判断是否按期",
        "en": "there is a due day, but `{entity}` has no day marked `occurs` that could meet it",
    },
    "C408": {"zh": "除外情形没有依据", "en": "the exception has no basis"},
    "C409": {"zh": "期限另定了月末或节假日的算法，但没有依据", "en": "the due day counts months or workdays in its own way without a basis"},
    "C411": {"zh": "违反时的说明是空的", "en": "the message is empty"},
    "C412": {"zh": "没有写不设规则的理由", "en": "it is not said why there is no rule"},
    # circles
    "C501": {"zh": "定义的引用成了循环：{names}", "en": "these definitions go in a circle: {names}"},
    "C502": {"zh": "“设”的引用成了循环：{names}", "en": "these `let`s go in a circle: {names}"},
    "C503": {"zh": "规则对违反记录的引用成了循环：{names}", "en": "rules read violations in a circle: {names}"},
    # messages
    "C601": {"zh": "说明文字里的 `{name}` 没有定义", "en": "`{name}` in the message is not known"},
    "C602": {
        "zh": "`{text}` 会显示 `{entity}` 的保密字段 `{name}`，不能写进说明文字",
        "en": "`{text}` would show `{name}` of `{entity}`, which is confidential and cannot stand in a message",
    },
    "C603": {"zh": "规则没有期限，说明文字里不能用 `{name}`", "en": "the rule has no due day, so its message cannot have `{name}`"},
    "C604": {"zh": "规则没有责任主体，说明文字里不能用 `{name}`", "en": "the rule has no bearer, so its message cannot have `{name}`"},
    "C605": {"zh": "说明文字里的 `{brace}` 没有配对", "en": "the `{brace}` in the message stands alone"},
    "C606": {"zh": "花括号里应是名称，不能是 `{text}`", "en": "a name belongs into the braces, not `{text}`"},
    "C607": {
        "zh": "`{text}` 会让报告显示 `{entity}` 的保密字段 `{name}`：期限和完成日总要显示",
        "en": "`{text}` would make reports show `{name}` of `{entity}`, which is confidential: due days and days of fulfilment are shown",
    },
    # cases
    "C701": {"zh": "实体 `{entity}` 没有 `{name}` 这一列", "en": "entity `{entity}` has no column `{name}`"},
    "C702": {"zh": "`{name}` 这一列重复了", "en": "column `{name}` is there twice"},
    "C703": {"zh": "`{entity}` 的表格缺少主键列 `{key}`", "en": "the table of `{entity}` lacks its key, column `{key}`"},
    "C704": {
        "zh": "规则 `{rule}` 的对象由{wanted}个编号组成：{binders}，这里写了{given}个",
        "en": "a subject of rule `{rule}` is made of {binders}: {given:key is|keys are} given instead of {wanted}",
    },
    "C705": {"zh": "`{text}` 不是年份", "en": "`{text}` is not a year"},
    "C707": {"zh": "参数 `{name}` 设定了两次", "en": "parameter `{name}` is set twice"},
    "C708": {"zh": "案例 `{title}` 没有写预期，什么也没有验证", "en": "case `{title}` expects nothing, so it proves nothing"},
    # variants
    "C801": {"zh": "没有叫 `{name}` 的规则包可以扩展", "en": "there is no pack called `{name}` to extend"},
    "C802": {
        "zh": "`{name}` 的版本是 {version}，不符合 `{wanted}`",
        "en": "`{name}` is of version {version}, which is not among `{wanted}`",
    },
    "C803": {"zh": "`{text}` 不是版本范围", "en": "`{text}` is no range of versions"},
    "C804": {"zh": "规则包的扩展成了循环：{names}", "en": "packs extend each other in a circle: {names}"},
    "C805": {"zh": "这个规则包没有扩展别的规则包，没有什么可以变更", "en": "this pack extends no other, so there is nothing that it could change"},
    "C806": {"zh": "所扩展的规则包没有编号为 `{name}` 的规则", "en": "the pack that is extended has no rule `{name}`"},
    "C807": {"zh": "这项变更没有依据", "en": "this change has no basis"},
    "C808": {"zh": "有效的截止日早于起始日", "en": "the last day in force is before the first"},
    "C809": {"zh": "`{name}` 在同一时间被变更了两次，分不出先后", "en": "`{name}` is changed twice at the same time, and no order says which counts"},
    "C810": {"zh": "规则 `{rule}` 没有{clause}可以改写", "en": "rule `{rule}` has no {clause} that could be overridden"},
    "C811": {"zh": "规则 `{rule}` 已经有{clause}，不能另加", "en": "rule `{rule}` has {clause} already, a second one cannot be added"},
    "C812": {"zh": "对规则 `{rule}` 什么也没有改", "en": "nothing of rule `{rule}` is changed"},
    "C813": {"zh": "规则 `{rule}` 不得变更，不能停用", "en": "rule `{rule}` is final and cannot be disabled"},
    "C814": {"zh": "没有叫 `{name}` 的枚举", "en": "there is no enum called `{name}`"},
    "C815": {"zh": "规则 `{rule}` 不得变更，这样改可能降低要求", "en": "rule `{rule}` is final, and with this it may ask less"},
    "C816": {"zh": "扩展别的规则包时，{clause}不写在开头部分", "en": "a pack that extends another does not have {clause} in its header"},
    "C817": {"zh": "规则 `{rule}` 在案例的基准日已停用或不在有效期内", "en": "rule `{rule}` is disabled, or not in force, on the day of the case"},
}

HELPS = {
    "did_you_mean": {"zh": "是否想写 `{name}`？", "en": "did you mean `{name}`?"},
    "known_names": {"zh": "可以用：{names}", "en": "known here: {names}"},
    "field_of": {"zh": "字段要写明是谁的：`{path}`", "en": "write whose field it is: `{path}`"},
    "bind_rows": {
        "zh": "`{name}` 是实体或枚举的名称；先用“对象 每个 {name}”或“存在 {name} 使得 …”引出它的各行，才能使用",
        "en": "`{name}` names an entity or enum; bind its rows first, with `for each {name}` or `exists {name} such that …`",
    },
    "call_it": {"zh": "`{name}` 是定义或函数，要带括号：`{name}(…)`", "en": "`{name}` is a definition or function, write `{name}(…)`"},
    "member_of": {
        "zh": "`{name}` 是枚举 `{enum}` 的一项，只能与该枚举的字段比较，如 `… 为 {name}`",
        "en": "`{name}` is a member of enum `{enum}`: compare it with a field of that enum, as in `… is {name}`",
    },
    "called_otherwise": {"zh": "这里的 `{name}` 叫作 `{variable}`", "en": "here it is called `{variable}`"},
    "another_name": {"zh": "换一个名称", "en": "choose another name"},
    "enum_field": {"zh": "枚举不用“引用”，直接写 `{name}`", "en": "an enum stands without `ref`: write `{name}`"},
    "enum_rows": {
        "zh": "枚举的各项只能用“对象 每个 {name}”逐一列出",
        "en": "the members of an enum are gone through with `for each {name}` only",
    },
    "compare_bearer": {
        "zh": "责任主体只能与一行比较，如 `{text} 为 人员`",
        "en": "a bearer is compared with a row, as in `{text} is person`",
    },
    "only_equal": {
        "zh": "只能用 `为`、`不为`、`属于` 比较",
        "en": "it is compared with `is`, `is not` and `in` only",
    },
    "compare_count": {"zh": "写成比较，如 `{text} >= 1`", "en": "compare it, as in `{text} >= 1`"},
    "fewer_levels": {"zh": "减少层层相套的括号、“非”和引用", "en": "write it with fewer levels of parentheses, `not`s and definitions"},
    "argument_types": {"zh": "写作 `{name}(…)`，依次给出：{types}", "en": "write `{name}(…)` with: {types}"},
    "write_by": {"zh": "写明按哪一天，如 `最早 {entity} 按 …`", "en": "say by which day, as in `earliest {entity} by …`"},
    "mark_tree": {
        "zh": "给引用本实体的字段标上 `树`，如 `上级 : 引用 {entity} 可空 树`",
        "en": "mark a reference to the own entity, as in `parent : ref {entity} optional tree`",
    },
    "mark_key": {"zh": "给编号标上 `主键`，如 `id : 文本 主键`", "en": "mark the field that identifies a row, as in `id : text key`"},
    "levels": {"zh": "密级的标识：{names}", "en": "the levels are {names}"},
    "hide_name": {
        "zh": "去掉“保密”；要保密的内容另设字段，如姓名、说明",
        "en": "take the mark away, and keep what is confidential in a field of its own, such as a name or a note",
    },
    "one_pack": {"zh": "一个文件夹只放一个规则包", "en": "keep each pack in a folder of its own"},
    "add_regulation": {"zh": "把法规文件放进规则包的文件夹", "en": "put the file into the folder of the pack"},
    "write_header": {
        "zh": "在任一文件中写上：`规则包 名称 版本 “1.0” 完`",
        "en": "put it into one of the files: `pack name version \"1.0\" end`",
    },
    "rename": {"zh": "另起一个名称，如 `{name} 作 甲`", "en": "give it a name of its own, as in `{name} as other`"},
    "write_ref": {"zh": "写作 `引用 {name}`", "en": "write `ref {name}`"},
    "no_quotes": {"zh": "枚举的各项不加引号：`{name}`", "en": "members of an enum stand without quotes: `{name}`"},
    "day_and_period": {
        "zh": "要表示某日之后的一天，写作 `某日 后 {text}`",
        "en": "a day is a period after a day: write `X plus {text}`",
    },
    "say_condition": {
        "zh": "写成条件，如 `{text} 已填` 或 `{text} 为 …`",
        "en": "make it a condition, such as `{text} is filled` or `{text} is …`",
    },
    "shift_add": {"zh": "写作 `{left} 后 {right}`", "en": "write `{left} plus {right}`"},
    "shift_sub": {"zh": "写作 `{left} 前 {right}`", "en": "write `{left} minus {right}`"},
    "compare_key": {"zh": "要比较编号，写作 `{path}`", "en": "to compare its key, write `{path}`"},
    "count_with_number": {"zh": "计数只能与整数或另一个计数比较", "en": "a count is compared with a whole number or another count"},
    "arguments": {"zh": "写作 `{name}(…)`，依次给出：{names}", "en": "write `{name}(…)` with {names}, in this order"},
    "name_regulation": {
        "zh": "在规则包开头写上 `法规 “文件名.md”`；别的文件写作 `《文件》第×条`",
        "en": "name it in the header, `regulation \"file.md\"`; another document is cited as `《document》 article 1`",
    },
    "quotes": {"zh": "文字要加引号：`“{text}”`", "en": "a text stands in quotes: `\"{text}\"`"},
    "write_basis": {"zh": "写上 `依据 第×条` 或 `依据 “出处”`", "en": "add `basis article …` or `basis \"source\"`"},
    "write_for_each": {"zh": "写上 `对象 每个 实体`，说明对谁逐一检查", "en": "add `for each entity`: what is checked one by one"},
    "write_duty": {
        "zh": "写上 `应当 …`、`不得 …`、`可以 …` 或 `需人工认定 “…”` 之一",
        "en": "add one of `must …`, `must not …`, `may …` and `attest \"…\"`",
    },
    "write_otherwise": {"zh": "写上 `违反时 不合规 “说明文字”`", "en": "add `otherwise fail \"message\"`"},
    "two_rules": {"zh": "分成两条规则，或用 `且` 合成一个条件", "en": "make two rules of it, or one condition with `and`"},
    "exception_basis": {"zh": "在条件之后写上 `依据 …`", "en": "add `basis …` behind its condition"},
    "modes_basis": {"zh": "在它后面写上 `依据 …`", "en": "add `basis …` behind it"},
    "due_with": {
        "zh": "期限只能配 `应当 存在 …`，或 `应当 … 已填`（日期）；没有期限的要求请去掉“期限”",
        "en": "a due day goes with `must exist …` or with `must … is filled` of a date; else take it away",
    },
    "mark_occurs": {
        "zh": "给该实体的日期字段标上 `发生日`，或去掉“期限”",
        "en": "mark a date of that entity with `occurs`, or take the due day away",
    },
    "say_what": {"zh": "写明违反了什么，让人知道该做什么", "en": "say what is wrong, so that people know what to do"},
    "double_brace": {
        "zh": "名称写在一对 `{{…}}` 里；要写花括号本身，写两个",
        "en": "a name stands in a pair of `{{…}}`; a brace itself is written twice",
    },
    "add_due": {"zh": "给规则加上“期限”，或从说明文字里去掉它", "en": "give the rule a `due`, or take it out of the message"},
    "add_bearer": {"zh": "给规则加上“责任主体”，或从说明文字里去掉它", "en": "give the rule a `bearer`, or take it out of the message"},
    "show_key": {"zh": "改为显示那一行的编号，去掉最后的字段名", "en": "show the key of the row instead: leave out the name of the field"},
    "add_column": {"zh": "给表格加上这一列，每行写上编号", "en": "add this column, with a key in each row"},
    "add_expectation": {
        "zh": "给案例加上预期，如 `预期 R-1 T1 不合规`",
        "en": "say what should come out, as in `expect R-1 T1 violated`",
    },
    "write_extends": {
        "zh": "在开头部分写明扩展哪个规则包：`扩展 supervision_talks 版本 “>=1.0 <2”`",
        "en": "name the pack in the header: `extends supervision_talks version \">=1.0 <2\"`",
    },
    "expect_absent": {"zh": "这一天不会有它的结果，写“无此项”", "en": "it says nothing on that day: expect it to be `absent`"},
    "write_versions": {"zh": "写作 `>=1.0 <2`", "en": "write `>=1.0 <2`"},
    "other_version": {
        "zh": "对照新版本核对每项变更，再改写这里的版本范围",
        "en": "compare each change with that version, then name it here",
    },
    "break_circle": {"zh": "让其中一个规则包改为扩展别的，或不扩展", "en": "let one of them extend another pack, or none"},
    "change_basis": {"zh": "给它加上“依据”：由谁、凭什么这样变更", "en": "give it a `basis`: by whose decision it is changed"},
    "one_change": {
        "zh": "合成一项，或用“有效 自 … 至 …”把时间分开",
        "en": "make one of the two, or keep them apart with `in force from … to …`",
    },
    "also": {
        "zh": "基础规则包可能已经改了；要增加这一项，写“另加”",
        "en": "the base may have changed; to add such a clause write `also`",
    },
    "without_also": {"zh": "去掉“另加”，就是改写原有的", "en": "without `also` it takes the place of the one that is there"},
    "stricter_only": {
        "zh": "只能改得更严：提高严重程度，缩短期限，或改说明、整改建议",
        "en": "it can only be made stricter: a higher severity, a shorter period, another remedy or note",
    },
    "set_with_basis": {
        "zh": "写成带依据的变更，如 `设定 月末 = 取前  依据 … 完`",
        "en": "write a change with its basis, as in `set months = down basis … end`",
    },
    "write_year": {"zh": "写作 `2026`", "en": "write `2026`"},
    "one_reason": {"zh": "删去其中一处，理由合写在一起", "en": "delete one of them, and give the whole reason in the other"},
    "rule_or_reason": {"zh": "在这里删去该条款，或改正规则的依据", "en": "take it out of here, or mend the basis of the rule"},
    "write_because": {"zh": "写上 `理由 “…”`，说明为什么不设规则", "en": "add `because \"…\"` and say why"},
    "last_article": {"zh": "最后一条是{last}", "en": "the last one is {last}"},
}

RELATED = {
    "first": {"zh": "第一次出现在这里", "en": "it stands here first"},
    "final": {"zh": "这里写明不得变更", "en": "it is marked final here"},
    "cited": {"zh": "规则在这里引用它", "en": "the rule cites it here"},
    "no_day": {"zh": "要求存在的是这个", "en": "this is what has to exist"},
}

_WORDS = {
    "text": {"zh": "文本", "en": "a text"},
    "int": {"zh": "整数", "en": "a whole number"},
    "number": {"zh": "数值", "en": "a number"},
    "number_or_date": {"zh": "数值或日期", "en": "a number or a day"},
    "date": {"zh": "日期", "en": "a day"},
    "bool": {"zh": "条件（是或否）", "en": "a condition"},
    "days": {"zh": "以日计的期间", "en": "a period of days"},
    "workdays": {"zh": "以工作日计的期间", "en": "a period of workdays"},
    "months": {"zh": "以月计的期间", "en": "a period of months"},
    "duration": {"zh": "期间（如 `30日`）", "en": "a period such as `30 days`"},
    "duration_type": {"zh": "期间", "en": "a period"},
    "month_day_type": {"zh": "月日", "en": "a day of the year"},
    "shown": {"zh": "可以显示的值", "en": "a value that can be shown"},
    "month_day": {"zh": "月日", "en": "a day of the year"},
    "count": {"zh": "计数", "en": "a count"},
    "row": {"zh": "实体的一行", "en": "a row of an entity"},
    "any_ref": {"zh": "某个责任主体", "en": "a row of some entity"},
    "ref": {"zh": " `{name}` 的一行", "en": "a row of `{name}`"},
    "enum": {"zh": "枚举 `{name}` 的一项", "en": "a member of `{name}`"},
    "add": {"zh": "相加", "en": "adding them"},
    "sub": {"zh": "相减", "en": "subtracting them"},
    "mul": {"zh": "相乘", "en": "multiplying them"},
}
"""What messages call types and operations; an argument such as `@ref:talk` asks for one of them."""


def argument(value: str, language: str) -> str:
    """An argument in words; one that starts with no `@` as it is.

    `@list:` and `@circle:` have names on lines, `@types:` types with commas, `@keyword:` a terminal, `@citation:` numbers,
    `@period:` an amount and its unit, and `@` alone one of the words above.
    """
    kind, _, name = value.partition(":")
    comma = "、" if language == "zh" else ", "
    if kind in ("@list", "@circle"):
        return (comma if kind == "@list" else " → ").join(f"`{one}`" for one in name.split("\n"))
    if kind == "@types":
        return comma.join(_WORDS[one][language] for one in name.split(","))
    if kind == "@citation":
        article, suffix, *paragraph = (int(number) or None for number in name.split(","))
        return citation_text(Citation(article, *paragraph, suffix=suffix), language)
    if kind == "@period":
        amount, unit = name.split(" ")
        return period_text(int(amount), unit, language)
    if kind == "@keyword" and name in KEYWORDS:
        return f"`{spelling(name, language)}`"
    word = _WORDS.get(kind[1:]) if kind.startswith("@") else None
    return word[language].format(name=name) if word else value
