// Which log and which witnesses are believed, and how many are enough (c2sp.org/tlog-policy).
import { fromDecimal, need } from "./bytes";
import { parseVerifierKey, type VerifierKey } from "./notes";

export interface Policy {
  logs: VerifierKey[];
  witnesses: { name: string; key: VerifierKey }[];
  groups: { name: string; threshold: number; members: string[] }[];
  quorum: string; // "none", or the name of a witness or a group
}

export function parsePolicy(text: string): Policy {
  const policy: Policy = { logs: [], witnesses: [], groups: [], quorum: "" };
  const known = new Set<string>(["none"]);
  const define = (name: string) => {
    need(name !== "" && !known.has(name), "policy");
    known.add(name);
  };
  for (const line of text.split("\n")) {
    const words = line.split(/[ \t]+/).filter((word) => word !== "");
    const [verb, first = "", second = "", ...rest] = words;
    if (verb === undefined || verb.startsWith("#")) continue;
    if (verb === "log") {
      policy.logs.push(parseVerifierKey(first));
    } else if (verb === "witness") {
      define(first);
      policy.witnesses.push({ name: first, key: parseVerifierKey(second) });
    } else if (verb === "group") {
      need(rest.length > 0 && rest.every((member) => member !== "none" && known.has(member)), "policy");
      define(first);
      const threshold = second === "any" ? 1 : second === "all" ? rest.length : fromDecimal(second);
      need(threshold >= 1 && threshold <= rest.length, "policy");
      policy.groups.push({ name: first, threshold, members: rest });
    } else {
      need(verb === "quorum" && policy.quorum === "" && known.has(first), "policy");
      policy.quorum = first;
    }
  }
  need(policy.quorum !== "", "policy");
  return policy;
}

export function satisfied(policy: Policy, seen: ReadonlySet<string>): boolean {
  const holds = (name: string): boolean => {
    const group = policy.groups.find((one) => one.name === name);
    return group === undefined ? seen.has(name) : group.members.filter(holds).length >= group.threshold;
  };
  return policy.quorum === "none" || holds(policy.quorum);
}
