// Languages. Each area of the pages brings its texts as a namespace (src/texts/<area>.ts, src/portal/texts.ts).
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import * as common from "./texts/common";

export type Locale = "en" | "zh";
const storageKey = "probity.locale";

function firstLocale(): Locale {
  const stored = localStorage.getItem(storageKey);
  if (stored === "en" || stored === "zh") return stored;
  return navigator.languages.some((language) => language.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

export function setLocale(locale: Locale): void {
  localStorage.setItem(storageKey, locale);
  void i18next.changeLanguage(locale);
}

export function currentLocale(): Locale {
  return i18next.language === "zh" ? "zh" : "en";
}

/** Adds an area's texts; `zh` has the keys of `en` (each area's file says so to the compiler). */
export function addTexts(area: string, texts: { en: object; zh: object }): void {
  i18next.addResourceBundle("en", area, texts.en);
  i18next.addResourceBundle("zh", area, texts.zh);
}

void i18next.use(initReactI18next).init({
  lng: firstLocale(),
  fallbackLng: "en",
  ns: ["common"],
  defaultNS: "common",
  resources: { en: { common: common.en }, zh: { common: common.zh } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

function followLanguage(language: string): void {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
}
followLanguage(i18next.language);
i18next.on("languageChanged", followLanguage);
