// The frame around the staff's pages.
import { addTexts } from "@/i18n";
import type { Same } from "./same";

export const en = { projects: "Projects" };

export const zh: Same<typeof en> = { projects: "项目" };

addTexts("shell", { en, zh });
