// Bytes as base64, in pieces: one call with millions of arguments would not fit the stack.
const piece = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  let letters = "";
  for (let at = 0; at < bytes.length; at += piece) letters += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(letters);
}
