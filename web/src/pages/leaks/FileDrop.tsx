// Where leaked files are dropped.
import { Group, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconDropletUp, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import "@/texts/leaks";

/** Any file may be dropped: what cannot be decoded is still evidence, and the server says what it is. */
export function FileDrop({ onDrop, compact, title }: { onDrop: (files: File[]) => void; compact?: boolean; title?: string }) {
  const { t } = useTranslation("leaks");
  const words = title ?? t("dropTitle");
  return (
    <Dropzone onDrop={onDrop} multiple p={compact ? "md" : "xl"} inputProps={{ "aria-label": words }}>
      <Group justify="center" gap="md" mih={compact ? 56 : 120} style={{ pointerEvents: "none" }}>
        <Dropzone.Accept>
          <IconUpload size={compact ? 28 : 42} stroke={1.3} />
        </Dropzone.Accept>
        <Dropzone.Idle>
          <IconDropletUp size={compact ? 28 : 42} stroke={1.3} />
        </Dropzone.Idle>
        <Stack gap={2} maw={520}>
          <Text fw={550} size={compact ? "sm" : "md"}>
            {words}
          </Text>
          {!compact && (
            <Text size="sm" c="dimmed">
              {t("dropText")}
            </Text>
          )}
        </Stack>
      </Group>
    </Dropzone>
  );
}
