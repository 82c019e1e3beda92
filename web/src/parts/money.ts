// Amounts: whole numbers of a currency's smallest unit in the API, digits with a point in fields.
import { currentLocale } from "@/i18n";

/** Digits after the point: 2 for most currencies, 0 for the yen. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** "50000.00" in EUR is 5000000; null when it is no amount, or has more digits than the currency. */
export function minorOf(text: string, currency: string): number | null {
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const digits = digitsOf(currency);
  const cents = match[2] ?? "";
  if (cents.length > digits) return null;
  const minor = Number((match[1] ?? "") + cents.padEnd(digits, "0"));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** For a field: 5000000 in EUR is "50000.00". */
export function amountText(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const sign = minor < 0 ? "-" : "";
  const all = String(Math.abs(minor)).padStart(digits + 1, "0");
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** For reading, in the reader's language. */
export function money({ minor, currency }: { minor: number; currency: string }): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat(currentLocale() === "zh" ? "zh-CN" : "en-GB", {
    style: "currency",
    currency,
    currencyDisplay: "code",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}

/** An amount in so many parts as equal as whole units allow; the first ones carry what is left over. */
export function parts(minor: number, count: number): number[] {
  const each = Math.floor(minor / count);
  const over = minor - each * count;
  return Array.from({ length: count }, (_, index) => each + (index < over ? 1 : 0));
}

export const currencies = ["CNY", "EUR", "USD", "GBP", "CHF", "JPY", "KRW", "HKD", "SEK", "CZK"];
