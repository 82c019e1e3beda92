// Who is signed in. The session's CSRF token goes to the API client as soon as it is known.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import { api, body, type Schemas, setCsrfToken } from "@/api/client";
import { setLocale } from "@/i18n";

export type Session = Schemas["Session"];
export type Role = Schemas["Role"];

const sessionKey = ["session"];

export function useSessionQuery() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session = await body(api.GET("/session", { signal }));
      setCsrfToken(session.csrf_token);
      return session;
    },
    staleTime: 5 * 60_000,
    retry: false,
  });
}

/** After signing in, or a change to the own account. */
export function acceptSession(queries: QueryClient, session: Session): void {
  setCsrfToken(session.csrf_token);
  setLocale(session.account.locale);
  queries.setQueryData(sessionKey, session);
}

interface Known {
  session: Session;
  has: (...roles: Role[]) => boolean;
}

const SessionContext = createContext<Known | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const known = useMemo(
    () => ({ session, has: (...roles: Role[]) => roles.some((role) => session.account.roles.includes(role)) }),
    [session],
  );
  return <SessionContext.Provider value={known}>{children}</SessionContext.Provider>;
}

export function useSession(): Known {
  const known = useContext(SessionContext);
  if (known === null) throw new Error("useSession outside of SessionProvider");
  return known;
}

export function useSignOut() {
  const queries = useQueryClient();
  return useCallback(async () => {
    try {
      await api.POST("/sign-out");
    } finally {
      setCsrfToken("");
      queries.clear();
      window.location.assign("/sign-in");
    }
  }, [queries]);
}
