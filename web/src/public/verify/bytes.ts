// Bytes, hex and base64 for the checks. Strict: one text for one value, so that nothing is checked in a form that others read
// differently.
import { sha256 as digest } from "@noble/hashes/sha2";

/** Something did not hold; `reason` is a key of the texts under "verify". */
export class Refused extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

export function need(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Refused(reason);
}

export function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = digest.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text: string): Uint8Array {
  need(/^([0-9a-f]{2})*$/.test(text), "malformed");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Refused("malformed");
  }
  // atob takes spaces, missing padding and stray bits.
  need(toBase64(bytes) === text, "malformed");
  return bytes;
}

/** A decimal without sign, spaces or leading zeros, small enough to count with. */
export function fromDecimal(text: string): number {
  need(/^(0|[1-9][0-9]{0,15})$/.test(text), "malformed");
  const value = Number(text);
  need(Number.isSafeInteger(value), "malformed");
  return value;
}
