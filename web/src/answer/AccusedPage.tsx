// The private page of somebody who is accused: what is claimed, on what evidence with what limits, and their right to answer.
import { Alert, Badge, Button, Card, Center, Group, Image, List, Loader, Stack, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, setCsrfToken, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { dateTime, ownZone } from "@/parts/times";
import "@/texts/cases";
import { keys, type AccusedCase } from "./session";
import { Words } from "./Words";
import classes from "@/public/public.module.css";

const own = <T,>(en: T, zh: T): T => (currentLocale() === "zh" ? zh : en);

function Finding({ finding }: { finding: Schemas["AccusedFinding"] }) {
  const { t } = useTranslation("answering");
  return (
    <Stack gap={6}>
      <Text fw={600}>{t(`verdict_${finding.verdict}`)}{finding.asset_title ? ` · ${finding.asset_title}` : ""}</Text>
      {finding.copy_issued_at && <Text size="sm" c="dimmed">{t("copyIssued", { date: dateTime(finding.copy_issued_at) })}</Text>}
      <Text size="sm" className={classes.body}>{own(finding.bound_en, finding.bound_zh)}</Text>
      <List size="sm" spacing={4}>
        {own(finding.limits_en, finding.limits_zh).map((limit) => <List.Item key={limit}>{limit}</List.Item>)}
      </List>
    </Stack>
  );
}

function Evidence({ found }: { found: AccusedCase }) {
  const { t } = useTranslation("answering");
  if (found.evidence.length === 0) return <Text size="sm" c="dimmed">{t("noEvidence")}</Text>;
  return (
    <Stack gap="md">
      {found.evidence.map((item) => (
        <div key={item.id}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>{item.title}</Text>
          {item.what && <Text size="sm" c="dimmed">{item.what}</Text>}
          {item.has_picture && <Image src={`/api/v1/accused/evidence/${item.id}/picture`} alt={t("picture", { title: item.title })} maw={520} mt="xs" radius="sm" />}
        </div>
      ))}
    </Stack>
  );
}

function Said({ submissions }: { submissions: Schemas["AccusedSubmission"][] }) {
  const { t } = useTranslation("answering");
  if (submissions.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">{t("replies")}</Title>
      {submissions.map((one) => (
        <Card key={one.at} withBorder padding="md">
          <Text size="xs" c="dimmed">{dateTime(one.at)}</Text>
          <Text className={classes.body} size="sm">{one.text}</Text>
          {one.documents.map(({ id, name }) => <Text key={id} size="xs">{name}</Text>)}
        </Card>
      ))}
    </Stack>
  );
}

function Decision({ found }: { found: AccusedCase }) {
  const { t } = useTranslation("answering");
  const { t: cases } = useTranslation("cases");
  const { decision } = found;
  if (!decision) return null;
  return (
    <Card component="section" withBorder padding="lg" radius="md">
      <Title order={2} size="h4">{t("decision")}</Title>
      <Text size="sm" c="dimmed">{dateTime(decision.at)}</Text>
      <Text fw={600}>{t(`finding_${decision.finding}`)}</Text>
      <Text className={classes.body}>{decision.text}</Text>
      {decision.consequences.length > 0 && (
        <List size="sm" mt="sm" spacing={4}>
          {decision.consequences.map((one, i) => (
            <List.Item key={i}>
              {cases(`consequence.${one.kind}` as "title", { defaultValue: one.kind })}
              {one.text && `: ${one.text}`}
              {one.amount && ` · ${t("amount", { amount: one.amount, currency: one.currency ?? "" })}`}
              {one.due_at && ` · ${t("due", { date: dateTime(one.due_at) })}`}
            </List.Item>
          ))}
        </List>
      )}
    </Card>
  );
}

function Appeal({ found }: { found: AccusedCase }) {
  const { t } = useTranslation("answering");
  const { appeal } = found;
  if (!appeal && !found.may.includes("appeal")) return null;
  return (
    <Card component="section" withBorder padding="lg" radius="md">
      <Stack gap="sm">
        <Title order={2} size="h4">{t("appealTitle")}</Title>
        {found.appeal_by && <Text size="sm" c="dimmed">{t("replyBy", { date: `${dateTime(found.appeal_by)} ${ownZone}` })}</Text>}
        {appeal ? (
          <>
            <Text fw={600}>{t(`appealState_${appeal.state}`)}</Text>
            <Text size="sm" className={classes.body}>{appeal.text}</Text>
            {appeal.reason && <Alert color="blue">{appeal.reason}</Alert>}
          </>
        ) : (
          <>
            <Text size="sm">{t("appealText")}</Text>
            <Words kind="appeal" number={found.number} mayUpload={found.may.includes("upload")} />
          </>
        )}
      </Stack>
    </Card>
  );
}

function Page({ found }: { found: AccusedCase }) {
  const { t } = useTranslation("answering");
  return (
    <Stack gap="xl">
      <div>
        <Group gap="xs" mb={4}>
          <Badge variant="light" tt="none">{t(`state_${found.state}`)}</Badge>
          <Text size="sm" c="dimmed">{t("case", { number: found.number })}</Text>
        </Group>
        <Title order={1} style={{ overflowWrap: "anywhere" }}>{found.name}</Title>
        {found.organisation.contact && <Text size="sm" c="dimmed">{t("organisationContact", { contact: found.organisation.contact })}</Text>}
        <Button variant="subtle" size="compact-sm" mt="xs" className={classes.noPrint} leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t("print")}</Button>
      </div>
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{t("claim")}</Title>
        <Text className={classes.body}>{found.claim}</Text>
      </Card>
      {found.findings.length > 0 && (
        <Card component="section" withBorder padding="lg" radius="md">
          <Title order={2} size="h4" mb="xs">{t("finding")}</Title>
          <Stack gap="lg">{found.findings.map((finding, i) => <Finding key={i} finding={finding} />)}</Stack>
        </Card>
      )}
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{t("evidence")}</Title>
        <Evidence found={found} />
      </Card>
      <Card component="section" withBorder padding="lg" radius="md">
        <Stack gap="sm">
          <Title order={2} size="h4">{t("replyTitle")}</Title>
          {found.reply_by && <Text size="sm" c="dimmed">{t("replyBy", { date: `${dateTime(found.reply_by)} ${ownZone}` })}</Text>}
          <Said submissions={found.replies} />
          {found.may.includes("reply") ? (
            <>
              <Text size="sm">{t("replyText")}</Text>
              <Words kind="reply" number={found.number} mayUpload={found.may.includes("upload")} />
            </>
          ) : (
            <Text size="sm" c="dimmed">{t("passed")}</Text>
          )}
        </Stack>
      </Card>
      <Decision found={found} />
      <Appeal found={found} />
    </Stack>
  );
}

export function AccusedPage() {
  const { t } = useTranslation("answering");
  const query = useQuery({
    queryKey: [...keys.accused],
    queryFn: async ({ signal }) => {
      const found = await body(api.GET("/accused/case", { signal }));
      setCsrfToken(found.csrf_token);
      return found;
    },
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
}
