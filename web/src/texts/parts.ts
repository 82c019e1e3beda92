// What fields and lists say on every page.
import { addTexts } from "@/i18n";
import type { Same } from "./same";

export const en = {
  wallTime: "Date and time (24 h)",
  zone: "Time zone",
  pickTime: "Pick a date and time",
  previousMonth: "Previous month",
  nextMonth: "Next month",
  takeTime: "Take this time",
  hours: "Hours",
  minutes: "Minutes",
  isUtc: "{{utc}} UTC",
  isLocal: "{{local}} for you",
  inPast: "This instant has passed.",
  noTime: "none",
  linkTitle: "Link for {{name}}",
  linkText: "Hand it over in any messenger, or let the person scan it. Older links of theirs have stopped working.",
  link: "Link",
  linkCode: "One-time code",
  linkCodeHint: "Tell it to the person at the door; otherwise it comes by e-mail.",
  linkExpires: "Valid until",
  qr: "QR code of the link",
  secretOnce: "This is shown once. Keep it somewhere safe now.",
};

export const zh: Same<typeof en> = {
  wallTime: "日期和时间（24 小时制）",
  zone: "时区",
  pickTime: "选择日期和时间",
  previousMonth: "上个月",
  nextMonth: "下个月",
  takeTime: "采用此时间",
  hours: "时",
  minutes: "分",
  isUtc: "{{utc}} UTC",
  isLocal: "您的当地时间 {{local}}",
  inPast: "该时刻已过。",
  noTime: "无",
  linkTitle: "{{name}} 的链接",
  linkText: "可通过任何聊天工具转交，或请对方扫码。对方此前的链接已失效。",
  link: "链接",
  linkCode: "一次性验证码",
  linkCodeHint: "可当面告知对方；否则将通过邮件发送。",
  linkExpires: "有效期至",
  qr: "链接二维码",
  secretOnce: "此内容只显示一次，请立即妥善保存。",
};

addTexts("parts", { en, zh });
