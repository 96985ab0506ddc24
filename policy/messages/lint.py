"""What is said of a pack that loads and is worth a second look."""

from __future__ import annotations

from policy.lang.keywords import period_text

__all__ = ["HELPS", "MESSAGES", "RELATED", "argument"]

MESSAGES = {
    "L101": {"zh": "规则 `{name}` 没有案例", "en": "rule `{name}` has no case"},
    "L102": {"zh": "没有规则用到参数 `{name}`", "en": "no rule uses parameter `{name}`"},
    "L103": {"zh": "没有规则用到定义 `{name}`", "en": "no rule uses definition `{name}`"},
    "L104": {"zh": "规则 `{name}` 没有整改建议", "en": "rule `{name}` has no remedy"},
    "L105": {"zh": "`{name}` 没有{language}名称", "en": "`{name}` has no {language} name"},
    "L106": {
        "zh": "`{name}` 与 `{other}` 依据、对象和要求都相同，其余不同",
        "en": "`{name}` and `{other}` cite the same place and require the same, and differ in the rest",
    },
    "L107": {"zh": "`{name}` 另有所指：它也是定义、参数、实体、枚举、枚举项或者函数的名称", "en": "`{name}` hides a definition, parameter, entity, enum, member or function of that name"},
    "L108": {"zh": "期限按 {period} 计算，条文写的是 {stated}", "en": "the due day is reckoned by {period}, the article says {stated}"},
    "L109": {"zh": "期限为 {period}，条文写的是 {stated}", "en": "the period is {period}, the article says {stated}"},
    "L110": {"zh": "没有字段、参数或定义用到枚举 `{name}`", "en": "no field, parameter or definition uses enum `{name}`"},
    "L111": {"zh": "没有用到 `{name}`", "en": "`{name}` is not used"},
    "L112": {"zh": "没有规则用到实体 `{name}`", "en": "no rule uses entity `{name}`"},
    "L190": {"zh": "已知 {code} 的说明没有理由", "en": "no reason is given why {code} is known"},
    "L191": {"zh": "已知 {code} 的说明没有对应的发现", "en": "nothing is found that this explains as known {code}"},
}

HELPS = {
    "L101": {"zh": "加一个合规的案例和一个不合规的案例", "en": "add a case that complies and one that does not"},
    "L102": {"zh": "用上它，或者删去", "en": "use it, or remove it"},
    "L103": {"zh": "用上它，或者删去", "en": "use it, or remove it"},
    "L104": {"zh": "写明“整改建议”：责任主体该做什么", "en": "say with `remedy` what the bearer should do"},
    "L105": {"zh": "名称写英文标识，后面用引号写中文名称", "en": "write the identifier in English, and the Chinese name behind it in quotes"},
    "L106": {"zh": "合为一条；确是两条的，注明理由：# 已知 L106：理由", "en": "make one rule of them; where they are two, say why: # known L106: reason"},
    "L107": {"zh": "换一个名称", "en": "choose another name"},
    "L108": {"zh": "日和月不能互换（民法典第二百零二条）；按条文的单位写", "en": "days and months are not the same; write the unit of the article"},
    "L109": {"zh": "按条文改正；另有依据的，写明依据", "en": "correct it by the article; where there is another basis, cite it"},
    "L110": {"zh": "用上它，或者删去", "en": "use it, or remove it"},
    "L111": {"zh": "用上它，或者删去", "en": "use it, or remove it"},
    "L112": {"zh": "用上它，或者删去；只为登记的，注明理由：# 已知 L112：理由", "en": "use it, or remove it; where it is kept for the record only, say so: # known L112: reason"},
    "L190": {"zh": "写明理由：# 已知 {code}：理由", "en": "give one: # known {code}: reason"},
    "L191": {"zh": "删去，或者改正编号和文字", "en": "remove it, or correct its code and text"},
}

RELATED = {"first": {"zh": "另一条在这里", "en": "the other one stands here"}}

_LANGUAGES = {"zh": {"zh": "中文", "en": "Chinese"}, "en": {"zh": "英文", "en": "English"}}


def argument(value: str, language: str) -> str:
    """An argument in words: `@language:` is a language, `@periods:` are amounts with their units, on lines."""
    kind, _, name = value.partition(":")
    if kind == "@language":
        return _LANGUAGES[name][language]
    if kind == "@periods":
        words = [period_text(int(amount), unit, language) for amount, unit in (one.split(" ") for one in name.split("\n"))]
        return ("、" if language == "zh" else ", ").join(words)
    return value
