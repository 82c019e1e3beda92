// The session of somebody who answers by link and code.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, body, setCsrfToken, type Schemas } from "@/api/client";
import { asApiError } from "@/api/errors";

export type AnswerSession = Schemas["AnswerSession"];
export type AccusedCase = Schemas["AccusedCase"];
export type OwnRectification = Schemas["OwnRectification"];

export const keys = { session: ["answer", "session"], accused: ["answer", "accused"], rectification: ["answer", "rectification"] } as const;

export function useAnswerSession(enabled: boolean) {
  return useQuery({
    queryKey: keys.session,
    enabled,
    retry: false,
    queryFn: async ({ signal }) => {
      const session = await body(api.GET("/answer/session", { signal }));
      setCsrfToken(session.csrf_token);
      return session;
    },
  });
}

/** Takes in what a change answered, and looks at the session again when it has ended. */
export function useAccept<T>(key: readonly string[]): { accept: (data: T) => void; refused: (error: unknown) => void } {
  const queries = useQueryClient();
  const accept = useCallback((data: T) => queries.setQueryData([...key], data), [queries, key]);
  const refused = useCallback(
    (error: unknown) => {
      if (asApiError(error).status === 401) void queries.invalidateQueries({ queryKey: keys.session });
    },
    [queries],
  );
  return { accept, refused };
}
