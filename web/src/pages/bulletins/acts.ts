// Bulletins and what is done with them.
import { useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "@/api/client";
import "@/texts/bulletins";

export type BulletinView = Schemas["Bulletin"];
export type Draft = Schemas["BulletinDraft"];
export const concerned = ["bulletins", "bulletin", "joint-cases", "joint-case"];
export const kinds: Schemas["BulletinKind"][] = ["fraud_pattern", "counterfeit_alert", "brand_alert", "notice"];

export function useBulletinMembers(enabled = true) {
  return useQuery({ queryKey: ["bulletin-members"], queryFn: ({ signal }) => body(api.GET("/bulletins/members", { signal })), staleTime: 60_000, enabled });
}

export type BulletinGroup = Schemas["BulletinGroup"];

export function useBulletinGroups(enabled = true) {
  return useQuery({ queryKey: ["bulletin-groups"], queryFn: ({ signal }) => body(api.GET("/bulletins/groups", { signal })), enabled });
}

export function useLabels() {
  return useQuery({ queryKey: ["tlp-labels"], queryFn: ({ signal }) => body(api.GET("/bulletins/labels", { signal })), staleTime: Infinity });
}

/** The host of a link, shown instead of whatever a text may pretend; null for what is no web address. */
export function hostOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? host : null;
  } catch {
    return null;
  }
}
