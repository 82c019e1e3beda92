// Where files of a case's own go: an upload of its own kind, which ends as evidence.
import { api, body, type Schemas } from "@/api/client";
import { chunkBody, type UploadPlace } from "@/parts/uploads";

export interface CaseFileStory {
  kind: "original" | "capture";
  what: string;
}

export function caseFiles(id: string, { kind, what }: CaseFileStory): UploadPlace {
  const path = (upload: string) => ({ case: id, upload });
  return {
    key: `case/${id}`,
    begin: (file, signal) =>
      body(api.POST("/cases/{case}/files", { params: { path: { case: id } }, body: { file_name: file.name, size_bytes: file.size, kind, ...(what ? { what } : {}) }, signal })),
    put: ({ id: upload, offset }, chunk, signal) =>
      body(api.PUT("/cases/{case}/files/{upload}", { params: { path: path(upload), query: { offset } }, ...chunkBody(chunk), signal })),
    look: ({ id: upload }, signal) => body(api.GET("/cases/{case}/files/{upload}", { params: { path: path(upload) }, signal })),
    giveUp: ({ id: upload }) => body(api.DELETE("/cases/{case}/files/{upload}", { params: { path: path(upload) } })),
  };
}

/** Uploads that stopped half way: the same file goes on where it was. */
export async function unfinished(id: string): Promise<Schemas["Upload"][]> {
  return body(api.GET("/cases/{case}/files", { params: { path: { case: id } } })).then(
    ({ items }) => items,
    () => [],
  );
}

export function fileAddress(id: string, item: string): string {
  return `/api/v1/cases/${id}/evidence/${item}/content`;
}
