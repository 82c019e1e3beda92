// Words and documents that somebody sends: written on this device until they are sent, then never changed.
import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, getCsrfToken, type Schemas } from "@/api/client";
import { ApiError, problemOf } from "@/api/errors";
import { ask } from "@/parts/ask";
import { Failure } from "@/parts/Failure";
import { keys, useAccept, type AccusedCase } from "./session";

type Document = Schemas["AccusedDocument"];
const mostBytes = 20 << 20;
const mostDocuments = 10;

/** A draft that outlives a closed tab, until it is sent. */
function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(name) ?? "");
  return [
    text,
    (next) => {
      setText(next);
      if (next) sessionStorage.setItem(name, next);
      else sessionStorage.removeItem(name);
    },
  ];
}

async function upload(file: File): Promise<Document> {
  const response = await fetch(`/api/v1/accused/documents?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": getCsrfToken() },
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return (await response.json()) as Document;
}

interface Props {
  kind: "reply" | "appeal";
  number: string;
  mayUpload: boolean;
}

export function Words({ kind, number, mayUpload }: Props) {
  const { t } = useTranslation("answering");
  const [text, setText] = useDraft(`probity.${kind}.${number}`);
  const [documents, setDocuments] = useState<Document[]>([]);
  const [tooLarge, setTooLarge] = useState(false);
  const { accept, refused } = useAccept<AccusedCase>(keys.accused);
  const attach = useMutation({ mutationFn: upload, onSuccess: (document) => setDocuments((all) => [...all, document]), onError: refused });
  const send = useMutation({
    mutationFn: () => {
      const request = { body: { text: text.trim(), documents: documents.map(({ id }) => id) } };
      return body(kind === "reply" ? api.POST("/accused/reply", request) : api.POST("/accused/appeal", request));
    },
    onSuccess: (updated) => {
      setText("");
      setDocuments([]);
      accept(updated);
    },
    onError: refused,
  });
  const take = (file: File | null) => {
    if (file === null) return;
    setTooLarge(file.size > mostBytes);
    if (file.size <= mostBytes) attach.mutate(file);
  };
  const verb = t(kind === "reply" ? "replySend" : "appealSend");
  const confirm = () => ask({ title: verb, text: t("confirmSend"), confirm: verb, run: () => send.mutateAsync() });
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) confirm(); }}>
      <Stack gap="sm">
        <Textarea label={t(kind === "reply" ? "words" : "appealWords")} required autosize minRows={5} maxLength={20000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        {mayUpload && (
          <Stack gap={4}>
            {documents.map(({ id, name }) => <Text key={id} size="sm" role="status">{t("attached", { name })}</Text>)}
            <Group gap="sm">
              <FileButton onChange={take}>
                {(props) => (
                  <Button {...props} variant="default" size="sm" leftSection={<IconPaperclip size={16} />} loading={attach.isPending} disabled={documents.length >= mostDocuments}>
                    {t("attach")}
                  </Button>
                )}
              </FileButton>
              <Text size="xs" c="dimmed">{t("attachHint")}</Text>
            </Group>
            {tooLarge && <Text size="sm" c="red" role="alert">{t("tooLarge")}</Text>}
            <Failure error={attach.error} />
          </Stack>
        )}
        <Failure error={send.error} />
        <Group><Button type="submit" loading={send.isPending} disabled={text.trim() === ""}>{verb}</Button></Group>
      </Stack>
    </form>
  );
}
