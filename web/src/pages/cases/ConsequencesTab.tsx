// What follows from the decision: the agreed amount with its ledger, apology, measures; what was done about each.
import { Alert, Anchor, Badge, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { FormDialog } from "@/parts/FormDialog";
import { money } from "@/parts/money";
import { StateBadge } from "@/parts/States";
import { dateOnly, dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { Ledger } from "./Ledger";
import { AmountSteps } from "./Reductions";
import { PendingStages } from "./Stages";

type Consequence = Schemas["CaseConsequence"];

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  if (found.consequences.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconScale} title={t("consequencesEmpty")} text={t("consequencesEmptyText")} />
      </Card>
    );
  }
  return (
    <Stack gap="lg">
      {found.consequences.map((consequence) => (
        <One key={consequence.id} found={found} consequence={consequence} />
      ))}
      {found.consequences.some(({ kind }) => kind === "agreed_amount") && (
        <>
          <PendingStages found={found} />
          <Ledger found={found} />
        </>
      )}
    </Stack>
  );
}

function One({ found, consequence }: { found: Case; consequence: Consequence }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const [recording, record] = useDisclosure();
  const path = { params: { path: { case: found.id, consequence: consequence.id } } };
  const change = useAct((values: Schemas["CaseConsequenceUpdate"]) => body(api.PATCH("/cases/{case}/consequences/{consequence}", { ...path, body: values })), {
    done: t("changed"),
    refresh: concerned,
    quiet: true,
  });
  const writes = may("write_cases") && (consequence.state === "planned" || consequence.state === "active");
  return (
    <Card>
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Group gap="xs">
            <Text fw={600}>{t(`consequence.${consequence.kind}`)}</Text>
            <StateBadge of="consequence" state={consequence.state} />
          </Group>
          <Text size="sm" c="dimmed">
            {consequence.party_name}
          </Text>
        </div>
        {writes && (
          <Group gap="xs">
            {consequence.kind !== "agreed_amount" && (
              <Button size="xs" variant="default" onClick={record.open} aria-label={`${t("record")}: ${t(`consequence.${consequence.kind}`)}`}>
                {t("record")}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={`${t("waive")}: ${t(`consequence.${consequence.kind}`)}`}
              onClick={() => askReason({ title: t("waiveTitle"), text: "", confirm: t("waive"), danger: true, run: (reason) => change.mutateAsync({ state: "waived", reason }) })}
            >
              {t("waive")}
            </Button>
          </Group>
        )}
      </Group>
      <Stack gap="sm">
        {consequence.text && (
          <Text size="sm" className={classes.prose}>
            {consequence.text}
          </Text>
        )}
        {consequence.amount && <Amount amount={consequence.amount} />}
        <Facts
          facts={[
            [t("dueAt"), consequence.due_at ? dateTime(consequence.due_at) : null],
            [t("markAsDone"), consequence.done_at ? dateTime(consequence.done_at) : null],
            [t("byWhom"), consequence.by_whom],
            [
              t("apologyWhere"),
              consequence.published_at && /^https?:\/\//.test(consequence.published_at) ? (
                <Anchor href={consequence.published_at} target="_blank" rel="noopener noreferrer nofollow" inherit>
                  {consequence.published_at}
                </Anchor>
              ) : (
                consequence.published_at
              ),
            ],
            [t("apologyFrom"), consequence.published_from ? dateTime(consequence.published_from) : null],
            [t("apologyUntil"), consequence.published_until ? dateTime(consequence.published_until) : null],
            [
              t("consequence.access_withdrawal"),
              consequence.kind === "access_withdrawal" && consequence.withdrawn_commitments !== undefined
                ? t("withdrawnCounts", { commitments: consequence.withdrawn_commitments, copies: consequence.withdrawn_copies ?? 0 })
                : null,
            ],
            [t("reductionReason"), consequence.amount?.changes?.length ? null : consequence.amount?.reduction_reason],
            [t("note"), consequence.reason],
          ]}
        />
      </Stack>
      <Record found={found} consequence={consequence} opened={recording} onClose={record.close} />
    </Card>
  );
}

function Amount({ amount }: { amount: Schemas["AgreedAmount"] }) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const share = amount.due.minor > 0 ? (100 * amount.paid.minor) / amount.due.minor : 100;
  const figures: [string, Schemas["Money"] | null | undefined][] = [
    [t("agreed"), amount.agreed],
    [t("reduction"), amount.reduction],
    [t("dueAmount"), amount.due],
    [t("paid"), amount.paid],
    [t("outstanding"), amount.outstanding],
  ];
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, sm: 5 }}>
        {figures
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text fw={600} className="figures">
                {value && money(value)}
              </Text>
            </div>
          ))}
      </SimpleGrid>
      <Progress value={share} color="teal" aria-label={t("paid")} />
      <Text size="sm" c="dimmed">
        <Anchor component={Link} to={`/commitments/${amount.commitment}`} inherit underline="always">
          {t("commitment")} {amount.commitment_number}
        </Anchor>{" "}
        · {t("liable")}: {amount.liable_names?.length ? amount.liable_names.join(", ") : states(`liable.${amount.liable}`)}
      </Text>
      {amount.above_loss && <Alert color="yellow">{t("aboveLoss")}</Alert>}
      <AmountSteps amount={amount} />
      {(amount.instalments ?? []).length > 1 && (
        <div>
          <Text size="sm" fw={550} mb={4}>
            {t("instalments")}
          </Text>
          <Stack component="ol" gap={4} m={0} p={0} className={classes.plain}>
            {amount.instalments?.map((instalment, at) => (
              <Group component="li" key={at} gap="xs" wrap="nowrap" className="figures">
                <Text size="sm" w={124}>
                  {dateOnly(instalment.due_at)}
                </Text>
                <Text size="sm" w={120}>
                  {money({ minor: instalment.minor, currency: amount.due.currency })}
                </Text>
                {instalment.state && (
                  <Badge size="sm" color={instalment.state === "paid" ? "teal" : instalment.state === "overdue" ? "red" : instalment.state === "part_paid" ? "yellow" : "gray"}>
                    {t(`instalment.${instalment.state}`)}
                  </Badge>
                )}
              </Group>
            ))}
          </Stack>
        </div>
      )}
    </Stack>
  );
}

function Record({ found, consequence, opened, onClose }: { found: Case; consequence: Consequence; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const apology = consequence.kind === "apology";
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`${t("record")}: ${t(`consequence.${consequence.kind}`)}`}
      submit={t("markAsDone")}
      initial={() => ({
        text: consequence.text,
        by_whom: consequence.by_whom ?? "",
        done_at: new Date().toISOString() as string | null,
        published_at: consequence.published_at ?? "",
        published_from: consequence.published_from ?? null,
        published_until: consequence.published_until ?? null,
      })}
      run={({ text, by_whom, done_at, published_at, published_from, published_until }) =>
        body(
          api.PATCH("/cases/{case}/consequences/{consequence}", {
            params: { path: { case: found.id, consequence: consequence.id } },
            body: {
              state: "done",
              text,
              ...(by_whom.trim() ? { by_whom: by_whom.trim() } : {}),
              ...(done_at ? { done_at } : {}),
              ...(apology ? { published_at, published_from, published_until } : {}),
            },
          }),
        )
      }
      done={t("changed")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Textarea label={t("theText")} autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
          {apology && (
            <>
              <TextInput label={t("apologyWhere")} maxLength={500} {...form.getInputProps("published_at")} />
              <ZonedTimeInput label={t("apologyFrom")} fixedZone zone="" at={form.values.published_from} onChange={(at) => form.setFieldValue("published_from", at)} />
              <ZonedTimeInput label={t("apologyUntil")} fixedZone zone="" at={form.values.published_until} onChange={(at) => form.setFieldValue("published_until", at)} />
            </>
          )}
          <TextInput label={t("byWhom")} maxLength={200} {...form.getInputProps("by_whom")} />
          <ZonedTimeInput label={t("markAsDone")} fixedZone zone="" at={form.values.done_at} onChange={(at) => form.setFieldValue("done_at", at)} />
        </>
      )}
    </FormDialog>
  );
}
