// The API as typed calls. Changes carry the CSRF token of the session; refusals become ApiError.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";
import { ApiError, problemOf, unreachable } from "./errors";

export type Schemas = components["schemas"];

let csrfToken = "";
export function setCsrfToken(token: string): void {
  csrfToken = token;
}
export function getCsrfToken(): string {
  return csrfToken;
}

/** Asked when an answer is `step_up_required`; resolves to whether the person proved presence again. */
let stepUp: (() => Promise<boolean>) | null = null;
export function onStepUp(ask: (() => Promise<boolean>) | null): void {
  stepUp = ask;
}

/** Called when the session has ended. */
let signedOut: (() => void) | null = null;
export function onSignedOut(handler: (() => void) | null): void {
  signedOut = handler;
}

const changes = new Set(["POST", "PUT", "PATCH", "DELETE"]);

async function send(request: Request): Promise<Response> {
  // A body can be read once: keep a twin for the try after a step-up.
  const again = request.clone();
  const response = await once(request);
  if (response.status !== 403 || stepUp === null) return response;
  const problem = await problemOf(response.clone());
  if (problem.code !== "step_up_required") return response;
  return (await stepUp()) ? once(again) : response;
}

async function once(request: Request): Promise<Response> {
  if (changes.has(request.method) && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
  try {
    return await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(unreachable);
  }
}

const refusals: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok) return undefined;
    const problem = await problemOf(response);
    const others = ["/recipient", "/answer", "/accused", "/public", "/alliance"].some((prefix) => schemaPath.startsWith(prefix));
    const staff = !others && schemaPath !== "/sign-in" && schemaPath !== "/session/step-up";
    if (response.status === 401 && staff) signedOut?.();
    throw new ApiError(problem);
  },
};

// Global fetch is looked up at each call, which lets tests put their own in.
export const api = createClient<paths>({ baseUrl: "/api/v1", fetch: send, credentials: "same-origin" });
api.use(refusals);

/** The hub's own paths, which lie beside the API: what a listed person's page speaks to. */
export const hub = createClient<paths>({ baseUrl: "", fetch: send, credentials: "same-origin" });
hub.use(refusals);

/** The body of an answer. Refusals have been thrown by then; 204 has none. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
