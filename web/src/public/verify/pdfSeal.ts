// The seal of a PDF, checked here in the browser: that not a byte was changed, and whose certificate made it. It takes the one form
// that docs/formats.md ("Sealed PDFs") describes; `probity verify` checks more of the form, pdfsig checks it independently.
import { p256 } from "@noble/curves/p256";
import * as asn1 from "asn1js";
import { equal, fromHex, need, sha256, toHex } from "./bytes";

export interface PdfSeal {
  fingerprint: string; // SHA-256 of the sealing certificate, hex
  hasTimestamp: boolean; // an authority's; judged by `probity verify`, not here
}

const oids = {
  signedData: "1.2.840.113549.1.7.2",
  data: "1.2.840.113549.1.7.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.47",
  timestamp: "1.2.840.113549.1.9.16.2.14",
  p256: "1.2.840.10045.3.1.7",
  ecdsaSha256: "1.2.840.10045.4.3.2",
} as const;

type Node = { valueBlock: { value?: Node[] }; idBlock: { tagClass: number; tagNumber: number }; valueBeforeDecodeView: Uint8Array };

const children = (node: Node | undefined): Node[] => node?.valueBlock.value ?? [];
const oid = (node: Node | undefined): string => (node instanceof asn1.ObjectIdentifier ? node.valueBlock.toString() : "");
const octets = (node: Node | undefined): Uint8Array => {
  need(node instanceof asn1.OctetString, "sealForm");
  return new Uint8Array(node.valueBlock.valueHexView);
};

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** The two ranges that are sealed, and what stands between them. */
function ranges(pdf: Uint8Array): { first: Uint8Array; second: Uint8Array; contents: Uint8Array } {
  const text = latin1(pdf);
  const found = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  need(found.length > 0, "notSealed");
  need(found.length === 1, "sealedTwice");
  const [start, before, after, length] = (found[0] ?? []).slice(1).map(Number) as [number, number, number, number];
  need(start === 0 && before > 0 && after > before && after + length === pdf.length, "bytesAfter");
  need(text[before] === "<" && text[after - 1] === ">", "sealForm");
  const hex = text.slice(before + 1, after - 1);
  need(/^[0-9a-f]+$/.test(hex) && hex.length % 2 === 0, "sealForm");
  // The range is part of what is sealed, and the gap holds the signature and nothing else.
  return { first: pdf.subarray(0, before), second: pdf.subarray(after), contents: fromHex(hex) };
}

function readSignature(contents: Uint8Array) {
  const root = asn1.fromBER(contents.slice().buffer);
  need(root.offset > 0, "sealForm");
  need(contents.subarray(root.offset).every((byte) => byte === 0), "sealForm");
  const [type, wrapped] = children(root.result as unknown as Node);
  need(oid(type) === oids.signedData, "sealForm");
  const parts = children(children(wrapped)[0]);
  const certificates = parts.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  const signers = children(parts[parts.length - 1]);
  need(signers.length === 1, "sealForm");
  const signer = children(signers[0]);
  const tagged = (tag: number) => signer.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === tag);
  const signed = tagged(0);
  const signedAt = signed === undefined ? -1 : signer.indexOf(signed);
  need(signed !== undefined && oid(children(signer[signedAt + 1])[0]) === oids.ecdsaSha256, "algorithm");
  return { certificates: children(certificates), signed, signature: octets(signer[signedAt + 2]), unsigned: tagged(1) };
}

function attribute(attributes: Node, type: string): Node | undefined {
  const found = children(attributes).filter((one) => oid(children(one)[0]) === type);
  need(found.length <= 1, "sealForm");
  const values = children(children(found[0])[1]);
  need(found.length === 0 || values.length === 1, "sealForm");
  return values[0];
}

/** The certificate's public point: 65 bytes of P-256. */
function publicKey(certificate: Node): Uint8Array {
  const body = children(children(certificate)[0]);
  const info = body.find((one) => oid(children(children(one)[0])[1]) === oids.p256);
  const bits = children(info)[1];
  need(bits instanceof asn1.BitString, "algorithm");
  return new Uint8Array(bits.valueBlock.valueHexView);
}

/** Throws Refused when the file is not sealed, was changed, or has a form that is not ours. */
export function checkPdfSeal(pdf: Uint8Array): PdfSeal {
  const { first, second, contents } = ranges(pdf);
  const { certificates, signed, signature, unsigned } = readSignature(contents);
  need(certificates.length > 0, "sealForm");
  need(oid(attribute(signed, oids.contentType)) === oids.data, "sealForm");
  need(equal(octets(attribute(signed, oids.messageDigest)), sha256(first, second)), "changed");

  // signing-certificate-v2 names the certificate by its SHA-256, so another one with the same key cannot take its place.
  const named = children(children(children(attribute(signed, oids.signingCertificate))[0])[0]);
  const stated = octets(named.find((one) => one instanceof asn1.OctetString));
  const sealing = certificates.find((one) => equal(sha256(one.valueBeforeDecodeView), stated));
  need(sealing !== undefined, "certificate");

  // What is signed is the set of attributes under its own tag, not under the implicit one it has in the message.
  const attributes = signed.valueBeforeDecodeView.slice();
  attributes[0] = 0x31;
  let valid = false;
  try {
    valid = p256.verify(signature, sha256(attributes), publicKey(sealing), { prehash: false, format: "der", lowS: false } as object);
  } catch {
    valid = false;
  }
  need(valid, "signature");
  return { fingerprint: toHex(stated), hasTimestamp: unsigned !== undefined && attribute(unsigned, oids.timestamp) !== undefined };
}
