// Refusals of the API (RFC 9457) as errors that speak the reader's language.
import i18next from "i18next";
import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];

/** The server could not be reached at all. */
export const unreachable: Problem = {
  type: "about:blank",
  title: "The server cannot be reached.",
  title_zh: "无法连接服务器。",
  status: 0,
  code: "unreachable",
  detail: "",
};

const readsChinese = () => i18next.language === "zh";

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
    this.name = "ApiError";
  }
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
  get title(): string {
    return inOwnWords(this.problem.title, this.problem.title_zh);
  }
  get detail(): string {
    return inOwnWords(this.problem.detail, this.problem.detail_zh);
  }
  get hint(): string {
    return inOwnWords(this.problem.hint, this.problem.hint_zh);
  }
  get fields(): Record<string, string> {
    return (readsChinese() && this.problem.fields_zh) || (this.problem.fields ?? {});
  }
}

/** What the server says in two languages, in the reader's. */
export function inOwnWords(english: string | null | undefined, chinese: string | null | undefined): string {
  return (readsChinese() && chinese) || english || "";
}

/** The same, with the English under the Chinese: words of other servers, which somebody may have to pass on. */
export function inBothWords(english: string | null | undefined, chinese: string | null | undefined): string {
  const own = inOwnWords(english, chinese);
  return english && own !== english ? `${own}\n${english}` : own;
}

export async function problemOf(response: Response): Promise<Problem> {
  const plain: Problem = {
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    title_zh: `服务器返回 ${response.status}`,
    status: response.status,
    code: "unknown",
    detail: "",
  };
  try {
    const said: unknown = await response.json();
    return typeof said === "object" && said !== null ? { ...plain, ...said } : plain;
  } catch {
    return plain;
  }
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiError({
    type: "about:blank",
    title: "Something went wrong in this page.",
    title_zh: "此页面出现问题。",
    status: 0,
    code: "page",
    detail,
  });
}
