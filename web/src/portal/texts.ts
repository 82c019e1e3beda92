// The portal's texts, as the namespace "portal".
import { addTexts } from "@/i18n";
import en from "./locales/en.json";
import chinese from "./locales/zh.json";

// The compiler checks that Chinese has every key English has.
const zh: typeof en = chinese;
addTexts("portal", { en, zh });

export { en, zh };
