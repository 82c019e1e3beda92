// The four tests, each with the evidence behind it.
import { ActionIcon, Anchor, Badge, Button, Card, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconFile, IconPaperclip, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime, fileSize } from "@/parts/times";
import { chunkBody } from "@/parts/uploads";
import { concerned, type Filing } from "./acts";

export function Evidence({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  return (
    <Card>
      <SectionHeader title={t("tests")} text={t("testsText")} />
      <Stack gap="lg" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
        {found.tests.map((one) => <One key={one.test} found={found} test={one.test} met={one.met} />)}
      </Stack>
      <Text size="xs" c="dimmed" mt="md">{t("evidenceHint")}</Text>
    </Card>
  );
}

function One({ found, test, met }: { found: Filing; test: Filing["tests"][number]["test"]; met: boolean }) {
  const { t } = useTranslation("filings");
  const edits = found.may.includes("edit") && test !== "catalogue";
  const documents = found.documents.filter((one) => one.test === test && one.kind === "evidence");
  const path = { path: { filing: found.filing.id } };
  const add = useAct(
    (file: File) => body(api.POST("/filings/{filing}/documents", { params: { ...path, query: { test: test as Schemas["FilingTest"], name: file.name.slice(0, 200) } }, ...chunkBody(file) })),
    { done: t("evidenceAdded"), refresh: concerned, quiet: true },
  );
  const remove = useAct((document: string) => body(api.DELETE("/filings/{filing}/documents/{document}", { params: { path: { filing: found.filing.id, document } } })), { done: t("evidenceRemoved"), refresh: concerned });
  return (
    <li>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Group gap="xs" wrap="nowrap" align="flex-start" miw={0}>
          <Badge color={met ? "teal" : "gray"} leftSection={met ? <IconCheck size={12} aria-hidden /> : <IconX size={12} aria-hidden />} style={{ flex: "none" }}>{met ? t("met") : t("notMet")}</Badge>
          <Text size="sm" fw={550}>{t(`test.${test}`)}</Text>
        </Group>
        {edits && (
          <FileButton onChange={(file) => file && add.mutate(file)} inputProps={{ "aria-label": `${t("addEvidence")}: ${t(`test.${test}`)}` }}>
            {(props) => <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={14} />} loading={add.isPending} style={{ flex: "none" }}>{t("addEvidence")}</Button>}
          </FileButton>
        )}
      </Group>
      <Failure error={add.error} />
      {documents.length > 0 && (
        <Stack component="ul" gap={6} mt="xs" mb={0} p={0} style={{ listStyle: "none" }}>
          {documents.map((one) => (
            <Group component="li" key={one.id} gap="xs" wrap="nowrap" align="flex-start">
              <IconFile size={16} aria-hidden style={{ flex: "none", marginTop: 3 }} />
              <div style={{ minWidth: 0, flex: 1, overflowWrap: "anywhere" }}>
                <Anchor href={`/api/v1/filings/${found.filing.id}/documents/${one.id}`} download={one.name} size="sm">{one.name}</Anchor>
                <Text size="xs" c="dimmed">{fileSize(one.size_bytes)} · {one.added_by}, {dateTime(one.added_at)}</Text>
                <Text size="xs" c="dimmed" ff="monospace" truncate title={one.commitment}>{one.commitment}</Text>
              </div>
              {edits && <ActionIcon variant="subtle" color="gray" aria-label={t("removeEvidence", { name: one.name })} onClick={() => remove.mutate(one.id)}><IconX size={14} /></ActionIcon>}
            </Group>
          ))}
        </Stack>
      )}
    </li>
  );
}
