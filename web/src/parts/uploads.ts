// Uploads that outlive the page they were started on: chunks in order, two files at a time, going on where one stopped.
import { useSyncExternalStore } from "react";
import type { Schemas } from "@/api/client";
import { ApiError, asApiError } from "@/api/errors";

type Upload = Schemas["Upload"];
export type Stage = "queued" | "sending" | "preparing" | "paused";

/** What takes the files: a project its masters, a leak its pictures. */
export interface UploadPlace {
  key: string;
  begin: (file: File, signal: AbortSignal) => Promise<Upload>;
  put: (upload: Upload, chunk: Blob, signal: AbortSignal) => Promise<Upload>;
  look: (upload: Upload, signal: AbortSignal) => Promise<Upload>;
  giveUp: (upload: Upload) => Promise<unknown>;
}

/** A chunk of a file as the body of a typed call. */
export function chunkBody(chunk: Blob) {
  return {
    body: chunk as unknown as string,
    bodySerializer: (bytes: unknown) => bytes as Blob,
    headers: { "Content-Type": "application/octet-stream" },
  };
}

export interface UploadLine {
  key: string;
  place: UploadPlace;
  name: string;
  size_bytes: number;
  sent_bytes: number;
  stage: Stage;
  job: string | null;
  problem: ApiError | null;
}

interface Work extends UploadLine {
  file: File;
  upload: Upload | null;
  stop: AbortController;
}

const atOnce = 2;
const patience = 5;

/** A refusal that another try of the same chunk may not meet. */
function passing(error: ApiError): boolean {
  return error.status === 0 || error.status === 429 || error.status === 408 || (error.status >= 500 && error.status !== 507);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class UploadQueue {
  private work: Work[] = [];
  private shown: UploadLine[] = [];
  private readonly watchers = new Set<() => void>();
  private serial = 0;

  watch = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
  lines = () => this.shown;

  /** `known` are the server's unfinished uploads: a file of the same name and size goes on there. */
  add(place: UploadPlace, files: File[], known: Upload[]): void {
    const free = known.filter(({ id }) => !this.work.some(({ upload }) => upload?.id === id));
    for (const file of files) {
      const index = free.findIndex(({ file_name, size_bytes }) => file_name === file.name && size_bytes === file.size);
      const upload = index >= 0 ? (free.splice(index, 1)[0] ?? null) : null;
      this.work.push({
        key: `upload-${++this.serial}`,
        place,
        name: file.name,
        size_bytes: file.size,
        sent_bytes: upload?.offset ?? 0,
        stage: "queued",
        job: null,
        problem: null,
        file,
        upload,
        stop: new AbortController(),
      });
    }
    this.tell();
    this.next();
  }

  retry(key: string): void {
    this.change(key, { stage: "queued", problem: null });
    this.next();
  }

  async cancel(key: string): Promise<void> {
    const line = this.work.find((candidate) => candidate.key === key);
    if (!line) return;
    line.stop.abort();
    this.remove(key);
    if (line.upload) await line.place.giveUp(line.upload).catch(() => undefined);
  }

  remove(key: string): void {
    this.work = this.work.filter((line) => line.key !== key);
    this.tell();
    this.next();
  }

  busy(): boolean {
    return this.work.some(({ stage }) => stage === "queued" || stage === "sending");
  }

  private tell(): void {
    this.shown = this.work.map(({ file: _, upload: __, stop: ___, ...line }) => line);
    for (const watcher of this.watchers) watcher();
  }

  private change(key: string, values: Partial<Work>): void {
    const line = this.work.find((candidate) => candidate.key === key);
    if (line) Object.assign(line, values);
    this.tell();
  }

  private next(): void {
    while (this.work.filter(({ stage }) => stage === "sending").length < atOnce) {
      const line = this.work.find(({ stage }) => stage === "queued");
      if (!line) return;
      line.stage = "sending";
      void this.run(line);
    }
  }

  private async run(line: Work): Promise<void> {
    try {
      line.upload ??= await line.place.begin(line.file, line.stop.signal);
      while (line.upload.state === "receiving") {
        line.upload = await this.sendChunk(line, line.upload);
        this.change(line.key, { sent_bytes: line.upload.offset });
      }
      this.change(line.key, { stage: "preparing", job: line.upload.job ?? null });
    } catch (error) {
      if (!line.stop.signal.aborted) this.change(line.key, { stage: "paused", problem: asApiError(error) });
    }
    this.next();
  }

  private async sendChunk(line: Work, upload: Upload): Promise<Upload> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const chunk = line.file.slice(upload.offset, upload.offset + upload.chunk_bytes);
        return await line.place.put(upload, chunk, line.stop.signal);
      } catch (error) {
        const problem = asApiError(error);
        if (line.stop.signal.aborted) throw error;
        if (problem.status !== 409 && (!passing(problem) || attempt >= patience)) throw error;
        if (attempt >= patience) throw error;
        await pause(500 * 2 ** attempt);
        // A chunk whose answer was lost may have arrived: the server knows.
        upload = await line.place.look(upload, line.stop.signal).catch(() => upload);
        if (upload.state !== "receiving") return upload;
      }
    }
  }
}

export const uploadQueue = new UploadQueue();

export function useUploads(place: string): UploadLine[] {
  return useSyncExternalStore(uploadQueue.watch, uploadQueue.lines).filter((line) => line.place.key === place);
}

// Closing the window loses the files' places, not their bytes; still worth a question.
window.addEventListener("beforeunload", (event) => {
  if (uploadQueue.busy()) event.preventDefault();
});
