// What the visitor's browser found out about a statement, line by line, and how to find out without it.
import { Alert, Anchor, Code, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconShieldCheck, IconShieldQuestion, IconShieldX } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/parts/Failure";
import { dateTime, ownZone } from "@/parts/times";
import { useDocument, type Statement } from "./queries";
import { checkStatement, verdictOf, type Check, type Outcome } from "./verify/statement";
import classes from "./public.module.css";

const icons = { good: IconCircleCheck, bad: IconCircleX, missing: IconCircleDashed } as const;
const verdicts = {
  genuine: { color: "teal", icon: IconShieldCheck },
  partly: { color: "yellow", icon: IconShieldQuestion },
  doubtful: { color: "red", icon: IconShieldX },
} as const;

function Line({ check, detail }: { check: Check; detail?: string }) {
  const { t } = useTranslation("public");
  const Icon = icons[check.state];
  const reason = check.reason === undefined ? "" : t(`reason_${check.reason}` as "reason_malformed");
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Icon size={20} className={classes[check.state]} aria-label={t(`check_${check.state}`)} style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm">{t(`check_${check.id}`)}</Text>
        {(reason || detail) && <Text size="xs" c="dimmed">{reason || detail}</Text>}
      </div>
    </Group>
  );
}

function useDetails(outcome: Outcome): Partial<Record<Check["id"], string>> {
  const { t } = useTranslation("public");
  const { inclusion, seal } = outcome;
  const at = (seconds: number) => `${dateTime(new Date(seconds * 1000).toISOString())} ${ownZone}`;
  const latest = inclusion?.seenBy ?? Math.max(0, ...(inclusion?.seen.map(({ time }) => time) ?? []));
  return {
    log: inclusion && t("entry", { index: inclusion.index + 1, size: inclusion.checkpoint.size }),
    witnesses: inclusion?.seen.length
      ? t("seenBy", { date: at(latest), names: inclusion.seen.map(({ witness }) => witness).join(", ") })
      : t("noWitnesses"),
    seal: seal && t(seal.hasTimestamp ? "timeAttested" : "timeNotAttested"),
  };
}

function Found({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("public");
  const verdict = verdictOf(outcome);
  const { color, icon: Icon } = verdicts[verdict];
  const details = useDetails(outcome);
  return (
    <Stack gap="md">
      <Alert color={color} variant="light" role="status" icon={<Icon />} title={t(`verdict_${verdict}`)} />
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
        {outcome.checks.map((check) => <Line key={check.id} check={check} detail={details[check.id]} />)}
      </Stack>
    </Stack>
  );
}

function Whose({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  const { binding, seal, organisation } = statement;
  if (!seal) return null;
  const same = binding?.domain === window.location.hostname;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{t("whose")}</Title>
      <Text size="sm">{t("whoseText", { organisation: organisation.name })}</Text>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {binding && (
          <li>
            <Text size="sm">
              <Anchor inherit underline="always" href={binding.record_url} rel="noopener">{t("whose_domain")}: {binding.domain}</Anchor>
              {same && <> · {t("whose_domain_same")}</>}
            </Text>
          </li>
        )}
        <li><Text size="sm">{seal.self_signed ? t("whose_self") : t("whose_ca", { issuer: seal.issuer })}</Text></li>
      </ul>
      <div>
        <Text size="xs" c="dimmed">{t("fingerprint")}</Text>
        <Text className={classes.fingerprint}>{seal.fingerprint}</Text>
      </div>
      {binding?.record?.log && (
        <div>
          <Text size="xs" c="dimmed">{t("logKey")}</Text>
          <Text className={classes.fingerprint}>{binding.record.log.key}</Text>
        </div>
      )}
    </Stack>
  );
}

function Elsewhere({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{t("withoutPage")}</Title>
      <Text size="sm">{t("withoutPageText")}</Text>
      <Group gap="md">
        {statement.pdf && <Anchor size="sm" href={statement.pdf.url} download={`${statement.number}.pdf`}>{t("document")}</Anchor>}
        {statement.log && <Anchor size="sm" href={statement.log.proof_url} download={`${statement.number}.tlog-proof`}>{t("proofFile")}</Anchor>}
        {statement.log && <Anchor size="sm" href={statement.log.opening_url} download={`${statement.number}.opening.json`}>{t("openingFile")}</Anchor>}
      </Group>
      {statement.commands && statement.commands.length > 0 && (
        <Code block tabIndex={0} aria-label={t("withoutPage")} className={classes.command}>{statement.commands.join("\n")}</Code>
      )}
    </Stack>
  );
}

export function Checks({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  const document = useDocument(statement);
  const outcome = useMemo(() => (document.data === undefined ? undefined : checkStatement(statement, document.data)), [statement, document.data]);
  return (
    <Paper component="section" withBorder p="lg" radius="md" aria-labelledby="checks">
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4" id="checks">{t("checkTitle")}</Title>
          <Text size="sm" c="dimmed">{t("checkText")}</Text>
        </div>
        {outcome !== undefined ? (
          <Found outcome={outcome} />
        ) : document.error ? (
          <Failure error={document.error} onRetry={() => void document.refetch()} />
        ) : (
          <Group gap="sm" role="status"><Loader size="sm" aria-hidden /><Text size="sm">{t("checking")}</Text></Group>
        )}
        <Whose statement={statement} />
        <Elsewhere statement={statement} />
      </Stack>
    </Paper>
  );
}
