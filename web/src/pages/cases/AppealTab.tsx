// Appeals, decided by somebody who did not decide; mediation, arbitration and court after them.
import { Badge, Button, Card, Group, Select, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { minorOf, money } from "@/parts/money";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";

type Outcome = "upheld" | "reduced" | "overturned";
type StageOutcome = Schemas["CaseStageEnd"]["outcome"];

export function Component() {
  const found = useCase();
  return (
    <Stack gap="lg">
      <Appeals found={found} />
      <Stages found={found} />
    </Stack>
  );
}

function Appeals({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [recording, record] = useDisclosure();
  const [deciding, setDeciding] = useState<Schemas["CaseAppeal"] | null>(null);
  const accused = found.parties.filter((party) => party.accused);
  const mayAppeal = may("write_cases") && found.next_moves.includes("appeal") && accused.length > 0;
  return (
    <Card>
      <Group justify="space-between" align="flex-start" mb="md">
        <div>
          <Title order={2} size="h3">
            {t("appealTitle")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("appealText")}
            {found.decision && ` ${t("appealUntil", { time: dateTime(found.decision.appeal_until) })}.`}
          </Text>
        </div>
        {mayAppeal && (
          <Button size="sm" variant="default" onClick={record.open}>
            {t("recordAppeal")}
          </Button>
        )}
      </Group>
      {found.appeals.length === 0 && <Text size="sm">{t("appealsEmpty")}</Text>}
      <Stack component="ul" gap="lg" className={classes.plain}>
        {found.appeals.map((appeal) => (
          <li key={appeal.id}>
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Text size="sm" c="dimmed" className="figures">
                {t("filedBy", { name: appeal.party_name ?? "", time: dateTime(appeal.filed_at) })}
              </Text>
              {appeal.outcome ? <Badge color="violet">{t(`outcome.${appeal.outcome as Outcome}`)}</Badge> : <StateBadge of="appeal" state={appeal.state} />}
            </Group>
            <Text size="sm" className={classes.prose} my={4}>
              {appeal.text}
            </Text>
            {appeal.decided_at && (
              <Text size="sm" c="dimmed">
                {t("endedBy", { name: appeal.decided_by?.name ?? "", time: dateTime(appeal.decided_at) })}: {appeal.reasons}
              </Text>
            )}
            {appeal.state === "filed" && may("review_cases") && (
              <Button size="xs" mt="xs" onClick={() => setDeciding(appeal)}>
                {t("decideAppeal")}
              </Button>
            )}
          </li>
        ))}
      </Stack>
      <FormDialog
        opened={recording}
        onClose={record.close}
        title={t("recordAppeal")}
        submit={t("recordAppeal")}
        initial={() => ({ case_party: accused[0]?.id ?? "", text: "", filed_at: new Date().toISOString() as string | null, channel: "mail" as "mail" | "letter" | "hearing" })}
        validate={(values) => missing(values, ["text", "case_party"], common("required"))}
        run={(values) => body(api.POST("/cases/{case}/appeals", { params: { path: { case: found.id } }, body: { ...values, text: values.text.trim() } }))}
        done={t("recorded")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Select label={t("accused")} allowDeselect={false} data={accused.map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("case_party")} />
            <Textarea label={t("replyWords")} required autosize minRows={4} maxLength={4000} {...form.getInputProps("text")} />
            <Select label={t("channelLabel")} allowDeselect={false} data={(["mail", "letter", "hearing"] as const).map((value) => ({ value, label: t(`channel.${value}`) }))} {...form.getInputProps("channel")} />
            <ZonedTimeInput label={t("filedAt")} fixedZone zone="" at={form.values.filed_at} onChange={(at) => form.setFieldValue("filed_at", at)} />
          </>
        )}
      </FormDialog>
      <DecideAppeal found={found} appeal={deciding} onClose={() => setDeciding(null)} />
    </Card>
  );
}

function DecideAppeal({ found, appeal, onClose }: { found: Case; appeal: Schemas["CaseAppeal"] | null; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const amounts = found.consequences.filter(({ amount, state }) => amount && state !== "void" && state !== "waived");
  return (
    <FormDialog
      opened={appeal !== null}
      onClose={onClose}
      title={t("decideAppeal")}
      text={t("appealText")}
      submit={t("decideAppeal")}
      size="lg"
      initial={() => ({ outcome: "upheld" as Outcome, reasons: "", taken: amounts.map(() => "") })}
      validate={(values) => ({
        ...missing(values, ["reasons"], common("required")),
        ...Object.fromEntries(
          amounts.flatMap(({ amount }, at) => {
            const text = values.taken[at] ?? "";
            return values.outcome === "reduced" && text.trim() !== "" && minorOf(text, amount?.due.currency ?? "CNY") === null ? [[`taken.${at}`, t("amountBad")]] : [];
          }),
        ),
      })}
      run={({ outcome, reasons, taken }) =>
        body(
          api.POST("/cases/{case}/appeals/{appeal}/decide", {
            params: { path: { case: found.id, appeal: appeal?.id ?? "" } },
            body: {
              outcome,
              reasons: reasons.trim(),
              ...(outcome === "reduced"
                ? {
                    reductions: amounts.flatMap(({ id, amount }, at) => {
                      const minor = minorOf(taken[at] ?? "", amount?.due.currency ?? "CNY");
                      return minor ? [{ consequence: id, minor }] : [];
                    }),
                  }
                : {}),
            },
          }),
        )
      }
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Text size="sm" className={classes.prose}>
            {appeal?.text}
          </Text>
          <Select label={t("outcomeLabel")} allowDeselect={false} data={(["upheld", "reduced", "overturned"] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))} {...form.getInputProps("outcome")} />
          {form.values.outcome === "reduced" &&
            amounts.map(({ id, party_name, amount }, at) => (
              <TextInput
                key={id}
                label={`${t("reduction")}: ${party_name}`}
                description={amount && `${t("dueAmount")} ${money(amount.due)}`}
                inputMode="decimal"
                rightSection={<Text size="xs">{amount?.due.currency}</Text>}
                {...form.getInputProps(`taken.${at}`)}
              />
            ))}
          <Textarea label={t("reasons")} required autosize minRows={4} maxLength={8000} {...form.getInputProps("reasons")} />
        </>
      )}
    </FormDialog>
  );
}

function Stages({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [adding, add] = useDisclosure();
  const [ending, setEnding] = useState<string | null>(null);
  const writes = may("write_cases") && found.decision !== undefined && found.decision !== null;
  return (
    <Card>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3">
          {t("stages")}
        </Title>
        {writes && (
          <Button size="sm" variant="default" leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("addStage")}
          </Button>
        )}
      </Group>
      {found.stages.length === 0 && <Text size="sm">{t("stagesEmpty")}</Text>}
      <Stack component="ul" gap="md" className={classes.plain}>
        {found.stages.map((stage) => (
          <Group component="li" key={stage.id} justify="space-between" align="flex-start" wrap="nowrap">
            <Stack gap={2}>
              <Text size="sm" fw={550}>
                {t(`stageKind.${stage.kind}`)}, {stage.body}
              </Text>
              <Text size="xs" c="dimmed" className="figures">
                {[stage.reference, dateTime(stage.opened_at), stage.ended_at && dateTime(stage.ended_at)].filter(Boolean).join(" · ")}
              </Text>
              {stage.text && (
                <Text size="sm" className={classes.prose}>
                  {stage.text}
                </Text>
              )}
            </Stack>
            <Group gap="xs" wrap="nowrap">
              {stage.outcome ? <Badge color="violet">{t(`outcome.${stage.outcome as StageOutcome}`)}</Badge> : <StateBadge of="stage" state={stage.state} />}
              {stage.state === "pending" && writes && (
                <Button size="compact-xs" variant="default" onClick={() => setEnding(stage.id)}>
                  {t("endStage")}
                </Button>
              )}
            </Group>
          </Group>
        ))}
      </Stack>
      <FormDialog
        opened={adding}
        onClose={add.close}
        title={t("addStage")}
        submit={t("addStage")}
        initial={() => ({ kind: "mediation" as "mediation" | "arbitration" | "court", body: "", reference: "", opened_at: new Date().toISOString() as string | null, text: "" })}
        validate={(values) => missing(values, ["body"], common("required"))}
        run={(values) => body(api.POST("/cases/{case}/stages", { params: { path: { case: found.id } }, body: { ...values, body: values.body.trim() } }))}
        done={t("recorded")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Select label={t("stageKindLabel")} allowDeselect={false} data={(["mediation", "arbitration", "court"] as const).map((value) => ({ value, label: t(`stageKind.${value}`) }))} {...form.getInputProps("kind")} />
            <TextInput label={t("body")} required maxLength={200} {...form.getInputProps("body")} />
            <TextInput label={t("reference")} maxLength={200} {...form.getInputProps("reference")} />
            <ZonedTimeInput label={t("filedAt")} fixedZone zone="" at={form.values.opened_at} onChange={(at) => form.setFieldValue("opened_at", at)} />
            <Textarea label={t("note")} autosize maxLength={4000} {...form.getInputProps("text")} />
          </>
        )}
      </FormDialog>
      <FormDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("endStage")}
        submit={t("record")}
        initial={() => ({ outcome: "upheld" as StageOutcome, text: "", ended_at: new Date().toISOString() as string | null })}
        validate={(values) => missing(values, ["text"], common("required"))}
        run={(values) => body(api.PATCH("/cases/{case}/stages/{stage}", { params: { path: { case: found.id, stage: ending ?? "" } }, body: { ...values, text: values.text.trim() } }))}
        done={t("recorded")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Select label={t("outcomeLabel")} allowDeselect={false} data={(["upheld", "reduced", "overturned", "settled", "withdrawn", "void"] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))} {...form.getInputProps("outcome")} />
            <Textarea label={t("reasons")} required autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
            <ZonedTimeInput label={t("at")} fixedZone zone="" at={form.values.ended_at} onChange={(at) => form.setFieldValue("ended_at", at)} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}
