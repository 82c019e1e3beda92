// Shoots that one attended, and the frames handed in there.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body, getCsrfToken, type Schemas } from "@/api/client";
import { ApiError, problemOf, unreachable } from "@/api/errors";

export type Shoot = Schemas["RecipientShoot"];
export type Frame = Schemas["RecipientFrame"];
const pageSize = 30;

export const keys = { shoots: ["recipient", "shoots"] as const, frames: (shoot: string) => ["recipient", "frames", shoot] as const };

export function useShoots() {
  return useQuery({ queryKey: keys.shoots, queryFn: ({ signal }) => body(api.GET("/recipient/shoots", { signal })) });
}

export function useFrames(shoot: string) {
  return useInfiniteQuery({
    queryKey: keys.frames(shoot),
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      body(api.GET("/recipient/shoots/{shoot}/frames", { signal, params: { path: { shoot }, query: { offset: pageParam, limit: pageSize } } })),
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
      return last.items.length > 0 && shown < last.total ? shown : undefined;
    },
    // Decisions are made elsewhere.
    refetchInterval: 20_000,
  });
}

/** Sends a file as it is. True when it was new here. */
export async function handIn(shoot: string, file: File): Promise<boolean> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/recipient/shoots/${shoot}/frames?file_name=${encodeURIComponent(file.name.slice(0, 200))}`, {
      method: "POST",
      body: file,
      headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": getCsrfToken() },
    });
  } catch {
    throw new ApiError(unreachable);
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response.status === 201;
}
