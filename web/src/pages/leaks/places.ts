// Where a leak's files go: an upload of its own kind, which ends as evidence.
import { api, body } from "@/api/client";
import { chunkBody, type UploadPlace } from "@/parts/uploads";

export interface FileStory {
  kind: "original" | "repost" | "capture";
  parent?: string | null;
}

export function filesOf(leak: string, story: FileStory = { kind: "original" }): UploadPlace {
  const path = (upload: string) => ({ leak, upload });
  return {
    key: `leak/${leak}`,
    begin: (file, signal) =>
      body(
        api.POST("/leaks/{leak}/files", {
          params: { path: { leak } },
          body: { file_name: file.name, size_bytes: file.size, kind: story.kind, ...(story.parent ? { parent: story.parent } : {}) },
          signal,
        }),
      ),
    put: ({ id, offset }, chunk, signal) =>
      body(api.PUT("/leaks/{leak}/files/{upload}", { params: { path: path(id), query: { offset } }, ...chunkBody(chunk), signal })),
    look: ({ id }, signal) => body(api.GET("/leaks/{leak}/files/{upload}", { params: { path: path(id) }, signal })),
    giveUp: ({ id }) => body(api.DELETE("/leaks/{leak}/files/{upload}", { params: { path: path(id) } })),
  };
}

export function pictureAddress(leak: string, item: string): string {
  return `/api/v1/leaks/${leak}/evidence/${item}/picture`;
}

export function contentAddress(leak: string, item: string): string {
  return `/api/v1/leaks/${leak}/evidence/${item}/content`;
}
