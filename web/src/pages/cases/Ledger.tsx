// The payments ledger: entries that are never changed, corrected by further entries.
import { Badge, Button, Card, Group, Select, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { FormDialog } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { amountText, minorOf, money } from "@/parts/money";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned } from "./acts";
import classes from "./cases.module.css";

type Payment = Schemas["CasePayment"];

export function Ledger({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [adding, setAdding] = useState<{ corrects?: Payment } | null>(null);
  const ledger = useQuery({
    queryKey: ["payments", found.id],
    queryFn: ({ signal }) => body(api.GET("/cases/{case}/payments", { signal, params: { path: { case: found.id } } })),
  });
  const entries = ledger.data?.items ?? [];
  return (
    <Card>
      <SectionHeader title={t("ledger")} text={t("ledgerText")}>
        {may("write_cases") && (
          <Button size="sm" leftSection={<IconPlus size={16} />} onClick={() => setAdding({})}>
            {t("recordPayment")}
          </Button>
        )}
      </SectionHeader>
      <Failure error={ledger.error} />
      {ledger.data && entries.length === 0 && <Text size="sm">{t("ledgerEmpty")}</Text>}
      <Stack component="ol" gap={0} hiddenFrom="sm" className={classes.plain} aria-label={t("ledger")}>
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} all={entries} onCorrect={may("write_cases") ? () => setAdding({ corrects: entry }) : undefined} />
        ))}
      </Stack>
      {entries.length > 0 && (
        <Table.ScrollContainer visibleFrom="sm" minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t("ledger")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("entry")}</Table.Th>
                <Table.Th>{t("paidAt")}</Table.Th>
                <Table.Th ta="right">{t("amount")}</Table.Th>
                <Table.Th>{t("payer")}</Table.Th>
                <Table.Th>{t("reference")}</Table.Th>
                <Table.Th>{t("recordedBy")}</Table.Th>
                <Table.Th>{common("actions")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} all={entries} onCorrect={may("write_cases") ? () => setAdding({ corrects: entry }) : undefined} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <RecordPayment found={found} corrects={adding?.corrects} opened={adding !== null} onClose={() => setAdding(null)} />
    </Card>
  );
}

/** The same on a phone. */
function Line({ entry, all, onCorrect }: { entry: Payment; all: Payment[]; onCorrect?: () => void }) {
  const { t } = useTranslation("cases");
  const corrected = all.find(({ id }) => id === entry.corrects);
  return (
    <Stack component="li" gap={4} className={classes.line}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="figures">
          {entry.sequence} · {dateTime(entry.paid_at)}
        </Text>
        <Text size="sm" fw={600} className="figures" style={{ whiteSpace: "nowrap" }}>
          {money(entry.amount)}
        </Text>
      </Group>
      <Text size="sm">{[entry.payer, entry.reference].filter(Boolean).join(" · ")}</Text>
      {entry.note && (
        <Text size="sm" c="dimmed">
          {entry.note}
        </Text>
      )}
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          {entry.kind === "correction" && (
            <Badge size="sm" color="yellow">
              {t("correction")} {corrected && `→ ${corrected.sequence}`}
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {entry.recorded_by}
          </Text>
        </Group>
        {onCorrect && (
          <Button size="compact-xs" variant="default" aria-label={`${t("correct")}: ${entry.sequence}`} onClick={onCorrect}>
            {t("correct")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Entry({ entry, all, onCorrect }: { entry: Payment; all: Payment[]; onCorrect?: () => void }) {
  const { t } = useTranslation("cases");
  const corrected = all.find(({ id }) => id === entry.corrects);
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={2} align="flex-start">
          <span className="figures">{entry.sequence}</span>
          {entry.kind === "correction" && (
            <Badge size="sm" color="yellow">
              {t("correction")} {corrected && `→ ${corrected.sequence}`}
            </Badge>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>{dateTime(entry.paid_at)}</Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        {money(entry.amount)}
      </Table.Td>
      <Table.Td>{entry.payer || "–"}</Table.Td>
      <Table.Td>
        {entry.reference || "–"}
        {entry.note && (
          <Text size="xs" c="dimmed">
            {entry.note}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {entry.recorded_by}
        <Text size="xs" c="dimmed">
          {dateTime(entry.recorded_at)}
        </Text>
      </Table.Td>
      <Table.Td>
        {onCorrect && (
          <Button size="compact-xs" variant="default" aria-label={`${t("correct")}: ${entry.sequence}`} onClick={onCorrect}>
            {t("correct")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function RecordPayment({ found, corrects, opened, onClose }: { found: Case; corrects: Payment | undefined; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const amounts = found.consequences.filter(({ amount, state }) => amount && state !== "void");
  const currencyOf = (consequence: string) => amounts.find(({ id }) => id === consequence)?.amount?.due.currency ?? "CNY";
  // A correction may take back: a minus sign in front.
  const read = (text: string, currency: string) => {
    const taken = text.trim().startsWith("-");
    const minor = minorOf(taken ? text.trim().slice(1) : text, currency);
    return minor === null || minor === 0 || (taken && !corrects) ? null : taken ? -minor : minor;
  };
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={corrects ? t("correctTitle") : t("recordPayment")}
      text={t("ledgerText")}
      submit={corrects ? t("correct") : t("recordPayment")}
      initial={() => ({
        consequence: corrects?.consequence ?? amounts[0]?.id ?? "",
        amount: corrects ? amountText(-corrects.amount.minor, corrects.amount.currency) : "",
        paid_at: new Date().toISOString() as string | null,
        payer: corrects?.payer ?? "",
        liable: (corrects?.liable ?? "person") as "person" | "organisation",
        reference: "",
        note: "",
      })}
      validate={({ amount, consequence }) => (read(amount, currencyOf(consequence)) === null ? { amount: t("amountBad") } : {})}
      run={({ consequence, amount, paid_at, payer, liable, reference, note }) =>
        body(
          api.POST("/cases/{case}/payments", {
            params: { path: { case: found.id } },
            body: {
              consequence,
              minor: read(amount, currencyOf(consequence)) ?? 0,
              paid_at: paid_at ?? new Date().toISOString(),
              liable,
              ...(payer.trim() ? { payer: payer.trim() } : {}),
              ...(reference.trim() ? { reference: reference.trim() } : {}),
              ...(note.trim() ? { note: note.trim() } : {}),
              ...(corrects ? { corrects: corrects.id } : {}),
            },
          }),
        )
      }
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          {!corrects && (
            <Select
              label={t("consequence.agreed_amount")}
              allowDeselect={false}
              data={amounts.map(({ id, party_name, amount }) => ({ value: id, label: `${party_name} – ${amount ? money(amount.outstanding) : ""}` }))}
              {...form.getInputProps("consequence")}
            />
          )}
          <TextInput label={t("amount")} required inputMode="decimal" data-autofocus rightSection={<Text size="xs">{currencyOf(form.values.consequence)}</Text>} {...form.getInputProps("amount")} />
          <ZonedTimeInput label={t("paidAt")} required fixedZone zone="" at={form.values.paid_at} onChange={(at) => form.setFieldValue("paid_at", at)} />
          <Group grow>
            <TextInput label={t("payer")} maxLength={200} {...form.getInputProps("payer")} />
            <Select label={t("liable")} allowDeselect={false} data={(["person", "organisation"] as const).map((value) => ({ value, label: states(`liable.${value}`) }))} {...form.getInputProps("liable")} />
          </Group>
          <TextInput label={t("reference")} maxLength={200} {...form.getInputProps("reference")} />
          <Textarea label={t("note")} autosize maxLength={4000} {...form.getInputProps("note")} />
        </>
      )}
    </FormDialog>
  );
}
