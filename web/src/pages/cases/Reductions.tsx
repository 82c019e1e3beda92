// What an appeal, an arbitration or a court takes off the agreed amounts of a case: asked for in a form, and shown after.
import { Group, Stack, Text, TextInput } from "@mantine/core";
import type { FormErrors } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { minorOf, money } from "@/parts/money";
import { dateOnly } from "@/parts/times";
import type { Case } from "./acts";
import classes from "./cases.module.css";
import { changesBy, type Standing, type Taken } from "./taken";

type Amount = Schemas["AgreedAmount"];

interface FieldsProps {
  amounts: Standing[];
  taken: Taken;
  errors: FormErrors;
  onChange: (taken: Taken) => void;
}

export function ReductionFields({ amounts, taken, errors, onChange }: FieldsProps) {
  const { t } = useTranslation("cases");
  return amounts.map(({ id, party_name, amount }) => {
    const minor = minorOf(taken[id] ?? "", amount.due.currency);
    const then = minor && minor <= amount.due.minor ? { ...amount.due, minor: amount.due.minor - minor } : null;
    return (
      <TextInput
        key={id}
        label={t("pair", { what: t("reduction"), value: party_name })}
        description={then ? t("dueThen", { before: money(amount.due), after: money(then) }) : t("dueNow", { amount: money(amount.due) })}
        inputMode="decimal"
        rightSection={<Text size="xs">{amount.due.currency}</Text>}
        rightSectionWidth={48}
        value={taken[id] ?? ""}
        error={errors[`taken.${id}`]}
        onChange={(event) => onChange({ ...taken, [id]: event.currentTarget.value })}
      />
    );
  });
}

/** From what was signed to what is due, step by step. */
export function AmountSteps({ amount }: { amount: Amount }) {
  const { t } = useTranslation("cases");
  if (!amount.changes?.length) return null;
  return (
    <div>
      <Text size="sm" fw={550} mb={6}>
        {t("amountSteps")}
      </Text>
      <ol className={classes.steps} aria-label={t("amountSteps")}>
        <li>
          <Text size="sm">
            {t("amountSigned")} <span className={classes.faint}>{amount.commitment_number}</span>
          </Text>
          <Text size="sm" fw={600} className="figures" ta="right">
            {money(amount.agreed)}
          </Text>
        </li>
        {amount.changes.map((change, at) => (
          <li key={at}>
            <div>
              <Text size="sm">
                {t(`changedBy.${change.source}`)} <span className={classes.faint}>{dateOnly(change.at)}</span>
              </Text>
              <Text size="sm" c="dimmed" className={classes.prose}>
                {change.reason}
              </Text>
            </div>
            <div>
              <Text size="sm" className="figures" ta="right">
                {money({ ...change.taken_off, minor: -change.taken_off.minor })}
              </Text>
              <Text size="sm" fw={600} className="figures" ta="right">
                {money(change.due)}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

export function TakenOff({ found, stage }: { found: Case; stage: Schemas["CaseStage"] }) {
  const { t } = useTranslation("cases");
  const changes = changesBy(found, stage);
  if (changes.length === 0) return null;
  return (
    <Stack gap={2}>
      {changes.map(({ party_name, change }, at) => (
        <Group key={at} gap="xs" className="figures">
          <Text size="sm">{t("takenOff", { name: party_name, amount: money(change.taken_off) })}</Text>
          <Text size="sm" fw={600}>
            {t("thenDue", { amount: money(change.due) })}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
