// The person's own words with documents, and the objection itself. Words go first: an objection without them helps nobody.
import { ActionIcon, Alert, Button, Card, FileButton, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { body, hub, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { fileSize } from "@/parts/times";
import { base64Of } from "./base64";

interface Props {
  found: Schemas["PersonPage"];
  secret: Schemas["PersonKey"];
  onChange: (found: Schemas["PersonPage"]) => void;
}

const mostDocuments = 5;
const mostBytes = 4 * 1024 * 1024;

export function Objection({ found, secret, onChange }: Props) {
  const { t } = useTranslation("listed");
  const [text, setText] = useState("");
  const [files, setFiles] = useState<File[]>([]);
  const [trouble, setTrouble] = useState("");
  const appeal = found.appeal as { stage: string } | null;
  const open = appeal !== null && appeal !== undefined && appeal.stage !== "decided";
  const send = useMutation({
    mutationFn: async () => {
      const documents = await Promise.all(files.map(async (file) => ({ name: file.name.slice(0, 300), data: base64Of(new Uint8Array(await file.arrayBuffer())) })));
      await body(hub.POST("/alliance/v1/person/reply", { body: { ...secret, text: text.trim(), documents } }));
      const way = found.may_appeal ? "/alliance/v1/person/appeal" : "/alliance/v1/person/open";
      return body(hub.POST(way, { body: secret }));
    },
    onSuccess: (after) => {
      setText("");
      setFiles([]);
      onChange(after);
    },
  });
  if (!found.may_appeal && !open) {
    return <Text size="sm" c="dimmed">{t("cannotObject")}</Text>;
  }
  const choose = (chosen: File[]) => {
    const large = chosen.find(({ size }) => size > mostBytes);
    const all = [...files, ...chosen];
    setTrouble(large ? t("tooLarge", { name: large.name }) : all.length > mostDocuments ? t("tooMany") : "");
    setFiles(all.filter(({ size }) => size <= mostBytes).slice(0, mostDocuments));
  };
  return (
    <Card component="section" withBorder padding="lg" radius="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) send.mutate();
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4">{found.may_appeal ? t("object") : t("addWords")}</Title>
          <Text size="sm">{found.may_appeal ? t("objectText") : t("addWordsText")}</Text>
          <Textarea label={t("words")} description={t("objectNote")} required autosize minRows={5} maxLength={8000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Group gap="sm">
            <FileButton onChange={choose} multiple inputProps={{ "aria-label": t("documentsChoose") }}>
              {(props) => <Button {...props} variant="default" size="sm" leftSection={<IconPaperclip size={16} />}>{t("documentsChoose")}</Button>}
            </FileButton>
            <Text size="xs" c="dimmed">{t("documents")}</Text>
          </Group>
          {files.map((file, at) => (
            <Group key={`${file.name}-${at}`} gap="xs" wrap="nowrap">
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>{file.name} · {fileSize(file.size)}</Text>
              <ActionIcon variant="subtle" color="gray" aria-label={t("removeDocument", { name: file.name })} onClick={() => setFiles(files.filter((_, index) => index !== at))}><IconX size={14} /></ActionIcon>
            </Group>
          ))}
          {trouble && <Text size="sm" c="red" role="alert">{trouble}</Text>}
          <Failure error={send.error} />
          {send.isSuccess && <Alert color="teal" role="status">{t("sent")}</Alert>}
          <Button type="submit" loading={send.isPending} disabled={!text.trim()} style={{ alignSelf: "flex-start" }}>{found.may_appeal ? t("sendObjection") : t("send")}</Button>
        </Stack>
      </form>
    </Card>
  );
}
