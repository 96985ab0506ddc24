"""What the command line says: mistakes in a command, in the files that it names, and help."""

from __future__ import annotations

import errno
import os

__all__ = ["MESSAGES", "argument"]

MESSAGES: dict[str, dict[str, str]] = {
    # frames
    "U00": {"zh": "policy：{said}", "en": "policy: {said}"},
    "U01": {"zh": "policy：`{place}`：{said}", "en": "policy: `{place}`: {said}"},
    "U02": {"zh": "是否想写 `{near}`？", "en": "did you mean `{near}`?"},
    "U03": {"zh": "错误：{place}：{said}", "en": "error: {place}: {said}"},
    "U04": {"zh": "提醒：{place}：{said}", "en": "note: {place}: {said}"},
    "U05": {"zh": "无法读写（{reason}）", "en": "cannot be read or written ({reason})"},
    "U06": {
        "zh": "程序内部出错（{kind}，{where}）；这是程序的缺陷，不是数据的问题。设 POLICY_DEBUG=1 再运行一次，可看到详细位置，请附上反馈",
        "en": "internal error ({kind} at {where}); this is a fault of the program, not of your data. "
        "Run again with POLICY_DEBUG=1 for the details and report them",
    },
    "U07": {"zh": "插件 {name}（{distribution} {version}）：{said}", "en": "plug-in {name} ({distribution} {version}): {said}"},
    "U08": {"zh": "规则包有 {count} 处错误，未进行核对", "en": "the pack has {count:mistake|mistakes}; nothing was judged"},
    "U09": {"zh": "已读取 {tables} 张表、{rows} 行，正在核对……", "en": "read {tables:table|tables} with {rows:row|rows}, judging …"},
    # packs
    "U10": {"zh": "没有这个规则包，也没有这个文件夹或文件；已安装：{known:、}", "en": "no such pack, folder or file; installed: {known:, }"},
    "U11": {"zh": "无法读取规则包（{reason}）", "en": "the pack cannot be read ({reason})"},
    "U12": {"zh": "这里没有规则文件（.policy）", "en": "there is no rule file (.policy) here"},
    "U13": {"zh": "文件不是 UTF-8 编码；请另存为 UTF-8", "en": "the file is not UTF-8; save it as UTF-8"},
    "U14": {"zh": "参数应写作 `名称=值`，例如 `及时期限=20日`", "en": "a parameter is set by `name=value`, such as `prompt_days=20 days`"},
    "U15": {"zh": "没有编号以此开头的规则", "en": "no rule's id starts with this"},
    "U17": {"zh": "这样在 {day} 一条规则也不剩，请另选", "en": "no rule is left to judge by as of {day}; choose others"},
    "U18": {
        "zh": "有 {count} 处错误，未进行核对；请改正，数据表中的错误也可用 --keep-going 略过",
        "en": "errors: {count}; nothing was judged. Mend them, or leave out those in tables with --keep-going",
    },
    "U48": {"zh": "数据问题已写入 {file}", "en": "wrote what is wrong with the data to {file}"},
    "U19": {"zh": "已写入 {file}", "en": "wrote {file}"},
    # data
    "U20": {"zh": "没有这个文件或文件夹", "en": "no such file or folder"},
    "U21": {"zh": "无法读取（{reason}）", "en": "cannot be read ({reason})"},
    "U22": {"zh": "不能读取 `{suffix}` 类型的文件；可读取：{known}", "en": "files of type `{suffix}` cannot be read; these can: {known}"},
    "U23": {"zh": "文件夹中没有可读取的数据；可读取：{known}", "en": "there are no data in this folder; files that can be read: {known}"},
    "U34": {
        "zh": "文件名没有扩展名，不能确定类型；可读取：{known}",
        "en": "the name has no suffix to tell the type of the file by; these can be read: {known}",
    },
    "U35": {
        "zh": "未读取：文件名没有扩展名，不能确定类型（可读取：{known}）",
        "en": "left out: its name has no suffix to tell the type by (these can be read: {known})",
    },
    "U24": {"zh": "未读取：不能读取 `{suffix}` 类型的文件（可读取：{known}）", "en": "left out: files of type `{suffix}` cannot be read (these can: {known})"},
    "U25": {
        "zh": "这是单位文件，不是数据；放在数据旁边会自动采用，也可用 --unit 指明",
        "en": "this is the unit's file and no data; it is used by itself where it lies beside the data, or named with --unit",
    },
    "U26": {
        "zh": "数据旁边有几个单位文件：{files:、}；请用 --unit 指明一个",
        "en": "there are several unit's files beside the data: {files:, }; name one with --unit",
    },
    "U27": {"zh": "参数 `{name}` 写了两次，只能写一次", "en": "parameter `{name}` is set twice, it may be set once"},
    "U28": {
        "zh": "豁免文件里只能有 `豁免` 和 `人工认定`，没有用到 `{table}`",
        "en": "a file of waivers holds `waiver` and `attestation` only, `{table}` was not used",
    },
    "U29": {"zh": "不能读取 `{scheme}` 开头的地址；可读取：{known}", "en": "addresses that begin with `{scheme}` cannot be read; these can: {known}"},
    "U38": {
        "zh": "`{file}` 的文件名多了 .txt，没有当作单位文件采用；请改名为 `{name}`，或用 --unit= 表示不用",
        "en": "`{file}` has .txt at its end and is not taken for the unit's file; rename it to `{name}`, or give --unit= for none",
    },
    "U36": {"zh": "这是文件夹；请逐个写明豁免文件", "en": "this is a folder; name each file of waivers"},
    "U37": {"zh": "文件里没有豁免，也没有人工认定", "en": "the file holds neither a waiver nor an attestation"},
    "U44": {"zh": "已读取 {count} 张表、{rows} 行：{tables}", "en": "read {count:table|tables}, {rows:row|rows}: {tables}"},
    "U45": {
        "zh": "`--data-report {value}` 应写作 格式=文件，例如 --data-report xlsx=数据问题.xlsx；可用：{known}",
        "en": "`--data-report {value}` is to be FORMAT=FILE, such as --data-report xlsx=problems.xlsx; there are: {known}",
    },
    "U46": {
        "zh": "`--data-report` 没有 `{format}` 这种格式；可用：{known}",
        "en": "`--data-report` has no format `{format}`; there are: {known}",
    },
    "U47": {
        "zh": "`--data-report` 会覆盖数据文件 `{file}`；请换一个文件名",
        "en": "`--data-report` would overwrite the data in `{file}`; name another file",
    },
    # cases
    "U30": {"zh": "预期为 `{expected}`，结果为 `{actual}`", "en": "expected `{expected}`, the outcome is `{actual}`"},
    "U31": {"zh": "预期期限为 `{expected}`，结果为 `{actual}`", "en": "expected the due day `{expected}`, it is `{actual}`"},
    "U32": {"zh": "预期完成日为 `{expected}`，结果为 `{actual}`", "en": "expected to be fulfilled on `{expected}`, it was on `{actual}`"},
    "U33": {
        "zh": "出现未预期的问题：`{rule} {subject} {actual}`；请写明预期，或修改给定的数据",
        "en": "a problem that nobody expected: `{rule} {subject} {actual}`; expect it, or change what is given",
    },
    "U420": {"zh": "预期责任主体为 `{expected}`，结果为 `{actual}`", "en": "expected the bearer `{expected}`, it is `{actual}`"},
    "U422": {"zh": "改动规则包的各处，列出没有案例察觉的改动", "en": "change the pack in every place, and list the changes that no case notices"},
    "U423": {"zh": "已试 {tried} 处改动……", "en": "tried {tried:change|changes} …"},
    "U424": {
        "zh": "{pack}：改动 {tried} 处，案例察觉 {noticed} 处，{explained} 处已注明理由，{alive} 处没有案例察觉",
        "en": "{pack}: {tried:change|changes}, {noticed} noticed by cases, {explained} explained, {alive} noticed by none",
    },
    "U426": {"zh": "案例达到了哪些状态、哪些条件", "en": "say which statuses and conditions the cases reach"},
    "U427": {"zh": "达到的比例低于此数（百分数）即以状态 1 结束", "en": "end with status 1 where less than this is reached, in percent"},
    "U428": {"zh": "把规则原文连同达到情况写成网页", "en": "write the rules with what is reached marked in them, as a page"},
    "U429": {"zh": "把达到情况写成 JSON", "en": "write what is reached as JSON"},
    "U430": {"zh": "{pack}：达到 {percent}%，低于要求的 {wanted}%", "en": "{pack}: {percent} % is reached, less than the {wanted} % asked for"},
    "U431": {"zh": "`{flag}` 应为 0 至 100 的数，而不是 `{value}`", "en": "`{flag}` has to be a number from 0 to 100, not `{value}`"},
    "U432": {"zh": "`{flag}` 只能用于一个规则包", "en": "`{flag}` can be used with one pack only"},
    "U433": {"zh": "检查规则包的写法：没有案例、没有用到、没有整改建议等", "en": "list what in a pack is worth a second look"},
    "U434": {"zh": "{pack}：有 {count} 处值得再看", "en": "{pack}: {count:place|places} worth a second look"},
    "U435": {"zh": "{pack}：没有发现问题", "en": "{pack}: nothing found"},
    "U425": {"zh": "有案例未通过，未作改动；请先改正", "en": "cases fail, so nothing was changed; mend them first"},
    "U421": {"zh": "预期严重程度为 `{expected}`，结果为 `{actual}`", "en": "expected the severity `{expected}`, it is `{actual}`"},
    # the command
    "U50": {"zh": "`{flag}` 不能是 `{value}`，可用：{known:、}", "en": "`{flag}` cannot be `{value}`, choose from: {known:, }"},
    "U51": {"zh": "`{flag}` 应为整数，而不是 `{value}`", "en": "`{flag}` takes a whole number, not `{value}`"},
    "U52": {"zh": "环境变量 {flag} 应为 1 或 0，而不是 `{value}`", "en": "the variable {flag} is 1 or 0, not `{value}`"},
    "U53": {"zh": "没有 `{flag}` 这个选项；用 -h 查看全部选项", "en": "there is no flag `{flag}`; -h lists them"},
    "U54": {"zh": "没有 `{flag}` 这个选项；是否想写 `{near}`？", "en": "there is no flag `{flag}`; did you mean `{near}`?"},
    "U55": {"zh": "`{flag}` 后面不带值", "en": "`{flag}` takes no value"},
    "U56": {"zh": "`{flag}` 后面缺少值：{metavar}", "en": "`{flag}` needs a value: {metavar}"},
    "U57": {"zh": "没有 `{verb}` 这个命令；可用：{known}", "en": "there is no command `{verb}`; there are: {known}"},
    "U58": {"zh": "没有 `{verb}` 这个命令；是否想写 `{near}`？", "en": "there is no command `{verb}`; did you mean `{near}`?"},
    "U59": {"zh": "`{flag}` 应为日期，例如 2026-05-11，而不是 `{value}`", "en": "`{flag}` takes a day such as 2026-05-11, not `{value}`"},
    "U60": {
        "zh": "没有给出数据，当前文件夹也没有写明数据的 policy.toml；例如：policy check 谈话台账/",
        "en": "no data given, and no policy.toml here that names them; for example: policy check data/",
    },
    "U61": {"zh": "没有 `{format}` 这种报告格式；可用：{known}", "en": "there is no format `{format}`; there are: {known}"},
    "U62": {"zh": "没有 `{format}` 这种报告格式；是否想写 `{near}`？", "en": "there is no format `{format}`; did you mean `{near}`?"},
    "U63": {
        "zh": "只能有一种报告输出到屏幕，其余请写明文件，例如 -o json=report.json",
        "en": "only one report can go to standard output; give the others a file: -o json=report.json",
    },
    "U64": {"zh": "多余的参数 `{word}`", "en": "superfluous argument `{word}`"},
    "U65": {
        "zh": "`-o {value}` 缺少报告格式，例如 -o json=report.json；可用：{known}",
        "en": "`-o {value}` names no format, such as -o json=report.json; there are: {known}",
    },
    "U66": {
        "zh": "`-o {value}` 的等号后缺少文件名，例如 -o json=report.json",
        "en": "`-o {value}` names no file after its `=`, such as -o json=report.json",
    },
    "U67": {"zh": "标准输出无法写入（{reason}）", "en": "standard output cannot be written ({reason})"},
    "U68": {
        "zh": "`{file}` 不以 .html 或 .md 结尾；请改文件名，或用 --format 指定格式",
        "en": "`{file}` ends in neither .html nor .md; call it otherwise, or choose the form with --format",
    },
    "U69": {"zh": "`-o` 后面缺少文件名，例如 -o 规则包.html", "en": "`-o` names no file, such as -o pack.html"},
    # engines
    "U85": {
        "zh": "没有安装所需的 {absent}；请执行 pip install 'policy[sql]'，或者用 --engine reference",
        "en": "needs {absent}, which is not installed; run pip install 'policy[sql]', or use --engine reference",
    },
    "U86": {
        "zh": "有数字超过38位，这个引擎存不下；请用 --engine reference",
        "en": "a number has more than 38 digits, which this engine does not keep; use --engine reference",
    },
    # explaining
    "U370": {"zh": "输出格式（默认 {default}）", "en": "form of what is printed (default {default})"},
    "U371": {"zh": "展开全部步骤，不限行数", "en": "unfold every step, however many lines that takes"},
    "U372": {"zh": "说明一条规则的内容和理由，或一项结果的由来", "en": "explain what a rule says and why, or why an outcome is what it is"},
    "U373": {"zh": "规则包中没有规则 `{word}`；全部规则见 policy doc", "en": "the pack has no rule `{word}`; policy doc lists them"},
    "U374": {"zh": "规则包中没有规则 `{word}`；是否想写 `{near}`？", "en": "the pack has no rule `{word}`; did you mean `{near}`?"},
    "U375": {
        "zh": "规则 {rule} 没有对象 `{word}`：数据中没有，或者不在该规则的范围内；全部对象见 policy check --all",
        "en": "rule {rule} has no subject `{word}`: not in the data, or out of the rule's scope; policy check --all lists them",
    },
    "U376": {
        "zh": "规则 {rule} 没有对象 `{word}`：数据中没有，或者不在该规则的范围内；是否想写 `{near}`？",
        "en": "rule {rule} has no subject `{word}`: not in the data, or out of the rule's scope; did you mean `{near}`?",
    },
    "U377": {
        "zh": "没有指纹以 `{word}` 开头的结果：数据或基准日可能已有变化，报告也可能做过脱敏；请改用规则编号和对象",
        "en": "no outcome's fingerprint begins with `{word}`: the data or the day may have changed, or the report was masked; "
        "name the rule and the subject instead",
    },
    "U378": {
        "zh": "没有指纹以 `{word}` 开头的结果；是否想写 `{near}`？数据或基准日有变化的，请改用规则编号和对象",
        "en": "no outcome's fingerprint begins with `{word}`; did you mean `{near}`? Where the data or the day have changed, "
        "name the rule and the subject",
    },
    "U379": {
        "zh": "指纹 `{fingerprint}` 太短，至少写 {least} 位",
        "en": "the fingerprint `{fingerprint}` is too short, give {least} characters or more",
    },
    "U380": {
        "zh": "有几项结果的指纹以 `{fingerprint}` 开头，请多写几位：{known:、}",
        "en": "several fingerprints begin with `{fingerprint}`, give more of it: {known:, }",
    },
    "U381": {
        "zh": "没有写明对象；例如：policy explain {rule} T1 {data}",
        "en": "no subject is named; for example: policy explain {rule} T1 {data}",
    },
    "U382": {
        "zh": "没有写明要说明什么：规则编号，或者指纹，或者规则编号和对象，后两种还要写明数据；例如：policy explain JDTH-11-1-a T1 谈话台账/",
        "en": "name what to explain: a rule, or a fingerprint, or a rule and a subject, the latter two with the data; "
        "for example: policy explain JDTH-11-1-a T1 data/",
    },
    "U480": {
        "zh": "内存不够（上限 {limit}）；请用 --memory 放宽上限，或者用 --select 分几次核对",
        "en": "memory is not enough (limit {limit}); allow more with --memory, or judge in parts with --select",
    },
    "U481": {
        "zh": "临时文件夹 {limit} 所在的磁盘已满；请腾出空间，或者用 TMPDIR 指定别的文件夹",
        "en": "the disk of the folder for temporary files, {limit}, is full; free some space, or name another folder with TMPDIR",
    },
    "U484": {"zh": "正在核对第 {number} 条规则 {rule}，共 {count} 条……", "en": "judging rule {number} of {count}, {rule} …"},
    "U483": {
        "zh": "看不懂内存上限 `{value}`；请写成 4GB、512MB 这样的形式",
        "en": "`{value}` is no amount of memory; write it like 4GB or 512MB",
    },
    # secrecy
    "U70": {"zh": "密级：{place}：标有 `{mark}`", "en": "secrecy: {place}: marked `{mark}`"},
    "U75": {"zh": "密级：{place}的{beside}：标有 `{mark}`", "en": "secrecy: {place}, {beside}: marked `{mark}`"},
    "U71": {"zh": "另有 {count} 处", "en": "and {count} more"},
    "U74": {
        "zh": "本机的保密级别为 `{level}`，数据中有更高的密级标志，未进行核对；请移出这些文件，或者用 --secrecy 说明本机实际的级别",
        "en": "this machine is declared for `{level}` and the data carry higher marks, so nothing was judged; take these files away, "
        "or declare the machine's own level with --secrecy",
    },
    "U73": {
        "zh": "`{flag}` 不能是 `{value}`，可用：公开、内部、工作秘密、秘密、机密、绝密",
        "en": "`{flag}` cannot be `{value}`, choose from: public, internal, work_secret, confidential, secret, top_secret",
    },
    "U72": {
        "zh": "本机的保密级别为 `{level}`，数据中有更高的密级标志，未进行核对。国家秘密不得在普通计算机上处理，请移出这些文件并按保密规定处置；"
        "本机确为涉密计算机的，用 --secrecy 说明它的级别，例如 --secrecy 机密",
        "en": "this machine is declared for `{level}` and the data carry higher marks, so nothing was judged. State secrets belong on no ordinary "
        "machine: take these files away as the rules on secrecy say; on a machine made for them, declare its level, as in --secrecy secret",
    },
    # what verbs do
    "U100": {"zh": "用规则包核对数据，给出报告", "en": "judge data with a rule pack and report"},
    "U101": {"zh": "运行规则包中的案例", "en": "run the cases of a rule pack"},
    "U102": {
        "zh": "把规则文件排成统一格式，或转换关键词的语言\n（不写 FILES 时处理当前文件夹及其子文件夹中的全部 .policy 文件）",
        "en": "bring rule files into one layout, or translate their keywords\n(without FILES: every .policy file under the current folder)",
    },
    "U103": {"zh": "列出已安装的插件", "en": "list the installed plug-ins"},
    "U104": {"zh": "生成一套虚构的示例数据", "en": "write an invented data set"},
    "U105": {"zh": "用示例数据演示全过程", "en": "show the whole story on a sample"},
    "U106": {"zh": "新建一个可以照着改的规则包", "en": "write a working start for a pack of your own"},
    "U107": {
        "zh": "把规则包写成可以阅读、打印的文件：条文旁边是规则，另有对照表、参数、定义、词汇和案例",
        "en": "write a rule pack as a document to read and print: rules beside articles,\ntraceability, parameters, definitions, vocabulary and cases",
    },
    "U108": {
        "zh": "写出一个空的工作簿，供填写：每张表一个工作表，有下拉列表、必填标记和说明",
        "en": "write an empty workbook to fill in: a sheet for each table, with lists to choose from,\nmarks of what is required, and comments",
    },
    "U109": {
        "zh": "看台账的各列是什么意思，生成可以改正的映射",
        "en": "show what the columns of a ledger may mean, and write a mapping to correct",
    },
    # results of verbs
    "U110": {"zh": "未通过：{title}", "en": "failed: {title}"},
    "U111": {"zh": "{pack}：{cases} 个案例全部通过", "en": "{pack}: {cases:case|cases}, all passed"},
    "U112": {"zh": "{pack}：{cases} 个案例中有 {failed} 个未通过", "en": "{pack}: {failed} of {cases:case|cases} failed"},
    "U113": {"zh": "{pack}：没有案例", "en": "{pack}: there are no cases"},
    "U120": {"zh": "{count} 个文件需要整理；运行 policy fmt", "en": "{count:file needs|files need} formatting; run policy fmt"},
    "U121": {"zh": "`{file}`：没有这个文件或文件夹", "en": "`{file}`: no such file or folder"},
    "U122": {"zh": "`{file}`：文件不是 UTF-8 编码；请另存为 UTF-8", "en": "`{file}`: the file is not UTF-8; save it as UTF-8"},
    "U130": {"zh": "{name}（{distribution} {version}，{location}）", "en": "{name} ({distribution} {version}, {location})"},
    "U131": {"zh": "    {hooks}", "en": "    {hooks}"},
    "U132": {"zh": "数据文件", "en": "data files"},
    "U138": {"zh": "数据库", "en": "databases"},
    "U133": {"zh": "报告格式", "en": "reports"},
    "U139": {"zh": "数据问题报告", "en": "data reports"},
    "U134": {"zh": "函数", "en": "functions"},
    "U135": {"zh": "日历", "en": "calendars"},
    "U136": {"zh": "规则包", "en": "packs"},
    "U137": {"zh": "示例数据", "en": "samples"},
    "U140": {"zh": "没有规则包 `{pack}` 的示例数据", "en": "there is no sample for pack `{pack}`"},
    "U141": {"zh": "没有名为 `{name}` 的示例数据；可用：{known}", "en": "there is no sample `{name}`; there are: {known}"},
    "U142": {
        "zh": "`{file}` 已经存在，可能有改动，没有覆盖；请用 -o 另写一个文件夹，或先移走",
        "en": "`{file}` is there already and may have been changed; name another folder with -o, or move it away first",
    },
    "U143": {"zh": "没有名为 `{name}` 的规模；可用：{known}", "en": "there is no scale `{name}`; there are: {known}"},
    "U144": {
        "zh": "这些数据（虚构）以 {as_of} 为检查基准日：policy check {folder} --as-of {as_of}",
        "en": "these data (invented) are meant to be judged as of {as_of}: policy check {folder} --as-of {as_of}",
    },
    "U150": {
        "zh": "上面第一份报告同时写成网页 {page}，可用浏览器查看、打印。\n"
        "示例数据（虚构）在文件夹 {folder} 中，可用 Excel 或 WPS 打开 {book}，改动后再核对：\n"
        "  policy check {book} --as-of {as_of}\n"
        "  policy check {book} --as-of {as_of} --select JDTH-11 -o text -o html=检查报告.html\n"
        "  policy check 本单位的台账文件夹/\n"
        "  policy test",
        "en": "The first report above is also the page {page}, to be read in a browser and printed.\n"
        "The sample (invented) is in the folder {folder}. Open {book} with a spreadsheet program, change something, check it again:\n"
        "  policy check {book} --as-of {as_of}\n"
        "  policy check {book} --as-of {as_of} --select JDTH-11 -o text -o html=report.html\n"
        "  policy check your-own-data/\n"
        "  policy test",
    },
    "U151": {"zh": "{title}\n  {command}\n", "en": "{title}\n  {command}\n"},
    # help
    "U200": {"zh": "显示这份说明", "en": "show this help"},
    "U201": {"zh": "提示信息的语言（否则按系统区域设置）", "en": "language of messages (else the locale's)"},
    "U202": {"zh": "显示版本", "en": "show the version"},
    "U210": {"zh": "用法：{usage}", "en": "usage: {usage}"},
    "U211": {"zh": "选项：", "en": "flags:"},
    "U212": {"zh": "示例：", "en": "examples:"},
    "U213": {
        "zh": "每个选项也可由环境变量给出，例如 --as-of 对应 POLICY_AS_OF；可重复的选项用逗号分隔。",
        "en": "Every flag can also be given by the environment, --as-of by POLICY_AS_OF; those that may be repeated take a list with commas.",
    },
    "U214": {"zh": "核对一个单位已有的记录是否符合规定的要求。", "en": "Says from the records an office keeps whether a regulation has been followed."},
    "U215": {
        "zh": "选项：--lang zh|en  --version  -h；各命令的说明：policy check -h\n示例：policy demo",
        "en": "flags: --lang zh|en  --version  -h; help of a command: policy check -h\nexample: policy demo",
    },
    "U220": {"zh": "规则包的名称或路径（默认 {default}）", "en": "name or path of the rule pack (default {default})"},
    "U221": {"zh": "检查基准日，例如 2026-05-11（默认今天）", "en": "the day as of which to judge, such as 2026-05-11 (default today)"},
    "U222": {"zh": "设定规则包的参数，例如 及时期限=20日；可重复", "en": "set a parameter of the pack, such as prompt_days=\"20 days\"; may be repeated"},
    "U223": {"zh": "只用编号以此开头的规则；可重复", "en": "only rules whose id starts with this; may be repeated"},
    "U224": {"zh": "不用编号以此开头的规则；可重复", "en": "no rules whose id starts with this; may be repeated"},
    "U225": {
        "zh": "报告格式，不写文件则输出到屏幕；可重复（默认 {default}；\n可用 text、json、jsonl，见 policy plugins）",
        "en": "format of the report, to standard output unless a file is named; may be\nrepeated (default {default}; text, json, jsonl; see policy plugins)",
    },
    "U226": {
        "zh": "何时以状态 1 结束（默认 {default}）：fail 有不合规或逾期完成（不合规级）；\nwarn 另计警告级；unknown 再计待核实",
        "en": "when to end with status 1 (default {default}): fail – something of severity fail\nis violated or late; warn – or of severity warn; "
        "unknown – or cannot be told",
    },
    "U227": {"zh": "报告列出全部结果，不只是问题", "en": "report every outcome, not problems only"},
    "U228": {"zh": "数据有错误时略过出错的单元格或行，继续核对", "en": "leave out cells and rows with errors and judge the rest"},
    "U229": {"zh": "略过此名称的额外表或列；可重复", "en": "leave out an extra table or column of this name; may be repeated"},
    "U230": {"zh": "补充节假日安排的文件", "en": "a file with more holidays and workdays"},
    "U231": {
        "zh": "本机的保密级别：公开、内部、工作秘密、秘密、机密或绝密（默认工作秘密）；\n数据中有更高的密级标志时以状态 3 停止",
        "en": "secrecy level of this machine: public, internal, work_secret, confidential, secret\nor top_secret (default work_secret); "
        "a higher mark in the data stops with status 3",
    },
    "U232": {
        "zh": "豁免和人工认定的文件（.toml、.csv 或 .xlsx）；可重复",
        "en": "a file of waivers and attestations (.toml, .csv or .xlsx); may be repeated",
    },
    "U233": {
        "zh": "单位文件（默认用数据所在或旁边的 policy.toml，不给数据时用当前文件夹的；空值则不用）",
        "en": "the unit's file (default: policy.toml in or beside the data, without DATA in this\nfolder; an empty value: none)",
    },
    "U234": {
        "zh": "数据问题另写一份，供逐处修改：xlsx 为工作簿的副本，出错的单元格已标出并有批注；\nhtml 为网页；json 供程序读取；可重复",
        "en": "write what is wrong with the data, to mend it: xlsx is a copy of the workbook with\nthe cells marked and commented, html a page, json for programs; may be repeated",
    },
    "U239": {
        "zh": "由哪个引擎核对，结果相同（默认 {default}：二万行以上用 duckdb）",
        "en": "which engine judges; all say the same (default {default}: duckdb from 20,000 rows on)",
    },
    # masking
    "U350": {
        "zh": "报告中隐去什么：none 不隐去；names 隐去人员姓名和编号；all 连单位名称、编号和文件名\n"
        "（默认按格式：供人自用的 none，供流水线展示的 names）",
        "en": "what reports hide: none – nothing; names – names and keys of persons; all – of\n"
        "organizations too, and names of files (default by format: none where it is for\nyour own use, names where a pipeline shows it)",
    },
    "U351": {
        "zh": "生成化名所用的密钥文件，没有则新建；密钥不变，化名就不变（默认在用户文件夹中）",
        "en": "file with the secret that pseudonyms are made with, made where there is none; the\nsame secret gives the same pseudonyms (default: in the user's folder)",
    },
    "U352": {
        "zh": "已新建掩码密钥 {file}；请妥善保管，换了密钥化名就会变，得到密钥的人可以试出化名是谁",
        "en": "made the masking key {file}; keep it safe: another key gives other pseudonyms, and whoever has it can find out by trying who is meant",
    },
    "U353": {
        "zh": "不是掩码密钥：应有 {count} 个以上字符；请改用别的文件，或删除后由程序新建",
        "en": "no masking key: it takes {count:character|characters} or more; name another file, or delete it and let one be made",
    },
    "U354": {"zh": "找不到用户文件夹，不能保存掩码密钥；请用 --mask-key 指明文件", "en": "there is no home folder to keep the masking key in; name a file with --mask-key"},
    # the status of a run
    "U355": {"zh": "什么也没有核对时（没有读到记录，或者没有可核对的事项）也以状态 1 结束", "en": "end with status 1 also where nothing was judged: no row was read, or no rule is\nabout any"},
    "U356": {"zh": "有问题也以状态 0 结束（数据或用法有错误的仍是 2，密级不符的仍是 3）", "en": "end with status 0 whatever is found (errors in use or data stay 2, marks of secrecy 3)"},
    "U357": {"zh": "没有读到记录，什么也没有核对；请检查数据的路径和导出是否完整", "en": "no row was read, so nothing was judged; check the path of the data and whether they were exported"},
    "U358": {
        "zh": "没有可核对的事项：没有一条规则适用于这些记录；请检查规则包、检查基准日和 --select、--ignore",
        "en": "nothing was judged, as no rule is about these rows; check the pack, the as-of day, --select and --ignore",
    },
    "U482": {
        "zh": "duckdb 引擎最多用多少内存，例如 4GB；放不下的写入临时文件，完毕后删除（默认由引擎决定）",
        "en": "the most memory that the engine duckdb takes, such as 4GB; the rest goes to temporary files, removed at the end (else it decides)",
    },
    "U485": {
        "zh": "不核对，只列出 duckdb 引擎的执行计划：几条规则共用的关系和每条规则的 SQL（不读数据）",
        "en": "judge nothing; show the plan of the engine duckdb: relations that rules share, and the SQL of each rule (no data are read)",
    },
    "U486": {
        "zh": "-- 共用的关系 {name}（从第二次用到起存为表）：{rules}",
        "en": "-- shared relation {name}, kept as a table from the second time on that it is wanted: {rules}",
    },
    "U487": {
        "zh": "-- 规则 {rule}（{number}/{count}）读取：{reads}",
        "en": "-- rule {rule} ({number} of {count}) reads: {reads}",
    },
    "U240": {"zh": "把关键词转换为此语言（不写则保持原样）", "en": "translate the keywords into this language (else they stay)"},
    "U241": {"zh": "只检查，不改写；有需要整理的文件时以状态 1 结束", "en": "change nothing; end with status 1 where a file needs formatting"},
    "U242": {"zh": "只显示差异，不改写", "en": "change nothing; show the differences"},
    "U249": {
        "zh": "规模，例如 province（一个省）或 nation（全国）；不写则为示例数据本身",
        "en": "how large, such as province or nation (default: the sample itself)",
    },
    "U250": {"zh": "示例数据的名称（默认第一套）", "en": "name of the sample (default: the pack's first)"},
    "U251": {"zh": "写入的文件夹（默认 {default}）", "en": "folder to write into (default {default})"},
    "U252": {
        "zh": "文件格式（默认 both，即 csv 和 xlsx；更大的规模默认 parquet）",
        "en": "which files (default both, which is csv and xlsx; of larger scales parquet)",
    },
    "U253": {"zh": "随机数种子（默认 {default}）；相同种子得到相同数据", "en": "seed of the random numbers (default {default})"},
    "U255": {
        "zh": "写入的文件，以 .html 或 .md 结尾（默认在当前文件夹，以规则包命名）；\n- 为标准输出",
        "en": "the file, which ends in .html or .md (default: called after the pack,\nin the current folder); - is standard output",
    },
    "U257": {"zh": "文件和提示信息的语言（文件默认用规则包的语言）", "en": "language of the document and of messages (else the pack's, and the locale's)"},
    "U256": {"zh": "文件格式（默认按文件名，其次 html）", "en": "which form (default: by the file's name, else html)"},
    "U261": {"zh": "在这个规则包之上作变更（不写则新建独立的规则包）", "en": "lay the new pack over this one (else it stands alone)"},
    "U262": {"zh": "在哪个文件夹里新建（默认 {default}）", "en": "the folder to write into (default {default})"},
    "U263": {"zh": "不能新建 `{kind}`；可用：{known}", "en": "there is no start for `{kind}`; there are: {known}"},
    "U264": {"zh": "`{folder}` 已经存在；请换一个名称", "en": "`{folder}` is there already; choose another name"},
    "U265": {
        "zh": "规则包 `{base}` 没有安装，也不在 {folder} 中；请用 -o 写明它所在的文件夹",
        "en": "pack `{base}` is neither installed nor in {folder}; name the folder that it is in with -o",
    },
    "U266": {
        "zh": "没有写明新建什么、叫什么，例如：policy new {known} our_office",
        "en": "say what to start and what to call it, as in: policy new {known} our_office",
    },
    "U267": {
        "zh": "已新建，{cases} 个案例全部通过。改完后再运行：policy test {folder}",
        "en": "it is there, and its {cases:case passes|cases pass}. Change it, then run: policy test {folder}",
    },
    "U268": {
        "zh": "`{word}` 不能作规则包的名称：应是一个词，由字母、汉字、数字和 _ 组成，不以数字开头",
        "en": "`{word}` cannot name a pack: a name is one word of letters, digits and _ that does not start with a digit",
    },
    # ledgers
    "U300": {
        "zh": "说明台账各列含义的映射文件（见 policy map）；可重复",
        "en": "a file that says what the columns of a ledger mean (see policy map); may be\nrepeated",
    },
    "U301": {"zh": "把建议写成映射文件，改正后用 --mapping 指明", "en": "write the proposal as a mapping, to correct and name with --mapping"},
    "U302": {"zh": "没有写明台账，例如：policy map 监督谈话台账.xlsx", "en": "name a ledger, as in: policy map ledger.xlsx"},
    "U303": {
        "zh": "没有可以对应的列：要么都已经是规则包 {pack} 的表，不需要映射；要么这份文件不是台账",
        "en": "there is nothing to map: either all are tables of the pack {pack} already, or the file is no ledger",
    },
    "U304": {"zh": "{place}：像“{mapping}”，表头从第 {line} 行起", "en": "{place}: like `{mapping}`, its header begins in row {line}"},
    "U305": {"zh": "  不知道用处的列：{columns:、}", "en": "  columns of no known use: {columns:, }"},
    "U306": {"zh": "  没有找到的列：{columns:、}", "en": "  columns that are not there: {columns:, }"},
    "U307": {"zh": "不用", "en": "unused"},
    "U308": {"zh": "？", "en": "?"},
    "U309": {"zh": " 请核对", "en": " look at this"},
    "U312": {"zh": "{column} → {fields:、}", "en": "{column} → {fields:, }"},
    "U310": {"zh": "{table}：不像台账，没有一列认识\n", "en": "{table}: no ledger, as no column of it is known\n"},
    "U311": {
        "zh": "把它写成映射：policy map {file} -o mapping.toml",
        "en": "write it down as a mapping: policy map {file} -o mapping.toml",
    },
    "U320": {
        "zh": "# 本单位台账的映射。左边是列的用途，右边是台账里的列名，分组的列写作“分组｜列名”；没有写到的都按“{base}”。\n"
        "# 改正后与数据放在一起，在 policy.toml 里写 映射 = \"{file}\"，或者每次用 --mapping {file}。",
        "en": "# What the unit's ledger means: on the left what a column is for, on the right what the ledger calls it, a grouped one as\n"
        "# `group｜header`; all else is as in `{base}`. Correct it, keep it with the data and write mapping = \"{file}\" in policy.toml,\n"
        "# or name it with --mapping {file}.",
    },
    "U321": {"zh": "# 不知道用处的列；有用处的，移到下面并写明用途", "en": "# columns of no known use; move below those that have one"},
    "U322": {"zh": "{label}列，{sure}", "en": "column {label}, {sure}"},
    "U323": {"zh": "，请核对", "en": ", look at this"},
    "U324": {"zh": "# 台账里没有找到：{columns:、}", "en": "# not found in the ledger: {columns:, }"},
    "U500": {
        "zh": "台账的样表，而不是每张表一张工作表：名单和一行一次谈话的台账",
        "en": "the ledgers of the pack instead of a sheet for each table",
    },
    "U501": {
        "zh": "规则包的映射里没有 `样表`，没有台账可填；请改用不带 --ledger 的 policy template",
        "en": "its mappings have no `form`, so there is no ledger to fill in; use policy template without --ledger",
    },
    "U270": {
        "zh": "写入的文件，以 .xlsx 结尾（默认为当前文件夹中的 模板.xlsx）；已有的文件不会覆盖",
        "en": "the file, which ends in .xlsx (default: template.xlsx, or 模板.xlsx in Chinese);\none that is there already stays",
    },
    "U271": {"zh": "模板和提示信息的语言（模板默认用规则包的语言）", "en": "language of the workbook and of messages (else the pack's, and the locale's)"},
    "U272": {"zh": "模板是工作簿，`{file}` 应以 .xlsx 结尾", "en": "a template is a workbook, `{file}` has to end in .xlsx"},
    "U273": {
        "zh": "`{file}` 已经存在，可能已填写，没有覆盖；请换一个文件名",
        "en": "`{file}` is there already and may have been filled in, so it stays; name another file",
    },
    "U274": {
        "zh": "表 `{name}` 的名称不能用作工作表名（至多 31 字，不含 [ ] : * ? / \\）；请在规则包中换一个标签",
        "en": "`{name}` cannot be the name of a sheet (at most 31 characters, none of [ ] : * ? / \\); give the entity another label",
    },
    "U254": {"zh": "写入的文件夹（默认 {default}）", "en": "folder to write into (default {default})"},
    # other days: baselines, due lists, history, audit
    "U341": {
        "zh": "-o docx 所用的督办单模板（.docx）；policy template --report docx 可得到一份供修改",
        "en": "the template (.docx) of -o docx; policy template --report docx gives one to change",
    },
    "U342": {
        "zh": "改为写出报告格式（如 docx）所用的模板，供修改后用 --notice-template 指明",
        "en": "write the template of a format of reports (docx) instead, to be changed and named\nwith --notice-template",
    },
    "U345": {"zh": "是本程序写出的问题清单，不是数据，未读取", "en": "is a list of findings that this program has written and no data, left out"},
    "U343": {"zh": "`{format}` 没有模板；有模板的：{known:、}", "en": "`{format}` has no template; these have: {known:, }"},
    "U344": {"zh": "`{file}` 应以 {suffix} 结尾", "en": "`{file}` has to end in {suffix}"},
    "U340": {
        "zh": "`-o {format}` 不能显示在屏幕上，请写明文件，例如 -o {format}=报告.{format}",
        "en": "`-o {format}` cannot be shown on a terminal; name a file, such as -o {format}=report.{format}",
    },
    "U390": {
        "zh": "此前的报告（-o json 或 jsonl 的输出，或 --history 的文件）：报告区分新增、已变化、未变和已消除的事项，\n只有新增的使命令以状态 1 结束",
        "en": "an earlier report (-o json, jsonl, or the file of --history): tells what is new,\nupdated, unchanged and resolved since; only what is new ends with status 1",
    },
    "U391": {
        "zh": "不是本程序的报告，不能作基线；请用 -o json=文件 得到的报告",
        "en": "is no report of this program and cannot be the baseline; name one that -o json=FILE has written",
    },
    "U392": {
        "zh": "这份报告用的是规则包 `{theirs}`，本次用的是 `{pack}`，不能比较；请换一份报告，或用 --pack {theirs}",
        "en": "this report is by the pack `{theirs}` and this run by `{pack}`, which cannot be compared; name another report, or use --pack {theirs}",
    },
    "U393": {"zh": "`--until {until}` 早于检查基准日 {as_of}", "en": "`--until {until}` lies before the as-of day {as_of}"},
    "U394": {"zh": "`{flag}` 应为一段时间，例如 30日、2周、2个月，而不是 `{value}`", "en": "`{flag}` takes a span such as 30d, 2w or 2m, not `{value}`"},
    "U395": {"zh": "从检查基准日起多长时间内到期，例如 30日、2周、2个月（默认 {default}）", "en": "how far to look ahead from the as-of day: 30d, 2w, 2m (default {default})"},
    "U396": {"zh": "列到哪一天（含当日），代替 --within", "en": "the last day to look at, instead of --within"},
    "U397": {"zh": "按日期、责任主体还是规则排列（默认 {default}）", "en": "arranged by day, by bearer or by rule (default {default})"},
    "U398": {
        "zh": "格式，不写文件则输出到屏幕；可重复（默认 {default}；另有 ics 日历、\nxlsx、json 等，见 policy plugins）",
        "en": "format, to standard output unless a file is named; may be repeated\n(default {default}; ics is a calendar; xlsx, json and others, see policy plugins)",
    },
    "U399": {"zh": "--within 和 --until 只能用一个", "en": "choose either --within or --until"},
    "U400": {
        "zh": "列出即将到期和已经逾期的事项：清单、工作簿或日历（.ics）",
        "en": "list what falls due in the next days and what is overdue: as a list, a workbook, a calendar",
    },
    "U401": {"zh": "不是保存历次核对的文件；请换一个文件名", "en": "is no file of kept runs; name another file"},
    "U402": {"zh": "历次核对的文件无法读写（{reason}）", "en": "the file of kept runs cannot be read or written ({reason})"},
    "U403": {
        "zh": "由更新版本的程序写成（格式 {version}，本程序认识到 {known}）；请升级程序",
        "en": "was written by a later version of the program (format {version}, this one knows {known}); upgrade the program",
    },
    "U404": {"zh": "另一次核对正在写入，等了一分钟仍未结束；请稍后再试", "en": "another run was being kept for more than a minute; try again later"},
    "U405": {
        "zh": "这里保存的是规则包 `{theirs}` 的核对，本次用的是 `{pack}`；请换一个文件名",
        "en": "keeps runs by the pack `{theirs}`, and this one is by `{pack}`; name another file",
    },
    "U406": {"zh": "还没有保存过核对；先运行 policy check --history 文件", "en": "has no runs yet; keep one with policy check --history FILE"},
    "U407": {"zh": "`{flag}` 应为月份，例如 2026-05，而不是 `{value}`", "en": "`{flag}` takes a month such as 2026-05, not `{value}`"},
    "U408": {"zh": "列出最近几个月（默认 {default}）", "en": "how many months to show (default {default})"},
    "U409": {"zh": "看哪个月的变化（默认最近一个月）", "en": "the month whose changes are shown (default: the latest)"},
    "U410": {"zh": "格式 text、json 或 xlsx，不写文件则输出到屏幕（默认 {default}）", "en": "text, json or xlsx, to standard output unless a file is named (default {default})"},
    "U411": {"zh": "请写明一个文件，例如：policy history 核对历史.sqlite", "en": "name one file, as in: policy history runs.sqlite"},
    "U412": {"zh": "`-o {value}` 应为 text、json 或 xlsx，例如 -o xlsx=趋势.xlsx", "en": "`-o {value}` is to be text, json or xlsx, as in -o xlsx=trend.xlsx"},
    "U413": {"zh": "`--last` 应至少为 1，而不是 {value}", "en": "`--last` is at least 1, not {value}"},
    "U414": {"zh": "没有 {month} 的核对；有：{known:、}", "en": "no run was kept of {month}; there are: {known:, }"},
    "U415": {
        "zh": "把这次核对保存到文件，供 policy history 比较和看趋势（不存姓名）",
        "en": "keep the run in a file, for policy history to compare and show trends\n(no names are kept)",
    },
    "U416": {"zh": "列出保存的历次核对、各月趋势和变化", "en": "show the runs that were kept, how things went by month, and what a month changed"},
    "U417": {
        "zh": "为这次核对留痕：把数据、规则包、参数等的摘要和结果的摘要写入文件夹，\n与上一次的相连，供 policy audit 查验和重做",
        "en": "write a manifest of the run into a folder: digests of data, pack, parameters and\nresult, chained to the run before, for policy audit to verify and replay",
    },
    "U418": {"zh": "留痕所用的摘要算法：sha256 或 sm3（默认 {default}）", "en": "the digest of manifests: sha256 or sm3 (default {default})"},
    "U419": {"zh": "查验留痕：数据、规则包和留痕本身有没有改动；重做某一次核对，逐字节比较", "en": "verify manifests: whether data, packs or they themselves have changed; replay a run"},
    # verify
    "U450": {
        "zh": "这里没有安装所需的组件：{absent}；请安装 policy[verify]",
        "en": "it needs what is not installed here: {absent}; install policy[verify]",
    },
    "U451": {"zh": "不用数据，检查规则本身：矛盾、多余、永远用不上的规则", "en": "examine the rules without data: conflicts, rules that never apply, redundant ones"},
    "U452": {"zh": "`{flag}` 的值 `{value}` 应为大于 0 的整数", "en": "the value `{value}` of `{flag}` is to be a whole number above 0"},
    "U453": {"zh": "只查这些：发现的种类（如 conflict），或者规则编号的开头；可多次使用", "en": "look for these only: a kind of finding (conflict), or what a rule's id begins with; repeatable"},
    "U454": {"zh": "不查这些，写法同 --select；可多次使用", "en": "leave these out, written as for --select; repeatable"},
    "U455": {"zh": "最多用多少秒处理器时间，没有查完的列为未能判定（默认 {default}）", "en": "seconds of the processor at most; what is left then is not decided (default {default})"},
    "U456": {"zh": "每张表至多看多少行（默认 {default}）", "en": "rows of each table that are looked at (default {default})"},
    "U457": {"zh": "随机数据的种子（默认 {default}）", "en": "where the random data start (default {default})"},
    "U458": {"zh": "也列出提示：不是缺陷，但值得知道", "en": "list advice too: no defects, but worth knowing"},
    "U459": {"zh": "把说明问题的案例写入这个文件", "en": "write the cases that show the findings to this file"},
    "U460": {"zh": "输出格式：text 或者 json（默认 {default}）", "en": "how to print: text or json (default {default})"},
    "U461": {"zh": "正在检查 {pack} 的 {rules} 条规则……", "en": "examining {pack}, {rules:rule|rules} …"},
    "U463": {"zh": "不比较规则，而比较这些数据的结果有什么不同；可多次使用", "en": "compare the outcomes of these data instead of the rules; repeatable"},
    "U464": {"zh": "请写明两个规则包：原来的和改后的，例如 `policy compare supervision_talks rules/our_office`", "en": "name two packs, the one before and the one after: `policy compare supervision_talks rules/our_office`"},
    "U465": {"zh": "比较两个规则包：改后的是否放宽了要求，在数据上有什么不同", "en": "compare two packs: whether the second asks less, and what it changes on data"},
    "U462": {"zh": "没有这种发现，也没有编号以此开头的规则；发现的种类有：{known:、}", "en": "neither a kind of finding nor how a rule's id begins; the kinds are: {known:, }"},
}


_REASONS = {
    "ENOENT": "没有这个文件或文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EEXIST": "已有同名的文件或文件夹",
    "EACCES": "没有权限，或者文件正被别的程序打开",
    "EPERM": "系统不允许这样做",
    "ENOSPC": "磁盘已满",
    "EROFS": "磁盘是只读的",
    "EMFILE": "打开的文件太多",
    "ENAMETOOLONG": "名称太长",
    "ELOOP": "符号链接循环",
    "EBUSY": "正被别的程序使用",
    "EINVAL": "名称不合系统的要求",
    "EIO": "磁盘或网络读写出错",
    "EFBIG": "文件太大",
}
"""Why the system refuses, by the name of its number."""

_CHINESE = {os.strerror(getattr(errno, name)): words for name, words in _REASONS.items()}


def argument(value: str, language: str) -> str:
    """An argument in words: what the system says in English, in Chinese where that is spoken and the words are known."""
    return _CHINESE.get(value, value) if language == "zh" else value
