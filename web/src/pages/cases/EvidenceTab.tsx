// Evidence of a case by hash, what it shows, and the custody of the leak it came from.
import { Badge, Button, Card, Code, Group, Image, Select, Stack, Text, Textarea, ThemeIcon, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFile, IconFileCheck, IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { dateTime, fileSize } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { Custody } from "../leaks/CustodyTab";
import { useEvidence } from "../leaks/Evidence";
import { pictureAddress } from "../leaks/places";
import "@/texts/leaks";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  const may = useMay();
  const [linking, link] = useDisclosure();
  const button = may("write_cases") && found.leak && found.state !== "closed" && (
    <Button leftSection={<IconLink size={16} />} onClick={link.open}>
      {t("linkEvidence")}
    </Button>
  );
  return (
    <Stack gap="lg">
      {found.evidence.length === 0 ? (
        <Card>
          <EmptyState icon={IconFileCheck} title={t("evidenceEmpty")} text={t("evidenceText")}>
            {button}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" maw={560}>
              {t("evidenceText")}
            </Text>
            {button}
          </Group>
          <Stack component="ul" gap="sm" className={classes.plain}>
            {found.evidence.map((piece) => (
              <Piece key={piece.evidence} leak={found.leak} piece={piece} />
            ))}
          </Stack>
        </>
      )}
      {found.leak && (
        <div>
          <Title order={2} size="h3" mb="sm">
            {t("custody")}
          </Title>
          <Custody leak={found.leak} text={t("evidenceText")} />
        </div>
      )}
      {found.leak && <LinkEvidence found={found} leak={found.leak} opened={linking} onClose={link.close} />}
    </Stack>
  );
}

function Piece({ leak, piece }: { leak: string | null | undefined; piece: Schemas["CaseEvidence"] }) {
  const { t } = useTranslation("cases");
  const picture = leak && piece.media_type?.startsWith("image/");
  return (
    <Card component="li" padding="md">
      <Group wrap="nowrap" align="flex-start" gap="md">
        {picture ? (
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
            {piece.custody_steps !== undefined && <Badge color="gray">{t("custodySteps", { count: piece.custody_steps })}</Badge>}
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
