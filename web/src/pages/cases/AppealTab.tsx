// Appeals, decided by somebody who did not decide; after them come the stages in court.
import { Badge, Button, Card, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { StateBadge } from "@/parts/States";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { Documents } from "./Documents";
import { ReductionFields } from "./Reductions";
import { Stages } from "./Stages";
import { reductionsOf, standingAmounts, type Taken, wrongReductions } from "./taken";

type Outcome = "upheld" | "reduced" | "overturned";

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
      <SectionHeader
        title={t("appealTitle")}
        text={[t("appealText"), found.decision && `${t("appealUntil", { time: dateTime(found.decision.appeal_until) })}.`].filter(Boolean).join(" ")}
      >
        {mayAppeal && (
          <Button size="sm" variant="default" onClick={record.open}>
            {t("recordAppeal")}
          </Button>
        )}
      </SectionHeader>
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
            <Documents of={found} documents={appeal.documents} />
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
  const amounts = standingAmounts(found);
  return (
    <FormDialog
      opened={appeal !== null}
      onClose={onClose}
      title={t("decideAppeal")}
      text={t("appealText")}
      submit={t("decideAppeal")}
      size="lg"
      initial={() => ({ outcome: "upheld" as Outcome, reasons: "", taken: {} as Taken })}
      validate={({ reasons, outcome, taken }) => ({
        ...missing({ reasons }, ["reasons"], common("required")),
        ...(outcome === "reduced" ? wrongReductions(amounts, taken, { amount: t("amountBad"), tooMuch: t("reductionTooMuch"), none: t("reductionNone") }, false) : {}),
      })}
      run={({ outcome, reasons, taken }) =>
        body(
          api.POST("/cases/{case}/appeals/{appeal}/decide", {
            params: { path: { case: found.id, appeal: appeal?.id ?? "" } },
            body: { outcome, reasons: reasons.trim(), ...(outcome === "reduced" ? { reductions: reductionsOf(amounts, taken) } : {}) },
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
          {form.values.outcome === "reduced" && <ReductionFields amounts={amounts} taken={form.values.taken} errors={form.errors} onChange={(taken) => form.setFieldValue("taken", taken as never)} />}
          <Textarea label={t("reasons")} required autosize minRows={4} maxLength={8000} {...form.getInputProps("reasons")} />
        </>
      )}
    </FormDialog>
  );
}
