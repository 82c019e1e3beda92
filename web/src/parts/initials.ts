// One or two letters for a name: of a Chinese name the last character, of others the first letters of two words.
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? "";
  if (/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(first)) return [...first].slice(-1).join("");
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  return ([...first][0] ?? "").toUpperCase() + ([...last][0] ?? "").toUpperCase();
}
