// A list of parties from a file: seen first, with what is wrong row by row; then all of it, or nothing.
import { Alert, Anchor, Badge, Button, Group, Modal, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconAlertTriangle, IconTable } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import "@/texts/parties";
import "@/texts/states";

type PartyImport = Schemas["PartyImport"];

const example =
  "kind,name,email,organisation,job_title,locale,may_bind\n" +
  "person,Maya Brandt,maya.brandt@example.org,Motor Weekly,Editor,en,no\n" +
  "person,王晓明,wang.xiaoming@example.org,汽车观察,记者,zh,no\n" +
  "supplier,Lumen Optics GmbH,contact@lumen.example,,,en,no\n";

function send(file: File, dryRun: boolean): Promise<PartyImport> {
  return body(
    api.POST("/parties/import", {
      params: { query: { dry_run: dryRun } },
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );
}

export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("parties");
  return (
    <Modal opened={opened} onClose={onClose} title={t("importTitle")} size="xl">
      {opened && <Content onClose={onClose} />}
    </Modal>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("parties");
  const { t: common } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const preview = useAct((chosen: File) => send(chosen, true), { quiet: true });
  const run = useAct((chosen: File) => send(chosen, false), {
    done: (result) => t("imported", { count: result.new_count }),
    refresh: ["parties", "party"],
    onSuccess: (result) => {
      if (result.imported) onClose();
    },
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    preview.mutate(chosen);
  };
  const result = preview.data;
  if (file === null || preview.error || !result) {
    return (
      <Stack>
        <Text size="sm">
          {t("importText")}{" "}
          <Anchor href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${example}`)}`} download="parties.csv">
            {t("importExample")}
          </Anchor>
        </Text>
        <Failure error={preview.error} />
        <Dropzone onDrop={(files) => choose(files[0])} multiple={false} loading={preview.isPending} p="xl" inputProps={{ "aria-label": t("importDrop") }}>
          <Group justify="center" gap="md" style={{ pointerEvents: "none" }}>
            <IconTable size={32} stroke={1.4} />
            <Text fw={550}>{t("importDrop")}</Text>
          </Group>
        </Dropzone>
      </Stack>
    );
  }
  const blocked = result.problems.length > 0;
  return (
    <Stack>
      <Group gap="xs">
        <Text fw={550}>{t("importPreview", { file: file.name })}</Text>
        <Badge color="teal">{t("importNew", { count: result.new_count })}</Badge>
        <Badge color="gray">{t("importKnown", { count: result.known_count })}</Badge>
      </Group>
      {blocked && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={t("importProblems", { count: result.problems.length })}>
          <Stack gap={4}>
            <Text size="sm">{t("importProblemsText")}</Text>
            <ScrollArea.Autosize mah={160}>
              {result.problems.map(({ row, message }) => (
                <Text key={`${row}-${message}`} size="sm">
                  <b>{t("importRow", { row })}</b> {message}
                </Text>
              ))}
            </ScrollArea.Autosize>
          </Stack>
        </Alert>
      )}
      {result.ignored_columns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t("importIgnored", { columns: result.ignored_columns.join(", ") })}
        </Text>
      )}
      <Rows result={result} />
      <Group justify="space-between">
        <Button variant="subtle" onClick={() => setFile(null)}>
          {t("importAnother")}
        </Button>
        <Group>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button disabled={blocked || result.new_count === 0} loading={run.isPending} onClick={() => run.mutate(file)}>
            {result.new_count === 0 ? t("importNothing") : t("importRun", { count: result.new_count })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function Rows({ result }: { result: PartyImport }) {
  const { t } = useTranslation("parties");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  if (result.rows.length === 0) return null;
  return (
    <ScrollArea.Autosize mah={280}>
      <Table aria-label={t("importFirst")} verticalSpacing={6} fz="sm" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("kind")}</Table.Th>
            <Table.Th>{common("name")}</Table.Th>
            <Table.Th>{common("email")}</Table.Th>
            <Table.Th>{t("organisation")}</Table.Th>
            <Table.Th>{t("jobTitle")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.rows.map((row, index) => (
            <Table.Tr key={index}>
              <Table.Td>{states(`partyKind.${row.kind}`)}</Table.Td>
              <Table.Td>{row.name}</Table.Td>
              <Table.Td>{row.email}</Table.Td>
              <Table.Td>{row.parent_name}</Table.Td>
              <Table.Td>{row.job_title}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
