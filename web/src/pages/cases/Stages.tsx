// Mediation, arbitration and court after the decision, and what each did to the agreed amounts.
import { Alert, Anchor, Badge, Button, Card, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { StateBadge } from "@/parts/States";
import { dateOnly } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned } from "./acts";
import classes from "./cases.module.css";
import { ReductionFields, TakenOff } from "./Reductions";
import { reductionsOf, standingAmounts, type Taken, wrongReductions } from "./taken";

type Stage = Schemas["CaseStage"];
type StageOutcome = Schemas["CaseStageEnd"]["outcome"];
const outcomes: StageOutcome[] = ["upheld", "reduced", "overturned", "settled", "withdrawn", "void"];
const stageKinds: Stage["kind"][] = ["mediation", "arbitration", "court"];

export function Stages({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const [adding, add] = useDisclosure();
  const [ending, setEnding] = useState<Stage | null>(null);
  const decided = found.decision !== undefined && found.decision !== null;
  return (
    <Card>
      <SectionHeader title={t("stages")} text={t("stagesText")}>
        {decided && may("write_cases") && (
          <Button size="sm" variant="default" leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("addStage")}
          </Button>
        )}
      </SectionHeader>
      {found.stages.length === 0 && <Text size="sm">{decided ? t("stagesEmpty") : t("stagesLater")}</Text>}
      <Stack component="ul" gap="lg" className={classes.plain}>
        {found.stages.map((stage) => (
          <One key={stage.id} found={found} stage={stage} onEnd={may("review_cases") ? () => setEnding(stage) : undefined} />
        ))}
      </Stack>
      <AddStage found={found} opened={adding} onClose={add.close} />
      <EndStage found={found} stage={ending} onClose={() => setEnding(null)} />
    </Card>
  );
}

function One({ found, stage, onEnd }: { found: Case; stage: Stage; onEnd: (() => void) | undefined }) {
  const { t } = useTranslation("cases");
  return (
    <Group component="li" justify="space-between" align="flex-start" wrap="nowrap">
      <Stack gap={4} miw={0}>
        <Text size="sm" fw={600}>
          {t("pair", { what: t(`stageKind.${stage.kind}`), value: stage.body })}
        </Text>
        <Text size="xs" c="dimmed" className="figures">
          {[stage.reference, stage.ended_at ? t("stageTime", { from: dateOnly(stage.opened_at), until: dateOnly(stage.ended_at) }) : t("stageSince", { from: dateOnly(stage.opened_at) })].filter(Boolean).join(" · ")}
        </Text>
        {stage.text && (
          <Text size="sm" className={classes.prose}>
            {stage.text}
          </Text>
        )}
        <TakenOff found={found} stage={stage} />
      </Stack>
      <Stack gap="xs" align="flex-end" style={{ flex: "none" }} maw="45%">
        {stage.outcome ? (
          <Badge color={stage.outcome === "overturned" || stage.outcome === "void" ? "grape" : "violet"} h="auto" mih={20} lh={1.3} styles={{ label: { whiteSpace: "normal" } }}>
            {t(`outcome.${stage.outcome}`)}
          </Badge>
        ) : (
          <StateBadge of="stage" state={stage.state} />
        )}
        {stage.state === "pending" && onEnd && (
          <Button size="compact-sm" variant="default" onClick={onEnd} aria-label={`${t("endStage")}: ${stage.body}`}>
            {t("endStage")}
          </Button>
        )}
      </Stack>
    </Group>
  );
}

function AddStage({ found, opened, onClose }: { found: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("addStage")}
      submit={t("addStage")}
      initial={() => ({ kind: "mediation" as Stage["kind"], body: "", reference: "", opened_at: new Date().toISOString() as string | null, text: "" })}
      validate={(values) => missing(values, ["body"], common("required"))}
      run={(values) => body(api.POST("/cases/{case}/stages", { params: { path: { case: found.id } }, body: { ...values, body: values.body.trim() } }))}
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Select label={t("stageKindLabel")} allowDeselect={false} data={stageKinds.map((value) => ({ value, label: t(`stageKind.${value}`) }))} {...form.getInputProps("kind")} />
          <TextInput label={t("body")} required maxLength={200} {...form.getInputProps("body")} />
          <TextInput label={t("reference")} maxLength={200} {...form.getInputProps("reference")} />
          <ZonedTimeInput label={t("filedAt")} fixedZone zone="" at={form.values.opened_at} onChange={(at) => form.setFieldValue("opened_at", at)} />
          <Textarea label={t("note")} autosize maxLength={4000} {...form.getInputProps("text")} />
        </>
      )}
    </FormDialog>
  );
}

function EndStage({ found, stage, onClose }: { found: Case; stage: Stage | null; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const amounts = standingAmounts(found);
  return (
    <FormDialog
      opened={stage !== null}
      onClose={onClose}
      title={stage ? t("endStageTitle", { body: stage.body }) : ""}
      submit={t("record")}
      size="lg"
      initial={() => ({ outcome: "upheld" as StageOutcome, text: "", ended_at: new Date().toISOString() as string | null, taken: {} as Taken })}
      validate={({ text, outcome, taken }) => ({
        ...missing({ text }, ["text"], common("required")),
        ...(outcome === "reduced" ? wrongReductions(amounts, taken, { amount: t("amountBad"), tooMuch: t("reductionTooMuch"), none: t("reductionNone") }, true) : {}),
      })}
      run={({ outcome, text, ended_at, taken }) =>
        body(
          api.PATCH("/cases/{case}/stages/{stage}", {
            params: { path: { case: found.id, stage: stage?.id ?? "" } },
            body: { outcome, text: text.trim(), ended_at, ...(outcome === "reduced" ? { reductions: reductionsOf(amounts, taken) } : {}) },
          }),
        )
      }
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Select label={t("outcomeLabel")} allowDeselect={false} data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))} {...form.getInputProps("outcome")} />
          <Alert color={form.values.outcome === "overturned" || form.values.outcome === "void" ? "yellow" : "gray"} role="note">
            {t(`outcomeMeans.${form.values.outcome}`)}
          </Alert>
          {form.values.outcome === "reduced" && <ReductionFields amounts={amounts} taken={form.values.taken} errors={form.errors} onChange={(taken) => form.setFieldValue("taken", taken as never)} />}
          <Textarea label={t("reasons")} required autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
          <ZonedTimeInput label={t("stageEndedAt")} fixedZone zone="" at={form.values.ended_at} onChange={(at) => form.setFieldValue("ended_at", at)} />
        </>
      )}
    </FormDialog>
  );
}

/** Beside the agreed amount: what may still change it. */
export function PendingStages({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const pending = found.stages.filter(({ state }) => state === "pending");
  if (pending.length === 0) return null;
  return (
    <Alert color="yellow" title={t("stagesPending")}>
      <Stack gap={2}>
        {pending.map((stage) => (
          <Text key={stage.id} size="sm" className="figures">
            {t("pair", { what: t(`stageKind.${stage.kind}`), value: stage.body })}, {t("stageSince", { from: dateOnly(stage.opened_at) })}
          </Text>
        ))}
        <Anchor component={Link} to={`/cases/${found.id}/appeal`} size="sm" c="inherit" underline="always">
          {t("stagesSee")}
        </Anchor>
      </Stack>
    </Alert>
  );
}
