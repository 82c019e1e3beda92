// What is claimed, what the other side says, and the decision that two people make.
import { Alert, Badge, Button, Card, Group, NumberInput, Select, Stack, Switch, Text, Textarea, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconGavel, IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { type DraftConsequence, ConsequencesEditor, requestOf, wrongIn } from "./ConsequencesEditor";
import { Documents } from "./Documents";
import { Proposals } from "./Proposals";

const findings: Schemas["CaseFinding"][] = ["breach", "no_breach", "not_proven"];

export function Component() {
  const found = useCase();
  return (
    <Stack gap="lg">
      <Claim found={found} />
      <Replies found={found} />
      <Decision found={found} />
    </Stack>
  );
}

function Claim({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [sending, send] = useDisclosure();
  const open = may("write_cases") && found.next_moves.includes("claim");
  return (
    <Card>
      <SectionHeader title={t("claimTitle")} text={t("claimText")}>
        {open && (
          <Button leftSection={<IconSend size={16} />} variant={found.claim ? "default" : "filled"} onClick={send.open}>
            {t("claim")}
          </Button>
        )}
      </SectionHeader>
      {found.claim ? (
        <Stack gap={4}>
          <Text size="sm" className={classes.prose}>
            {found.claim.text}
          </Text>
          <Text size="xs" c="dimmed" className="figures">
            {t("claimSent", { time: dateTime(found.claim.sent_at), until: dateTime(found.claim.reply_until) })}
          </Text>
        </Stack>
      ) : (
        <Text size="sm">{t("claimNone")}</Text>
      )}
      <FormDialog
        opened={sending}
        onClose={send.close}
        title={t("claim")}
        text={t("claimText")}
        submit={t("claim")}
        size="lg"
        initial={() => ({ text: found.claim?.text ?? "", reply_until: new Date(Date.now() + 7 * 86_400_000).toISOString() as string | null })}
        validate={(values) => missing(values, ["text", "reply_until"], common("required"))}
        run={({ text, reply_until }) => body(api.POST("/cases/{case}/claim", { params: { path: { case: found.id } }, body: { text: text.trim(), reply_until: reply_until ?? "" } }))}
        done={t("claimDone")}
        refresh={[...concerned, "outbox"]}
      >
        {(form) => (
          <>
            <Textarea label={t("claimWords")} required autosize minRows={5} maxLength={4000} data-autofocus {...form.getInputProps("text")} />
            <ZonedTimeInput
              label={t("replyUntil")}
              description={t("replyUntilHint")}
              required
              future
              fixedZone
              zone=""
              at={form.values.reply_until}
              error={form.errors.reply_until}
              onChange={(at) => form.setFieldValue("reply_until", at)}
            />
          </>
        )}
      </FormDialog>
    </Card>
  );
}

function Replies({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [recording, record] = useDisclosure();
  const accused = found.parties.filter((party) => party.accused);
  if (!found.claim && found.replies.length === 0) return null;
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("replies")}
        </Title>
        {may("write_cases") && found.state !== "closed" && accused.length > 0 && (
          <Button size="xs" variant="default" onClick={record.open}>
            {t("recordReply")}
          </Button>
        )}
      </Group>
      {found.replies.length === 0 && <Text size="sm">{t("repliesNone")}</Text>}
      <Stack component="ul" gap="md" className={classes.plain}>
        {found.replies.map((reply) => (
          <li key={reply.id}>
            <Group gap="xs" mb={4}>
              <Text size="sm" fw={550}>
                {reply.party_name}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`channel.${reply.channel}`)}, {dateTime(reply.received_at)}
              </Text>
              {reply.admits && <Badge color="orange">{t("admits")}</Badge>}
            </Group>
            <Text size="sm" className={classes.prose}>
              {reply.text}
            </Text>
            <Documents of={found} documents={reply.documents} />
          </li>
        ))}
      </Stack>
      <FormDialog
        opened={recording}
        onClose={record.close}
        title={t("recordReply")}
        submit={t("record")}
        initial={() => ({ case_party: accused[0]?.id ?? "", text: "", channel: "mail" as "mail" | "letter" | "hearing", received_at: new Date().toISOString() as string | null, admits: false })}
        validate={(values) => missing(values, ["case_party", "text"], common("required"))}
        run={(values) => body(api.POST("/cases/{case}/replies", { params: { path: { case: found.id } }, body: { ...values, text: values.text.trim() } }))}
        done={t("recorded")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Select label={t("accused")} allowDeselect={false} data={accused.map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("case_party")} />
            <Textarea label={t("replyWords")} required autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
            <Select label={t("channelLabel")} allowDeselect={false} data={(["mail", "letter", "hearing"] as const).map((value) => ({ value, label: t(`channel.${value}`) }))} {...form.getInputProps("channel")} />
            <ZonedTimeInput label={t("receivedAt")} fixedZone zone="" at={form.values.received_at} onChange={(at) => form.setFieldValue("received_at", at)} />
            <Switch label={t("admits")} {...form.getInputProps("admits", { type: "checkbox" })} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}

function Decision({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const [proposing, propose] = useDisclosure();
  const open = may("write_cases") && found.next_moves.includes("propose");
  const { decision } = found;
  return (
    <Card>
      <SectionHeader title={t("decisionTitle")} text={t("decisionText")}>
        {open && (
          <Button leftSection={<IconGavel size={16} />} onClick={propose.open}>
            {t("propose")}
          </Button>
        )}
      </SectionHeader>
      <Stack gap="md">
        {decision ? (
          <Alert color="violet" icon={<IconGavel size={18} />} title={t(`finding.${decision.finding}`)}>
            <Stack gap={6}>
              <Text size="sm" className={classes.prose}>
                {decision.reasons}
              </Text>
              <Text size="xs" className="figures">
                {t("proposedBy", { name: decision.proposed_by?.name ?? "", time: dateTime(decision.decided_at) })} ·{" "}
                {t("agreedBy", { name: decision.agreed_by?.name ?? "", time: dateTime(decision.decided_at) })}
                {decision.agreed_reason && `: ${decision.agreed_reason}`}
              </Text>
              <Text size="xs" className="figures">
                {t("appealUntil", { time: dateTime(decision.appeal_until) })}
              </Text>
            </Stack>
          </Alert>
        ) : (
          found.proposals.length === 0 && <Text size="sm">{t("noDecision")}</Text>
        )}
        <Proposals found={found} />
      </Stack>
      <Propose found={found} opened={proposing} onClose={propose.close} />
    </Card>
  );
}

function Propose({ found, opened, onClose }: { found: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("propose")}
      text={t("decisionText")}
      submit={t("propose")}
      size="xl"
      initial={() => ({ finding: "breach" as Schemas["CaseFinding"], reasons: "", appeal_days: 30 as number | string, consequences: [] as DraftConsequence[] })}
      validate={(values) => ({ ...missing(values, ["reasons"], common("required")), ...(values.finding === "breach" ? wrongIn(values.consequences, { amount: t("amountBad"), required: common("required") }) : {}) })}
      run={({ finding, reasons, appeal_days, consequences }) =>
        body(
          api.POST("/cases/{case}/proposals", {
            params: { path: { case: found.id } },
            body: { finding, reasons: reasons.trim(), appeal_days: Number(appeal_days) || 30, consequences: finding === "breach" ? consequences.map(requestOf) : [] },
          }),
        )
      }
      done={t("proposed")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Group grow align="flex-start">
            <Select label={t("findingLabel")} allowDeselect={false} data={findings.map((value) => ({ value, label: t(`finding.${value}`) }))} {...form.getInputProps("finding")} />
            <NumberInput label={t("appealDays")} min={7} max={180} allowDecimal={false} {...form.getInputProps("appeal_days")} />
          </Group>
          <Textarea label={t("reasons")} required autosize minRows={5} maxLength={8000} {...form.getInputProps("reasons")} />
          {form.values.finding === "breach" && (
            <ConsequencesEditor
              parties={found.parties.filter((party) => party.accused)}
              value={form.values.consequences}
              errors={form.errors}
              onChange={(consequences) => form.setFieldValue("consequences", consequences as never)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
