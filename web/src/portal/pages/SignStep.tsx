// Signing: each clause ticked by itself, the consent, the typed name. Sent once however often it is pressed.
import { Alert, Button, Card, Checkbox, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { ActionBar } from "../parts/ActionBar";
import { Refusal } from "../parts/Refusal";
import { dropDraft } from "../draft";
import { useAcceptCommitment, useRefusal } from "../session";
import { DeclineButton } from "./DeclineButton";
import type { StepProps } from "./ReadStep";
import classes from "../portal.module.css";

interface TickProps {
  id: string;
  label: string;
  checked: boolean;
  missing: boolean;
  onChange: (checked: boolean) => void;
}

function Tick({ id, label, checked, missing, onChange }: TickProps) {
  return (
    <div className={classes.tick} data-checked={checked} data-missing={missing && !checked}>
      <Checkbox id={id} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} label={label} size="md" aria-invalid={missing && !checked}
        styles={{ body: { alignItems: "flex-start" }, label: { lineHeight: 1.45, cursor: "pointer" } }} />
    </div>
  );
}

export function SignStep({ commitment, draft, setDraft }: StepProps) {
  const { t } = useTranslation("portal");
  const accept = useAcceptCommitment();
  const refusalOf = useRefusal();
  const [tried, setTried] = useState(false);
  const underWay = useRef(false);
  const company = commitment.role === "company";

  const missing: string[] = [
    ...commitment.ticks.filter((tick) => !draft.ticks.includes(tick.id)).map((tick) => `tick-${tick.id}`),
    ...(draft.name.trim() === "" ? ["sign-name"] : []),
    ...(company && draft.jobTitle.trim() === "" ? ["sign-job"] : []),
    ...(draft.consent ? [] : ["sign-consent"]),
  ];
  const sign = useMutation({
    mutationFn: () =>
      body(
        api.POST("/recipient/commitments/{commitment}/sign", {
          params: { path: { commitment: commitment.id } },
          body: {
            name: draft.name.trim(),
            ticks: draft.ticks,
            text_hash: commitment.text_hash,
            consent: draft.consent,
            ...(company ? { job_title: draft.jobTitle.trim() } : {}),
          },
        }),
      ),
    // The same request twice signs once, so a lost answer is simply asked for again.
    retry: (count, cause) => count < 2 && asApiError(cause).status === 0,
    onSuccess: (after) => {
      dropDraft(commitment.id);
      accept(after);
      window.scrollTo(0, 0);
    },
    onSettled: () => {
      underWay.current = false;
    },
  });
  const submit = () => {
    setTried(true);
    if (missing[0] !== undefined) {
      document.getElementById(missing[0])?.focus();
      return;
    }
    if (underWay.current) return;
    underWay.current = true;
    sign.mutate();
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="lg">
        {commitment.ticks.length > 0 ? (
          <Stack gap="sm" component="fieldset" m={0} p={0} style={{ border: 0 }}>
            <Title order={2} size="h3" component="legend" p={0} mb={4}>{t("sign.clauses")}</Title>
            {commitment.ticks.map((tick) => (
              <Tick key={tick.id} id={`tick-${tick.id}`} label={tick.text} checked={draft.ticks.includes(tick.id)} missing={tried}
                onChange={(checked) => setDraft({ ticks: checked ? [...draft.ticks, tick.id] : draft.ticks.filter((id) => id !== tick.id) })} />
            ))}
          </Stack>
        ) : null}
        <Card padding="lg">
          <Stack gap="md">
            <Title order={2} size="h3">{t(company ? "company.signature" : "sign.signature")}</Title>
            <TextInput id="sign-name" size="md" label={t("sign.name")} description={t("sign.nameHint")} autoComplete="name" maxLength={200} value={draft.name}
              error={tried && draft.name.trim() === "" ? t("sign.nameMissing") : undefined} onChange={(event) => setDraft({ name: event.currentTarget.value })} />
            {company ? (
              <TextInput id="sign-job" size="md" label={t("company.job")} description={t("company.jobHint")} autoComplete="organization-title" maxLength={200} value={draft.jobTitle}
                error={tried && draft.jobTitle.trim() === "" ? t("company.jobMissing") : undefined} onChange={(event) => setDraft({ jobTitle: event.currentTarget.value })} />
            ) : null}
            <div className={classes.signature} aria-hidden="true">{draft.name}</div>
            <Tick id="sign-consent" label={commitment.consent_text} checked={draft.consent} missing={tried} onChange={(consent) => setDraft({ consent })} />
          </Stack>
        </Card>
        {tried && missing.length > 0 ? <Alert role="alert" color="orange" variant="light">{t("sign.missing", { count: missing.length })}</Alert> : null}
        <Refusal error={sign.error ? refusalOf(sign.error) : null} />
        {sign.error && asApiError(sign.error).status === 0 ? <Text size="sm" ta="center">{t("sign.pressAgain")}</Text> : null}
        <Stack align="center"><DeclineButton commitment={commitment} /></Stack>
      </Stack>
      <ActionBar>
        <Button type="submit" size="lg" fullWidth loading={sign.isPending} disabled={sign.isPending || sign.isSuccess} leftSection={<IconPencil size={20} aria-hidden />}>
          {t(company ? "company.sign" : "sign.sign")}
        </Button>
      </ActionBar>
    </form>
  );
}
