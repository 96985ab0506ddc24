"""What is said of plug-ins that cannot be used."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "P01": {"zh": "模块 `{module}` 不能导入：{reason}", "en": "module `{module}` cannot be imported: {reason}"},
    "P02": {
        "zh": "没有名为 `{hook}` 的钩子，是否应为 `{nearest}`？",
        "en": "there is no hook `{hook}`, did you mean `{nearest}`?",
    },
    "P03": {"zh": "没有名为 `{hook}` 的钩子；可用的有：{known}", "en": "there is no hook `{hook}`; the hooks are: {known}"},
    "P04": {"zh": "函数 `{hook}` 前缺少 `@hookimpl`", "en": "`@hookimpl` is missing before `{hook}`"},
    "P05": {"zh": "插件不符合约定：{reason}", "en": "the plug-in does not keep to the contract: {reason}"},
    "P06": {"zh": "钩子 `{hook}` 出错：{reason}", "en": "hook `{hook}` raised: {reason}"},
    "P07": {
        "zh": "钩子 `{hook}` 返回的 `{thing}` 不是 {wanted}",
        "en": "hook `{hook}` returned `{thing}`, which is not {wanted}",
    },
    "P08": {
        "zh": "`{name}`（{hook}）已由插件 {other} 提供，未采用",
        "en": "`{name}` ({hook}) is already given by plug-in {other}, and is left out",
    },
    # at work: without the text of an error, which may quote confidential data
    "P09": {
        "zh": "`{name}` 运行出错（{kind}，{where}）；设 POLICY_DEBUG=1 再运行一次，可看到详细位置，请反馈给插件的作者",
        "en": "`{name}` failed ({kind} at {where}); run again with POLICY_DEBUG=1 for the details and report them to its author",
    },
    "P10": {
        "zh": "`{name}` 给出的 `{thing}` 不是 {wanted}，请反馈给插件的作者",
        "en": "`{name}` gave `{thing}`, which is not {wanted}; report it to the author of the plug-in",
    },
    "P11": {
        "zh": "函数 `{name}` 运行出错（{kind}，{where}），出错处按缺失处理",
        "en": "function `{name}` failed ({kind} at {where}); where it fails its value counts as missing",
    },
}
