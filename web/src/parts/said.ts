// What the server says in both languages, in the reader's.
import { currentLocale } from "@/i18n";

export function said(words: { en: string; zh: string } | null | undefined): string {
  if (!words) return "";
  return currentLocale() === "zh" && words.zh ? words.zh : words.en;
}
