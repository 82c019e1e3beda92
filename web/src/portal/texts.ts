// Texts of the recipient's pages.
import type { Same } from "@/texts/same";

export const en = {};

export const zh: Same<typeof en> = {};
