// The recipient's session: the link's token on its way to being exchanged, the home it opens, the server's clock.
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body, setCsrfToken, type Schemas } from "@/api/client";
import { asApiError } from "@/api/errors";

export type Home = Schemas["RecipientHome"];
export type CommitmentRow = Schemas["RecipientCommitmentRow"];
export type RecipientCommitment = Schemas["RecipientCommitment"];
export type RecipientCopy = Schemas["RecipientCopy"];
export type Slip = Schemas["Slip"];

/** What a mistake may be reported about: everything that was once in force for this person. */
export function canSlip(row: CommitmentRow): boolean {
  return Boolean(row.signed_at) && ["in_force", "breached", "revoked", "replaced"].includes(row.state);
}
export function canInvite(row: CommitmentRow): boolean {
  return row.state === "in_force" && row.role === "recipient" && row.may_invite_colleagues === true;
}

/** Kept back until an instant, though all has been signed. */
export function heldUntil(copy: RecipientCopy): string | null {
  return copy.not_before && Date.parse(copy.not_before) > serverNow() ? copy.not_before : null;
}
export function canOpen(copy: RecipientCopy): boolean {
  return copy.state === "available" && heldUntil(copy) === null;
}

const tokenKey = "probity.link";

/** Takes the token out of the address bar at once, so that it is not in the history, and keeps it for a reload. */
export function takeToken(): string {
  const fragment = window.location.hash.slice(1);
  if (fragment !== "") {
    sessionStorage.setItem(tokenKey, fragment);
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }
  return sessionStorage.getItem(tokenKey) ?? "";
}

export function dropToken(): void {
  sessionStorage.removeItem(tokenKey);
}

export const keys = {
  home: ["recipient", "home"] as const,
  commitment: (id: string) => ["recipient", "commitment", id] as const,
  copies: ["recipient", "copies"] as const,
};

/** How far the server's clock is ahead of this device's, as last heard. Countdowns follow the server. */
let clockOffset_ms = 0;
export function hearServerTime(serverTime: string): void {
  const heard = Date.parse(serverTime);
  if (Number.isFinite(heard)) clockOffset_ms = heard - Date.now();
}
export function serverNow(): number {
  return Date.now() + clockOffset_ms;
}

/** The server's time in ms, renewed every `every_ms`. */
export function useServerNow(every_ms = 1000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverNow()), every_ms);
    return () => window.clearInterval(timer);
  }, [every_ms]);
  return now;
}

/** Takes in a home, wherever it came from. */
export function acceptHome(queries: QueryClient, home: Home): void {
  setCsrfToken(home.csrf_token);
  hearServerTime(home.server_time);
  queries.setQueryData(keys.home, home);
}

export function useHome(enabled = true) {
  return useQuery({
    queryKey: keys.home,
    queryFn: async () => {
      const home = await body(api.GET("/recipient/home"));
      setCsrfToken(home.csrf_token);
      hearServerTime(home.server_time);
      return home;
    },
    enabled,
    refetchInterval: 60_000,
  });
}

/** What waits for the other signatory changes without us: ask again often, else not at all. */
export function useCommitment(id: string) {
  return useQuery({
    queryKey: keys.commitment(id),
    queryFn: async () => {
      const commitment = await body(api.GET("/recipient/commitments/{commitment}", { params: { path: { commitment: id } } }));
      hearServerTime(commitment.server_time);
      return commitment;
    },
    refetchInterval: (query) => (query.state.data?.step === "wait" ? 5_000 : false),
  });
}

export function useCopies() {
  return useQuery({
    queryKey: keys.copies,
    queryFn: () => body(api.GET("/recipient/copies")),
    // Copies are made right after the last signature: look often while there are none or some are under way, but not for ever.
    refetchInterval: ({ state }) => {
      const items = state.data?.items ?? [];
      const soon = items.length === 0 || items.some((copy) => copy.state === "preparing");
      return soon && state.dataUpdateCount < 40 ? 3_000 : 60_000;
    },
  });
}

/** Puts a commitment that an answer brought where the pages read it, and has the home asked for again. */
export function useAcceptCommitment(): (commitment: RecipientCommitment) => void {
  const queries = useQueryClient();
  return (commitment) => {
    hearServerTime(commitment.server_time);
    queries.setQueryData(keys.commitment(commitment.id), commitment);
    void queries.invalidateQueries({ queryKey: keys.home });
    void queries.invalidateQueries({ queryKey: keys.copies });
  };
}

/** For the error of a change: a session that has ended shows its page, everything else is returned to be shown. */
export function useRefusal(): (error: unknown) => ReturnType<typeof asApiError> {
  const queries = useQueryClient();
  return (error) => {
    const refusal = asApiError(error);
    if (refusal.status === 401) void queries.invalidateQueries({ queryKey: keys.home });
    return refusal;
  };
}
