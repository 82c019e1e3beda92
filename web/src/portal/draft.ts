// What a signer has entered but not yet sent, kept in this tab so that a reload loses nothing.
import { useCallback, useState } from "react";

export interface Draft {
  textHash: string;
  readTo: number; // the furthest seen part of the text, 0 to 1
  right: string[]; // questions answered rightly
  answers: Record<string, string>;
  ticks: string[];
  name: string;
  jobTitle: string;
  consent: boolean;
}

function load(key: string, textHash: string): Draft {
  const empty: Draft = { textHash, readTo: 0, right: [], answers: {}, ticks: [], name: "", jobTitle: "", consent: false };
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft | null;
    // Ticks given to another text are not ticks given to this one.
    return kept !== null && kept.textHash === textHash ? { ...empty, ...kept } : empty;
  } catch {
    return empty;
  }
}

export function useDraft(commitment: string, textHash: string): [Draft, (change: Partial<Draft>) => void] {
  const key = `probity.draft.${commitment}`;
  const [draft, setDraft] = useState(() => load(key, textHash));
  const change = useCallback(
    (part: Partial<Draft>) => {
      setDraft((before) => {
        const after = { ...before, ...part };
        sessionStorage.setItem(key, JSON.stringify(after));
        return after;
      });
    },
    [key],
  );
  return [draft, change];
}

export function dropDraft(commitment: string): void {
  sessionStorage.removeItem(`probity.draft.${commitment}`);
}
