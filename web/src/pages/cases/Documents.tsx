// What the accused sent along with a reply or an appeal.
import { Anchor, Code, Group, Stack, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import type { Schemas } from "@/api/client";
import { fileSize } from "@/parts/times";
import type { Case } from "./acts";
import classes from "./cases.module.css";

export function Documents({ of, documents }: { of: Case; documents: Schemas["CaseDocument"][] | undefined }) {
  if (!documents?.length) return null;
  return (
    <Stack component="ul" gap={4} mt={6} className={classes.plain}>
      {documents.map((document) => (
        <Group component="li" key={document.sha256} gap={8}>
          <IconPaperclip size={15} stroke={1.7} aria-hidden />
          <Anchor href={`/api/v1/cases/${of.id}/documents/${document.sha256}`} download={document.name} size="sm">
            {document.name}
          </Anchor>
          <Text size="xs" c="dimmed" className="figures">
            {fileSize(document.size_bytes)}
          </Text>
          <Code title={document.sha256}>{document.sha256.slice(0, 12)}…</Code>
        </Group>
      ))}
    </Stack>
  );
}
