// The files of a leak: those on their way, and those kept as evidence.
import { Anchor, Badge, Box, Button, Card, Code, Collapse, Group, Image, Select, Stack, Text, ThemeIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileUnknown, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime, fileSize } from "@/parts/times";
import { uploadQueue, useUploads } from "@/parts/uploads";
import { useMay } from "@/session/permissions";
import type { Leak } from "./acts";
import { FileDrop } from "./FileDrop";
import { contentAddress, type FileStory, filesOf, pictureAddress } from "./places";
import { UploadLines } from "./UploadLines";

type Item = Schemas["EvidenceItem"];

export function useEvidence(leak: string) {
  return useQuery({
    queryKey: ["leak-evidence", leak],
    queryFn: ({ signal }) => body(api.GET("/leaks/{leak}/evidence", { signal, params: { path: { leak } } })),
  });
}

export function Evidence({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const evidence = useEvidence(leak.id);
  const lines = useUploads(`leak/${leak.id}`);
  const items = (evidence.data?.items ?? []).filter(({ kind }) => kind !== "derived" && kind !== "report");
  const [adding, { toggle, close }] = useDisclosure();
  const writes = may("write_leaks") && leak.state !== "closed";
  const none = evidence.data !== undefined && items.length === 0 && lines.length === 0;
  return (
    <Card>
      <SectionHeader title={t("evidence")} text={t("evidenceText")}>
        {writes && items.length > 0 && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={toggle} aria-expanded={adding} style={{ flex: "none" }}>
            {t("addFiles")}
          </Button>
        )}
      </SectionHeader>
      <Failure error={evidence.error} />
      <Stack gap="md">
        {writes && (none || items.length === 0) && <AddFiles leak={leak.id} items={items} />}
        {writes && items.length > 0 && (
          <Collapse in={adding}>
            <AddFiles leak={leak.id} items={items} onAdded={close} />
          </Collapse>
        )}
        {none && !writes && (
          <Text size="sm" c="dimmed">
            {t("noFiles")}
          </Text>
        )}
        <UploadLines lines={lines} refresh={["leak", "leaks", "leak-evidence", "leak-custody"]} />
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
          {items
            .filter(({ parent }) => !items.some(({ id }) => id === parent))
            .map((item) => (
              <Piece key={item.id} leak={leak.id} item={item} children={items.filter(({ parent }) => parent === item.id)} />
            ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function AddFiles({ leak, items, onAdded }: { leak: string; items: Item[]; onAdded?: () => void }) {
  const { t } = useTranslation("leaks");
  const [story, setStory] = useState<FileStory>({ kind: "original" });
  const parents = items.filter(({ kind }) => kind === "original" || kind === "repost");
  return (
    <Stack gap="xs">
      {parents.length > 0 && (
        <Group grow align="flex-end">
          <Select
            size="sm"
            label={t("fileKind")}
            allowDeselect={false}
            data={(["original", "repost", "capture"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={story.kind}
            onChange={(value) => setStory({ kind: (value ?? "original") as FileStory["kind"], parent: value === "original" ? null : (story.parent ?? parents[0]?.id) })}
          />
          {story.kind !== "original" && (
            <Select
              size="sm"
              label={t("parent")}
              allowDeselect={false}
              data={parents.map(({ id, name }) => ({ value: id, label: name }))}
              value={story.parent ?? null}
              onChange={(parent) => setStory({ ...story, parent })}
            />
          )}
        </Group>
      )}
      <FileDrop
        compact
        onDrop={(files) => {
          uploadQueue.add(filesOf(leak, story), files, []);
          onAdded?.();
        }}
      />
    </Stack>
  );
}

function Piece({ leak, item, children }: { leak: string; item: Item; children: Item[] }) {
  const { t } = useTranslation("leaks");
  return (
    <Box component="li">
      <Group wrap="nowrap" align="flex-start" gap="md">
        {item.picture ? (
          <Image src={pictureAddress(leak, item.id)} alt={item.name} w={84} h={84} radius="md" fit="cover" />
        ) : (
          <ThemeIcon variant="light" color="gray" size={84} radius="md">
            <IconFileUnknown size={30} stroke={1.4} />
          </ThemeIcon>
        )}
        <Stack gap={3} miw={0} flex={1}>
          <Group gap="xs" justify="space-between" wrap="nowrap">
            <Text size="sm" fw={550} truncate>
              {item.name}
            </Text>
            {item.kind !== "original" && <Badge color="gray">{t(`kind.${item.kind}`)}</Badge>}
          </Group>
          <Text size="xs" c="dimmed" className="figures">
            {fileSize(item.size_bytes)} · {item.media_type} · {t("addedBy", { name: item.added_by, time: dateTime(item.added_at) })}
          </Text>
          <Code style={{ overflowWrap: "anywhere", alignSelf: "flex-start" }}>{item.sha256}</Code>
          {item.problem && (
            <Text size="xs" c="orange">
              {t("cannotShow")}: {item.problem}
            </Text>
          )}
          <Anchor href={contentAddress(leak, item.id)} download={item.name} size="xs">
            {t("original")}
          </Anchor>
        </Stack>
      </Group>
      {children.length > 0 && (
        <Stack component="ul" gap="md" mt="md" ml="xl" p={0} style={{ listStyle: "none" }}>
          {children.map((child) => (
            <Piece key={child.id} leak={leak} item={child} children={[]} />
          ))}
        </Stack>
      )}
    </Box>
  );
}
