// Evidence of a case by hash: what it linked of its leak, its own files, and who did what with them.
import { Anchor, Badge, Button, Card, Code, Collapse, Group, Image, SegmentedControl, Select, Stack, Text, Textarea, ThemeIcon, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFile, IconFileCheck, IconLink, IconPaperclip } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime, fileSize } from "@/parts/times";
import { uploadQueue, useUploads } from "@/parts/uploads";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import { Custody } from "../leaks/CustodyTab";
import { useEvidence } from "../leaks/Evidence";
import { FileDrop } from "../leaks/FileDrop";
import { contentAddress, pictureAddress } from "../leaks/places";
import { UploadLines } from "../leaks/UploadLines";
import "@/texts/leaks";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { caseFiles, fileAddress, unfinished } from "./files";

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  const may = useMay();
  const [linking, link] = useDisclosure();
  const [adding, { toggle, close }] = useDisclosure();
  const lines = useUploads(`case/${found.id}`);
  const writes = may("write_cases") && found.state !== "closed";
  const none = found.evidence.length === 0 && lines.length === 0 && !adding;
  const buttons = writes && (
    <>
      <Button variant={none ? "filled" : "default"} leftSection={<IconPaperclip size={16} />} onClick={toggle} aria-expanded={adding}>
        {t("addFile")}
      </Button>
      {found.leak && (
        <Button variant="default" leftSection={<IconLink size={16} />} onClick={link.open}>
          {t("linkEvidence")}
        </Button>
      )}
    </>
  );
  return (
    <Stack gap="lg">
      {none ? (
        <Card>
          <EmptyState icon={IconFileCheck} title={t("evidenceEmpty")} text={t("evidenceText")}>
            {buttons}
          </EmptyState>
        </Card>
      ) : (
        <>
          <SectionHeader text={t("evidenceText")} mb={0}>
            <Group gap="xs">{buttons}</Group>
          </SectionHeader>
          <Collapse in={adding}>
            <AddFile found={found} onAdded={close} />
          </Collapse>
          {lines.length > 0 && (
            <Card>
              <UploadLines lines={lines} refresh={[...concerned, "leak-custody"]} />
            </Card>
          )}
          <Stack component="ul" gap="sm" className={classes.plain}>
            {found.evidence.map((piece) => (
              <Piece key={piece.evidence} found={found} piece={piece} />
            ))}
          </Stack>
        </>
      )}
      <Custodies found={found} />
      {found.leak && <LinkEvidence found={found} leak={found.leak} opened={linking} onClose={link.close} />}
    </Stack>
  );
}

function AddFile({ found, onAdded }: { found: Case; onAdded: () => void }) {
  const { t } = useTranslation("cases");
  const [kind, setKind] = useState<"original" | "capture">("original");
  const [what, setWhat] = useState("");
  const take = async (files: File[]) => {
    uploadQueue.add(caseFiles(found.id, { kind, what: what.trim() }), files, await unfinished(found.id));
    setWhat("");
    onAdded();
  };
  return (
    <Card>
      <Stack gap="sm">
        <Select label={t("fileKind")} allowDeselect={false} maw={360} data={(["original", "capture"] as const).map((value) => ({ value, label: t(`caseFile.${value}`) }))} value={kind} onChange={(value) => setKind(value === "capture" ? "capture" : "original")} />
        <Textarea label={t("linkWhat")} description={t("addFileHint")} autosize minRows={2} maxLength={4000} value={what} onChange={(event) => setWhat(event.currentTarget.value)} />
        <FileDrop compact title={t("addFileDrop")} onDrop={(files) => void take(files)} />
      </Stack>
    </Card>
  );
}

/** The case's own steps, and those of the leak it came from: one list at a time. */
function Custodies({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const list = useListState();
  const [whose, setWhose] = useState<"case" | "leak">("case");
  return (
    <section aria-label={t("custodySection")}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("custodySection")}
        </Title>
        {found.leak && (
          <SegmentedControl
            size="xs"
            aria-label={t("custodySection")}
            data={(["case", "leak"] as const).map((value) => ({ value, label: t(`custodyOf.${value}`) }))}
            value={whose}
            onChange={(value) => {
              list.setOffset(0);
              setWhose(value as typeof whose);
            }}
          />
        )}
      </Group>
      {whose === "leak" && found.leak ? (
        <Custody key="leak" of={{ leak: found.leak }} text={t("custodyLeakText")} label={t("custodyOf.leak")} />
      ) : (
        <Custody key="case" of={{ case: found.id }} text={t("custodyCaseText")} label={t("custodyOf.case")} />
      )}
    </section>
  );
}

function Piece({ found, piece }: { found: Case; piece: Schemas["CaseEvidence"] }) {
  const { t } = useTranslation("cases");
  const { t: leaks } = useTranslation("leaks");
  const leak = piece.own ? null : found.leak;
  return (
    <Card component="li" padding="md">
      <Group wrap="nowrap" align="flex-start" gap="md">
        {leak && piece.media_type?.startsWith("image/") ? (
          <Image src={pictureAddress(leak, piece.evidence)} alt={piece.title} w={72} h={72} radius="md" fit="cover" />
        ) : (
          <ThemeIcon variant="light" color="gray" size={72} radius="md">
            <IconFile size={28} stroke={1.4} />
          </ThemeIcon>
        )}
        <Stack gap={4} miw={0} flex={1}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" fw={600} truncate>
              {piece.title}
            </Text>
            <Badge color="gray" style={{ flex: "none" }}>
              {piece.own ? t("ownFile") : t("ofTheLeak")}
            </Badge>
          </Group>
          {piece.what && (
            <Text size="sm" className={classes.prose}>
              {piece.what}
            </Text>
          )}
          <Code style={{ overflowWrap: "anywhere", alignSelf: "flex-start" }}>{piece.sha256}</Code>
          <Text size="xs" c="dimmed" className="figures">
            {[piece.media_type, piece.size_bytes !== undefined && fileSize(piece.size_bytes), t("linkedBy", { name: piece.linked_by, time: dateTime(piece.linked_at) })].filter(Boolean).join(" · ")}
          </Text>
          <Anchor href={leak ? contentAddress(leak, piece.evidence) : fileAddress(found.id, piece.evidence)} download={piece.title} size="xs" style={{ alignSelf: "flex-start" }}>
            {leaks("original")}
          </Anchor>
        </Stack>
      </Group>
    </Card>
  );
}

function LinkEvidence({ found, leak, opened, onClose }: { found: Case; leak: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: leaks } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const evidence = useEvidence(leak);
  const linked = new Set(found.evidence.map((piece) => piece.evidence));
  const free = (evidence.data?.items ?? []).filter(({ id }) => !linked.has(id));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("linkEvidence")}
      text={t("evidenceText")}
      submit={t("linkEvidence")}
      initial={() => ({ evidence: free[0]?.id ?? "", what: "" })}
      validate={(values) => missing(values, ["evidence"], common("required"))}
      run={({ evidence: item, what }) =>
        body(api.POST("/cases/{case}/evidence", { params: { path: { case: found.id } }, body: { evidence: item, ...(what.trim() ? { what: what.trim() } : {}) } }))
      }
      done={t("linked")}
      refresh={[...concerned, "leak-custody"]}
    >
      {(form) => (
        <>
          <Select
            label={t("evidence")}
            allowDeselect={false}
            data={free.map(({ id, name, kind }) => ({ value: id, label: `${name} · ${leaks(`kind.${kind}`)}` }))}
            {...form.getInputProps("evidence")}
          />
          <Textarea label={t("linkWhat")} autosize minRows={2} maxLength={4000} {...form.getInputProps("what")} />
        </>
      )}
    </FormDialog>
  );
}
