// The consequences of a proposal, one card each; the agreed amount comes from the commitment as signed.
import { ActionIcon, Button, Card, Group, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { FormErrors } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { minorOf, money, parts } from "@/parts/money";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { CommitmentSelect } from "./PartiesTab";

type Kind = Schemas["ConsequenceKind"];

export interface DraftConsequence {
  key: number;
  kind: Kind;
  case_party: string;
  text: string;
  due_at: string | null;
  commitment: string | null;
  /** The amount and currency of the commitment, once known. */
  amount: string;
  currency: string;
  reduction: string;
  reduction_reason: string;
  instalments: number;
}

const kinds: Kind[] = ["agreed_amount", "apology", "warning", "training", "employer_measure", "access_withdrawal"];
let serial = 0;

export function wrongIn(drafts: DraftConsequence[], words: { amount: string; required: string }): FormErrors {
  const wrong: FormErrors = {};
  drafts.forEach((draft, at) => {
    if (draft.kind !== "agreed_amount" || draft.reduction.trim() === "") return;
    if (minorOf(draft.reduction, draft.currency || "CNY") === null) wrong[`consequences.${at}.reduction`] = words.amount;
    if (draft.reduction_reason.trim() === "") wrong[`consequences.${at}.reduction_reason`] = words.required;
  });
  return wrong;
}

/** Months later, on the same day where that month has it. */
function monthsLater(instant: string, months: number): string {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString();
}

export function requestOf(draft: DraftConsequence): Schemas["ConsequenceRequest"] {
  const { kind, case_party, due_at } = draft;
  const text = draft.text.trim();
  const plain = { kind, case_party, ...(text ? { text } : {}), ...(due_at ? { due_at } : {}) };
  if (kind !== "agreed_amount") return plain;
  const agreed = minorOf(draft.amount, draft.currency) ?? 0;
  const reduction = draft.reduction.trim() === "" ? 0 : (minorOf(draft.reduction, draft.currency) ?? 0);
  const due = agreed - reduction;
  return {
    ...plain,
    ...(draft.commitment ? { commitment: draft.commitment } : {}),
    ...(reduction > 0 ? { reduction: { minor: reduction, reason: draft.reduction_reason.trim() } } : {}),
    ...(draft.instalments > 1 && due_at && due > 0
      ? { instalments: parts(due, draft.instalments).map((minor, at) => ({ minor, due_at: monthsLater(due_at, at) })) }
      : {}),
  };
}

interface Props {
  parties: Schemas["CaseParty"][];
  value: DraftConsequence[];
  errors: FormErrors;
  onChange: (drafts: DraftConsequence[]) => void;
}

export function ConsequencesEditor({ parties, value, errors, onChange }: Props) {
  const { t } = useTranslation("cases");
  const add = () =>
    onChange([
      ...value,
      {
        key: ++serial,
        kind: value.some(({ kind }) => kind === "agreed_amount") ? "apology" : "agreed_amount",
        case_party: parties[0]?.id ?? "",
        text: "",
        due_at: null,
        commitment: parties[0]?.commitment ?? null,
        amount: "",
        currency: "",
        reduction: "",
        reduction_reason: "",
        instalments: 1,
      },
    ]);
  return (
    <Stack gap="sm">
      {value.map((draft, at) => (
        <One
          key={draft.key}
          at={at}
          draft={draft}
          parties={parties}
          errors={errors}
          onChange={(values) => onChange(value.map((one, index) => (index === at ? { ...one, ...values } : one)))}
          onRemove={() => onChange(value.filter((_, index) => index !== at))}
        />
      ))}
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} disabled={parties.length === 0} onClick={add} style={{ alignSelf: "flex-start" }}>
        {t("addConsequence")}
      </Button>
    </Stack>
  );
}

interface OneProps {
  at: number;
  draft: DraftConsequence;
  parties: Schemas["CaseParty"][];
  errors: FormErrors;
  onChange: (values: Partial<DraftConsequence>) => void;
  onRemove: () => void;
}

function One({ at, draft, parties, errors, onChange, onRemove }: OneProps) {
  const { t } = useTranslation("cases");
  const party = parties.find(({ id }) => id === draft.case_party);
  return (
    <Card padding="sm" role="group" aria-label={t(`consequence.${draft.kind}`)}>
      <Stack gap="sm">
        <Group wrap="nowrap" align="flex-end" gap="xs">
          <Select flex={1} label={t("kindLabel")} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`consequence.${value}`) }))} value={draft.kind} onChange={(kind) => onChange({ kind: (kind ?? draft.kind) as Kind })} />
          <Select
            flex={1}
            label={t("forParty")}
            allowDeselect={false}
            data={parties.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.case_party}
            onChange={(id) => onChange({ case_party: id ?? "", commitment: parties.find((one) => one.id === id)?.commitment ?? null })}
          />
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeLine", { line: at + 1 })} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
        {draft.kind === "agreed_amount" && <Amount at={at} draft={draft} party={party} errors={errors} onChange={onChange} />}
        <Textarea label={t("theText")} autosize minRows={1} maxLength={4000} value={draft.text} onChange={(event) => onChange({ text: event.currentTarget.value })} />
        <ZonedTimeInput label={draft.kind === "agreed_amount" && draft.instalments > 1 ? t("firstDue") : t("dueAt")} fixedZone future zone="" at={draft.due_at} onChange={(due_at) => onChange({ due_at })} />
      </Stack>
    </Card>
  );
}

function Amount({ at, draft, party, errors, onChange }: { at: number; draft: DraftConsequence; party: Schemas["CaseParty"] | undefined; errors: FormErrors; onChange: (values: Partial<DraftConsequence>) => void }) {
  const { t } = useTranslation("cases");
  const signed = useQuery({
    queryKey: ["commitment", draft.commitment],
    queryFn: ({ signal }) => body(api.GET("/commitments/{commitment}", { signal, params: { path: { commitment: draft.commitment ?? "" } } })),
    enabled: draft.commitment !== null,
  });
  const terms = signed.data?.commitment.terms;
  const amount = terms?.amount ?? "";
  const currency = terms?.currency ?? "";
  const agreed = amount ? minorOf(amount, currency) : null;
  // What a reduction is taken from, and instalments add up to.
  useEffect(() => {
    if (amount && (amount !== draft.amount || currency !== draft.currency)) onChange({ amount, currency });
  }, [amount, currency]);
  return (
    <Stack gap="sm">
      <CommitmentSelect party={party?.party ?? null} value={draft.commitment} onChange={(commitment) => onChange({ commitment, amount: "", currency: "" })} />
      {amount && (
        <Text size="sm">
          {t("agreed")}:{" "}
          <Text span inherit fw={600} className="figures">
            {agreed === null ? `${currency} ${amount}` : money({ minor: agreed, currency })}
          </Text>
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label={t("reduction")} inputMode="decimal" rightSection={<Text size="xs">{currency}</Text>} value={draft.reduction} error={errors[`consequences.${at}.reduction`]} onChange={(event) => onChange({ reduction: event.currentTarget.value })} />
        <TextInput label={t("reductionReason")} maxLength={2000} value={draft.reduction_reason} error={errors[`consequences.${at}.reduction_reason`]} onChange={(event) => onChange({ reduction_reason: event.currentTarget.value })} />
        <NumberInput label={t("instalmentCount")} min={1} max={60} allowDecimal={false} value={draft.instalments} onChange={(count) => onChange({ instalments: Number(count) || 1 })} />
      </SimpleGrid>
    </Stack>
  );
}
